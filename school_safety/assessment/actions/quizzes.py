"""The practice quiz of a lesson: always the practice items in use, in the order of their codes."""

from school_safety.access.policy import Viewer
from school_safety.assessment import queries
from school_safety.assessment.actions.composed import freeze_assessment
from school_safety.assessment.rules import MOST_ITEMS, Purpose, Use
from school_safety.curriculum.queries import find_published
from school_safety.kit.db import Session

QUIZ_TITLE = {"vi": "Luyện tập: {}", "en": "Practice: {}"}


def freeze_quiz(session: Session, *, actor: Viewer | None, lesson_code: str) -> bool:
    """Let the quiz of a lesson in force follow its items and its title; True if that took a new revision.

    Forms, anchors and the booster measure later and stay out of it. Papers that were given keep the revision they have.
    """
    lesson = find_published(session, lesson_code)
    rows = queries.list_published_of_lesson(session, lesson_code)
    items = [(revision, revision.points) for _, revision in rows if revision.use is Use.PRACTICE][:MOST_ITEMS]
    if lesson is None or not items:
        return False
    title = {language: words.format(lesson.content["title"][language]) for language, words in QUIZ_TITLE.items()}
    _, is_new = freeze_assessment(
        session,
        actor=actor,
        code=f"{lesson_code}-quiz",
        lesson_code=lesson_code,
        title=title,
        purpose=Purpose.PRACTICE,
        items=items,
    )
    return is_new
