"""The one door for answers from scripts: sealed, in batches, open to whoever holds the attempt's upload token.

It takes and never gives: no answer, no mark and no receipt comes back through it.
"""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from school_safety.access.guard import public
from school_safety.assessment.report import prefix_of
from school_safety.assessment.rules import BadAnswer
from school_safety.assessment.types import TYPES
from school_safety.classroom import actions, queries
from school_safety.classroom.actions import Acknowledgement, SentAnswer
from school_safety.classroom.forms import SealedAnswer, read_fields, read_upload
from school_safety.classroom.queries import LockedAttempt
from school_safety.classroom.readers import answer_label, is_upload_token, submit_label, unseal_json
from school_safety.classroom.rules import remaining_seconds
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Conflict, NotAllowed, Refused
from school_safety.kit.secrets import Unsealable
from school_safety.kit.web import csrf

LARGEST_BODY = 64 * 1024


@bp.post("/learn/upload")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@public
def answer_upload() -> ResponseReturnValue:
    """Store a batch of sealed answers, and hand in if the pupil asked for it: all in one transaction, idempotent."""
    request.max_content_length = LARGEST_BODY
    body = read_upload(request.get_json())
    if not is_upload_token(body.token, body.attempt):
        raise NotAllowed
    session, now = db.session(), clock.now()
    attempt = queries.lock_attempt(session, body.attempt, to_submit=body.submit is not None)
    opened = [_open(attempt, answer) for answer in body.answers]
    readable = [one for one in opened if isinstance(one, SentAnswer)]
    verdicts = iter(actions.take_answers(session, attempt=attempt, sent=readable, now=now))
    said = [next(verdicts) if isinstance(one, SentAnswer) else one for one in opened]
    return jsonify(
        answers=[_line(answer, verdict) for answer, verdict in zip(body.answers, said, strict=True)],
        submitted=body.submit is not None and _hand_in(attempt, body.submit),
        server_time=now.isoformat(timespec="milliseconds"),
        remaining=remaining_seconds(attempt.deadline_at, now),
    )


def _open(attempt: LockedAttempt, answer: SealedAnswer) -> SentAnswer | str:
    """The answer in clear, or the code of why there is none."""
    question = queries.questions_of(db.database(), attempt.assignment_id).get(answer.slot)
    if question is None:
        return "unknown_slot"
    label = answer_label(attempt.public_id, answer.slot, answer.uuid, answer.seq)
    try:
        fields = read_fields(unseal_json(attempt.public_id, answer.sealed, label))
        value = TYPES[question.type].parse(question.content, MultiDict(fields), prefix_of(answer.slot))
    except Unsealable:
        return "unsealable"
    except (BadAnswer, Refused):
        return "bad_answer"
    continuing = question.type if TYPES[question.type].continues else None
    return SentAnswer(answer.slot, answer.uuid, answer.seq, value, continuing)


def _line(answer: SealedAnswer, verdict: Acknowledgement | str) -> dict[str, Any]:
    line = {"slot": answer.slot, "uuid": answer.uuid, "seq": answer.seq}
    if isinstance(verdict, str):
        return {**line, "error": verdict}
    return {**line, "ack": verdict.ack, "saved": verdict.kept, "superseded": not verdict.kept, "late": verdict.late}


def _hand_in(attempt: LockedAttempt, sealed: str) -> bool:
    try:
        unseal_json(attempt.public_id, sealed, submit_label(attempt.public_id))
        actions.submit_attempt(db.session(), attempt=queries.get_attempt(db.session(), attempt.id), now=clock.now())
    except (Unsealable, Conflict):
        return False
    return True
