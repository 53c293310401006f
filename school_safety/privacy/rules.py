"""Privacy as decisions and data: due dates of requests, how long what is kept, what becomes of each table."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ANSWER_WORKING_DAYS = 2
"""A request is answered within two working days (Law 91/2025/QH15 and Decree 356/2025/NĐ-CP)."""
COMPLETE_DAYS = 15
"""What was asked is done within fifteen days; one extension by as much."""
MAX_NOTE = 300


class RequestKind(StrEnum):
    """What a pupil, a parent or the school asks for."""

    EXPORT = "export"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    ERASURE = "erasure"


class Requester(StrEnum):
    """Who asks."""

    PUPIL = "pupil"
    PARENT = "parent"
    SCHOOL = "school"


class RequestState(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    ANSWERED = "answered"
    DONE = "done"
    DECLINED = "declined"


class PrivacyProblem(StrEnum):
    """Why a step is refused."""

    IN_FUTURE = "in_future"
    ALREADY_CLOSED = "already_closed"
    EXTENDED_ALREADY = "extended_already"
    NAME_DIFFERS = "name_differs"
    NOTE_TOO_LONG = "note_too_long"


def answer_due(received_on: date) -> date:
    """The day by which a request is answered: two working days on; Saturdays and Sundays are none."""
    day, left = received_on, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def complete_due(received_on: date, *, is_extended: bool) -> date:
    """The day by which a request is carried out."""
    return received_on + timedelta(days=COMPLETE_DAYS * (2 if is_extended else 1))


def is_overdue(state: RequestState, received_on: date, *, is_extended: bool, today: date) -> bool:
    """Whether a step of an open request is late."""
    if state is RequestState.RECEIVED and today > answer_due(received_on):
        return True
    is_open = state in (RequestState.RECEIVED, RequestState.ANSWERED)
    return is_open and today > complete_due(received_on, is_extended=is_extended)


# ---- The notice ----


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """One version of the notice: its number and first day; its words stand in `privacy/notice_<number>.html`."""

    number: int
    valid_from: date


NOTICES = (NoticeVersion(1, date(2026, 9, 1)),)


def notice_in_force(on: date) -> NoticeVersion:
    """The version of the notice that holds on a day; before the first one, the first."""
    return max((one for one in NOTICES if one.valid_from <= on), key=lambda one: one.valid_from, default=NOTICES[0])


# ---- How long things are kept ----


class Kept(StrEnum):
    """What is kept; the words stand with the page."""

    IDENTITY = "identity"
    ENROLMENT = "enrolment"
    CARD = "card"
    SESSION = "session"
    TRIES = "tries"
    DRAFT = "draft"
    ANSWER = "answer"
    RESULT = "result"
    EVIDENCE_FILE = "evidence_file"
    STAFF_ACCOUNT = "staff_account"
    INVITATION = "invitation"
    AUDIT = "audit"
    REQUEST = "request"
    SERVER_LOG = "server_log"


class Until(StrEnum):
    """The event from which the term of a rule counts."""

    LEAVING = "leaving"
    YEAR_END = "year_end"
    MADE = "made"
    ENDED = "ended"
    ALWAYS = "always"


class Basis(StrEnum):
    """The legal basis on which something is kept."""

    SCHOOL_TASK = "school_task"
    SECURITY = "security"
    ACCOUNTABILITY = "accountability"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What is kept, how long after which event, on what basis."""

    kept: Kept
    after: Until
    term: timedelta | None
    basis: Basis


DAY, YEAR = timedelta(days=1), timedelta(days=365)

RETENTION: tuple[RetentionRule, ...] = (
    RetentionRule(Kept.IDENTITY, Until.LEAVING, YEAR, Basis.SCHOOL_TASK),
    RetentionRule(Kept.ENROLMENT, Until.LEAVING, YEAR, Basis.SCHOOL_TASK),
    RetentionRule(Kept.CARD, Until.YEAR_END, timedelta(0), Basis.SCHOOL_TASK),
    RetentionRule(Kept.SESSION, Until.ENDED, timedelta(hours=12), Basis.SECURITY),
    RetentionRule(Kept.TRIES, Until.MADE, timedelta(hours=2), Basis.SECURITY),
    RetentionRule(Kept.DRAFT, Until.MADE, DAY, Basis.SCHOOL_TASK),
    RetentionRule(Kept.ANSWER, Until.YEAR_END, YEAR, Basis.SCHOOL_TASK),
    RetentionRule(Kept.RESULT, Until.LEAVING, timedelta(0), Basis.SCHOOL_TASK),
    RetentionRule(Kept.EVIDENCE_FILE, Until.MADE, 2 * YEAR, Basis.ACCOUNTABILITY),
    RetentionRule(Kept.STAFF_ACCOUNT, Until.LEAVING, YEAR, Basis.ACCOUNTABILITY),
    RetentionRule(Kept.INVITATION, Until.MADE, 14 * DAY, Basis.SECURITY),
    RetentionRule(Kept.REQUEST, Until.ENDED, 5 * YEAR, Basis.ACCOUNTABILITY),
    RetentionRule(Kept.SERVER_LOG, Until.MADE, 2 * YEAR, Basis.SECURITY),
    RetentionRule(Kept.AUDIT, Until.ALWAYS, None, Basis.ACCOUNTABILITY),
)


def kept_for(kept: Kept) -> timedelta:
    """How long something is kept after its event; raises KeyError for what is kept for ever."""
    terms = {rule.kept: rule.term for rule in RETENTION if rule.term is not None}
    return terms[kept]


# ---- What becomes of each table that knows a pupil ----


class Erasure(StrEnum):
    """What erasing a pupil does to the rows of a table."""

    EMPTIED = "emptied"
    DELETED = "deleted"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class PupilTable:
    """A column that leads to a pupil: the section of the export that shows its rows, and what erasing does to them."""

    section: str
    erasure: Erasure


PUPIL_COLUMNS: dict[str, PupilTable] = {
    "person.id": PupilTable("person", Erasure.EMPTIED),
    "enrolment.person_id": PupilTable("enrolments", Erasure.UNLINKED),
    "card.enrolment_id": PupilTable("cards", Erasure.DELETED),
    "sign_in_session.person_id": PupilTable("sign_ins", Erasure.DELETED),
    "sign_in_session.enrolment_id": PupilTable("sign_ins", Erasure.DELETED),
    "attempt.person_id": PupilTable("attempts", Erasure.UNLINKED),
    "assignment_override.person_id": PupilTable("reopenings", Erasure.UNLINKED),
    "pupil_accommodation.person_id": PupilTable("accommodations", Erasure.DELETED),
    "privacy_request.person_id": PupilTable("requests", Erasure.EMPTIED),
}
"""`UNLINKED`: the row stays for counts, under a number whose identity row is empty."""

STAFF_COLUMNS: frozenset[str] = frozenset(
    {"account.person_id", "membership.person_id", "teaching.person_id", "sign_in_session.account_id"}
    | {"invitation.account_id", "import_draft.made_by"}
)
"""Columns that lead to members of staff only: a pupil has no account, no membership and teaches nobody. Columns that
end in `_by` say who of the staff did something and are of this kind too."""
