"""One frozen object behind the programme's page, its public page and its official paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from school_safety.curriculum.rules import Element, element_mask
from school_safety.kit.i18n import _, format_date
from school_safety.planning.models import DocumentNumber
from school_safety.planning.queries import Published
from school_safety.planning.report.words import CHANNEL_WORDS, RECURRENCE_WORDS, elements_words, grades_words
from school_safety.planning.rules import Schedule, short_hash
from school_safety.registry.models import SchoolPath


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in words."""

    id: int
    number: int
    title: str
    lead_unit: str
    coordinating_units: str
    when: str
    channel: str
    audience: str
    elements: str
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeReport:
    """A programme as read: `matrix` says for each element which of the school's grades an activity carries it to.

    `code` is the short content hash; `published_at` and `post` are None and empty for a draft.
    """

    school: SchoolPath
    year: str
    title: str
    purpose: tuple[str, ...]
    basis: tuple[str, ...]
    grades: tuple[int, ...]
    activities: tuple[ActivityLine, ...]
    matrix: Mapping[Element, frozenset[int]]
    number: int = 0
    content_hash: str = ""
    published_at: datetime | None = None
    post: str = ""
    document_number: str = ""
    signed_on: date | None = None

    @property
    def code(self) -> str:
        """The content hash as people read it aloud; empty for a draft."""
        return short_hash(self.content_hash) if self.content_hash else ""


def report_of(school: SchoolPath, content: Mapping[str, Any]) -> ProgrammeReport:
    """The draft of a programme (or any content of one) in words."""
    return ProgrammeReport(school=school, **_parts(content))


def published_report(published: Published, numbered: DocumentNumber | None) -> ProgrammeReport:
    """A published revision in words, with the clerk's number and date where they are known."""
    revision = published.revision
    return ProgrammeReport(
        school=published.school,
        number=revision.number,
        content_hash=revision.content_hash,
        published_at=revision.published_at,
        post=revision.post,
        document_number=numbered.number if numbered else "",
        signed_on=numbered.signed_on if numbered else None,
        **_parts(revision.content),
    )


def _parts(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "year": content["year"],
        "title": content["title"] or _("An toàn trên mạng và đọc tin"),
        "purpose": tuple(line for line in content["purpose"].splitlines() if line.strip()),
        "basis": tuple(content["basis"]),
        "grades": tuple(content["grades"]),
        "activities": tuple(_line(entry) for entry in content["activities"]),
        "matrix": _matrix(content["activities"]),
    }


def _matrix(entries: Sequence[Mapping[str, Any]]) -> dict[Element, frozenset[int]]:
    return {
        element: frozenset(
            grade for entry in entries if element_mask(entry["elements"]) & element.bit for grade in entry["grades"]
        )
        for element in Element
    }


def _line(entry: Mapping[str, Any]) -> ActivityLine:
    return ActivityLine(
        id=entry["id"],
        number=entry["number"],
        title=entry["title"],
        lead_unit=entry["lead_unit"],
        coordinating_units=", ".join(entry["coordinating_units"]),
        when=when_words(entry),
        channel=str(CHANNEL_WORDS[entry["channel"]]) if entry["channel"] in CHANNEL_WORDS else "",
        audience=audience_words(entry),
        elements=elements_words(entry["elements"]),
        lessons=tuple(entry["lessons"]),
    )


def when_words(entry: Mapping[str, Any]) -> str:
    """The dates of an activity, with how often it comes back; “chưa có ngày” where none is set."""
    starts, ends = _day(entry["starts_on"]), _day(entry["ends_on"])
    if starts is None:
        return str(_("chưa có ngày"))
    span = format_date(starts) if ends in (None, starts) else f"{format_date(starts)} – {format_date(ends)}"
    if entry["schedule"] == Schedule.RECURRING and entry["recurrence"]:
        return f"{RECURRENCE_WORDS[entry['recurrence']]}, {span}"
    if entry["schedule"] == Schedule.CONTINUOUS:
        return str(_("thường xuyên, %(span)s", span=span))
    return span


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def audience_words(entry: Mapping[str, Any]) -> str:
    """For whom an activity is: “khối 6–9, cha mẹ học sinh”."""
    parts = [
        grades_words(entry["grades"]),
        _("cha mẹ học sinh") if entry["parents"] else "",
        _("giáo viên, nhân viên") if entry["staff"] else "",
    ]
    return ", ".join(part for part in parts if part)
