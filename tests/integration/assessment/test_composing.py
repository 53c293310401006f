"""Assessments: frozen by hash, composed as drafts beside their frozen revisions, within one's own school."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Permission, Role, Standing, Viewer
from school_safety.assessment import actions, queries
from school_safety.assessment.models import Assessment
from school_safety.assessment.rules import Purpose, Slot, Slots
from school_safety.kit.errors import NotFound, Refused
from school_safety.registry.models import School
from tests.factories.assessment import CONTENTS, a_choice, an_assessment, an_item, words
from tests.factories.people import a_member
from tests.factories.registry import a_school, today_of


def a_teacher(session: Session, school: School | None = None) -> Viewer:
    """A teacher of a school as actions know them."""
    own = school or a_school(session)
    person = a_member(session, Role.TEACHER, school=own)
    standing = Standing(Role.TEACHER, person_id=person.id)
    return Viewer(person.id, person.full_name, (standing,), session_id=1, school_id=own.id, school_code=own.code)


def _draft(session: Session, teacher: Viewer, *items: int) -> Assessment:
    return actions.create_assessment(
        session,
        actor=teacher,
        title=words("Bài của cô"),
        purpose=Purpose.GRADED,
        lesson_code="OS-06-01",
        slots=tuple(Slot(item, 1) for item in items),
    )


def _save(session: Session, teacher: Viewer, assessment: Assessment, slots: Slots, seen: str | None = None) -> None:
    actions.save_draft(
        session,
        actor=teacher,
        assessment=assessment,
        title=words("Bài của cô"),
        purpose=Purpose.GRADED,
        slots=slots,
        seen=actions.draft_fingerprint(session, assessment) if seen is None else seen,
    )


def test_freezing_the_same_assessment_again_makes_no_new_revision(session: Session) -> None:
    items = [an_item(session), an_item(session, type="multi")]
    first = an_assessment(session, items=items, code="OS-06-01-quiz")
    rows = session.query(AuditEvent).count()
    again = an_assessment(session, items=items, code="OS-06-01-quiz")
    assert again.id == first.id
    assert session.query(AuditEvent).count() == rows


def test_another_order_another_item_or_another_title_is_a_new_revision_and_the_old_one_stays(session: Session) -> None:
    one, two = an_item(session), an_item(session)
    first = an_assessment(session, items=[one, two], code="OS-06-01-quiz")
    second = an_assessment(session, items=[two, one], code="OS-06-01-quiz")
    third = an_assessment(session, items=[two, one], code="OS-06-01-quiz", title="Tên khác")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [placed.item.id for placed in queries.get_assessment_revision(session, first.id).items] == [one.id, two.id]
    assert queries.get_assessment_revision(session, third.id).title == words("Tên khác")
    assert queries.get_assessment_revision(session, second.id).title == words("Câu hỏi luyện tập")


def test_an_assessment_without_items_cannot_be_frozen(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        an_assessment(session, items=[])
    assert refused.value.code == "no_items"


def test_a_frozen_revision_is_read_with_all_contents_in_few_statements(session: Session) -> None:
    revision = an_assessment(session)
    session.expire_all()
    statements: list[str] = []

    def note(*happened: object) -> None:
        statements.append(str(happened[2]))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    frozen = queries.get_assessment_revision(session, revision.id)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(statements) <= 3
    assert [placed.item.type for placed in frozen.items] == list(CONTENTS)
    assert frozen.points == len(CONTENTS) - 1, "a survey is worth nothing"
    assert all(placed.current_id == placed.item.id for placed in frozen.items)


def test_an_item_that_changed_since_is_told_and_the_paper_keeps_the_old_one(session: Session) -> None:
    item = an_item(session, code="OS-06-01-01")
    revision = an_assessment(session, items=[item])
    changed = an_item(session, code="OS-06-01-01", content=a_choice(stem=words("Câu đã sửa")))
    placed = queries.get_assessment_revision(session, revision.id).items[0]
    assert (placed.item.id, placed.current_id) == (item.id, changed.id)
    actions.retire_items(session, actor=None, lesson_code="OS-06-01", keep=set())
    assert queries.get_assessment_revision(session, revision.id).items[0].current_id is None


def test_a_teacher_composes_and_publishes_and_the_frozen_revision_never_changes(session: Session) -> None:
    teacher = a_teacher(session)
    one, two, three = an_item(session), an_item(session), an_item(session)
    assessment = _draft(session, teacher, one.id, two.id)
    assert assessment.code.startswith("BK-")
    _save(session, teacher, assessment, (Slot(two.id, 3), Slot(one.id, 1)))

    published = actions.publish_assessment(session, actor=teacher, assessment=assessment)
    _save(session, teacher, assessment, (Slot(three.id, 2),))

    frozen = queries.get_assessment_revision(session, published.id)
    assert [(placed.item.id, placed.points) for placed in frozen.items] == [(two.id, 3), (one.id, 1)]
    draft = queries.find_draft(session, assessment.id)
    assert draft is not None
    assert (draft.number, queries.list_slots(session, draft.id)) == (2, (Slot(three.id, 2),))
    assert published.content_hash
    assert published.published_at is not None


@pytest.mark.parametrize(
    ("points", "code"),
    [((0,), "bad_points"), ((21,), "bad_points"), ((1, 1), "same_item_twice")],
    ids=["no points", "too many points", "twice"],
)
def test_impossible_places_are_refused_and_nothing_is_written(
    session: Session, points: tuple[int, ...], code: str
) -> None:
    teacher, item = a_teacher(session), an_item(session)
    assessment = _draft(session, teacher, item.id)
    with pytest.raises(Refused) as refused:
        _save(session, teacher, assessment, tuple(Slot(item.id, value) for value in points))
    assert refused.value.code == code
    draft = queries.find_draft(session, assessment.id)
    assert draft is not None
    assert queries.list_slots(session, draft.id) == (Slot(item.id, 1),)


def test_an_item_that_is_not_in_the_bank_is_refused(session: Session) -> None:
    teacher = a_teacher(session)
    with pytest.raises(Refused) as refused:
        _save(session, teacher, _draft(session, teacher), (Slot(987654, 1),))
    assert refused.value.code == "unknown_item"


def test_a_draft_that_somebody_saved_in_between_is_not_overwritten(session: Session) -> None:
    teacher, item = a_teacher(session), an_item(session)
    assessment = _draft(session, teacher)
    seen = actions.draft_fingerprint(session, assessment)
    _save(session, teacher, assessment, (Slot(item.id, 1),), seen)
    with pytest.raises(Refused) as refused:
        _save(session, teacher, assessment, (), seen)
    assert refused.value.code == "changed_meanwhile"


def test_an_empty_draft_and_one_without_changes_cannot_be_published(session: Session) -> None:
    teacher = a_teacher(session)
    assessment = _draft(session, teacher)
    with pytest.raises(Refused) as empty:
        actions.publish_assessment(session, actor=teacher, assessment=assessment)
    _save(session, teacher, assessment, (Slot(an_item(session).id, 1),))
    actions.publish_assessment(session, actor=teacher, assessment=assessment)
    with pytest.raises(Refused) as unchanged:
        actions.publish_assessment(session, actor=teacher, assessment=assessment)
    assert (empty.value.code, unchanged.value.code) == ("no_items", "nothing_to_publish")


def test_a_school_sees_its_own_assessments_first_and_never_another_schools(session: Session) -> None:
    here, there = a_school(session), a_school(session)
    pack = an_assessment(session, items=[an_item(session)], code="OS-06-01-quiz")
    own = _draft(session, a_teacher(session, here), an_item(session).id)
    foreign = _draft(session, a_teacher(session, there))

    rows, total = queries.list_assessments(session, school_id=here.id, limit=9)
    assert ([row.code for row in rows], total) == ([own.code, "OS-06-01-quiz"], 2)
    assert [(row.published_id, row.has_draft, row.item_count) for row in rows] == [(None, True, 1), (pack.id, False, 1)]
    assert [row.code for row in queries.list_assessments(session, school_id=None, limit=9)[0]] == ["OS-06-01-quiz"]
    with pytest.raises(NotFound):
        queries.get_visible_assessment(session, foreign.code, school_id=here.id)


def test_a_draft_of_the_province_is_not_shown_to_schools_until_it_is_published(session: Session) -> None:
    school = a_school(session)
    standing = Standing(Role.EDITOR, path="/1/")
    editor = replace(a_teacher(session), standings=(standing,), school_id=None, school_code=None)
    assessment = _draft(session, editor, an_item(session).id)
    assert queries.list_assessments(session, school_id=school.id, limit=9)[1] == 0
    assert queries.list_assessments(session, school_id=None, limit=9)[1] == 1
    with pytest.raises(NotFound):
        queries.get_visible_assessment(session, assessment.code, school_id=school.id)
    actions.publish_assessment(session, actor=editor, assessment=assessment)
    assert queries.get_visible_assessment(session, assessment.code, school_id=school.id).id == assessment.id


def test_a_withdrawn_assessment_leaves_the_lists_and_its_revision_stays_readable(session: Session) -> None:
    teacher = a_teacher(session)
    assessment = _draft(session, teacher, an_item(session).id)
    revision = actions.publish_assessment(session, actor=teacher, assessment=assessment)
    actions.withdraw_assessment(session, actor=teacher, assessment=assessment)
    assert queries.list_assessments(session, school_id=teacher.school_id, limit=9)[1] == 0
    assert queries.get_assessment_revision(session, revision.id).code == assessment.code
    with pytest.raises(NotFound):
        queries.load_composed(session, code=assessment.code)


def test_an_assessment_lives_in_its_school_and_with_its_author(session: Session) -> None:
    school = a_school(session)
    teacher = a_teacher(session, school)
    _same, place = queries.load_composed(session, code=_draft(session, teacher).code)
    assert (place.path, place.person_id) == (today_of(session, school).path, teacher.person_id)
    assert teacher.reach(Permission.COMPOSE_ASSESSMENT).includes(place)
    assert not a_teacher(session, school).reach(Permission.COMPOSE_ASSESSMENT).includes(place)


def test_an_assessment_of_a_lesson_pack_is_not_edited_here(session: Session) -> None:
    an_assessment(session, items=[an_item(session)], code="OS-06-01-quiz")
    with pytest.raises(NotFound):
        queries.load_composed(session, code="OS-06-01-quiz")


def test_a_published_revision_always_has_its_hash(session: Session) -> None:
    revision = an_assessment(session, items=[an_item(session)])
    revision.content_hash = None
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_revision_that_does_not_exist_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.get_assessment_revision(session, 987654)


def test_who_teaches_in_two_schools_cannot_compose_for_the_whole_province(session: Session) -> None:
    nowhere = replace(a_teacher(session), school_id=None, school_code=None)
    with pytest.raises(Refused, match="no_single_school"):
        _draft(session, nowhere, an_item(session).id)
    editor = replace(nowhere, standings=(Standing(Role.EDITOR, path="/1/"),))
    assert _draft(session, editor, an_item(session).id).school_id is None
