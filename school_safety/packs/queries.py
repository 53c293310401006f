"""What a school took of a lesson's kit, and the public links that it made for partners."""

from datetime import datetime

from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import joinedload

from school_safety.access.policy import Place
from school_safety.curriculum.models import Lesson, LessonRevision
from school_safety.curriculum.queries import load_lesson
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound
from school_safety.packs.models import OutreachDownload, OutreachLink
from school_safety.packs.rules import LessonPart

MOST_SHOWN = 8


def load_lesson_part(session: Session, *, code: str, part: str) -> tuple[tuple[Lesson, LessonPart], Place]:
    """A part of a lesson of the province, by its name in the address. Raises NotFound."""
    lesson, place = load_lesson(session, code=code)
    if part not in list(LessonPart):
        raise NotFound
    return (lesson, LessonPart(part)), place


def list_downloads(session: Session, *, school_id: int, revision_id: int) -> list[OutreachDownload]:
    """What the school took of a kit, the latest first."""
    statement = (
        select(OutreachDownload)
        .where(OutreachDownload.school_id == school_id, OutreachDownload.revision_id == revision_id)
        .order_by(OutreachDownload.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(session.scalars(statement))


def list_links(session: Session, *, school_id: int, revision_id: int) -> list[OutreachLink]:
    """The public links of a kit that the school made, the latest first."""
    statement = select(OutreachLink).where(OutreachLink.school_id == school_id, OutreachLink.revision_id == revision_id)
    return list(session.scalars(statement.order_by(OutreachLink.id.desc())))


def get_link(session: Session, link_id: int, *, school_id: int) -> OutreachLink:
    """A link of this school; raises NotFound for that of another."""
    statement = _links().where(OutreachLink.id == link_id, OutreachLink.school_id == school_id)
    return _one(session.scalars(statement).one_or_none())


def get_opened(session: Session, token_digest: str, now: datetime) -> OutreachLink:
    """The link that a token opens now; raises NotFound when there is none, it has expired or was closed."""
    statement = _links().where(
        OutreachLink.token_digest == token_digest,
        OutreachLink.revoked_at.is_(None),
        OutreachLink.expires_at > now,
    )
    return _one(session.scalars(statement).one_or_none())


def _links() -> Select[OutreachLink]:
    whole = joinedload(OutreachLink.revision, innerjoin=True)
    return select(OutreachLink).options(
        whole.joinedload(LessonRevision.lesson), whole.joinedload(LessonRevision.outreach)
    )


def _one(link: OutreachLink | None) -> OutreachLink:
    if link is None:
        raise NotFound
    return link


COUNT_OPENING = (
    update(OutreachLink)
    .where(OutreachLink.id == bindparam("link_id"))
    .values(openings=OutreachLink.openings + 1)
    .execution_options(synchronize_session=False)
)
"""One more opening of the link `link_id`, counted by the database so that none is lost."""
