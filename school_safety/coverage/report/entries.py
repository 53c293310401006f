"""One indicator against one target: counts, verdict and the string that everybody prints."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from school_safety.coverage.readers import load_definition
from school_safety.coverage.report.schools import SchoolRow, strand_tally
from school_safety.coverage.report.words import VERDICTS
from school_safety.coverage.rules import (
    Definition,
    IndicatorDefinition,
    Judged,
    Tally,
    Threshold,
    Verdict,
    judge,
    shown_share,
    shows_share,
)
from school_safety.curriculum.rules import Strand
from school_safety.kit.i18n import format_number
from school_safety.planning.models import Target
from school_safety.planning.rules import Grade, TargetScope

LADDER = (Grade.G1, Grade.G2, Grade.G3, Grade.G4)


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator against one target in force, or against none."""

    code: str
    strand: Strand
    headline: Grade
    scope: TargetScope
    basis: str | None
    threshold: Threshold | None
    tally: Tally
    judged: Judged
    display: str

    @property
    def numerator(self) -> int:
        """Schools at the headline grade or above."""
        return self.tally.at_least(self.headline)

    @property
    def best(self) -> int:
        """The numerator if every school not heard from counted."""
        return self.numerator + self.tally.unknown

    @property
    def is_small(self) -> bool:
        """Too few schools for a share or a verdict on the page: counts only."""
        return not shows_share(self.tally.denominator, definition())

    def as_json(self) -> dict[str, Any]:
        """The entry as scripts rely on it."""
        return {
            "code": self.code,
            "strand": str(self.strand),
            "scope": str(self.scope),
            "basis": self.basis,
            "comparator": None if self.threshold is None else str(self.threshold.comparator),
            "target": None if self.threshold is None else self.threshold.percent,
            "denominator": self.tally.denominator,
            "excluded": self.tally.excluded,
            "unknown": self.tally.unknown,
            "grades": {grade.code: self.tally.at_least(grade) for grade in LADDER},
            "numerator": self.numerator,
            "display": self.display,
            "verdict": str(self.judged.verdict),
            "settled": self.judged.settled,
            "needed": self.judged.needed,
        }


@cache
def definition() -> Definition:
    """The definition in force, read once."""
    return load_definition()


def list_entries(rows: tuple[SchoolRow, ...], targets: Iterable[Target]) -> Iterable[Entry]:
    """One entry per indicator and target in force, the province's first; a single one without a target."""
    by_scope = sorted(targets, key=lambda target: (target.scope is not TargetScope.PROVINCE, -target.percent))
    for indicator in definition().indicators:
        counts = strand_tally(rows, indicator.strand)
        mine = [target for target in by_scope if target.indicator == indicator.code]
        if not mine:
            yield _entry(indicator, counts, None)
        for target in mine:
            yield _entry(indicator, counts, target)


def _entry(indicator: IndicatorDefinition, counts: Tally, target: Target | None) -> Entry:
    threshold = None if target is None else Threshold(target.comparator, target.percent)
    judged = judge(counts.at_least(indicator.headline), counts.unknown, counts.denominator, threshold)
    return Entry(
        code=indicator.code,
        strand=indicator.strand,
        headline=indicator.headline,
        scope=TargetScope.PROVINCE if target is None else target.scope,
        basis=None if target is None else target.basis,
        threshold=threshold,
        tally=counts,
        judged=judged,
        display=display(counts.at_least(indicator.headline), counts.denominator, threshold),
    )


def display(numerator: int, denominator: int, threshold: Threshold | None = None) -> str:
    """The figure as printed: a share, two counts where the area is small, words where there is no school."""
    if denominator == 0:
        return str(VERDICTS[Verdict.NO_DENOMINATOR])
    if not shows_share(denominator, definition()):
        return f"{numerator}/{denominator}"
    return share_words(numerator, denominator, threshold)


def share_words(numerator: int, denominator: int, threshold: Threshold | None = None) -> str:
    """`80,0%`, with more decimals where one would contradict the target; nothing over nothing."""
    percent = None if threshold is None else threshold.percent
    shown = shown_share(numerator, denominator, percent, definition().decimals)
    return "" if shown is None else format_number(Decimal(shown.units).scaleb(-shown.decimals), shown.decimals) + "%"
