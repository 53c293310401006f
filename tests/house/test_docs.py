"""What the documents promise is there: the tests that they name."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def test_every_test_that_a_document_names_exists() -> None:
    text = (ROOT / "docs" / "lessons-from-peers-covered.md").read_text(encoding="utf-8")
    named = _NAMED.findall(text)
    assert len(named) > 30
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (path := ROOT / "tests" / file).is_file() or f"def {name}(" not in path.read_text(encoding="utf-8")
    ]
    assert missing == []
