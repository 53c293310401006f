"""The ladder of a report as a chart: four steps over one denominator, crossed by every target in force."""

from collections.abc import Mapping

from school_safety.coverage.report.entries import LADDER, Entry, definition, share_words
from school_safety.coverage.report.figures import CoverageReport
from school_safety.coverage.report.words import GRADES, STRANDS, line_words
from school_safety.coverage.rules import shows_share
from school_safety.curriculum.rules import Strand
from school_safety.kit.charts import Ladder, Step, TargetLine
from school_safety.kit.i18n import _
from school_safety.planning.rules import Grade


def charts_of(report: CoverageReport) -> Mapping[Strand, Ladder]:
    """One ladder per strand, with the lines of all its targets."""
    return {strand: _ladder(entries) for strand, entries in report.by_strand.items()}


def _ladder(entries: list[Entry]) -> Ladder:
    first = entries[0]
    counts = first.tally
    large = shows_share(counts.denominator, definition())
    lines = tuple(
        TargetLine(each.threshold.percent, line_words(each.scope, each.threshold))
        for each in entries
        if each.threshold is not None and large
    )
    caption = _(
        "%(strand)s: số trường theo bậc minh chứng, trên %(all)s trường",
        strand=STRANDS[first.strand],
        all=counts.denominator,
    )
    return Ladder(caption, tuple(_step(first, grade, large) for grade in LADDER), lines)


def _step(entry: Entry, grade: Grade, large: bool) -> Step:
    count, of = entry.tally.at_least(grade), entry.tally.denominator
    return Step(
        name=grade.code,
        words=str(GRADES[grade]).lower(),
        numerator=count,
        denominator=of,
        share=share_words(count, of, entry.threshold) if large else "",
        texture=grade.code.lower(),
        headline=grade is entry.headline,
    )
