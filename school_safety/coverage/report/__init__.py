"""Coverage as one frozen object, its list of schools, and the words of its codes."""

from school_safety.coverage.report.chain import SchoolChain, build_school
from school_safety.coverage.report.entries import LADDER, Entry, definition, display, share_words
from school_safety.coverage.report.figures import AreaRow, CoverageReport, build_report
from school_safety.coverage.report.ladders import charts_of
from school_safety.coverage.report.schools import SchoolFilter, SchoolRow, Show, Sort, select_schools, strand_tally

__all__ = [
    "LADDER",
    "AreaRow",
    "CoverageReport",
    "Entry",
    "SchoolChain",
    "SchoolFilter",
    "SchoolRow",
    "Show",
    "Sort",
    "build_report",
    "build_school",
    "charts_of",
    "definition",
    "display",
    "select_schools",
    "share_words",
    "strand_tally",
]
