"""Schools and their dated placements, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.access.policy import Reach
from school_safety.kit.errors import Refused
from school_safety.registry import actions, queries
from school_safety.registry.models import Lineage, Placement, School, SchoolPath
from school_safety.registry.rules import LineageKind, SchoolKind, SchoolStatus, path_range
from tests.factories.registry import TODAY, a_commune, a_department, a_placed_school, a_unit, the_school


def held_values(session: Session, row: SchoolPath) -> actions.PlacementValues:
    return actions.values_of(session.get_one(Placement, row.placement_id))


def test_a_lower_secondary_school_hangs_below_its_commune_and_a_higher_one_below_the_department(
    session: Session,
) -> None:
    commune = a_commune(session)
    low = a_placed_school(session, commune=commune)
    high = a_placed_school(session, name="THPT Sông Trăng", kind=SchoolKind.THCS_THPT, commune=commune)
    department = a_department(session)
    assert low.path == f"{commune[1].path}s{low.school_id}/"
    assert high.path == f"{department.path}s{high.school_id}/"
    assert low.area_path.startswith(commune[0].path)
    assert high.area_path.startswith(commune[0].path)


def test_a_change_is_a_new_row_and_both_days_stay_true(session: Session) -> None:
    # Given a school, and another beside it
    row, other = a_placed_school(session, name="THCS Cũ"), a_placed_school(session, name="THCS Khác")
    # When it is renamed from the first of October
    values = replace(held_values(session, row), name="THCS Mới", valid_from=date(2026, 10, 1))
    actions.change_placement(session, actor=None, school=the_school(session, row), values=values, today=TODAY)
    # Then each day knows its own name, and today's row is the new one
    before = {each.school_id: each.name for each in queries.list_placements(session, date(2026, 9, 30))}
    after = {each.school_id: each.name for each in queries.list_placements(session, date(2026, 10, 1))}
    assert before[row.school_id] == "THCS Cũ"
    assert after[row.school_id] == "THCS Mới"
    assert before[other.school_id] == after[other.school_id] == "THCS Khác"
    assert queries.get_school(session, row.code).name == "THCS Mới"


def test_a_correction_of_the_same_day_supersedes_the_row_it_corrects(session: Session) -> None:
    row = a_placed_school(session)
    first = row.placement_id
    values = replace(held_values(session, row), name="THCS Viết Đúng")
    corrected = actions.change_placement(
        session, actor=None, school=the_school(session, row), values=values, today=TODAY
    )
    assert corrected.supersedes == first
    standing = queries.placements_of(session, [row.school_id])[row.school_id]
    assert [each.id for each in standing] == [corrected.id]


def test_a_change_that_changes_nothing_is_refused(session: Session) -> None:
    row = a_placed_school(session)
    values = replace(held_values(session, row), valid_from=date(2026, 10, 1))
    with pytest.raises(Refused, match="nothing_changed"):
        actions.change_placement(session, actor=None, school=the_school(session, row), values=values, today=TODAY)


def test_a_change_before_the_first_day_of_the_school_is_refused_beside_its_date(session: Session) -> None:
    row = a_placed_school(session, valid_from=date(2024, 9, 1))
    values = replace(held_values(session, row), name="THCS Khác", valid_from=date(2024, 8, 31))
    with pytest.raises(Refused, match="before_first_day") as refused:
        actions.change_placement(session, actor=None, school=the_school(session, row), values=values, today=TODAY)
    assert refused.value.field == "valid_from"


def test_a_dated_change_waits_for_its_day_and_then_the_worker_writes_it(session: Session) -> None:
    # Given a school that becomes upper secondary next year
    row = a_placed_school(session)
    commune_path = row.path
    department = a_department(session)
    begins = date(2027, 8, 1)
    values = replace(
        held_values(session, row),
        kind=SchoolKind.THCS_THPT,
        grades=0b1111111000000,
        authority_unit_id=department.id,
        valid_from=begins,
    )
    actions.change_placement(session, actor=None, school=the_school(session, row), values=values, today=TODAY)
    # Then today nothing moves
    assert queries.get_school(session, row.code).path == commune_path
    assert actions.refresh_due_paths(session, date(2027, 7, 31)) == 0
    # When the day comes
    assert actions.refresh_due_paths(session, begins) == 1
    # Then the row has moved, and there is nothing left to do
    assert queries.get_school(session, row.code).path.startswith(department.path)
    assert actions.refresh_due_paths(session, begins) == 0


def test_a_suspension_with_an_end_falls_back_to_what_was_before(session: Session) -> None:
    row = a_placed_school(session)
    values = replace(
        held_values(session, row),
        status=SchoolStatus.SUSPENDED,
        valid_from=date(2026, 10, 1),
        valid_to=date(2027, 1, 1),
    )
    actions.change_placement(session, actor=None, school=the_school(session, row), values=values, today=TODAY)
    assert queries.get_placed(session, row.school_id, date(2026, 12, 31)).status is SchoolStatus.SUSPENDED
    assert queries.get_placed(session, row.school_id, date(2027, 1, 1)).status is SchoolStatus.OPEN


def test_a_school_still_to_open_is_listed_as_planned_and_without_an_opening_day(session: Session) -> None:
    row = a_placed_school(session, valid_from=date(2027, 8, 1))
    placed = queries.get_placed(session, row.school_id, TODAY)
    assert (placed.status, placed.opened_on) == (SchoolStatus.PLANNED, None)
    assert row.status is SchoolStatus.PLANNED
    later = queries.get_placed(session, row.school_id, date(2027, 8, 1))
    assert (later.status, later.opened_on) == (SchoolStatus.OPEN, date(2027, 8, 1))


def test_schools_that_merge_close_and_the_lineage_says_where_they_went(session: Session) -> None:
    # Given two schools and the one they go into
    one, two, target = (a_placed_school(session, name=name) for name in ("THCS A", "THCS B", "THCS AB"))
    on = date(2026, 10, 1)
    # When they merge
    actions.merge_schools(
        session,
        actor=None,
        sources=[the_school(session, one), the_school(session, two)],
        target=the_school(session, target),
        on=on,
        document="QĐ 12/QĐ-UBND",
        today=TODAY,
    )
    # Then both are closed, not erased, and the target is open
    statuses = {row.code: row.status for row in queries.list_placements(session, TODAY)}
    assert statuses[one.code] == statuses[two.code] == SchoolStatus.CLOSED
    assert statuses[target.code] is SchoolStatus.OPEN
    links = {(link.source_school_id, link.target_school_id, link.kind) for link in queries.list_lineage(session)}
    assert links == {
        (one.school_id, target.school_id, LineageKind.MERGE),
        (two.school_id, target.school_id, LineageKind.MERGE),
    }


def test_a_school_cannot_go_into_itself_and_nothing_is_closed(session: Session) -> None:
    row = a_placed_school(session)
    school = the_school(session, row)
    with pytest.raises(Refused, match="same_school"):
        actions.merge_schools(session, actor=None, sources=[school], target=school, on=TODAY, document="", today=TODAY)
    assert queries.get_school(session, row.code).status is SchoolStatus.OPEN


def test_a_closed_school_can_open_again_and_both_deeds_stay(session: Session) -> None:
    row = a_placed_school(session)
    school = the_school(session, row)
    actions.close_school(session, actor=None, school=school, on=date(2026, 9, 1), document="QĐ 1", today=TODAY)
    with pytest.raises(Refused, match="already_closed"):
        actions.close_school(session, actor=None, school=school, on=date(2026, 9, 2), document="QĐ 2", today=TODAY)
    actions.reopen_school(session, actor=None, school=school, on=date(2026, 11, 1), document="QĐ 3", today=TODAY)
    days = [
        (day, queries.get_placed(session, row.school_id, day).status)
        for day in (date(2026, 8, 31), date(2026, 10, 1), TODAY)
    ]
    assert [status for _, status in days] == [SchoolStatus.OPEN, SchoolStatus.CLOSED, SchoolStatus.OPEN]
    assert [link.kind for link in queries.list_lineage(session, row.school_id)] == [LineageKind.REOPEN]


def test_a_school_needs_a_commune_for_its_map_and_an_authority_for_its_rights(session: Session) -> None:
    area, committee = a_commune(session)
    values = actions.PlacementValues(
        name="THCS X",
        kind=SchoolKind.THCS,
        grades=960,
        area_unit_id=committee.id,
        authority_unit_id=committee.id,
        valid_from=TODAY,
    )
    with pytest.raises(Refused, match="wrong_tree") as refused:
        actions.add_school(session, actor=None, code="X1", values=values, today=TODAY)
    assert refused.value.field == "area_unit_id"
    assert session.scalars(select(School).where(School.code == "X1")).first() is None
    assert area.id


def test_a_code_is_used_once(session: Session) -> None:
    a_placed_school(session, code="THCS-01")
    with pytest.raises(Refused, match="code_taken"):
        a_placed_school(session, code="THCS-01")


def test_a_placement_can_be_neither_changed_nor_deleted(session: Session) -> None:
    row = a_placed_school(session)
    placement = session.get_one(Placement, row.placement_id)
    placement.name = "Khác"
    with pytest.raises(DBAPIError), session.begin_nested():
        session.flush()


def test_every_change_leaves_an_audit_row_without_names(session: Session) -> None:
    row = a_placed_school(session, name="THCS Tên Riêng")
    actions.close_school(
        session, actor=None, school=the_school(session, row), on=TODAY, document="QĐ Tên Riêng", today=TODAY
    )
    events = list(session.scalars(select(AuditEvent).where(AuditEvent.object_id == row.code)))
    assert [event.verb for event in events] == ["school.added", "school.placed"]
    assert all("Tên Riêng" not in str(event.data) for event in events)


def test_the_list_finds_without_diacritics_sorts_as_vietnam_does_and_stays_in_reach(session: Session) -> None:
    commune = a_commune(session)
    for name in ("THCS Đông Hoà", "THCS Ân Thi", "THCS An Bình", "THCS Dương Minh"):
        a_placed_school(session, name=name, commune=commune)
    foreign = a_placed_school(session, name="THCS An Ngoài")
    reach = Reach(paths=(commune[1].path,))
    rows, total = queries.list_schools(session, reach, queries.SchoolFilter())
    assert [row.name for row, _, _ in rows] == ["THCS An Bình", "THCS Ân Thi", "THCS Dương Minh", "THCS Đông Hoà"]
    assert total == 4
    found, _ = queries.list_schools(session, reach, queries.SchoolFilter(words="dong hoa"))
    assert [row.name for row, _, _ in found] == ["THCS Đông Hoà"]
    assert queries.list_schools(session, reach, queries.SchoolFilter(words=foreign.code))[1] == 0


def test_the_list_narrows_by_grade_kind_and_status(session: Session) -> None:
    commune = a_commune(session)
    low = a_placed_school(session, commune=commune)
    high = a_placed_school(session, name="THPT B", kind=SchoolKind.THPT, commune=commune)
    everywhere = Reach(paths=("/",))

    def codes(**wanted: object) -> set[str]:
        rows, _ = queries.list_schools(session, everywhere, queries.SchoolFilter(**wanted))  # type: ignore[arg-type]  # of its own fields
        return {row.code for row, _, _ in rows} & {low.code, high.code}

    assert codes(grade=6) == {low.code}
    assert codes(kind=SchoolKind.THPT) == {high.code}
    assert codes(status=SchoolStatus.CLOSED) == set()
    assert codes(commune=commune[0].code) == {low.code, high.code}


def test_paths_of_neighbours_do_not_reach_into_each_other(session: Session) -> None:
    units = [a_unit(session, name=f"UBND xã {number}") for number in range(12)]
    for unit in units:
        low, high = path_range(unit.path)
        inside = [other for other in units if low <= other.path < high]
        assert inside == [unit]


def test_lineage_cannot_be_rewritten(session: Session) -> None:
    one, two = a_placed_school(session), a_placed_school(session)
    actions.merge_schools(
        session,
        actor=None,
        sources=[the_school(session, one)],
        target=the_school(session, two),
        on=TODAY,
        document="QĐ 9",
        today=TODAY,
    )
    link = session.scalars(select(Lineage)).one()
    session.delete(link)
    with pytest.raises(DBAPIError), session.begin_nested():
        session.flush()
