"""Writing items into the bank and taking them out."""

import json
from collections.abc import Collection
from datetime import date
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
    review_due: date | None = None,
) -> tuple[ItemRevision, bool]:
    """Make this the item's published revision; True if that took a new one, False if it is so already.

    What an editor wrote or retired stays, until the pack says something new. May raise Refused("unsound_item").
    """
    plain = _sound(type, content, code)
    digest = fingerprint([type, use, objective, points, plain])
    item = _item(session, code, lesson_code, strand)
    newest = queries.find_newest_frozen(session, item.id)
    if newest is not None and _says_so(session, newest, digest):
        _restore(session, actor, newest, code)
        return newest, False
    item.review_due = review_due
    revision = ItemRevision(
        item_id=item.id,
        number=queries.last_number(session, item.id) + 1,
        type=type,
        use=use,
        objective=objective,
        points=points,
        content=plain,
        content_hash=digest,
        state=ItemState.PUBLISHED,
        search_text=search_key(" ".join([code, *words_of(plain)])),
    )
    _replace(session, actor, newest, revision, code)
    return revision, True


def _replace(
    session: Session, actor: Viewer | None, newest: ItemRevision | None, revision: ItemRevision, code: str
) -> None:
    if newest is not None:
        newest.state = ItemState.RETIRED
        session.flush()  # before the new one: only one revision of an item is published at a time
    session.add(revision)
    session.flush()
    _audit(session, actor, "item.published", revision, code)


def _sound(type_code: str, content: Content, code: str) -> dict[str, Any]:
    """The content as plain JSON (dates as text), once its type finds nothing wrong with it."""
    if type_code not in TYPES or TYPES[type_code].check(content):
        raise Refused("unsound_item", item=code)
    plain: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return plain


def _says_so(session: Session, newest: ItemRevision, digest: str) -> bool:
    """Whether the revision in use says this already, or an editor wrote it over this same text of the pack."""
    if newest.content_hash == digest:
        return True
    return newest.written_by is not None and digest in queries.list_pack_hashes(session, newest.item_id)


def _restore(session: Session, actor: Viewer | None, revision: ItemRevision, code: str) -> None:
    """Put a revision that left with its pack back into use; nothing if it is in use, or if an editor withdrew it."""
    if revision.state is not ItemState.PUBLISHED and revision.retired_by is None:
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
    """Take the packs' items of a lesson that are not in `keep` out of the bank; returns how many. Papers keep them."""
    leaving = [
        (item, revision)
        for item, revision in queries.list_published_of_lesson(session, lesson_code)
        if item.code not in keep and revision.written_by is None
    ]
    for item, revision in leaving:
        revision.state = ItemState.RETIRED
        _audit(session, actor, "item.retired", revision, item.code)
    session.flush()
    return len(leaving)


def _audit(session: Session, actor: Viewer | None, verb: str, item: ItemRevision, code: str) -> None:
    data = {"code": code, "revision": item.number}
    record_audit(session, actor=actor, verb=verb, object_type="item", object_id=item.item_id, data=data)
