"""A school's own lineage of a lesson: what it keeps, what it takes over, and who sees it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Role
from school_safety.curriculum import actions, queries
from school_safety.curriculum.models import RevisionState
from school_safety.curriculum.queries import LessonSearch
from school_safety.curriculum.rules import Side
from school_safety.kit.errors import NotFound, Refused
from tests.factories.adapting import an_adaptation
from tests.factories.classroom import a_viewer
from tests.factories.curriculum import a_lesson
from tests.factories.packs import both
from tests.factories.people import a_member
from tests.factories.registry import a_school

NEW_SUMMARY = both("Bản gốc tóm tắt lại.")


def test_a_newer_original_comes_into_the_schools_lesson_and_leaves_what_the_school_changed(session: Session) -> None:
    # Given a school's own version, and an original that says another title and another summary by now
    school = a_school(session)
    teacher = a_member(session, Role.TEACHER, school=school)
    first = a_lesson(session)
    own = an_adaptation(session, teacher, first, school_id=school.id)
    newer = a_lesson(session, title="Tên mới của tỉnh", summary=NEW_SUMMARY, version="1.1.0")
    own = queries.get_adaptation(session, own.lesson.code, school_id=school.id)
    assert own.has_newer_original
    assert queries.list_behind(session, school.id) == {own.lesson.code}

    # When the school takes it over and keeps its own title
    actions.take_original_over(
        session, actor=a_viewer(teacher), adaptation=own, seen=newer.number, choices={"title": Side.OWN}
    )

    # Then a draft holds both, follows the newer original, and the version in force is as it was
    own = queries.get_adaptation(session, own.lesson.code, school_id=school.id)
    assert own.draft is not None and own.in_force is not None
    assert own.draft.content["title"]["vi"] == "Mật khẩu ở trường em"
    assert own.draft.content["summary"] == NEW_SUMMARY
    assert (own.followed.id, own.has_newer_original) == (newer.id, False)
    assert queries.list_behind(session, school.id) == set()
    assert own.in_force.content["summary"] != NEW_SUMMARY
    assert [one.original_number for one in queries.list_steps(session, own.lesson.id)] == [newer.number, first.number]


def test_a_school_that_keeps_its_words_is_not_asked_again_for_that_revision(session: Session) -> None:
    school = a_school(session)
    teacher = a_member(session, Role.TEACHER, school=school)
    own = an_adaptation(session, teacher, a_lesson(session), school_id=school.id)
    newer = a_lesson(session, summary=NEW_SUMMARY)
    own = queries.get_adaptation(session, own.lesson.code, school_id=school.id)
    with pytest.raises(Refused):  # somebody looked at another revision of the original
        actions.keep_own_lesson(session, actor=a_viewer(teacher), adaptation=own, seen=newer.number - 1)
    actions.keep_own_lesson(session, actor=a_viewer(teacher), adaptation=own, seen=newer.number)
    session.flush()
    own = queries.get_adaptation(session, own.lesson.code, school_id=school.id)
    assert (own.has_newer_original, own.draft) == (False, None)
    verbs = session.scalars(select(AuditEvent.verb)).all()
    assert "lesson.original_kept" in verbs
    a_lesson(session, summary=both("Lại khác nữa."))
    assert queries.get_adaptation(session, own.lesson.code, school_id=school.id).has_newer_original


def test_nobody_outside_the_school_finds_its_lesson(session: Session) -> None:
    school, other = a_school(session), a_school(session)
    teacher = a_member(session, Role.TEACHER, school=school)
    own = an_adaptation(session, teacher, a_lesson(session), school_id=school.id)
    code = own.lesson.code
    assert queries.list_adapted(session, school.id) == {"OS-06-01": code}
    assert queries.get_lesson(session, code, school_id=school.id).state is RevisionState.PUBLISHED
    for school_id in (other.id, None):
        assert queries.list_adapted(session, school_id) == {}
        found, total = queries.search_lessons(session, LessonSearch(), limit=10, offset=0, school_id=school_id)
        assert ([one.lesson.code for one in found], total) == (["OS-06-01"], 1)
        for load in (queries.get_lesson, queries.get_adaptation):
            with pytest.raises(NotFound):
                load(session, code, school_id=school_id)
