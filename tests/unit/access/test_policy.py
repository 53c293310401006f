"""Who may do what, where: the table and the reach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from school_safety.access.policy import GRANTS, Permission, Place, Reach, Role, Standing, Viewer


def someone(*standings: Standing) -> Viewer:
    return Viewer(person_id=7, name="Bùi Văn Thắng", standings=standings, session_id=1)


@pytest.mark.parametrize("role", Role)
def test_every_role_is_in_the_table(role: Role) -> None:
    assert GRANTS[role]


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_granted_to_somebody(permission: Permission) -> None:
    assert any(permission in granted for granted in GRANTS.values())


def test_an_auditor_changes_nothing() -> None:
    changing = {name for name in GRANTS[Role.AUDITOR] if not name.startswith("see_")}
    assert not changing


def test_nobody_who_delivers_in_a_school_may_verify() -> None:
    for role, granted in GRANTS.items():
        assert not {Permission.RECORD_DELIVERY, Permission.VERIFY} <= granted, role


def test_a_pupil_reaches_the_class_for_what_is_assigned_and_only_the_own_person_for_answers() -> None:
    pupil = someone(Standing(Role.PUPIL, class_group_ids=frozenset({3}), person_id=7))
    assert pupil.reach(Permission.READ_ASSIGNED).includes(Place(class_group_id=3))
    for permission in (Permission.TAKE, Permission.SEE_OWN_RESULTS):
        assert not pupil.reach(permission).includes(Place(class_group_id=3, person_id=8))
        assert pupil.reach(permission).includes(Place(class_group_id=3, person_id=7))


def test_a_reach_adds_up_the_standings_that_grant_and_no_others() -> None:
    viewer = someone(Standing(Role.COORDINATOR, path="/1/5/s2/"), Standing(Role.OFFICER, path="/1/"))
    assert viewer.reach(Permission.SEE_COVERAGE).paths == ("/1/", "/1/5/s2/")
    assert viewer.reach(Permission.DRAFT_PROGRAMME).paths == ("/1/5/s2/",)
    assert viewer.reach(Permission.ASSIGN).includes(Place(path="/1/5/s2/"))
    assert viewer.reach(Permission.MANAGE_REGISTRY).is_empty


def test_a_branch_does_not_include_a_neighbour_whose_number_begins_alike() -> None:
    reach = Reach(paths=("/1/12/",))
    assert reach.includes(Place(path="/1/12/s3/"))
    assert not reach.includes(Place(path="/1/120/s3/"))


@given(st.builds(Place, path=st.none() | st.just("/1/2/"), class_group_id=st.none() | st.integers(1, 3)))
def test_an_empty_reach_includes_nothing(place: Place) -> None:
    assert not Reach().includes(place)
