"""Writing plans and their targets."""

from dataclasses import asdict, dataclass
from datetime import date

from school_safety.access.actions import record_audit
from school_safety.access.policy import Viewer
from school_safety.kit import clock
from school_safety.kit.db import Session
from school_safety.kit.errors import Refused
from school_safety.planning import queries
from school_safety.planning.models import Plan, Target
from school_safety.planning.rules import (
    Comparator,
    PlanKind,
    PlanProblem,
    TargetIndicator,
    TargetProblem,
    TargetScope,
    plan_problem,
    target_problem,
)

_PLAN_FIELDS = {
    PlanProblem.ENDS_BEFORE_START: "ends_on",
    PlanProblem.PARENT_MISSING: "parent_id",
    PlanProblem.PARENT_NOT_MULTI_YEAR: "parent_id",
    PlanProblem.OUTSIDE_PARENT: "starts_on",
}
_TARGET_FIELDS = {
    TargetProblem.PERCENT_OUT_OF_RANGE: "percent",
    TargetProblem.NOTHING_ABOVE_100: "comparator",
    TargetProblem.ENDS_BEFORE_START: "valid_to",
    TargetProblem.OUTSIDE_PLAN: "valid_from",
}


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What a plan says of itself."""

    kind: PlanKind
    parent_id: int | None
    issuer: str
    number: str
    title: str
    signed_on: date
    starts_on: date
    ends_on: date
    vision_year: int | None
    basis: list[str]


@dataclass(frozen=True, slots=True)
class TargetValues:
    """One dated target."""

    indicator: TargetIndicator
    scope: TargetScope
    comparator: Comparator
    percent: int
    valid_from: date
    valid_to: date
    basis: str


def save_plan(session: Session, *, actor: Viewer | None, values: PlanValues, plan: Plan | None = None) -> Plan:
    """Enter a plan, or change one; raises Refused(PlanProblem)."""
    _check_plan(session, values, plan)
    if plan is None:
        plan = Plan(**asdict(values), recorded_at=clock.now())
        session.add(plan)
    else:
        for name, value in asdict(values).items():
            setattr(plan, name, value)
    session.flush()
    _refuse_targets_left_outside(session, plan)
    record_audit(session, actor=actor, verb="plan.saved", object_type="plan", object_id=plan.id)
    return plan


def _check_plan(session: Session, values: PlanValues, plan: Plan | None) -> None:
    parent = queries.get_plan(session, values.parent_id) if values.parent_id is not None else None
    if parent is not None and plan is not None and parent.id == plan.id:
        raise Refused(PlanProblem.PARENT_NOT_MULTI_YEAR, "parent_id")
    above = (parent.kind, parent.starts_on, parent.ends_on) if parent is not None else None
    problem = plan_problem(values.kind, values.starts_on, values.ends_on, above)
    if problem is not None:
        raise Refused(problem, _PLAN_FIELDS[problem])


def _refuse_targets_left_outside(session: Session, plan: Plan) -> None:
    for target in queries.list_targets(session, plan.id):
        if target.valid_from < plan.starts_on or target.valid_to > plan.ends_on:
            raise Refused(TargetProblem.OUTSIDE_PLAN, "ends_on")


def set_target(
    session: Session, *, actor: Viewer | None, plan: Plan, values: TargetValues, instead_of: Target | None = None
) -> Target:
    """Add a target to a plan, or put one in the place of another; raises Refused(TargetProblem)."""
    problem = target_problem(
        values.comparator, values.percent, values.valid_from, values.valid_to, (plan.starts_on, plan.ends_on)
    )
    if problem is not None:
        raise Refused(problem, _TARGET_FIELDS[problem])
    _refuse_overlap(session, plan, values, instead_of)
    replaced = instead_of.id if instead_of is not None else None
    target = Target(plan_id=plan.id, **asdict(values), supersedes=replaced, recorded_at=clock.now())
    session.add(target)
    session.flush()
    data = {"target": target.id, "indicator": values.indicator, "percent": values.percent, "supersedes": replaced}
    record_audit(session, actor=actor, verb="target.set", object_type="plan", object_id=plan.id, data=data)
    return target


def _refuse_overlap(session: Session, plan: Plan, values: TargetValues, instead_of: Target | None) -> None:
    for other in queries.list_targets(session, plan.id):
        same = (other.indicator, other.scope) == (values.indicator, values.scope)
        apart = other.valid_to < values.valid_from or values.valid_to < other.valid_from
        if same and not apart and (instead_of is None or other.id != instead_of.id):
            raise Refused(TargetProblem.OVERLAPS, "valid_from")


def withdraw_target(session: Session, *, actor: Viewer | None, target: Target) -> None:
    """Take a target back; the row stays, a later one says that it no longer holds."""
    session.add(
        Target(
            plan_id=target.plan_id,
            indicator=target.indicator,
            scope=target.scope,
            comparator=target.comparator,
            percent=target.percent,
            valid_from=target.valid_from,
            valid_to=target.valid_to,
            basis=target.basis,
            withdrawn=True,
            supersedes=target.id,
            recorded_at=clock.now(),
        )
    )
    data = {"target": target.id}
    record_audit(session, actor=actor, verb="target.withdrawn", object_type="plan", object_id=target.plan_id, data=data)
