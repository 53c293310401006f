"""Reading drafts of imports."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from school_safety.kit.errors import NotFound
from school_safety.registry.models import ImportDraft
from school_safety.registry.rules import ImportKind

DELETE_OLD_DRAFTS = delete(ImportDraft).where(ImportDraft.expires_at <= bindparam("now"))


def get_draft(session: Session, public_id: str, *, kind: ImportKind, made_by: int) -> ImportDraft:
    """A reader's own draft by the id of its URL; raises NotFound, also for somebody else's."""
    wanted = (ImportDraft.public_id == public_id, ImportDraft.kind == kind, ImportDraft.made_by == made_by)
    draft = session.scalars(select(ImportDraft).where(*wanted)).first()
    if draft is None:
        raise NotFound
    return draft


def list_open_drafts(session: Session, made_by: int) -> list[ImportDraft]:
    """The drafts of a reader that were not confirmed."""
    mine = (ImportDraft.made_by == made_by, ImportDraft.done_at.is_(None))
    return list(session.scalars(select(ImportDraft).where(*mine)))
