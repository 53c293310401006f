"""A lesson on paper: plan as PDF and Word file, pupils' sheet, everything in one file; the learning path of a grade."""

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn
from flask import Flask, render_template_string
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.access.policy import Role
from school_safety.assessment.report import show_item
from school_safety.curriculum.models import Lesson, LessonRevision, RevisionState
from school_safety.curriculum.queries import get_lesson
from school_safety.curriculum.rules import adaptation_code
from school_safety.kit import clock, pdf
from school_safety.packs.actions import import_library
from school_safety.packs.models import OutreachDownload
from school_safety.packs.pdf.printing import sheet_pdf
from school_safety.packs.readers import Library, read_contacts, read_library
from school_safety.roster.models import Person
from school_safety.roster.rules.classes import TeachingKind
from tests.client import Client
from tests.factories.classes import a_class_group, a_teaching
from tests.factories.classroom import a_room, an_assignment
from tests.factories.curriculum import LESSONS, a_lesson
from tests.factories.people import a_member
from tests.factories.registry import a_department, a_school, a_year

Store = Callable[[], AbstractContextManager[Session]]
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
CODES = ("OS-06-01", "ML-10-02")
ONE_ITEM = "{% from 'components/item.html' import item %}{{ item(shown, 'print') }}"
ALL = ("plan", "notes", "handout", "pictures", "quiz", "keys", "leaflet")


@dataclass
class Place:
    """A school's teacher of 6A1, an editor of no school, and somebody of another school."""

    teacher: Person
    editor: Person
    stranger: Person
    school_id: int


@pytest.fixture(autouse=True)
def morning() -> Any:
    with clock.at(NOW):
        yield


@pytest.fixture(scope="module")
def packs() -> Library:
    """Two of the lessons that come with the product, one of each strand."""
    folders = [LESSONS / "online-safety" / "os-06-01", LESSONS / "media-literacy" / "ml-10-02"]
    return read_library(folders, read_contacts(LESSONS.parent / "config" / "contacts.toml"), date(2026, 11, 22))


@pytest.fixture
def place(packs: Library, app: Flask, store: Store, tmp_path: Path) -> Place:
    with store() as session:
        import_library(session, actor=None, library=packs, root=tmp_path / "data" / "files", now=NOW)
        year = a_year(session)
        school = a_school(session, code="HOAMAI", name="THCS Hoa Mai")
        teacher = a_member(session, Role.TEACHER, school=school, name="Nguyễn Thị Hỷ")
        for name, subject in (("6A1", "Tin học"), ("7A1", "GDCD")):
            group = a_class_group(session, school=school, year=year, name=name)
            a_teaching(session, person=teacher, class_group=group, kind=TeachingKind.SUBJECT, subject=subject)
        other = a_school(session, code="BAC", name="THCS Bắc")
        return Place(
            teacher,
            a_member(session, Role.EDITOR, unit=a_department(session)),
            a_member(session, Role.TEACHER, school=other),
            school.id,
        )


def flat(text: str) -> str:
    """The text without line breaks and runs of spaces."""
    return " ".join(text.split())


def pdf_words(data: bytes) -> str:
    """The words of a file without what is the same on every page: head, foot and number, which are drawn first."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return flat(" ".join(re.sub(r"\A.*\n.*\n\d+\n", "", text) for text in pages))


def word_lines(data: bytes) -> list[str]:
    """Every line of a Word file, those in tables too, without the sign before an entry."""
    body = Document(io.BytesIO(data)).element.body
    lines = ["".join(run.text or "\t" for run in line.iter(qn("w:t"), qn("w:tab"))) for line in body.iter(qn("w:p"))]
    return [flat(line.rpartition("\t")[2]) for line in lines if line.strip()]


def said(revision: LessonRevision, language: str) -> list[str]:
    """What a plan must hold: every objective, and all of every activity."""
    content = revision.content
    steps = [one[part][language] for one in content["flow"] for part in ("goal", "content", "product")]
    return [flat(text) for text in [*(aim["text"][language] for aim in content["objectives"]), *steps]]


def test_the_plan_is_the_same_as_pdf_and_word_file_and_holds_every_activity(
    client: Client, place: Place, store: Store
) -> None:
    client.sign_in(place.teacher)
    for code, language in product(CODES, ("vi", "en")):
        printed = client.get(f"/lessons/{code}/plan.pdf?text={language}")
        word = client.get(f"/lessons/{code}/plan.docx?text={language}")
        words, lines = pdf_words(printed.data), word_lines(word.data)
        with store() as session:
            parts = said(get_lesson(session, code), language)
        assert [part for part in parts if part not in words] == []
        assert [part for part in parts if not any(part in line for line in lines)] == []
        assert [line for line in lines if line not in words] == []
        assert "THCS Hoa Mai" in words and "Nguyễn Thị Hỷ" in words
        assert code in printed.headers["Content-Disposition"] and ".docx" in word.headers["Content-Disposition"]


def test_the_plan_names_the_classes_and_subject_that_the_teacher_has_in_this_grade(
    client: Client, place: Place
) -> None:
    mine = pdf_words(client.sign_in(place.teacher).get("/lessons/OS-06-01/plan.pdf").data)
    assert "Môn học/Hoạt động giáo dục: Tin học; lớp: 6A1" in mine
    assert "I. Mục tiêu" in mine and "d) Tổ chức thực hiện:" in mine and "4. Hoạt động 4: Vận dụng" in mine
    nobodys = pdf_words(client.sign_in(place.editor).get("/lessons/OS-06-01/plan.pdf").data)
    assert "lớp: 6 " in nobodys and "Hỷ" not in nobodys and "Trường: …" in nobodys


def test_the_page_says_what_the_plan_says(client: Client, place: Place, store: Store) -> None:
    page = flat(str(client.sign_in(place.teacher).get("/lessons/OS-06-01").get_data(as_text=True)))
    with store() as session:
        parts = said(get_lesson(session, "OS-06-01"), "vi")
    assert [part for part in parts if part not in page] == []
    assert page.index("Đọc trong năm phút") < page.index("I. Mục tiêu")


def test_the_pupils_sheet_has_text_words_and_lines_but_no_answer(client: Client, place: Place, store: Store) -> None:
    client.sign_in(place.teacher)
    for code in CODES:
        alone = pdf_words(client.get(f"/lessons/{code}/handout.pdf").data)
        with_questions = pdf_words(client.get(f"/lessons/{code}/handout.pdf?practice=1").data)
        with store() as session:
            content = get_lesson(session, code).content
        assert [word for word in content["vocabulary"] if flat(word["meaning"]["vi"]) not in alone] == []
        assert "Điều em nhớ nhất trong bài:" in alone and "Luyện tập" not in alone
        assert "Câu 1" in with_questions and "Đáp án, dành cho giáo viên" not in with_questions
        assert "Quyển truyện thì chia sẻ được" not in with_questions
    assert "Câu 1" not in str(client.get("/lessons/OS-06-01/handout?practice=0").get_data(as_text=True))


def test_everything_comes_as_one_file_with_contents_and_the_leaflet_is_noted(
    client: Client, place: Place, store: Store
) -> None:
    client.sign_in(place.teacher)
    page = str(client.get("/lessons/OS-06-01/print").get_data(as_text=True))
    assert page.count(" checked") == len(ALL)
    answer = client.post("/lessons/OS-06-01/print", data={"parts": list(ALL), "text": "vi"})
    reader = PdfReader(io.BytesIO(answer.data))
    first = flat(reader.pages[0].extract_text())
    names = [item.title for item in reader.outline]  # type: ignore[union-attr]  # a flat outline
    starts = [reader.get_destination_page_number(item) + 1 for item in reader.outline]  # type: ignore[arg-type]  # the same
    assert len(names) == len(ALL)
    assert all(f"{name} {start}" in first for name, start in zip(names, starts, strict=True))
    numbered = reader.pages[starts[2] - 1].extract_text().split()
    assert str(starts[2]) in numbered
    keys = starts[names.index("Đáp án, dành cho thầy cô")]
    assert "Đáp án" in reader.pages[keys - 1].extract_text()
    with store() as session:
        assert [one.channel for one in session.scalars(select(OutreachDownload))] == ["leaflet"]


def test_only_what_is_ticked_is_printed_and_nothing_ticked_is_refused(
    client: Client, place: Place, store: Store
) -> None:
    client.sign_in(place.teacher)
    quiz = pdf_words(client.post("/lessons/OS-06-01/print", data={"parts": ["quiz"], "text": "en"}).data)
    assert "In this file" in quiz and "Answers, for teachers" not in quiz
    refused = client.post("/lessons/OS-06-01/print", data={"text": "vi"})
    assert refused.status_code == 422
    assert "Hãy đánh dấu ít nhất một phần." in refused.get_data(as_text=True)
    with store() as session:
        assert session.scalars(select(OutreachDownload)).all() == []


def test_people_of_no_school_are_not_offered_the_leaflet_and_cannot_take_it(
    client: Client, place: Place, store: Store
) -> None:
    client.sign_in(place.editor)
    assert "Tờ gấp gửi gia đình" not in client.get("/lessons/OS-06-01/print").get_data(as_text=True)
    assert client.post("/lessons/OS-06-01/print", data={"parts": ["leaflet"], "text": "vi"}).status_code == 422
    with store() as session:
        assert session.scalars(select(OutreachDownload)).all() == []


def test_a_schools_own_version_is_printed_with_the_originals_questions_and_only_there(
    client: Client, place: Place, store: Store
) -> None:
    with store() as session:
        own = own_version(session, place.school_id)
    client.sign_in(place.teacher)
    assert "BÀI CỦA TRƯỜNG MÌNH" in pdf_words(client.get(f"/lessons/{own}/plan.pdf").data)
    assert "Câu 5" in pdf_words(client.get(f"/lessons/{own}/handout.pdf?practice=1").data)
    bundle = client.post(f"/lessons/{own}/print", data={"parts": ["plan", "keys"], "text": "vi"})
    assert "Đáp án, dành cho giáo viên" in pdf_words(bundle.data)
    path = str(client.get("/lessons/path?grade=6").get_data(as_text=True))
    assert "Bài của trường mình" in path and path.count('role="rowheader"') == 1
    client.sign_in(place.stranger)
    for url in (f"/lessons/{own}/plan.pdf", f"/lessons/{own}/handout.pdf", f"/lessons/{own}/print"):
        assert client.get(url).status_code == 404
    assert "Bài của trường mình" not in client.get("/lessons/path?grade=6").get_data(as_text=True)


def own_version(session: Session, school_id: int) -> str:
    """The school's own version of OS-06-01 in force; its code."""
    original = get_lesson(session, "OS-06-01")
    belongs = {"strand": original.lesson.strand, "school_id": school_id, "adapted_from_id": original.lesson_id}
    lesson = Lesson(code=adaptation_code("OS-06-01", school_id), **belongs)
    revision = LessonRevision(
        **{
            name: getattr(original, name)
            for name in ("version", "reading", "teacher", "grades", "elements", "minutes", "title_key", "search_text")
        },
        lesson=lesson,
        number=1,
        objective_text=original.objective_text,
        content={**original.content, "title": {"vi": "Bài của trường mình", "en": "Our own lesson"}},
        content_hash="1" * 64,
        state=RevisionState.PUBLISHED,
        published_at=NOW,
    )
    session.add(revision)
    session.flush()
    return lesson.code


def test_the_path_shows_the_order_and_which_classes_had_a_lesson(client: Client, store: Store) -> None:
    with store() as session:
        for code in ("ML-06-03", "OS-06-01"):
            a_lesson(session, code=code, title=f"Bài {code}")
        room = a_room(session)
        an_assignment(session, room, lesson=get_lesson(session, "OS-06-01"), only_reading=True)
    page = str(client.sign_in(room.teacher).get("/lessons/path").get_data(as_text=True))
    assert page.index("Bài OS-06-01") < page.index("Bài ML-06-03")
    assert "6A1: đã giao" in page and "Chưa giao: 6A1" in page
    assert f"lesson=ML-06-03&amp;class={room.class_group.id}" in page
    assert "Chưa có bài nào cho lớp 12" in client.get("/lessons/path?grade=12").get_data(as_text=True)
    assert client.get("/lessons/path?grade=99").status_code == 200


def test_every_type_of_question_keeps_its_words_from_the_page_to_the_pdf(app: Flask) -> None:
    found = [
        item for file in sorted(LESSONS.glob("*/*/items.yaml")) for item in yaml.safe_load(file.read_text("utf-8"))
    ]
    by_type = {item["type"]: item for item in found}
    assert len(by_type) >= 12
    with app.test_request_context("/"):
        for number, (kind, item) in enumerate(by_type.items(), 1):
            shown = show_item(kind, item, seed="1", slot=number)
            html = render_template_string(ONE_ITEM, shown=shown)
            printed = pdf_words(sheet_pdf(html, pdf.Sheet("Tên", "Trường", "vi", "Đầu", "Chân"), {}))
            page = re.sub(r'<span class="mock-face".*?</span>', "", html)
            words = flat(unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", page, flags=re.S)))).split()
            kept = re.sub(r"\W", "", printed)
            assert [word for word in words if re.sub(r"\W", "", word) not in kept] == [], kind
