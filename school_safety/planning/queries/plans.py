"""Reading plans and the targets that are in force."""

from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from school_safety.kit.errors import NotFound
from school_safety.planning.models import Plan, Target
from school_safety.planning.rules import PlanKind


def list_plans(session: Session) -> list[Plan]:
    """Every plan: multi-year ones by their period, latest first, each followed by the plans under it."""
    plans = list(session.scalars(select(Plan).order_by(Plan.starts_on.desc(), Plan.id.desc())))
    tops = [plan for plan in plans if plan.parent_id is None]
    return [each for top in tops for each in (top, *(plan for plan in plans if plan.parent_id == top.id))]


def get_plan(session: Session, plan_id: int) -> Plan:
    """A plan; raises NotFound."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NotFound
    return plan


def list_parents(session: Session) -> list[Plan]:
    """The multi-year plans that an annual plan may name."""
    wanted = select(Plan).where(Plan.kind == PlanKind.MULTI_YEAR)
    return list(session.scalars(wanted.order_by(Plan.starts_on.desc())))


def list_targets(session: Session, plan_id: int) -> list[Target]:
    """The targets of a plan that stand (neither superseded nor withdrawn), by indicator, scope and first day."""
    return list(
        session.scalars(
            _standing()
            .where(Target.plan_id == plan_id)
            .order_by(Target.indicator.desc(), Target.scope.desc(), Target.valid_from)
        )
    )


def list_targets_in_force(session: Session, on: date) -> list[Target]:
    """Every standing target whose dates hold on a day, its plan loaded, the province's before the nation's."""
    return list(
        session.scalars(
            _standing()
            .where(Target.valid_from <= on, Target.valid_to >= on)
            .options(joinedload(Target.plan))
            .order_by(Target.indicator.desc(), Target.scope.desc(), Target.valid_from, Target.id)
        )
    )


def get_target(session: Session, plan_id: int, target_id: int) -> Target:
    """A standing target of a plan; raises NotFound."""
    target = session.scalars(_standing().where(Target.plan_id == plan_id, Target.id == target_id)).first()
    if target is None:
        raise NotFound
    return target


def _standing() -> Select[Target]:
    later = aliased(Target)
    return select(Target).where(~Target.withdrawn, ~exists().where(later.supersedes == Target.id))
