"""The editor knows every field of every type: each content of the library and the factories goes through its form."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from school_safety.assessment.rules import fingerprint
from school_safety.assessment.rules.authoring import Field, Group, Parts, Words, draw
from school_safety.assessment.types import DESCRIPTIONS, TYPES
from school_safety.packs.readers.documents import read_document
from school_safety.packs.rules import content_of
from tests.factories.assessment import CONTENTS
from tests.factories.authoring import posted
from tests.factories.scene_items import a_genuine_message

LESSONS = Path(__file__).parent.parent.parent / "lessons"


@cache
def _contents() -> dict[str, list[Any]]:
    """Every content that we have, by type, as the bank stores it; dates are text there."""
    found: dict[str, list[Any]] = defaultdict(list)
    for name, build in CONTENTS.items():
        found[name].append(build())
    found["hotspot"].append(a_genuine_message())
    for file in sorted(LESSONS.glob("*/*/items.yaml")):
        for item in read_document(file.read_text(encoding="utf-8")).value:
            found[item["type"]].append(content_of(item))
    return {name: json.loads(json.dumps(contents, default=str)) for name, contents in found.items()}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_content_opened_in_the_editor_and_saved_is_the_same_content(name: str) -> None:
    description = DESCRIPTIONS[name]
    for content in _contents()[name]:
        again = description.read(posted(description, content))
        assert fingerprint(again) == fingerprint(content), again


def _texts(fields: tuple[Field, ...]) -> Iterator[str]:
    for field in fields:
        yield from [*field.label.values(), *(field.hint or {}).values()]
        if isinstance(field, Group | Parts):
            yield from _texts(field.fields)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_field_has_its_words_in_both_languages(name: str) -> None:
    assert all(words.strip() for words in _texts(DESCRIPTIONS[name].fields))


@pytest.mark.parametrize("name", sorted(TYPES))
def test_an_empty_item_is_told_what_is_missing_beside_its_own_fields(name: str) -> None:
    description = DESCRIPTIONS[name]
    draft = description.blank()
    drawing = draw(description, draft, TYPES[name].check(draft), ())
    assert drawing.within("c-stem")
    assert all(isinstance(node.field, Words) or node.where["en"] for node in drawing.nodes)
