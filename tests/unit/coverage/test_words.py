"""Every code that a reader can meet has words."""

from collections.abc import Mapping
from enum import Enum

import pytest

from school_safety.coverage.forms import SHOWN, SORTS
from school_safety.coverage.report import Show, Sort, words
from school_safety.coverage.rules import Exclusion, Verdict
from school_safety.curriculum.rules import Strand
from school_safety.planning.models import Answer
from school_safety.planning.rules import Comparator, Grade, Reason, TargetScope
from school_safety.registry.rules import SchoolKind


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (Answer, words.ANSWERS),
        (Comparator, words.COMPARATORS),
        (Exclusion, words.EXCLUSIONS),
        (Grade, words.GRADES),
        (Reason, words.REASONS),
        (SchoolKind, words.KINDS),
        (Show, SHOWN),
        (Sort, SORTS),
        (Strand, words.STRANDS),
        (TargetScope, words.LINES),
        (TargetScope, words.SCOPES),
        (Verdict, words.VERDICTS),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_code_has_words(codes: type[Enum], said: Mapping[Enum, object]) -> None:
    assert set(said) == set(codes)
