"""Where a role may hold, and who may give it."""

import pytest

from school_safety.access.policy import Role, Standing
from school_safety.roster.rules.memberships import (
    GRANTABLE,
    STAFF_ROLES,
    MembershipProblem,
    can_grant,
    can_manage,
    membership_problem,
    roles_for,
    roles_to_grant,
)

SCHOOL, OTHER, ROOT = "/1/5/s7/", "/1/5/s70/", "/1/"
ADMIN = (Standing(Role.ADMIN, path=ROOT),)
COORDINATOR = (Standing(Role.COORDINATOR, path=SCHOOL),)
PRINCIPAL = (Standing(Role.PRINCIPAL, path=SCHOOL),)
TEACHER = (Standing(Role.TEACHER, class_group_ids=frozenset({1})),)


@pytest.mark.parametrize(
    ("standings", "role", "path", "allowed"),
    [
        (ADMIN, Role.PRINCIPAL, SCHOOL, True),
        (ADMIN, Role.ADMIN, ROOT, True),
        (COORDINATOR, Role.TEACHER, SCHOOL, True),
        (COORDINATOR, Role.COORDINATOR, SCHOOL, True),
        (COORDINATOR, Role.PRINCIPAL, SCHOOL, False),
        (COORDINATOR, Role.TEACHER, OTHER, False),
        (COORDINATOR, Role.TEACHER, ROOT, False),
        (PRINCIPAL, Role.TEACHER, SCHOOL, False),
        (TEACHER, Role.TEACHER, SCHOOL, False),
        ((), Role.TEACHER, SCHOOL, False),
    ],
)
def test_a_role_is_given_only_within_rights_and_reach(
    standings: tuple[Standing, ...], role: Role, path: str, allowed: bool
) -> None:
    assert can_grant(standings, role, path) is allowed


@pytest.mark.parametrize(
    ("posts", "allowed"),
    [
        ([(Role.TEACHER, SCHOOL)], True),
        ([(Role.TEACHER, SCHOOL), (Role.COORDINATOR, SCHOOL)], True),
        ([(Role.TEACHER, SCHOOL), (Role.PRINCIPAL, SCHOOL)], False),
        ([(Role.TEACHER, SCHOOL), (Role.TEACHER, OTHER)], False),
        ([(Role.TEACHER, SCHOOL), (Role.ADMIN, ROOT)], False),
        ([], False),
    ],
)
def test_an_account_is_managed_only_by_who_could_give_every_role_it_carries(
    posts: list[tuple[Role, str]], allowed: bool
) -> None:
    assert can_manage(COORDINATOR, posts) is allowed


def test_nobody_gives_a_role_with_more_rights_over_staff_than_the_own() -> None:
    for giver, given in GRANTABLE.items():
        for role in given:
            assert GRANTABLE.get(role, frozenset()) <= given, f"{giver} could rise by making a {role}"


@pytest.mark.parametrize(
    ("is_school", "kind", "roles"),
    [
        (True, None, {Role.TEACHER, Role.COORDINATOR, Role.PRINCIPAL}),
        (False, "committee", {Role.COMMUNE_OFFICER}),
        (False, "province", {Role.OFFICER, Role.ADMIN, Role.EDITOR, Role.AUDITOR}),
        (False, "department", set()),
        (False, None, set()),
    ],
)
def test_each_place_has_its_roles(is_school: bool, kind: str | None, roles: set[Role]) -> None:
    assert set(roles_for(is_school=is_school, unit_kind=kind)) == roles


def test_the_place_is_judged_before_the_reach_and_the_command_line_has_no_reach() -> None:
    assert membership_problem(COORDINATOR, Role.ADMIN, SCHOOL, is_school=True) is MembershipProblem.WRONG_PLACE
    assert membership_problem(COORDINATOR, Role.PRINCIPAL, SCHOOL, is_school=True) is MembershipProblem.BEYOND_REACH
    assert membership_problem(None, Role.PRINCIPAL, SCHOOL, is_school=True) is None


def test_the_offer_of_roles_keeps_their_order() -> None:
    assert roles_to_grant(ADMIN) == STAFF_ROLES
    assert roles_to_grant(COORDINATOR) == (Role.TEACHER, Role.COORDINATOR)
    assert roles_to_grant(PRINCIPAL) == ()
