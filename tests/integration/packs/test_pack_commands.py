"""`flask lessons check` and `flask lessons import`, as an operator and an editor meet them."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.factories.packs import a_pack, both


@pytest.fixture
def lessons(app: Flask):
    def run(*arguments: str | Path) -> Result:
        return app.test_cli_runner().invoke(args=["lessons", *map(str, arguments)])

    return run


def test_a_good_folder_is_ok(lessons, tmp_path: Path) -> None:
    result = lessons("check", a_pack(tmp_path), "--today", "2026-11-22")
    assert (result.exit_code, result.output) == (0, "1 ok\n")


def test_an_error_is_named_with_file_line_code_and_words(lessons, tmp_path: Path) -> None:
    folder = a_pack(tmp_path, lambda pack: pack["items.yaml"][0].update(objective="O9"))
    result = lessons("check", tmp_path, "--today", "2026-11-22")
    assert result.exit_code == 1
    lines = (folder / "items.yaml").read_text(encoding="utf-8").split("\n")
    line = 1 + next(number for number, text in enumerate(lines) if "O9" in text)
    assert f"{folder}/items.yaml:{line}: unknown_objective Không có mục tiêu O9 trong lesson.yaml." in result.output


def test_the_words_of_an_items_own_problem_are_said(lessons, tmp_path: Path) -> None:
    a_pack(tmp_path, lambda pack: pack["items.yaml"][0]["options"][1].pop("key"))
    result = lessons("check", tmp_path, "--today", "2026-11-22")
    assert "not_one_key Phải có đúng một đáp án đáng giá 1." in result.output


def test_old_dates_are_warnings_and_refused_only_when_strict(lessons, tmp_path: Path) -> None:
    a_pack(tmp_path)
    loose = lessons("check", tmp_path, "--today", "2027-06-01")
    assert loose.exit_code == 0
    assert "warning stale_review Bài đã 192 ngày" in loose.output
    assert lessons("check", tmp_path, "--strict", "--today", "2027-06-01").exit_code == 1
    assert lessons("check", tmp_path, "--strict", "--today", "2026-11-22").exit_code == 0


def test_a_folder_without_lessons_is_an_error(lessons, tmp_path: Path) -> None:
    assert lessons("check", tmp_path).exit_code == 1
    assert lessons("check", tmp_path / "nowhere").exit_code == 2


def test_a_second_import_says_unchanged(lessons, tmp_path: Path) -> None:
    a_pack(tmp_path)
    assert lessons("import", tmp_path).output.endswith("OS-06-01 revision 1: items 16 new, 0 retired\n")
    assert lessons("import", tmp_path).output.endswith("OS-06-01 revision 1: unchanged\n")


def test_a_bad_pack_is_not_imported_nor_those_beside_it(lessons, tmp_path: Path) -> None:
    a_pack(tmp_path)
    bad = a_pack(tmp_path, lambda pack: pack["lesson.yaml"].update(title={"vi": "Thiếu"}), code="ML-06-03")
    result = lessons("import", tmp_path)
    assert result.exit_code == 1
    assert "missing_language" in result.output
    assert "nothing imported" in result.output
    a_pack(tmp_path, lambda pack: pack["lesson.yaml"].update(title=both("Đủ")), code="ML-06-03")
    assert bad.exists()
    assert "OS-06-01 revision 1: items 16 new" in lessons("import", tmp_path).output


def test_a_new_folder_has_everything_but_the_words_and_the_checker_lists_what_to_write(lessons, tmp_path: Path) -> None:
    made = lessons("new", "ml-07-01", "--to", tmp_path)
    assert made.exit_code == 0
    folder = tmp_path / "media-literacy" / "ml-07-01"
    lines = lessons("check", folder).output.splitlines()
    codes = {line.split(":", 2)[2].split()[0] for line in lines}
    assert codes <= {"unwritten", "too_short", "longest_key", "key_same_place"}
    assert f"{folder}/lesson.yaml:8: unwritten Dòng này chưa viết: hãy thay chữ trong ngoặc." in lines


def test_a_new_folder_takes_no_other_code_and_no_folder_that_is_there(lessons, tmp_path: Path) -> None:
    assert lessons("new", "XX-01-01", "--to", tmp_path).exit_code == 2
    assert lessons("new", "OS-13-01", "--to", tmp_path).exit_code == 2
    assert lessons("new", "OS-07-03", "--to", tmp_path).exit_code == 0
    before = (tmp_path / "online-safety" / "os-07-03" / "lesson.yaml").read_bytes()
    again = lessons("new", "OS-07-03", "--to", tmp_path)
    assert again.exit_code == 1 and "is there already" in again.output
    assert (tmp_path / "online-safety" / "os-07-03" / "lesson.yaml").read_bytes() == before
