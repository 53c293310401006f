"""A lesson that was written in the web and the folder of the same lesson: neither writes over the other unseen."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from school_safety.access.policy import Role, Viewer
from school_safety.assessment import actions as bank
from school_safety.assessment import queries as items
from school_safety.assessment.actions import Written
from school_safety.assessment.models import Assessment
from school_safety.assessment.rules import Use
from school_safety.curriculum.actions import (
    confirm_draft,
    content_of_revision,
    propose_draft,
    publish_draft,
    retire_lesson,
    save_draft,
    start_revision,
)
from school_safety.curriculum.models import LessonRevision, RevisionState
from school_safety.curriculum.queries import find_published, list_due, list_open, list_retired, list_versions
from school_safety.kit import clock
from school_safety.kit.errors import Refused
from school_safety.packs.actions import Imported, import_library
from school_safety.packs.readers import read_library
from school_safety.packs.rules import Contact
from school_safety.roster.models import Person
from tests.factories.curriculum import PUBLISHED, a_whole_lesson
from tests.factories.packs import Change, a_pack, both
from tests.factories.people import a_member
from tests.factories.registry import a_province

CONTACTS = {"child_helpline_111": Contact(PUBLISHED.date(), True)}


@pytest.fixture
def editors(session: Session, tmp_path: Path) -> tuple[Viewer, Viewer]:
    a_whole_lesson(session, tmp_path / "first", root=tmp_path / "store")
    province = a_province(session)[1]
    one, two = (_viewer(a_member(session, Role.EDITOR, unit=province)) for _ in range(2))
    return one, two


def _viewer(person: Person) -> Viewer:
    return Viewer(person_id=person.id, name=person.full_name, standings=(), session_id=0)


def _begin(session: Session, actor: Viewer, title: str = "Tên viết trên mạng") -> LessonRevision:
    in_force = find_published(session, "OS-06-01")
    assert in_force is not None
    draft = start_revision(session, actor=actor, lesson=in_force.lesson)
    content = content_of_revision(draft)
    content.lesson["title"] = both(title)
    return save_draft(session, actor=actor, lesson=draft.lesson, content=content, seen=draft.content_hash)


def _publish(session: Session, editors: tuple[Viewer, Viewer], draft: LessonRevision) -> None:
    lesson, seen = draft.lesson, draft.content_hash
    propose_draft(session, actor=editors[0], lesson=lesson, seen=seen, now=clock.now())
    confirm_draft(session, actor=editors[1], lesson=lesson, seen=seen)
    publish_draft(session, actor=editors[0], lesson=lesson, seen=seen, now=clock.now())


def _import(session: Session, folder: Path, change: Change | None = None) -> Imported:
    a_pack(folder, change)
    library = read_library([folder], CONTACTS, PUBLISHED.date())
    (done,) = import_library(session, actor=None, library=library, root=folder / "store", now=PUBLISHED)
    return done


def _title(session: Session) -> str:
    revision = find_published(session, "OS-06-01")
    return revision.content["title"]["vi"] if revision is not None else ""


def _named(version: str) -> Change:
    return lambda pack: pack["lesson.yaml"].update(version=version, title=both(f"Tên trong gói {version}"))


def test_a_folder_replaces_what_was_written_in_the_web_only_under_a_higher_version(
    session: Session, editors: tuple[Viewer, Viewer], tmp_path: Path
) -> None:
    _publish(session, editors, _begin(session, editors[0]))
    done = _import(session, tmp_path / "same", _named("1.1.0"))
    assert (done.kept, done.lesson_changed, _title(session)) == ("1.1.0", False, "Tên viết trên mạng")
    done = _import(session, tmp_path / "higher", _named("1.2.0"))
    assert (done.kept, done.lesson_changed, _title(session)) == ("", True, "Tên trong gói 1.2.0")


def test_a_lesson_that_editors_retired_stays_out_until_its_folder_has_a_higher_version(
    session: Session, editors: tuple[Viewer, Viewer], tmp_path: Path
) -> None:
    in_force = find_published(session, "OS-06-01")
    assert in_force is not None
    assert list_retired(session) == []
    retire_lesson(session, actor=editors[0], lesson=in_force.lesson)
    assert [one.lesson.code for one in list_retired(session)] == ["OS-06-01"]
    assert _import(session, tmp_path / "again").kept == "1.0.0"
    assert _title(session) == ""
    assert _import(session, tmp_path / "higher", _named("1.0.1")).lesson_changed
    assert _title(session) == "Tên trong gói 1.0.1"


def test_a_draft_that_a_folder_overtook_is_refused_until_it_was_saved_again_under_a_higher_version(
    session: Session, editors: tuple[Viewer, Viewer], tmp_path: Path
) -> None:
    draft = _begin(session, editors[0])
    _import(session, tmp_path / "newer", _named("1.1.0"))
    with pytest.raises(Refused, match="overtaken"):
        _publish(session, editors, draft)
    content = content_of_revision(draft)
    content.lesson["title"] = both("Tên sau khi xem gói mới")
    saved = save_draft(session, actor=editors[0], lesson=draft.lesson, content=content, seen=draft.content_hash)
    with pytest.raises(Refused, match="version_not_raised"):
        _publish(session, editors, saved)
    content.lesson["version"] = "1.2.0"
    saved = save_draft(session, actor=editors[0], lesson=draft.lesson, content=content, seen=saved.content_hash)
    _publish(session, editors, saved)
    assert _title(session) == "Tên sau khi xem gói mới"
    states = [one.state for one in session.query(LessonRevision).order_by(LessonRevision.number)]
    assert states == [RevisionState.RETIRED, RevisionState.RETIRED, RevisionState.PUBLISHED]


def test_drafts_days_of_review_and_the_history_are_listed_on_both_databases(
    session: Session, editors: tuple[Viewer, Viewer]
) -> None:
    assert list_due(session, until=date(2027, 11, 20), limit=9) == ([], 0)
    due, total = list_due(session, until=date(2027, 11, 21), limit=9)
    assert ([revision.lesson.code for revision in due], total) == (["OS-06-01"], 1)
    draft = _begin(session, editors[0])
    (drafted,) = list_open(session)
    assert (drafted.revision.id, drafted.writer) == (draft.id, editors[0].name)
    assert list_open(session, school_id=1) == []
    _publish(session, editors, draft)
    assert list_open(session) == []
    newest, first = list_versions(session, draft.lesson_id)
    assert (newest.version, newest.writer, newest.reviewer) == ("1.1.0", editors[0].name, editors[1].name)
    assert (first.version, first.writer, first.state) == ("1.0.0", None, RevisionState.RETIRED)


def test_an_item_written_in_the_web_reaches_the_quiz_at_once_and_older_papers_keep_theirs(
    session: Session, editors: tuple[Viewer, Viewer]
) -> None:
    item, revision = next(
        (item, revision)
        for item, revision in items.list_published_of_lesson(session, "OS-06-01")
        if revision.use is Use.PRACTICE
    )
    content = {**revision.content, "stem": both("Câu hỏi viết lại trên mạng?")}
    written = Written(revision.type, revision.use, revision.objective, revision.points, content)
    draft = bank.save_item(session, actor=editors[0], item=item, written=written, seen="", sound=True)
    seen = draft.content_hash
    bank.review_item(session, actor=editors[1], item=item, seen=seen)
    bank.publish_item(session, actor=editors[0], item=item, seen=seen, review_due=PUBLISHED.date())

    session.expire_all()
    quiz = session.query(Assessment).filter(Assessment.code == "OS-06-01-quiz").one()
    before, after = quiz.revisions
    assert revision.id in [slot.item_revision_id for slot in before.items]
    assert draft.id in [slot.item_revision_id for slot in after.items]
    assert len(after.items) == len(before.items)

    bank.retire_item(session, actor=editors[0], item=item)
    session.expire_all()
    newest = session.query(Assessment).filter(Assessment.code == "OS-06-01-quiz").one().revisions[-1]
    assert draft.id not in [slot.item_revision_id for slot in newest.items]
