"""Every way in which a lesson pack can be wrong is found, under its code, in its file."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from school_safety.packs.forms import FINDING_WORDS, words_of
from school_safety.packs.readers import Reading, find_folders, read_contacts, read_pack
from school_safety.packs.rules import Contact, Finding, FindingCode, Severity, check_pack, repeated_codes
from tests.factories.assessment import CONTENTS
from tests.factories.packs import Files, a_pack, both, sentences
from tests.factories.scene_items import a_branch, a_genuine_message, a_hotspot
from tests.factories.written_items import a_grid, a_survey

TODAY = date(2026, 11, 22)
CONTACTS = {"child_helpline_111": Contact(TODAY, True), "doubtful": Contact(TODAY, False)}


def findings(reading: Reading, *, today: date = TODAY) -> list[Finding]:
    """What the reader and the rules say together."""
    return [*reading.findings, *(check_pack(reading.pack, CONTACTS, today) if reading.pack else ())]


def lesson(**changes: Any) -> Callable[[Files], object]:
    """Bend fields of lesson.yaml."""
    return lambda files: files["lesson.yaml"].update(changes)


def outreach(**changes: Any) -> Callable[[Files], object]:
    """Bend fields of outreach.yaml."""
    return lambda files: files["outreach.yaml"].update(changes)


def item(index: int, **changes: Any) -> Callable[[Files], object]:
    """Bend fields of one item."""
    return lambda files: files["items.yaml"][index].update(changes)


def prose(file: str, text: str) -> Callable[[Files], object]:
    """Put another text in a Markdown file."""
    return lambda files: files.update({file: text})


def without(name: str, *path: Any) -> Callable[[Files], object]:
    """Leave out a field, or a file."""

    def change(files: Files) -> None:
        part = files
        for step in (name, *path)[:-1]:
            part = part[step]
        del part[(name, *path)[-1]]

    return change


def keys_at(place: int) -> Callable[[Files], object]:
    """Put the key of every choice item in the same place."""

    def change(files: Files) -> None:
        for one in files["items.yaml"]:
            if one["type"] == "choice":
                options = one["options"]
                key = next(option for option in options if option.get("key"))
                options.remove(key)
                options.insert(place, key)

    return change


def longest_keys(files: Files) -> None:
    for one in files["items.yaml"]:
        if one["type"] == "choice":
            key = next(option for option in one["options"] if option.get("key"))
            key["text"] = both("Phương án dài hơn hẳn hai phương án kia", "Option that is longer than others")


def answers(*values: bool) -> Callable[[Files], object]:
    """Turn the first practice items into true/false statements with these answers."""

    def change(files: Files) -> None:
        for index, value in enumerate(values):
            old = files["items.yaml"][index]
            new = {name: old[name] for name in ("id", "use", "objective", "points", "stem")}
            why = both("Vì sao")
            files["items.yaml"][index] = {
                **new,
                "type": "truefalse",
                "answer": value,
                "feedback_true": why,
                "feedback_false": why,
            }

    return change


def swap_minutes(files: Files) -> None:
    files["lesson.yaml"]["flow"][0]["minutes"] = 6


def drop_phase(files: Files) -> None:
    files["lesson.yaml"]["flow"][0]["phase"] = "apply"


def mock_text(text: str) -> Callable[[Files], object]:
    """Put words into an invented headline."""

    def change(files: Files) -> None:
        files["items.yaml"][5]["headlines"][0]["text"] = both(text)

    return change


def in_place_of(index: int, type_code: str, content: dict[str, Any]) -> Callable[[Files], object]:
    """Put an item of another type in the place of one."""

    def change(files: Files) -> None:
        frame = {name: files["items.yaml"][index][name] for name in ("id", "use", "objective", "points")}
        files["items.yaml"][index] = {**frame, "type": type_code, **content}

    return change


def two_scams(files: Files) -> None:
    for index in (7, 8):
        in_place_of(index, "hotspot", a_hotspot())(files)


def scene_saying(words: str, type_code: str, *path: str | int) -> Callable[[Files], object]:
    """Put an item with a scene in the place of the match, and these words into a part of it."""
    content = CONTENTS[type_code]()
    part: Any = content
    for step in path:
        part = part[step]
    part["text"] = both(words)
    return in_place_of(7, type_code, content)


def one_more_category(files: Files) -> None:
    files["items.yaml"][7]["categories"].append({"id": "c", "text": both("Không mẩu nào")})


def two_more_false(files: Files) -> None:
    false = {"text": both("Tin"), "source": both("Nguồn"), "truth": False, "feedback": both("Vì sao")}
    files["items.yaml"][5]["headlines"] += [{"id": "h7", **false}, {"id": "h8", **false}]


def three_types(files: Files) -> None:
    """Only headlines, true or false, and single choice stay."""
    for index, old in enumerate(files["items.yaml"]):
        if old["type"] in ("multi", "order", "match"):
            frame = {name: old[name] for name in ("id", "use", "objective", "points", "stem")}
            options = files["items.yaml"][0]["options"]
            files["items.yaml"][index] = {**frame, "type": "choice", "options": options}


def no_idea_two(files: Files) -> None:
    for one in files["items.yaml"]:
        one.pop("misconception", None)
        for option in one.get("options", ()):
            option.pop("misconception", None)


def objective_once(files: Files) -> None:
    for one in files["items.yaml"][1:]:
        one["objective"] = "O1"
    files["items.yaml"][0]["objective"] = "O2"


def replaced(files: Files, at: int, kind: str, content: dict[str, Any]) -> None:
    """Put an item of another type in the place of one."""
    items = files["items.yaml"]
    items[at] = {name: items[at][name] for name in ("id", "use", "objective", "points")} | {"type": kind, **content}


def a_grid_with_a_column_for_nothing(files: Files) -> None:
    content = a_grid()
    content["columns"].append({"id": "never", "text": both("Không bao giờ")})
    replaced(files, 0, "grid", content)


def objective_left_to_a_survey(files: Files) -> None:
    for one in files["items.yaml"]:
        one["objective"] = "O1"
    files["items.yaml"].append({**files["items.yaml"][0], "id": "OS-06-01-17"})
    for at in (0, 1):
        replaced(files, at, "survey", a_survey())
        files["items.yaml"][at]["objective"] = "O2"


def nfd(files: Files) -> None:
    files["reading.vi.md"] += "\nHo\u0323c.\n"


SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

CASES = [
    ("missing_file", "teacher.en.md", without("teacher.en.md")),
    ("unexpected_file", "notes.txt", prose("notes.txt", "x")),
    ("not_utf8", "reading.en.md", lambda files: files.update({"reading.en.md": b"\xff\xfe"})),
    ("bad_yaml", "items.yaml", prose("items.yaml", "a: [1")),
    ("bad_yaml", "items.yaml", prose("items.yaml", "a: &x {b: 1}\nc: *x\n")),
    ("bad_yaml", "outreach.yaml", prose("outreach.yaml", "1: x\n")),
    ("duplicate_key", "outreach.yaml", prose("outreach.yaml", "led: {vi: a, en: b}\nled: {vi: a, en: b}\n")),
    ("missing_field", "lesson.yaml", without("lesson.yaml", "summary")),
    ("unknown_field", "lesson.yaml", lesson(author="Ai đó")),
    ("wrong_shape", "lesson.yaml", lesson(minutes="45")),
    ("wrong_shape", "lesson.yaml", lesson(reviewed_on="2026-13-01")),
    ("wrong_shape", "items.yaml", item(0, points=0)),
    ("missing_language", "lesson.yaml", lesson(title={"vi": "Chỉ tiếng Việt"})),
    ("missing_language", "items.yaml", item(0, stem={"vi": "Chỉ tiếng Việt"})),
    ("missing_language", "outreach.yaml", outreach(led={"vi": "Chỉ tiếng Việt", "en": " "})),
    ("not_nfc", "reading.vi.md", nfd),
    ("code_mismatch", "lesson.yaml", lesson(grades=[7])),
    ("foreign_elements", "lesson.yaml", lesson(elements=["c", "d"])),
    ("minutes_sum", "lesson.yaml", swap_minutes),
    ("flow_phases", "lesson.yaml", drop_phase),
    ("duplicate_id", "items.yaml", item(1, id="OS-06-01-01")),
    ("item_code", "items.yaml", item(1, id="OS-06-02-02")),
    ("unknown_objective", "items.yaml", item(0, objective="O9")),
    ("objective_tested_once", "lesson.yaml", objective_once),
    ("unknown_misconception", "items.yaml", item(13, misconception="M9")),
    ("unused_misconception", "lesson.yaml", no_idea_two),
    (
        "unused_option",
        "items.yaml",
        lambda files: files["items.yaml"][7]["categories"].append({"id": "c", "text": both("C")}),
    ),
    ("unused_option", "items.yaml", a_grid_with_a_column_for_nothing),
    ("objective_tested_once", "lesson.yaml", objective_left_to_a_survey),
    ("unknown_contact", "lesson.yaml", lesson(contacts=["nobody"])),
    ("unconfirmed_contact", "lesson.yaml", lesson(contacts=["doubtful"])),
    ("review_dates", "lesson.yaml", lesson(review_due="2026-11-21")),
    ("missing_media", "lesson.yaml", without("media/so-do.svg")),
    ("missing_media", "reading.vi.md", prose("reading.vi.md", f"{sentences(40)}\n\n![Hình](media/khac.svg)\n")),
    ("unlisted_media", "media/la.svg", prose("media/la.svg", SVG.format(""))),
    ("bad_media", "media/so-do.svg", prose("media/so-do.svg", "not a picture")),
    ("unsafe_media", "media/so-do.svg", prose("media/so-do.svg", SVG.format("<script>alert(1)</script>"))),
    (
        "unsafe_media",
        "media/so-do.svg",
        prose("media/so-do.svg", SVG.format('<image href="https://x.example/a.png"/>')),
    ),
    ("raw_html", "reading.vi.md", prose("reading.vi.md", f"{sentences(40)}\n\n<b>đậm</b>\n")),
    ("raw_html", "outreach.yaml", outreach(leaflet=both(sentences(30) + " <b>x</b>", sentences(28)))),
    ("remote_link", "reading.vi.md", prose("reading.vi.md", f"{sentences(40)} [đây](https://x.example)\n")),
    ("remote_link", "teacher.vi.md", prose("teacher.vi.md", f"{sentences(30)} ![a](//x.example/a.png)\n")),
    ("unknown_box", "reading.vi.md", prose("reading.vi.md", f"{sentences(40)}\n\n::: rememver\n:::\n")),
    ("empty_text", "teacher.vi.md", prose("teacher.vi.md", "\n")),
    ("too_short", "reading.vi.md", prose("reading.vi.md", sentences(34))),
    ("too_long", "reading.vi.md", prose("reading.vi.md", sentences(61))),
    ("too_long", "outreach.yaml", outreach(family=both(sentences(16), sentences(14)))),
    ("too_short", "outreach.yaml", outreach(leaflet=both(sentences(24), sentences(20)))),
    ("too_long", "outreach.yaml", outreach(loudspeaker=both(sentences(21), sentences(18)))),
    ("too_long", "outreach.yaml", outreach(led=both(sentences(1, 26), "short"))),
    ("too_long", "outreach.yaml", outreach(zalo=both("a" * 161))),
    ("long_sentences", "reading.vi.md", prose("reading.vi.md", sentences(19, 21))),
    ("translation_length", "reading.en.md", prose("reading.en.md", sentences(5))),
    ("spoken_digits", "outreach.yaml", outreach(loudspeaker=both("Hãy gọi 111."))),
    ("spoken_link", "outreach.yaml", outreach(loudspeaker=both("Xem truonghoc.vn nhé."))),
    ("sms_diacritic", "outreach.yaml", outreach(sms=both("Giữ kín mật khẩu.", "Keep it."))),
    ("sms_parts", "outreach.yaml", outreach(sms=both("a" * 161, "Keep it."))),
    ("sms_parts", "outreach.yaml", outreach(sms=both("a" * 159 + "[", "Keep it."))),
    ("denied_name", "items.yaml", mock_text("Ngân hàng vietcombank tặng quà")),
    ("denied_name", "items.yaml", mock_text("Báo Tuổi Trẻ đưa tin")),
    ("denied_number", "items.yaml", mock_text("Gọi ngay 0912 345 678")),
    ("denied_name", "media/so-do.svg", prose("media/so-do.svg", SVG.format("<text>Face&#98;ook</text>"))),
    (
        "denied_number",
        "media/so-do.svg",
        prose("media/so-do.svg", SVG.format('<text x="0912345678">0987.654.321</text>')),
    ),
    ("denied_name", "reading.vi.md", prose("reading.vi.md", f"{sentences(40)}\n\n> Facebook tặng quà\n")),
    ("unknown_type", "items.yaml", item(0, type="guess")),
    ("too_few_items", "items.yaml", item(15, use="practice")),
    ("too_few_types", "items.yaml", three_types),
    ("form_without_set", "items.yaml", item(5, use="practice")),
    ("longest_key", "items.yaml", longest_keys),
    ("key_same_place", "items.yaml", keys_at(0)),
    ("set_unbalanced", "items.yaml", answers(True, True, True)),
    ("messages_unbalanced", "items.yaml", two_scams),
    ("unreachable", "items.yaml", in_place_of(7, "branch", a_branch(start="n2"))),
    ("denied_name", "items.yaml", scene_saying("Vietcombank xin chào", "hotspot", "screen", "spans", 0)),
    ("denied_number", "items.yaml", scene_saying("Gọi 0912 345 678 nhé", "branch", "nodes", 1, "says", 0)),
    ("denied_name", "items.yaml", scene_saying("Nối với Facebook", "settings", "settings", 1)),
    ("denied_name", "items.yaml", scene_saying("Theo báo Tuổi Trẻ", "lateral", "pages", 2, "body", 0)),
    ("not_one_key", "items.yaml", without("items.yaml", 0, "options", 1, "key")),
    ("no_feedback", "items.yaml", without("items.yaml", 0, "options", 0, "feedback")),
    ("unbalanced", "items.yaml", two_more_false),
]


def test_a_good_pack_has_no_findings(tmp_path: Path) -> None:
    assert findings(read_pack(a_pack(tmp_path))) == []


@pytest.mark.parametrize(("code", "file", "change"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)])
def test_a_fault_is_found_in_its_file_and_said_in_words(
    tmp_path: Path, code: str, file: str, change: Callable[[Files], object]
) -> None:
    found = findings(read_pack(a_pack(tmp_path, change)))
    assert (code, file) in {(finding.code, finding.file) for finding in found}
    assert any(finding.severity is Severity.ERROR for finding in found)
    said = [words_of(finding) for finding in found]
    assert all(words.endswith(".") and "%(" not in words and "%%" not in words for words in said)


def test_every_code_has_words() -> None:
    assert set(FINDING_WORDS) == set(FindingCode)


def test_as_many_genuine_messages_as_scams_are_a_set_and_our_own_words_may_name_what_is_real(tmp_path: Path) -> None:
    def change(files: Files) -> None:
        in_place_of(7, "hotspot", a_hotspot())(files)
        in_place_of(8, "hotspot", a_genuine_message(feedback=both("Facebook thật không hỏi mật khẩu.")))(files)

    found = {finding.code for finding in findings(read_pack(a_pack(tmp_path, change)))}
    assert not found & {"messages_unbalanced", "denied_name"}


@pytest.mark.parametrize(
    ("code", "today", "checked_on"),
    [
        ("stale_review", date(2027, 5, 21), date(2027, 5, 1)),
        ("stale_contact", date(2026, 11, 22), date(2026, 5, 25)),
        ("review_overdue", date(2027, 11, 22), date(2027, 11, 1)),
    ],
)
def test_what_has_grown_old_is_a_warning(tmp_path: Path, code: str, today: date, checked_on: date) -> None:
    reading = read_pack(a_pack(tmp_path))
    assert reading.pack is not None
    found = check_pack(reading.pack, {"child_helpline_111": Contact(checked_on, True)}, today)
    assert code in {finding.code for finding in found}
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_a_date_of_exactly_180_days_is_still_fresh(tmp_path: Path) -> None:
    reading = read_pack(a_pack(tmp_path))
    assert reading.pack is not None
    today = date(2026, 11, 21) + timedelta(days=180)
    assert check_pack(reading.pack, {"child_helpline_111": Contact(date(2026, 11, 21), True)}, today) == ()


def test_a_pack_in_another_lessons_folder_is_found(tmp_path: Path) -> None:
    folder = a_pack(tmp_path)
    moved = folder.rename(folder.with_name("os-06-02"))
    assert [finding.code for finding in findings(read_pack(moved))] == ["wrong_folder"]


def test_a_code_taken_by_another_pack_is_found(tmp_path: Path) -> None:
    packs = [read_pack(a_pack(tmp_path / name)).pack for name in ("one", "two")]
    found = repeated_codes([pack for pack in packs if pack])
    assert {finding.code for _, finding in found} == {"duplicate_id"}
    assert len(found) == 1 + 16


def test_the_line_of_a_finding_is_the_line_of_its_place(tmp_path: Path) -> None:
    folder = a_pack(tmp_path, item(3, objective="O9"))
    reading = read_pack(folder)
    (finding,) = [one for one in findings(reading) if one.code == "unknown_objective"]
    lines = (folder / "items.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[reading.line(finding) - 1].strip() == "objective: O9"


def test_a_missing_field_is_shown_where_it_should_stand(tmp_path: Path) -> None:
    reading = read_pack(a_pack(tmp_path, without("lesson.yaml", "flow", 2, "goal")))
    (finding,) = reading.findings
    line = (reading.folder / "lesson.yaml").read_text(encoding="utf-8").split("\n")[reading.line(finding) - 1]
    assert line == "- phase: practise"


def test_folders_are_found_from_above_and_by_name(tmp_path: Path) -> None:
    one, two = a_pack(tmp_path), a_pack(tmp_path, code="ML-06-03")
    assert find_folders([tmp_path]) == [two, one]
    assert find_folders([one, tmp_path / "online-safety"]) == [one]


def test_contacts_that_were_replaced_are_not_confirmed(tmp_path: Path) -> None:
    entry = """
    number = "111"
    link = ""
    name = { vi = "Tổng đài", en = "Helpline" }
    owner = { vi = "Bộ", en = "Ministry" }
    hours = { vi = "Mọi lúc", en = "Always" }
    for_pupils = true
    checked_on = 2026-11-22
    status = "confirmed"
    """
    file = tmp_path / "contacts.toml"
    file.write_text(f'[now]\n{entry}replaced_by = ""\n[then]\n{entry}replaced_by = "now"\n', encoding="utf-8")
    assert read_contacts(file) == {"now": Contact(TODAY, True), "then": Contact(TODAY, False)}
