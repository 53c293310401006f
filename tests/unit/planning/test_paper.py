"""The official paper of a programme: the symbol of its number and what it says before and after publishing."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from school_safety.curriculum.rules import Element
from school_safety.kit import i18n
from school_safety.planning.pdf import abbreviation, draw_programme
from school_safety.planning.report.programme import ActivityLine, ProgrammeReport, audience_words, when_words
from school_safety.registry.models import SchoolPath

LINE = ActivityLine(
    id=1,
    number=1,
    title="Tuần lễ An toàn trên mạng <b>",
    lead_unit="Liên đội",
    coordinating_units="Tổ Tin học",
    when="05/10/2026 – 09/10/2026",
    channel="Sinh hoạt dưới cờ",
    audience="khối 6–9",
    elements="(a) (b)",
    lessons=(),
)
REPORT = ProgrammeReport(
    school=SchoolPath(name="THCS Hoa Mai", code="HOAMAI"),
    year="2026-2027",
    title="An toàn trên mạng và đọc tin",
    purpose=(),
    basis=("Căn cứ Luật An ninh mạng",),
    grades=(6, 7, 8, 9),
    activities=(LINE,),
    matrix=dict.fromkeys(Element, frozenset({6, 7})),
)


@pytest.fixture(autouse=True)
def words() -> Any:
    app = Flask("school_safety")
    i18n.register(app)
    with app.test_request_context("/?lang=en"):
        yield


def text_of(report: ProgrammeReport) -> str:
    reader = PdfReader(io.BytesIO(draw_programme(report, superior="UBND xã Long Hồ", place="Long Hồ")))
    return "\n".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("THCS Hoa Mai", "THCSHM"),
        ("Trường THCS Nguyễn Tất Thành", "THCSNTT"),
        ("THCS-THPT Đông Hải", "THCSTHPTĐH"),
        ("Trường PTDTNT tỉnh", "PTDTNTT"),
    ],
)
def test_a_school_is_abbreviated_as_clerks_do(name: str, short: str) -> None:
    assert abbreviation(name) == short


def test_a_draft_says_that_it_is_one_and_leaves_number_and_date_open() -> None:
    text = text_of(REPORT)
    assert "Bản nháp, chưa công bố" in text
    assert "Số: ……/KH-THCSHM" in text and "TRƯỜNG THCS HOA MAI" in text
    assert "Tuần lễ An toàn trên mạng <b>" in text.replace("\n", " ")
    assert "Căn cứ Luật An ninh mạng." in text


def test_the_paper_is_vietnamese_whatever_the_reader_speaks() -> None:
    assert "(a) nguy cơ" in text_of(REPORT)


def test_a_published_and_signed_plan_carries_number_date_and_content_code() -> None:
    signed = replace(
        REPORT,
        number=2,
        content_hash="7f3a91c2" + "0" * 56,
        published_at=datetime(2026, 9, 1, 2, 0, tzinfo=UTC),
        document_number="05/KH-THCSHM",
        signed_on=date(2026, 9, 5),
    )
    text = text_of(signed)
    assert "Số: 05/KH-THCSHM" in text and "ngày 05 tháng 9 năm 2026" in text
    assert "Bản công bố số 2, 01/09/2026, mã nội dung 7F3A-91C2" in text


ENTRY: dict[str, Any] = {
    "schedule": "window",
    "recurrence": None,
    "starts_on": "2026-10-05",
    "ends_on": "2026-10-09",
    "grades": [6, 7, 8],
    "parents": False,
    "staff": False,
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "05/10/2026 – 09/10/2026"),
        ({"schedule": "one_off", "ends_on": None}, "05/10/2026"),
        ({"ends_on": "2026-10-05"}, "05/10/2026"),
    ],
)
def test_dates_are_said_once_where_they_are_the_same(change: dict[str, Any], words: str) -> None:
    assert when_words({**ENTRY, **change}) == words


def test_the_audience_lists_grades_parents_and_staff() -> None:
    pupils = audience_words({**ENTRY, "grades": [6, 7, 9]})
    parents = audience_words({**ENTRY, "grades": [], "parents": True})
    staff = audience_words({**ENTRY, "grades": [], "staff": True})
    everybody = audience_words({**ENTRY, "grades": [6, 7, 9], "parents": True, "staff": True})
    assert everybody == f"{pupils}, {parents}, {staff}"
    assert "6, 7, 9" in pupils and "6–8" in audience_words(ENTRY)
