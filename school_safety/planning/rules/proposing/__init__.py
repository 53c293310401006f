"""Proposing a school's year from the template."""

from school_safety.planning.rules.proposing.lessons import Placed, Wishes, choose_lessons, place_lessons, spread
from school_safety.planning.rules.proposing.lines import Proposed
from school_safety.planning.rules.proposing.offer import YearOffer
from school_safety.planning.rules.proposing.year import (
    Planned,
    Proposal,
    day_line,
    keys_planned,
    proposal_problems,
    propose_year,
    regular_line,
)

__all__ = [
    "Placed",
    "Planned",
    "Proposal",
    "Proposed",
    "Wishes",
    "YearOffer",
    "choose_lessons",
    "day_line",
    "keys_planned",
    "place_lessons",
    "proposal_problems",
    "propose_year",
    "regular_line",
    "spread",
]
