"""What is forgotten of answers when their term is over; the points they earned stand in tables of their own."""

from sqlalchemy import bindparam, exists, null, select, update

from school_safety.classroom.models import Attempt, Mark, Response
from school_safety.registry.models import AcademicYear
from school_safety.roster.models import ClassGroup

_OLD_ATTEMPTS = (
    select(Attempt.id)
    .join(ClassGroup, ClassGroup.id == Attempt.class_group_id)
    .join(AcademicYear, AcademicYear.id == ClassGroup.year_id)
    .where(AcademicYear.ends_on < bindparam("before"))
)
FORGET_ANSWERS = (
    update(Response)
    .where(Response.attempt_id.in_(_OLD_ATTEMPTS), Response.value.is_not(null()))
    .values(value=null())
    .execution_options(synchronize_session=False)
)
"""Empties what was answered in school years that ended before a day."""
FORGET_HASHES = (
    update(Response)
    .where(Response.attempt_id.in_(_OLD_ATTEMPTS), Response.body_hash != "")
    .where(~exists().where(Mark.attempt_id == Response.attempt_id, Mark.slot == Response.slot))
    .values(body_hash="")
    .execution_options(synchronize_session=False)
)
"""A hash of few possible answers would still tell which it was; that of a marked text ties the mark to it."""
