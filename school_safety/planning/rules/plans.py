"""Plans of the department and their targets: dated rows with an exact comparator, never constants."""

from datetime import date
from enum import StrEnum


class PlanKind(StrEnum):
    """A plan of several years, or the plan of one year under it."""

    MULTI_YEAR = "multi_year"
    ANNUAL = "annual"


class Comparator(StrEnum):
    """“Trên 80%” is `>`, “từ 80% trở lên” is `>=`; the law's wording decides, so it is stored."""

    GT = ">"
    GE = ">="


class TargetIndicator(StrEnum):
    """What a target is set for."""

    OS_PROGRAMME = "os_programme"
    ML_PROGRAMME = "ml_programme"
    PUPILS_REACHED = "pupils_reached"


class TargetScope(StrEnum):
    """Whose target it is: the province's own, or the nation's that holds beside it."""

    PROVINCE = "province"
    NATIONAL = "national"


class PlanProblem(StrEnum):
    """Why a plan cannot be kept as it was entered."""

    ENDS_BEFORE_START = "ends_before_start"
    PARENT_MISSING = "parent_missing"
    PARENT_NOT_MULTI_YEAR = "parent_not_multi_year"
    OUTSIDE_PARENT = "outside_parent"


class TargetProblem(StrEnum):
    """Why a target cannot be kept as it was entered."""

    PERCENT_OUT_OF_RANGE = "percent_out_of_range"
    NOTHING_ABOVE_100 = "nothing_above_100"
    ENDS_BEFORE_START = "target_ends_before_start"
    OUTSIDE_PLAN = "outside_plan"
    OVERLAPS = "target_overlaps"


def plan_problem(
    kind: PlanKind,
    starts_on: date,
    ends_on: date,
    parent: tuple[PlanKind, date, date] | None,
) -> PlanProblem | None:
    """What is wrong with a plan's period and parent; `parent` is the kind and the period of the plan above.

    An annual plan names the multi-year plan above it and starts within that plan's period.
    """
    if ends_on < starts_on:
        return PlanProblem.ENDS_BEFORE_START
    if parent is None:
        return PlanProblem.PARENT_MISSING if kind is PlanKind.ANNUAL else None
    parent_kind, parent_starts, parent_ends = parent
    if parent_kind is not PlanKind.MULTI_YEAR:
        return PlanProblem.PARENT_NOT_MULTI_YEAR
    if not parent_starts <= starts_on <= parent_ends:
        return PlanProblem.OUTSIDE_PARENT
    return None


def target_problem(
    comparator: Comparator,
    percent: int,
    valid_from: date,
    valid_to: date,
    plan: tuple[date, date],
) -> TargetProblem | None:
    """What is wrong with a target; `plan` is the first and last day of the plan that sets it."""
    if not 0 <= percent <= 100:
        return TargetProblem.PERCENT_OUT_OF_RANGE
    if comparator is Comparator.GT and percent == 100:
        return TargetProblem.NOTHING_ABOVE_100
    if valid_to < valid_from:
        return TargetProblem.ENDS_BEFORE_START
    if valid_from < plan[0] or valid_to > plan[1]:
        return TargetProblem.OUTSIDE_PLAN
    return None
