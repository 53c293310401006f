"""A school's own version of a lesson, made through the actions themselves."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from school_safety.curriculum import actions, queries
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import Adaptation
from school_safety.curriculum.rules import own_words
from school_safety.roster.models import Person
from tests.factories.classroom import a_viewer
from tests.factories.curriculum import PUBLISHED
from tests.factories.packs import both


def a_draft(session: Session, person: Person, original: LessonRevision, *, school_id: int) -> Adaptation:
    """A school's draft, equal to its original."""
    draft = actions.start_adaptation(session, actor=a_viewer(person), original=original, school_id=school_id)
    return queries.get_adaptation(session, draft.lesson.code, school_id=school_id)


def written(session: Session, person: Person, adaptation: Adaptation, **lesson: Any) -> Adaptation:
    """The draft with these fields of the lesson said otherwise."""
    assert adaptation.draft is not None
    before = queries.body_of(adaptation.draft)
    body = own_words(before, replace(before, lesson={**before.lesson, **lesson}))
    actions.save_draft(
        session,
        actor=a_viewer(person),
        lesson=adaptation.lesson,
        content=replace(actions.content_of_revision(adaptation.draft), lesson=dict(body.lesson)),
        seen=adaptation.draft.content_hash,
    )
    return queries.get_adaptation(session, adaptation.lesson.code, school_id=adaptation.lesson.school_id)


def an_adaptation(
    session: Session,
    person: Person,
    original: LessonRevision,
    *,
    school_id: int,
    title: str = "Mật khẩu ở trường em",
    now: datetime = PUBLISHED,
) -> Adaptation:
    """A school's own version in force, with a title of its own."""
    draft = written(session, person, a_draft(session, person, original, school_id=school_id), title=both(title))
    assert draft.draft is not None
    actions.publish_draft(
        session, actor=a_viewer(person), lesson=draft.lesson, seen=draft.draft.content_hash, now=now, alone=True
    )
    return queries.get_adaptation(session, draft.lesson.code, school_id=school_id)
