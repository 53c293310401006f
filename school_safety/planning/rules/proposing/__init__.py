"""Proposing a school's year from the template."""

from school_safety.planning.rules.proposing.lessons import Placed, Wishes, choose_lessons, place_lessons, spread
from school_safety.planning.rules.proposing.lines import Proposed
from school_safety.planning.rules.proposing.year import (
    Proposal,
    day_line,
    proposal_problems,
    propose_year,
    regular_line,
)

__all__ = [
    "Placed",
    "Proposal",
    "Proposed",
    "Wishes",
    "choose_lessons",
    "day_line",
    "place_lessons",
    "proposal_problems",
    "propose_year",
    "regular_line",
    "spread",
]
