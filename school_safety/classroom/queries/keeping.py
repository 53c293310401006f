"""What actions write of attempts and answers, prebuilt once."""

from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, null, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from school_safety.classroom.models import Attempt, Response, ResponseCheck, ResponseScore, Result, Submission
from school_safety.kit.db import insert_ignore, upsert

_RESPONSE = cast(Table, Response.__table__)

ADD_ATTEMPT = (
    insert_or(Attempt)
    .on_conflict_do_nothing(index_elements=["person_id", "assignment_id", "number"])
    .returning(Attempt.id)
)
"""One INSERT starts an attempt; nothing comes back when the same number was started beside."""


def _save(*, late: bool) -> Any:
    add = insert_or(_RESPONSE)
    new = add.excluded
    changes: dict[str, Any] = {
        name: new[name] for name in ("seq", "client_uuid", "body_hash", "value", "answered", "saved_at", "channel")
    }
    if late:
        changes |= {"accepted_at": null(), "declined_at": null()}
    return add.on_conflict_do_update(
        index_elements=["attempt_id", "slot", "late"],
        set_=changes,
        where=and_(new["seq"] > _RESPONSE.c.seq, new["client_uuid"] != _RESPONSE.c.client_uuid),
    ).returning(_RESPONSE.c.seq)


SAVE = _save(late=False)
SAVE_LATE = _save(late=True)
"""Both keep the higher sequence whatever arrives beside; no row comes back when the stored one stays."""

ADD_CHECK = insert_ignore(ResponseCheck, keys=["attempt_id", "slot"])
ADD_SUBMISSION = insert_or(Submission).on_conflict_do_nothing().returning(Submission.receipt)
SAVE_RESULT = upsert(Result, keys=["attempt_id"], update=["earned", "earned_of", "maximum", "maximum_of", "scored_at"])
SAVE_SCORES = upsert(ResponseScore, keys=["attempt_id", "slot"], update=["fraction", "fraction_of", "state"])
VOID_ATTEMPT = (
    update(Attempt)
    .where(Attempt.id == bindparam("attempt_id"))
    .values(voided_at=bindparam("at"), voided_by=bindparam("by"), void_reason=bindparam("reason"))
)
DECIDE_LATE = (
    update(Response)
    .where(
        Response.attempt_id == bindparam("of_attempt"),
        Response.late,
        Response.slot.in_(bindparam("slots", expanding=True)),
    )
    .values(accepted_at=bindparam("accepted"), declined_at=bindparam("declined"))
    .returning(Response.slot)
)
MOVE_DEADLINE = update(Attempt).where(Attempt.id == bindparam("attempt_id")).values(deadline_at=bindparam("deadline"))
