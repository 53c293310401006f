"""Every part of a lesson goes into its form and back unchanged; findings are told where they can be mended."""

from datetime import date

import pytest

from school_safety.curriculum.rules import (
    LessonBody,
    adaptation_code,
    next_version,
    original_code,
    version_key,
)
from school_safety.packs.readers import read_draft
from school_safety.packs.rules import (
    Contact,
    Finding,
    FindingCode,
    LessonPart,
    blank_body,
    check_pack,
    describe,
    form_of,
    measure,
    place_of,
    with_form,
)
from tests.factories.packs import SVG, both, pack_files

TODAY = date(2026, 11, 22)
CONTACTS = (("child_helpline_111", {"vi": "111", "en": "111"}),)
FACTS = {"strand": "online_safety", "title": both("Bài mới"), "elements": ["a"], "grades": [7], "version": "1.0.0"}


def body() -> LessonBody:
    files = pack_files()
    reading, teacher = ({lang: files[f"{name}.{lang}.md"] for lang in ("vi", "en")} for name in ("reading", "teacher"))
    return LessonBody(files["lesson.yaml"], reading, teacher, files["outreach.yaml"])


def posted(part: LessonPart, lesson: LessonBody) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in describe(part, CONTACTS).write(form_of(part, lesson)):
        fields.setdefault(name, []).append(value)
    return fields


@pytest.mark.parametrize("part", LessonPart)
def test_a_part_comes_back_from_its_form_as_it_was(part: LessonPart) -> None:
    assert with_form(part, body(), describe(part, CONTACTS).read(posted(part, body()))) == body()


@pytest.mark.parametrize("part", LessonPart)
def test_a_part_that_was_emptied_keeps_its_whole_shape(part: LessonPart) -> None:
    emptied = with_form(part, body(), describe(part, CONTACTS).read({}))
    assert emptied.lesson.keys() == body().lesson.keys()
    assert emptied.outreach.keys() == body().outreach.keys()
    assert [step["phase"] for step in emptied.lesson["flow"]] == ["opening", "explore", "practise", "apply"]


def test_a_sound_draft_has_no_finding_and_one_without_a_word_still_gets_all_others() -> None:
    items, media = pack_files()["items.yaml"], {"media/so-do.svg": SVG.encode()}
    contacts = {"child_helpline_111": Contact(TODAY, True)}
    pack, findings = read_draft(body(), items=items, media=media)
    assert pack is not None
    assert (findings, check_pack(pack, contacts, TODAY)) == ((), ())

    fields = posted(LessonPart.FLOW, body()) | {"c-flow-opening-goal-en": [""], "c-flow-opening-minutes": ["6"]}
    changed = with_form(LessonPart.FLOW, body(), describe(LessonPart.FLOW).read(fields))
    pack, findings = read_draft(changed, items=items, media=media)
    assert [place_of(one, changed) for one in findings] == [(LessonPart.FLOW, ("flow", "opening", "goal", "en"))]
    assert pack is not None
    assert [one.code for one in check_pack(pack, contacts, TODAY)] == [FindingCode.MINUTES_SUM]


def test_an_older_claim_in_vietnamese_alone_goes_into_the_form_and_asks_for_its_english() -> None:
    older = body()
    older.lesson["sources"][0]["claim"] = "Điều được nói"
    items, media = pack_files()["items.yaml"], {"media/so-do.svg": SVG.encode()}
    assert read_draft(older, items=items, media=media)[1] == ()

    fields = posted(LessonPart.SOURCES, older)
    assert (fields["c-sources-0-claim-vi"], fields["c-sources-0-claim-en"]) == (["Điều được nói"], [""])
    saved = with_form(LessonPart.SOURCES, older, describe(LessonPart.SOURCES, CONTACTS).read(fields))
    assert saved.lesson["sources"][0]["claim"] == {"vi": "Điều được nói", "en": ""}
    _pack, findings = read_draft(saved, items=items, media=media)
    assert [place_of(one, saved) for one in findings] == [(LessonPart.SOURCES, ("sources", 0, "claim", "en"))]


def test_letters_where_a_number_belongs_are_kept_and_found() -> None:
    fields = posted(LessonPart.FACTS, body()) | {"c-minutes": ["bốn lăm"]}
    changed = with_form(LessonPart.FACTS, body(), describe(LessonPart.FACTS).read(fields))
    assert changed.lesson["minutes"] == "bốn lăm"
    pack, findings = read_draft(changed, items=[], media={})
    assert pack is None
    assert [(one.code, one.path) for one in findings] == [(FindingCode.WRONG_SHAPE, ("minutes",))]


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        (Finding("x", "reading.vi.md", line=3), (LessonPart.READING, ("reading", "vi"))),
        (Finding("x", "teacher.en.md", line=1), (LessonPart.TEACHER, ("teacher", "en"))),
        (Finding("x", "outreach.yaml", ("sms", "vi")), (LessonPart.OUTREACH, ("sms", "vi"))),
        (Finding("x", "lesson.yaml", ("contacts", 0)), (LessonPart.SOURCES, ("contacts",))),
        (Finding("x", "media/so-do.svg", line=1), (LessonPart.MEDIA, ("media", 0))),
        (Finding("x", "items.yaml", (0, "objective")), (None, (0, "objective"))),
    ],
)
def test_a_finding_is_told_in_the_part_where_it_can_be_mended(finding: Finding, place: object) -> None:
    assert place_of(finding, body()) == place


def test_a_new_lesson_is_whole_but_empty() -> None:
    fresh = blank_body("OS-07-09", {**FACTS, "minutes": 45, "reviewed_on": "2026-11-22", "review_due": "2027-11-22"})
    assert fresh.lesson.keys() == body().lesson.keys()
    assert [one["id"] for one in fresh.lesson["objectives"]] == ["O1", "O2"]
    assert fresh.lesson["title"] == FACTS["title"]


def test_texts_are_measured_beside_what_they_may_be() -> None:
    reading = {one.language: one for one in measure(LessonPart.READING, body(), {"vi": ["một hai ba"], "en": []})}
    assert (reading["vi"].found, reading["vi"].least, reading["vi"].most, reading["vi"].fits) == (3, 350, 600, False)
    assert reading["en"].fits
    kit = {(one.field, one.language): one for one in measure(LessonPart.OUTREACH, body(), {})}
    assert (kit["sms", "vi"].found, kit["sms", "vi"].most) == (1, 1)
    assert all(one.fits for one in kit.values())


def test_versions_and_codes_follow_their_rules() -> None:
    assert next_version("1.2.3") == "1.3.0"
    assert next_version("một") == "1.0.0"
    assert version_key("1.10.0") > version_key("1.9.9") > version_key("")
    assert adaptation_code("OS-06-01", 12) == "OS-06-01-S12"
    assert original_code("OS-06-01-S12") == original_code("OS-06-01") == "OS-06-01"
    with pytest.raises(ValueError, match="longer than 20"):
        adaptation_code("OS-06-01", 12_345_678_901)
