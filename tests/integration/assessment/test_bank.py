"""Items freeze by content hash, leave the bank and come back, and are found whatever way people type."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.assessment import queries
from school_safety.assessment.actions import retire_items
from school_safety.assessment.models import Item, ItemRevision, ItemState
from school_safety.assessment.rules import Use
from school_safety.curriculum.rules import Strand
from school_safety.kit.errors import NotFound, Refused
from tests.factories.assessment import a_choice, an_item, headlines, words
from tests.factories.curriculum import a_lesson


def _numbers(session: Session, code: str) -> list[tuple[int, str]]:
    rows = session.query(ItemRevision).join(Item).filter(Item.code == code).order_by(ItemRevision.number)
    return [(row.number, str(row.state)) for row in rows]


def test_the_same_content_again_makes_no_new_revision_and_no_audit_row(session: Session) -> None:
    first = an_item(session, code="OS-06-01-01")
    rows = session.query(AuditEvent).count()
    again = an_item(session, code="OS-06-01-01")
    assert again.id == first.id
    assert session.query(AuditEvent).count() == rows


def test_a_changed_content_becomes_the_published_revision_and_retires_the_one_before(session: Session) -> None:
    old = an_item(session, code="OS-06-01-01")
    new = an_item(session, code="OS-06-01-01", content=a_choice(stem=words("Câu đã sửa")))
    assert new.id != old.id
    assert _numbers(session, "OS-06-01-01") == [(1, "retired"), (2, "published")]
    assert old.content["stem"] == words("Em chọn gì?")


@pytest.mark.parametrize("changes", [{"points": 2}, {"use": Use.FORM_A}, {"objective": "O2"}], ids=str)
def test_points_use_and_objective_belong_to_the_content(session: Session, changes: dict[str, object]) -> None:
    an_item(session, code="OS-06-01-01")
    an_item(session, code="OS-06-01-01", **changes)  # type: ignore[arg-type]  # one of several types
    assert len(_numbers(session, "OS-06-01-01")) == 2


def test_a_content_that_is_none_of_its_type_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        an_item(session, content=a_choice(options=[]))
    assert refused.value.code == "unsound_item"


def test_an_item_never_moves_to_another_lesson(session: Session) -> None:
    an_item(session, code="OS-06-01-01")
    with pytest.raises(Refused) as refused:
        an_item(session, code="OS-06-01-01", lesson_code="OS-06-02")
    assert refused.value.code == "item_of_another_lesson"


def test_items_that_left_their_pack_leave_the_bank_and_come_back_as_they_were(session: Session) -> None:
    keep = an_item(session, code="OS-06-01-01")
    gone = an_item(session, code="OS-06-01-02")
    an_item(session, code="ML-06-03-01", lesson_code="ML-06-03")

    assert retire_items(session, actor=None, lesson_code="OS-06-01", keep={"OS-06-01-01"}) == 1
    assert [item.code for item in queries.list_items(session, limit=9)[0]] == ["ML-06-03-01", "OS-06-01-01"]
    assert gone.state is ItemState.RETIRED
    assert keep.state is ItemState.PUBLISHED
    assert queries.get_item(session, "OS-06-01-02").state is ItemState.RETIRED

    back = an_item(session, code="OS-06-01-02")
    assert (back.id, back.state) == (gone.id, ItemState.PUBLISHED)


def test_two_revisions_of_one_item_cannot_both_be_published(session: Session) -> None:
    old = an_item(session, code="OS-06-01-01")
    an_item(session, code="OS-06-01-01", points=2)
    old.state = ItemState.PUBLISHED
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_date_inside_a_content_is_kept_as_text(session: Session) -> None:
    revision = an_item(session, type="headlines", content=headlines(archived_on="2026-11-01"))
    session.expire(revision)
    assert revision.content["archived_on"] == "2026-11-01"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("mat khau", ["OS-06-01-01"]),
        ("MẬT KHẨU", ["OS-06-01-01"]),
        ("khẩu mật", ["OS-06-01-01"]),
        ("password", ["OS-06-01-01"]),
        ("hoà bình", ["OS-06-01-02"]),
        ("hòa bình", ["OS-06-01-02"]),
        ("OS-06-01-02", ["OS-06-01-02"]),
        ("100%", ["OS-06-01-03"]),
        ("100_", []),
        ("mật không", []),
    ],
)
def test_words_are_sought_without_case_diacritics_or_order(session: Session, asked: str, found: list[str]) -> None:
    an_item(session, code="OS-06-01-01", content=a_choice(stem=words("Mật khẩu nào mạnh?", "Which password?")))
    an_item(session, code="OS-06-01-02", content=a_choice(stem=words("Nhóm chat hoà bình", "A calm chat")))
    an_item(session, code="OS-06-01-03", content=a_choice(stem=words("Chắc 100% rồi", "Quite sure")))
    rows, total = queries.list_items(session, words=asked, limit=9)
    assert ([row.code for row in rows], total) == (found, len(found))


def test_the_bank_narrows_by_lesson_strand_type_use_and_objective(session: Session) -> None:
    an_item(session, code="OS-06-01-01")
    an_item(session, code="OS-06-01-02", type="multi", use=Use.FORM_A, objective="O2")
    an_item(session, code="ML-06-03-01", lesson_code="ML-06-03", type="order")

    def codes(**filters: object) -> list[str]:
        return [row.code for row in queries.list_items(session, limit=9, **filters)[0]]  # type: ignore[arg-type]  # several

    assert codes(lesson_code="OS-06-01") == ["OS-06-01-01", "OS-06-01-02"]
    assert codes(strand=Strand.MEDIA_LITERACY) == ["ML-06-03-01"]
    assert codes(type_code="multi") == ["OS-06-01-02"]
    assert codes(use=Use.FORM_A) == ["OS-06-01-02"]
    assert codes(objective="O2") == ["OS-06-01-02"]


def test_lessons_of_the_bank_bear_their_published_title(session: Session) -> None:
    an_item(session)
    an_item(session)
    an_item(session, lesson_code="ML-06-03")
    a_lesson(session, code="ML-06-03", title="Dừng lại trước khi chia sẻ")
    lessons = queries.list_lessons(session)
    assert list(lessons) == ["ML-06-03", "OS-06-01"]
    assert lessons["OS-06-01"] is None
    assert (lessons["ML-06-03"] or {})["vi"] == "Dừng lại trước khi chia sẻ"


def test_pages_of_the_bank_follow_one_another(session: Session) -> None:
    for number in range(1, 6):
        an_item(session, code=f"OS-06-01-{number:02}")
    rows, total = queries.list_items(session, limit=2, offset=2)
    assert ([row.code for row in rows], total) == (["OS-06-01-03", "OS-06-01-04"], 5)


def test_an_unknown_item_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.get_item(session, "OS-99-99-99")
