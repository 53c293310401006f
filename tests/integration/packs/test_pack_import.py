"""Import of lesson folders: frozen revisions, no change for the same content, nothing at all for a bad pack."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.assessment.models import (
    Assessment,
    AssessmentItem,
    AssessmentRevision,
    Item,
    ItemRevision,
    ItemState,
)
from school_safety.curriculum.models import LessonRevision, RevisionState
from school_safety.kit import files
from school_safety.kit.errors import Refused
from school_safety.packs.actions import Imported, import_library
from school_safety.packs.readers import Library, read_contacts, read_library
from school_safety.packs.rules import Contact
from tests.factories.curriculum import LESSONS
from tests.factories.packs import a_pack, both

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CONTACTS = {"child_helpline_111": Contact(TODAY, True)}


def library(folder: Path) -> Library:
    return read_library([folder], CONTACTS, TODAY)


def import_(session: Session, folder: Path, store: Path) -> tuple[Imported, ...]:
    return import_library(session, actor=None, library=library(folder), root=store, now=NOW)


def counts(session: Session) -> dict[str, int]:
    tables = (LessonRevision, Item, ItemRevision, Assessment, AssessmentRevision, AssessmentItem)
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_a_pack_becomes_a_lesson_its_items_and_a_quiz_of_the_practice_items(session: Session, tmp_path: Path) -> None:
    folder = a_pack(tmp_path / "lessons")
    (done,) = import_(session, folder, tmp_path / "store")
    assert done == Imported("OS-06-01", 1, True, 16, 0, True)
    revision = session.scalars(select(LessonRevision)).one()
    assert (revision.state, revision.grades, revision.elements) == (RevisionState.PUBLISHED, 1 << 6, 3)
    assert revision.content["title"]["vi"] == "Thông tin và mật khẩu"
    assert revision.outreach is not None
    (medium,) = revision.media
    assert files.read(tmp_path / "store", medium.sha256) == (folder / "media" / "so-do.svg").read_bytes()
    quiz = session.scalars(select(Assessment)).one()
    assert (quiz.code, quiz.school_id) == ("OS-06-01-quiz", None)
    placed = [slot.item_revision.item.code for slot in quiz.revisions[0].items]
    assert placed == [f"OS-06-01-0{number}" for number in range(1, 6)]


def test_importing_the_same_packs_again_changes_nothing(session: Session, tmp_path: Path) -> None:
    a_pack(tmp_path / "lessons")
    a_pack(tmp_path / "lessons", code="ML-06-03", title="Dừng lại")
    import_(session, tmp_path / "lessons", tmp_path / "store")
    before = counts(session)
    again = import_(session, tmp_path / "lessons", tmp_path / "store")
    assert [done.changed for done in again] == [False, False]
    assert counts(session) == before


def test_a_changed_text_is_a_new_revision_and_the_old_one_stays_as_it_was(session: Session, tmp_path: Path) -> None:
    a_pack(tmp_path / "one")
    import_(session, tmp_path / "one", tmp_path / "store")
    old = session.scalars(select(LessonRevision)).one()
    kept = (old.id, old.content_hash, dict(old.content), dict(old.reading), old.search_text)

    a_pack(tmp_path / "two", title="Tên mới")
    (done,) = import_(session, tmp_path / "two", tmp_path / "store")
    session.expire_all()

    assert (done.number, done.lesson_changed, done.items_changed) == (2, True, 0)
    first, second = session.scalars(select(LessonRevision).order_by(LessonRevision.number))
    assert (first.id, first.content_hash, first.content, first.reading, first.search_text) == kept
    assert (first.state, second.state) == (RevisionState.RETIRED, RevisionState.PUBLISHED)
    assert second.content["title"]["vi"] == "Tên mới"


def test_a_changed_picture_alone_is_a_new_revision(session: Session, tmp_path: Path) -> None:
    a_pack(tmp_path / "one")
    import_(session, tmp_path / "one", tmp_path / "store")
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Hình khác</title></svg>'
    a_pack(tmp_path / "two", lambda pack: pack.update({"media/so-do.svg": svg}))
    (done,) = import_(session, tmp_path / "two", tmp_path / "store")
    assert (done.number, done.lesson_changed) == (2, True)
    first, second = (revision.media[0].sha256 for revision in session.scalars(select(LessonRevision)))
    assert files.read(tmp_path / "store", first) != files.read(tmp_path / "store", second)


def test_a_changed_question_makes_a_new_item_and_quiz_but_no_new_lesson(session: Session, tmp_path: Path) -> None:
    a_pack(tmp_path / "one")
    import_(session, tmp_path / "one", tmp_path / "store")
    a_pack(tmp_path / "two", lambda pack: pack["items.yaml"][0].update(stem=both("Câu hỏi đã sửa?")))
    (done,) = import_(session, tmp_path / "two", tmp_path / "store")
    assert done == Imported("OS-06-01", 1, False, 1, 0, True)
    revisions = session.scalars(select(ItemRevision).join(Item).where(Item.code == "OS-06-01-01")).all()
    assert {revision.content["stem"]["vi"] for revision in revisions} == {"Câu hỏi số 1?", "Câu hỏi đã sửa?"}


def test_a_question_that_left_the_pack_is_retired(session: Session, tmp_path: Path) -> None:
    def with_another(pack: dict) -> None:
        extra = dict(pack["items.yaml"][0], id="OS-06-01-99", use="form_a")
        pack["items.yaml"].append(extra)

    a_pack(tmp_path / "one", with_another)
    import_(session, tmp_path / "one", tmp_path / "store")
    a_pack(tmp_path / "two")
    (done,) = import_(session, tmp_path / "two", tmp_path / "store")
    assert (done.items_changed, done.items_retired) == (0, 1)
    gone = session.scalars(select(ItemRevision).join(Item).where(Item.code == "OS-06-01-99")).one()
    assert gone.state is ItemState.RETIRED


def test_one_bad_pack_among_good_ones_changes_nothing(session: Session, tmp_path: Path) -> None:
    a_pack(tmp_path / "lessons")
    a_pack(tmp_path / "lessons", lambda pack: pack["lesson.yaml"].update(minutes=50), code="ML-06-03")
    before = counts(session)
    with pytest.raises(Refused, match="pack_has_errors"):
        import_(session, tmp_path / "lessons", tmp_path / "store")
    assert counts(session) == before
    assert not (tmp_path / "store").exists()


def test_a_revision_that_returns_to_earlier_content_gets_a_number_of_its_own(session: Session, tmp_path: Path) -> None:
    for name, title in (("one", "Tên một"), ("two", "Tên hai"), ("three", "Tên một")):
        a_pack(tmp_path / name, title=title)
        (done,) = import_(session, tmp_path / name, tmp_path / "store")
    assert done.number == 3


def test_the_lessons_that_come_with_the_product_are_whole() -> None:
    from_above = read_library([LESSONS], _real_contacts(), TODAY)
    assert [f"{one.file}:{one.line}: {one.finding.code}" for one in from_above.located] == []
    lessons = {reading.pack.code: reading.pack.lesson for reading in from_above.readings if reading.pack}
    assert lessons.keys() >= {"OS-06-01", "ML-06-03"}
    claims = [source["claim"] for lesson in lessons.values() for source in lesson["sources"]]
    assert [claim for claim in claims if isinstance(claim, str)] == []


def _real_contacts() -> dict[str, Contact]:
    return read_contacts(LESSONS.parent / "config" / "contacts.toml")
