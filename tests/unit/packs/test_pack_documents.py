"""YAML is read with the line of every value, and hostile YAML is refused before it can do harm."""

import pytest

from school_safety.packs.readers import BadDocument, read_document

HOSTILE = {
    "open brackets": "[" * 100_000,
    "open braces": "{" * 50_000,
    "deep lists": "[" * 900 + "]" * 900,
    "nested dashes": "- " * 5_000 + "x",
    "a Python object": "x: !!python/object/apply:os.system [ls]",
    "the 13th month": "a: 2026-13-01",
    "a number without end": "a: 1" + "0" * 6000,
    "a list as a key": "? [a]\n: b",
    "yes as a key": "yes: b",
    "two documents": "--- a\n--- b",
    "a tab": "\tx: 1",
    "a control character": "a: \x00",
    "a merge": "<<: {a: 1}",
    "laughter": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_yaml_that_no_lesson_needs_is_refused(text: str) -> None:
    with pytest.raises(BadDocument) as refusal:
        read_document(text)
    assert refusal.value.code == "bad_yaml"
    assert refusal.value.line >= 1


def test_every_value_knows_its_line() -> None:
    document = read_document("a: 1\nb:\n  - c: x\n    d: |\n      hai\n      dòng\n  - e\nday: 2026-11-22\n")
    assert document.value == {"a": 1, "b": [{"c": "x", "d": "hai\ndòng"}, "e"], "day": "2026-11-22"}
    assert [document.line(path) for path in (("a",), ("b", 0, "d"), ("b", 1), ("day",))] == [1, 4, 7, 8]


def test_what_is_missing_stands_where_it_should() -> None:
    document = read_document("a:\n  b: 1\n")
    assert document.line(("a", "c", "vi")) == 1
    assert document.line(("z",)) == 1


def test_an_empty_file_is_nothing() -> None:
    assert read_document("").value is None


def test_a_repeated_key_is_named_with_its_line() -> None:
    with pytest.raises(BadDocument) as refusal:
        read_document("a: 1\nb: 2\na: 3\n")
    assert (refusal.value.code, refusal.value.line, refusal.value.reason) == ("duplicate_key", 3, "a")
