"""Writing items in the web: a draft, a second pair of eyes, publishing, and the day on which to look again."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment import queries
from school_safety.assessment.actions.quizzes import freeze_quiz
from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.assessment.rules import Content, Use, fingerprint, words_of
from school_safety.assessment.types import TYPES
from school_safety.curriculum.rules import Strand
from school_safety.kit import db
from school_safety.kit.db import Session
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.text import search_key


@dataclass(frozen=True, slots=True)
class Written:
    """A whole item as an editor leaves it."""

    type: str
    use: Use
    objective: str
    points: int
    content: Content

    @property
    def digest(self) -> str:
        """The same hash that a pack's item of this content has."""
        return fingerprint([self.type, self.use, self.objective, self.points, self.content])


def create_item(
    session: Session, *, actor: Viewer, lesson_code: str, strand: Strand, written: Written, sound: bool
) -> Item:
    """Begin a new item of a lesson with its first draft. `sound`: raises Refused as `save_item` does."""
    number = 1
    taken = queries.list_item_codes(session, lesson_code)
    while (code := f"{lesson_code}-E{number:02}") in taken:
        number += 1
    item = Item(code=code, lesson_code=lesson_code, strand=strand)
    with db.refusing(session, "changed_meanwhile"):
        session.add(item)
        session.flush()
    save_item(session, actor=actor, item=item, written=written, seen="", sound=sound)
    return item


def save_item(session: Session, *, actor: Viewer, item: Item, written: Written, seen: str, sound: bool) -> ItemRevision:
    """Write the draft as it now stands; where the item is in use, the draft is a new revision beside that one.

    `seen` is the hash of the draft that the author began from, "" if there was none. Raises
    Refused("changed_meanwhile") if another one stands there now, and, where the draft has to be `sound`,
    Refused("unsound_item") or Refused("unknown_idea").
    """
    revision = _open_if_seen(session, item, seen)
    if sound:
        _check(session, item, written.type, written.content)
    if revision is None:
        revision = ItemRevision(item_id=item.id, number=queries.last_number(session, item.id) + 1)
        session.add(revision)
    plain: dict[str, Any] = json.loads(json.dumps(written.content, default=str))
    revision.type, revision.use, revision.objective = written.type, written.use, written.objective
    revision.points, revision.content, revision.content_hash = written.points, plain, written.digest
    revision.search_text = search_key(" ".join([item.code, *words_of(plain)]))
    revision.state, revision.written_by, revision.reviewed_by = ItemState.DRAFT, actor.person_id, None
    revision.returned_note = None if sound else revision.returned_note
    with db.refusing(session, "changed_meanwhile"):
        session.flush()
    _audit(session, actor, "item.written", item, revision)
    return revision


def review_item(session: Session, *, actor: Viewer, item: Item, seen: str) -> None:
    """Agree to a draft that somebody else wrote. Raises Refused("own_work"), or as `save_item` does."""
    revision = _open(session, item, seen)
    if revision.written_by == actor.person_id:
        raise Refused("own_work")
    _check(session, item, revision.type, revision.content)
    revision.state, revision.reviewed_by, revision.returned_note = ItemState.REVIEWED, actor.person_id, None
    _audit(session, actor, "item.reviewed", item, revision)


def return_item(session: Session, *, actor: Viewer, item: Item, seen: str, note: str) -> None:
    """Send a draft that somebody else wrote back to its author, with what is to be changed.

    Raises Refused("return_own_work") or Refused("changed_meanwhile").
    """
    revision = _open(session, item, seen)
    if revision.written_by == actor.person_id:
        raise Refused("return_own_work")
    revision.state, revision.reviewed_by, revision.returned_note = ItemState.DRAFT, None, note
    _audit(session, actor, "item.returned", item, revision)


def publish_item(session: Session, *, actor: Viewer, item: Item, seen: str, review_due: date) -> None:
    """Put a reviewed draft into use, for ever as it is; the revision before is retired and frozen papers keep it.

    The quiz of the lesson follows with a revision of its own.

    Raises Refused("not_reviewed"), or as `save_item` does.
    """
    revision = _open(session, item, seen)
    if revision.state is not ItemState.REVIEWED:
        raise Refused("not_reviewed")
    _check(session, item, revision.type, revision.content)
    before = queries.find_newest_frozen(session, item.id)
    if before is not None:
        before.state = ItemState.RETIRED
        session.flush()  # before the new one: only one revision of an item is published at a time
    revision.state = ItemState.PUBLISHED
    item.review_due = review_due
    session.flush()
    _audit(session, actor, "item.published", item, revision)
    freeze_quiz(session, actor=actor, lesson_code=item.lesson_code)


def discard_draft(session: Session, *, actor: Viewer, item: Item, seen: str) -> bool:
    """Throw the draft away, and the item with it if there is nothing else of it: then True."""
    revision = _open(session, item, seen)
    _audit(session, actor, "item.discarded", item, revision)
    session.delete(revision)
    session.flush()
    if queries.last_number(session, item.id):
        return False
    session.delete(item)
    session.flush()
    return True


def retire_item(session: Session, *, actor: Viewer, item: Item) -> None:
    """Take an item out of the bank; frozen papers keep it. Raises Refused("not_in_use")."""
    revision = _used(session, item)
    revision.state, revision.retired_by = ItemState.RETIRED, actor.person_id
    session.flush()
    _audit(session, actor, "item.retired", item, revision)
    freeze_quiz(session, actor=actor, lesson_code=item.lesson_code)


def confirm_item(session: Session, *, actor: Viewer, item: Item, review_due: date) -> None:
    """Say that an item in use is still right, and when to look again. Raises Refused("not_in_use")."""
    revision = _used(session, item)
    item.review_due = review_due
    _audit(session, actor, "item.confirmed", item, revision, review_due=review_due.isoformat())


def _used(session: Session, item: Item) -> ItemRevision:
    revision = queries.find_newest_frozen(session, item.id)
    if revision is None or revision.state is not ItemState.PUBLISHED:
        raise Refused("not_in_use")
    return revision


def _open(session: Session, item: Item, seen: str) -> ItemRevision:
    revision = _open_if_seen(session, item, seen)
    if revision is None:
        raise NotFound
    return revision


def _open_if_seen(session: Session, item: Item, seen: str) -> ItemRevision | None:
    revision = queries.find_open_revision(session, item.id)
    if (revision.content_hash if revision is not None else "") != seen:
        raise Refused("changed_meanwhile")
    return revision


def _check(session: Session, item: Item, type_code: str, content: Content) -> None:
    if queries.list_problems(session, item.lesson_code, item.code, type_code, content):
        raise Refused("unsound_item", item=item.code)
    sources = queries.find_lesson_sources(session, item.lesson_code)
    known: Collection[str] = [name for name, _ in sources.ideas] if sources is not None else ()
    if not TYPES[type_code].named_misconceptions(content) <= set(known):
        raise Refused("unknown_idea")


def _audit(session: Session, actor: Viewer, verb: str, item: Item, revision: ItemRevision, **more: str) -> None:
    data = {"code": item.code, "revision": revision.number, **more}
    record_audit(session, actor=actor, verb=verb, object_type="item", object_id=item.id, data=data)
