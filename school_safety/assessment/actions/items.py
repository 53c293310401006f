"""Writing items into the bank and taking them out."""

import json
from collections.abc import Collection
from typing import Any

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.assessment import queries
from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.assessment.rules import Content, Use, fingerprint, words_of
from school_safety.assessment.types import TYPES
from school_safety.curriculum.rules import Strand
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.kit.text import search_key


def freeze_item(
    session: Session,
    *,
    actor: Viewer | None,
    code: str,
    lesson_code: str,
    strand: Strand,
    type: str,  # noqa: A002  # the word of packs and tables
    use: Use,
    objective: str,
    points: int,
    content: Content,
) -> tuple[ItemRevision, bool]:
    """Make this the item's published revision; True if that took a new one, False if it is so already.

    Raises Refused("unsound_item") if the content is none of its type.
    """
    plain = _sound(type, content, code)
    digest = fingerprint([type, use, objective, points, plain])
    item = _item(session, code, lesson_code, strand)
    newest = queries.find_newest_revision(session, item.id)
    if newest is not None and newest.content_hash == digest:
        _restore(session, actor, newest, code)
        return newest, False
    revision = ItemRevision(
        item_id=item.id,
        number=_retire(session, newest) + 1,
        type=type,
        use=use,
        objective=objective,
        points=points,
        content=plain,
        content_hash=digest,
        state=ItemState.PUBLISHED,
        search_text=search_key(" ".join([code, *words_of(plain)])),
    )
    session.add(revision)
    session.flush()
    _audit(session, actor, "item.published", revision, code)
    return revision, True


def _sound(type_code: str, content: Content, code: str) -> dict[str, Any]:
    """The content as plain JSON (dates as text), once its type finds nothing wrong with it."""
    if type_code not in TYPES or TYPES[type_code].check(content):
        raise Refused("unsound_item", item=code)
    plain: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return plain


def _retire(session: Session, newest: ItemRevision | None) -> int:
    """Make room for a new revision; returns the number of the one before, 0 if there is none."""
    if newest is None:
        return 0
    newest.state = ItemState.RETIRED
    session.flush()  # before the new one: only one revision of an item is published at a time
    return newest.number


def _restore(session: Session, actor: Viewer | None, revision: ItemRevision, code: str) -> None:
    """Put a withdrawn revision back into use; nothing if it is in use."""
    if revision.state is not ItemState.PUBLISHED:
        revision.state = ItemState.PUBLISHED
        session.flush()
        _audit(session, actor, "item.restored", revision, code)


def _item(session: Session, code: str, lesson_code: str, strand: Strand) -> Item:
    item = queries.find_item(session, code)
    if item is None:
        item = Item(code=code, lesson_code=lesson_code, strand=strand)
        session.add(item)
        session.flush()
    elif item.lesson_code != lesson_code:
        raise Refused("item_of_another_lesson", item=code)
    return item


def retire_items(session: Session, *, actor: Viewer | None, lesson_code: str, keep: Collection[str]) -> int:
    """Take the items of a lesson that are not in `keep` out of the bank; returns how many. Frozen papers keep them."""
    leaving = [
        (item, revision)
        for item, revision in queries.list_published_of_lesson(session, lesson_code)
        if item.code not in keep
    ]
    for item, revision in leaving:
        revision.state = ItemState.RETIRED
        _audit(session, actor, "item.retired", revision, item.code)
    session.flush()
    return len(leaving)


def _audit(session: Session, actor: Viewer | None, verb: str, item: ItemRevision, code: str) -> None:
    data = {"code": code, "revision": item.number}
    record_audit(session, actor=actor, verb=verb, object_type="item", object_id=item.item_id, data=data)
