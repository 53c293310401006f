"""What is wrong is said beside its field, what was typed stays, and nothing changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.pages import OF_SCHOOL
from tests.browser.province import Province
from tests.browser.visitor import Visitor

Visitors = Callable[..., Visitor]
CASES = (
    ("admin", "/schools/new", {"code": "", "name": "Trường THCS Thử"}, "name"),
    ("admin", "/units/new", {"code": "", "name": "Xã Thử"}, "name"),
    ("admin", "/staff/new", {"full_name": "Lê Thử", "email": "không phải thư"}, "full_name"),
    ("officer", "/plans/new", {"title": "Kế hoạch thử", "number": ""}, "title"),
    ("teacher", "/assignments/new?lesson=OS-06-01", {"minutes": "999"}, "minutes"),
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("role", "path", "values", "kept"), CASES, ids=[case[1].partition("?")[0] for case in CASES])
def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(
    role: str,
    path: str,
    values: dict[str, str],
    kept: str,
    language: str,
    standing_province: Province,
    visitors: Visitors,
) -> None:
    somebody = visitors(standing_province, language).sign_in(role)
    somebody.go(path).fill(values).send(status=422, button=".form-actions button")
    assert somebody.errors(), "nothing says what is wrong"
    assert somebody.value(kept) == values[kept]
    somebody.is_accessible()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("lop.xlsx", b"this is no workbook"), ("lop.csv", "Họ và tên;Ngày sinh\n".encode()), ("lop.pdf", b"%PDF-1.4")],
    ids=["no workbook", "no rows", "another kind of file"],
)
def test_a_file_that_is_no_class_list_is_refused_beside_its_field(
    name: str, content: bytes, language: str, standing_province: Province, visitors: Visitors, tmp_path: Path
) -> None:
    coordinator = visitors(standing_province, language).sign_in("coordinator")
    (tmp_path / name).write_bytes(content)
    coordinator.go(f"{OF_SCHOOL}/import").fill({"file": tmp_path / name}).send(status=422)
    assert coordinator.errors()
    coordinator.is_accessible()
