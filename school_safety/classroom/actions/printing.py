"""Typing in what a class has answered on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment.rules import Response
from school_safety.classroom import queries
from school_safety.classroom.actions.scoring import write_scores, write_submission
from school_safety.classroom.queries import AttemptFacts, GroupFacts
from school_safety.classroom.rules import (
    Channel,
    StartProblem,
    SubmittedBy,
    WindowState,
    body_hash,
    minute_of,
    paper_seed,
)
from school_safety.kit import secrets
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of the typed sheets: new ones, corrected ones, and pupils who had worked on a device."""

    new: tuple[int, ...]
    corrected: tuple[int, ...]
    skipped: tuple[int, ...]


def enter_paper(
    session: Session,
    *,
    actor: Viewer,
    given: GroupFacts,
    sheets: Mapping[int, Mapping[int, Response | None]],
    now: datetime,
) -> Entered:
    """Store the sheets of a class, by person and by slot, each with its submission; score them like any other answer.

    A sheet typed in before is corrected in the slots named. An attempt on a device is never touched: its pupil is
    skipped. Raises Refused before the window opens.
    """
    if given.window.state(now) is WindowState.SCHEDULED:
        raise Refused(StartProblem.NOT_OPEN_YET)
    new: list[int] = []
    corrected: list[int] = []
    skipped: list[int] = []
    attempts: list[str] = []
    for person_id, answers in sheets.items():
        earlier = queries.list_attempts_of(session, person_id, given.group.assignment_id)
        living = [one for one in earlier if one.voided_at is None]
        if any(one.channel is not Channel.PAPER for one in living):
            skipped.append(person_id)
        elif living:
            _correct(session, living[0], answers, now=now)
            corrected.append(person_id)
            attempts.append(living[0].public_id)
        else:
            attempt = _enter(session, given, person_id, answers, number=len(earlier) + 1, now=now)
            (new if attempt is not None else skipped).append(person_id)
            attempts += [attempt.public_id] if attempt is not None else []
    entered = Entered(tuple(new), tuple(corrected), tuple(skipped))
    if attempts:
        _record(session, actor, given, attempts, entered)
    return entered


def _enter(
    session: Session,
    given: GroupFacts,
    person_id: int,
    answers: Mapping[int, Response | None],
    *,
    number: int,
    now: datetime,
) -> AttemptFacts | None:
    """A new attempt with its answers and its submission; None when the pupil has just begun on a device."""
    assignment_id = given.group.assignment_id
    fresh = {
        "public_id": secrets.public_id(),
        "assignment_id": assignment_id,
        "class_group_id": given.group.class_group_id,
        "person_id": person_id,
        "number": number,
        "seed": paper_seed(assignment_id),
        "channel": Channel.PAPER,
        "started_at": now,
        "deadline_at": min(now, given.window.closes_at),
    }
    added = session.execute(queries.ADD_ATTEMPT, fresh).first()
    if added is None:
        return None
    rows = [_response(added.id, slot, answer, 1, now) for slot, answer in answers.items() if answer is not None]
    if rows:
        queries.save_in_time(session, added.id, rows)
    attempt = queries.get_attempt(session, added.id)
    write_submission(session, attempt, by=SubmittedBy.TEACHER, at=now, now=now)
    return attempt


def _correct(session: Session, attempt: AttemptFacts, answers: Mapping[int, Response | None], *, now: datetime) -> None:
    session.execute(queries.LOCK_ATTEMPT, {"attempt_id": attempt.id})
    for slot, answer in answers.items():
        stored = queries.list_stored(session, attempt_id=attempt.id, slot=slot)
        seq = max((one.seq for one in stored), default=0) + 1
        session.connection().execute(queries.SAVE, _response(attempt.id, slot, answer, seq, now))
    write_scores(session, attempt, now=now)


def _response(attempt_id: int, slot: int, answer: Response | None, seq: int, now: datetime) -> dict[str, Any]:
    return {
        "attempt_id": attempt_id,
        "slot": slot,
        "late": False,
        "seq": seq,
        "client_uuid": str(uuid4()),
        "body_hash": body_hash(answer),
        "value": answer,
        "answered": answer is not None,
        "saved_at": minute_of(now),
        "channel": Channel.PAPER,
    }


def _record(session: Session, actor: Viewer, given: GroupFacts, attempts: Sequence[str], entered: Entered) -> None:
    record_audit(
        session,
        actor=actor,
        verb="assignment.paper_entered",
        object_type="assignment",
        object_id=given.group.assignment.public_id,
        place=given.path,
        data={
            "class_group": given.group.class_group_id,
            "attempts": list(attempts),
            "new": len(entered.new),
            "corrected": len(entered.corrected),
        },
    )
