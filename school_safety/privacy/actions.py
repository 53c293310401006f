"""Requests received, answered and closed; one pupil exported or erased across all domains."""

from datetime import date, datetime
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.classroom import actions as classroom_actions
from school_safety.classroom import queries as classroom_queries
from school_safety.classroom.actions.forgetting import forget_answers
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.text import fold
from school_safety.planning.actions import bury_files
from school_safety.privacy import queries
from school_safety.privacy.models import PrivacyRequest
from school_safety.privacy.rules import (
    MAX_NOTE,
    Kept,
    PrivacyProblem,
    Requester,
    RequestKind,
    RequestState,
    kept_for,
    notice_in_force,
)
from school_safety.roster import actions as roster_actions
from school_safety.roster import queries as roster_queries
from school_safety.roster.actions.erasure import forget_old_cards
from school_safety.roster.queries.classes import LoadedEnrolment

CLOSED = (RequestState.DONE, RequestState.DECLINED)

# ---- Requests ----


def record_request(
    session: Session,
    *,
    actor: Viewer,
    pupil: LoadedEnrolment,
    kind: RequestKind,
    requester: Requester,
    received_on: date,
    note: str,
    today: date,
) -> PrivacyRequest:
    """Write down a request about a pupil's data on the day it came; raises Refused."""
    if received_on > today:
        raise Refused(PrivacyProblem.IN_FUTURE, "received_on")
    if len(note) > MAX_NOTE:
        raise Refused(PrivacyProblem.NOTE_TOO_LONG, "note", most=MAX_NOTE)
    request = PrivacyRequest(
        person_id=pupil.person.id,
        school_id=pupil.school.school_id,
        kind=kind,
        requester=requester,
        received_on=received_on,
        note=note,
        recorded_at=clock.now(),
        recorded_by=actor.person_id,
    )
    session.add(request)
    session.flush()
    _audit(session, actor, "privacy.requested", request)
    return request


def answer_request(session: Session, *, actor: Viewer, request: PrivacyRequest, now: datetime) -> None:
    """Note that whoever asked has been answered; raises Refused for a closed request."""
    _stop_if_closed(request)
    if request.answered_at is None:
        request.answered_at, request.state = now, RequestState.ANSWERED
        _audit(session, actor, "privacy.answered", request)


def extend_request(session: Session, *, actor: Viewer, request: PrivacyRequest) -> None:
    """Give a request its one extension; raises Refused."""
    _stop_if_closed(request)
    if request.is_extended:
        raise Refused(PrivacyProblem.EXTENDED_ALREADY)
    request.is_extended = True
    _audit(session, actor, "privacy.extended", request)


def close_request(session: Session, *, actor: Viewer, request: PrivacyRequest, is_done: bool, now: datetime) -> None:
    """Close a request as carried out or declined; raises Refused for one closed before."""
    _stop_if_closed(request)
    request.answered_at = request.answered_at or now
    request.state = RequestState.DONE if is_done else RequestState.DECLINED
    request.closed_at, request.closed_by = now, actor.person_id
    _audit(session, actor, "privacy.closed", request)


def _stop_if_closed(request: PrivacyRequest) -> None:
    if request.state in CLOSED:
        raise Refused(PrivacyProblem.ALREADY_CLOSED)


def _audit(session: Session, actor: Viewer, verb: str, request: PrivacyRequest) -> None:
    data = {"kind": request.kind, "state": request.state, "person": request.person_id}
    record_audit(session, actor=actor, verb=verb, object_type="privacy_request", object_id=request.public_id, data=data)


# ---- One pupil across all domains ----


def collect_pupil(session: Session, person_id: int, *, now: datetime) -> dict[str, Any]:
    """Everything kept of one pupil, as plain JSON; marks not yet released stay out. Reads only."""
    return {
        "made_at": now.isoformat(timespec="minutes"),
        "notice_version": notice_in_force(clock.local(now).date()).number,
        **roster_queries.export_person(session, person_id),
        **classroom_queries.export_person(session, person_id),
        **queries.export_person(session, person_id),
    }


def record_export(session: Session, *, actor: Viewer, pupil: LoadedEnrolment, form: str) -> None:
    """Note in the audit log that a pupil's data left the platform."""
    data = {"format": form}
    record_audit(
        session,
        actor=actor,
        verb="pupil.exported",
        object_type="person",
        object_id=pupil.person.id,
        place=pupil.school.path,
        data=data,
    )


def erase_pupil(session: Session, *, actor: Viewer, pupil: LoadedEnrolment, typed_name: str, now: datetime) -> None:
    """Forget one pupil in every domain, for ever: identity emptied, ways in deleted, answers left under a number.

    Open erasure requests of the pupil close as done. Raises Refused unless the pupil's name was typed.
    """
    if fold(typed_name) != fold(pupil.person.full_name):
        raise Refused(PrivacyProblem.NAME_DIFFERS, "typed_name")
    person_id = pupil.person.id
    for request in queries.list_open_erasures(session, person_id):
        close_request(session, actor=actor, request=request, is_done=True, now=now)
    _forget(session, person_id, now)
    record_audit(
        session, actor=actor, verb="pupil.erased", object_type="person", object_id=person_id, place=pupil.school.path
    )


def _forget(session: Session, person_id: int, now: datetime) -> None:
    session.execute(queries.EMPTY_NOTES, {"of_person": person_id})
    classroom_actions.erase_person(session, person_id)
    roster_actions.erase_person(session, person_id, now=now)


# ---- What is past its term ----

AT_ONCE = 200
"""Pupils forgotten in one run, so that the write lock is never held for long."""


def apply_retention(session: Session, *, now: datetime) -> bool:
    """Forget what is past its term: answers, pupils who left, cards, closed requests, files of evidence.

    True when more pupils wait than one run forgets. A second run on the same day finds nothing.
    """
    today = clock.local(now).date()
    forget_answers(session, before=today - kept_for(Kept.ANSWER))
    forget_old_cards(session, today=today - kept_for(Kept.CARD))
    session.execute(queries.FORGET_OLD_REQUESTS, {"before": now - kept_for(Kept.REQUEST)})
    bury_files(session, before=now - kept_for(Kept.EVIDENCE_FILE), now=now)
    leavers = roster_queries.list_leavers(session, before=today - kept_for(Kept.IDENTITY), limit=AT_ONCE)
    for person_id, path in leavers:
        _forget(session, person_id, now)
        record_audit(session, actor=None, verb="pupil.forgotten", object_type="person", object_id=person_id, place=path)
    return len(leavers) == AT_ONCE
