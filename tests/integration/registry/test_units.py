"""Units of both trees and school years, on both databases."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from school_safety.kit.errors import NotFound, Refused
from school_safety.registry import actions, queries
from school_safety.registry.rules import Tree, UnitKind
from tests.factories.registry import TODAY, a_commune, a_placed_school, a_province, a_unit, a_year, the_school


def test_a_commune_comes_with_its_committee_each_in_its_tree(session: Session) -> None:
    area, authority = a_province(session)
    commune, committee = a_commune(session, name="Xã An Bình", code="X01")
    assert (commune.tree, commune.path) == (Tree.AREA, f"{area.path}{commune.id}/")
    assert (committee.tree, committee.path) == (Tree.AUTHORITY, f"{authority.path}{committee.id}/")
    assert (committee.code, committee.name) == ("UBND-X01", "UBND xã An Bình")


def test_a_unit_stands_only_below_the_kind_it_belongs_to(session: Session) -> None:
    commune, committee = a_commune(session)
    for parent in (commune, committee):
        with pytest.raises(Refused):
            a_unit(session, kind=UnitKind.COMMITTEE, parent=parent)
    with pytest.raises(Refused, match="wrong_parent"):
        a_unit(session, kind=UnitKind.PROVINCE, code="P2")


@pytest.mark.parametrize("code", ["", "có dấu", "a b", "x" * 33, "../etc", "<b>"])
def test_a_code_that_could_not_stand_in_an_address_is_refused(session: Session, code: str) -> None:
    a_province(session)
    with pytest.raises(Refused, match="code_shape"):
        actions.add_commune(session, actor=None, code=code, name="Xã A", valid_from=TODAY)


def test_a_renamed_unit_keeps_its_code_and_its_former_name(session: Session) -> None:
    commune, _ = a_commune(session, name="Xã Cũ")
    actions.rename_unit(
        session, actor=None, unit=commune, name="Phường Mới", valid_from=date(2026, 7, 1), document="NQ 5"
    )
    names = [(row.name, row.valid_from) for row in queries.list_unit_names(session, commune.id)]
    assert names == [("Xã Cũ", date(2020, 1, 1)), ("Phường Mới", date(2026, 7, 1))]
    assert queries.get_unit(session, commune.code).name == "Phường Mới"


def test_a_unit_on_which_a_school_hangs_cannot_be_closed_until_the_school_is_closed(session: Session) -> None:
    commune = a_commune(session)
    row = a_placed_school(session, commune=commune)
    for unit in commune:
        with pytest.raises(Refused, match="unit_in_use"):
            actions.close_unit(session, actor=None, unit=unit, valid_to=TODAY)
    actions.close_school(
        session, actor=None, school=the_school(session, row), on=date(2026, 11, 1), document="QĐ", today=TODAY
    )
    for unit in commune:
        actions.close_unit(session, actor=None, unit=unit, valid_to=TODAY)
    assert [unit.code for unit in queries.list_units(session, Tree.AREA, on=TODAY)] == ["ST"]


def test_a_unit_with_units_below_it_cannot_be_closed(session: Session) -> None:
    area, _ = a_province(session)
    a_commune(session)
    with pytest.raises(Refused, match="unit_in_use"):
        actions.close_unit(session, actor=None, unit=area, valid_to=TODAY)


def test_a_school_year_has_two_terms_that_meet(session: Session) -> None:
    year = a_year(session)
    assert [(term.number, term.starts_on, term.ends_on) for term in year.terms] == [
        (1, date(2026, 9, 5), date(2027, 1, 17)),
        (2, date(2027, 1, 18), date(2027, 5, 31)),
    ]


def test_a_corrected_school_year_moves_its_terms(session: Session) -> None:
    year = a_year(session)
    actions.save_year(
        session,
        actor=None,
        year=year,
        code=year.code,
        starts_on=date(2026, 9, 7),
        second_term_starts_on=date(2027, 1, 11),
        ends_on=date(2027, 6, 5),
        decision="QĐ 2",
    )
    assert [term.starts_on for term in queries.get_year(session, "2026-2027").terms] == [
        date(2026, 9, 7),
        date(2027, 1, 11),
    ]


def test_school_years_do_not_overlap(session: Session) -> None:
    a_year(session)
    with pytest.raises(Refused, match="years_overlap"):
        a_year(session, code="2027-2028", starts_on=date(2027, 5, 1))


def test_the_current_year_is_the_last_begun_also_in_the_summer(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.get_current_year(session, TODAY)
    a_year(session, code="2025-2026")
    a_year(session)
    assert queries.get_current_year(session, date(2026, 7, 15)).code == "2025-2026"
    assert queries.get_current_year(session, TODAY).code == "2026-2027"
    assert queries.get_current_year(session, date(2020, 1, 1)).code == "2025-2026"
