"""Decisions about roles on plain values: where a role may hold, and who may give it without granting too much."""

from collections.abc import Iterable
from enum import StrEnum

from school_safety.access.policy import GRANTS, Permission, Role, Standing

SCHOOL_ROLES = (Role.TEACHER, Role.COORDINATOR, Role.PRINCIPAL)
COMMITTEE_ROLES = (Role.COMMUNE_OFFICER,)
PROVINCE_ROLES = (Role.OFFICER, Role.ADMIN, Role.EDITOR, Role.AUDITOR)
STAFF_ROLES = (*SCHOOL_ROLES, *COMMITTEE_ROLES, *PROVINCE_ROLES)

GRANTABLE: dict[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset(STAFF_ROLES),
    Role.COORDINATOR: frozenset({Role.TEACHER, Role.COORDINATOR}),
}
"""Whose sign-in each role may make and renew; a coordinator renewing the principal's could become the principal."""


class MembershipProblem(StrEnum):
    """Why a role cannot be given or taken."""

    WRONG_PLACE = "role_wrong_place"
    BEYOND_REACH = "role_beyond_reach"
    HELD_ALREADY = "role_held_already"
    OWN = "role_own"


def roles_for(*, is_school: bool, unit_kind: str | None = None) -> tuple[Role, ...]:
    """The roles that can hold in a school, on a committee, or on the province."""
    if is_school:
        return SCHOOL_ROLES
    return {"committee": COMMITTEE_ROLES, "province": PROVINCE_ROLES}.get(str(unit_kind), ())


def roles_to_grant(standings: Iterable[Standing]) -> tuple[Role, ...]:
    """The roles that somebody with these standings may give somewhere, in the order of `STAFF_ROLES`."""
    given = frozenset[Role]().union(*(GRANTABLE.get(standing.role, frozenset()) for standing in standings))
    return tuple(role for role in STAFF_ROLES if role in given)


def can_grant(standings: Iterable[Standing], role: Role, path: str) -> bool:
    """Whether somebody with these standings may give, take and renew this role at this place."""
    return any(
        Permission.MANAGE_STAFF in GRANTS[standing.role]
        and role in GRANTABLE.get(standing.role, ())
        and standing.path is not None
        and path.startswith(standing.path)
        for standing in standings
    )


def can_manage(standings: Iterable[Standing], posts: Iterable[tuple[Role, str]]) -> bool:
    """Whether somebody may disable or renew an account: only when every role it carries is theirs to grant."""
    held, carried = tuple(standings), tuple(posts)
    return bool(carried) and all(can_grant(held, role, path) for role, path in carried)


def membership_problem(
    standings: Iterable[Standing] | None, role: Role, path: str, *, is_school: bool, unit_kind: str | None = None
) -> MembershipProblem | None:
    """Why a role cannot be given at a place, or None; without standings (the command line) only the place counts."""
    if role not in roles_for(is_school=is_school, unit_kind=unit_kind):
        return MembershipProblem.WRONG_PLACE
    if standings is not None and not can_grant(standings, role, path):
        return MembershipProblem.BEYOND_REACH
    return None
