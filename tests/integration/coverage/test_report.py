"""The coverage report on real rows: counts, verdicts, exclusions with their reasons, reach and areas."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from school_safety.access.policy import Reach
from school_safety.coverage.report import SchoolFilter, Show, Sort, build_report, select_schools
from school_safety.coverage.rules import Exclusion, Verdict
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.kit.errors import NotFound
from school_safety.planning.rules import Comparator, Grade, TargetIndicator, TargetScope
from school_safety.registry import actions as registry
from school_safety.registry.models import School, SchoolPath
from school_safety.registry.rules import SchoolKind
from tests.factories.coverage import a_standing
from tests.factories.planning import a_plan, a_target
from tests.factories.registry import a_commune, a_placed_school, a_school, a_year, today_of

TODAY = date(2026, 11, 22)
NOON = clock.at_local(TODAY, clock.local(clock.now()).time().replace(hour=12, minute=0))
OS, ML = Strand.ONLINE_SAFETY, Strand.MEDIA_LITERACY


@pytest.fixture(autouse=True)
def _today() -> object:
    with clock.at(NOON):
        yield


def schools_at(session: Session, *grades: Grade, strand: Strand = OS) -> list[SchoolPath]:
    commune = a_commune(session)
    rows = [a_placed_school(session, name=f"THCS Số {number}", commune=commune) for number in range(len(grades))]
    for row, grade in zip(rows, grades, strict=True):
        a_standing(session, row, strand, grade)
    return rows


def test_twenty_of_twenty_five_is_not_above_eighty_and_the_twenty_first_school_makes_it_met(session: Session) -> None:
    # Given 20 schools at G3 or above, 4 below and one unknown, beside a target of more than 80 %
    year = a_year(session)
    a_target(session)
    grades = [Grade.G4] * 15 + [Grade.G3] * 5 + [Grade.G2] * 2 + [Grade.G1] * 2 + [Grade.UNKNOWN]
    schools = schools_at(session, *grades)
    # When nothing has changed yet
    entry = build_report(session, year=year, as_of=TODAY).entries[0]
    # Then it is not met although it reads 80,0 %
    assert (entry.display, entry.numerator, entry.tally.denominator) == ("80,0%", 20, 25)
    assert (entry.judged.verdict, entry.judged.settled, entry.judged.needed) == (Verdict.NOT_MET, False, 1)
    assert (entry.tally.g1, entry.tally.g2, entry.tally.g3, entry.tally.g4) == (24, 22, 20, 15)
    assert (entry.tally.unknown, entry.best) == (1, 21)
    # When the last school declares and goes up, it stays not met until it stands at G3
    for grade, verdict in [(Grade.G1, "not_met"), (Grade.G2, "not_met"), (Grade.G3, "met"), (Grade.G4, "met")]:
        with session.begin_nested() as step:
            a_standing(session, schools[-1], OS, grade)
            assert build_report(session, year=year, as_of=TODAY).entries[0].judged.verdict == verdict
            step.rollback()


def test_every_target_in_force_has_its_entry_and_an_indicator_without_one_says_so(session: Session) -> None:
    year = a_year(session)
    schools_at(session, Grade.G3, Grade.G0, Grade.G3, Grade.G3, Grade.G3)
    a_target(session, scope=TargetScope.NATIONAL, percent=80, comparator=Comparator.GE)
    a_target(session, percent=80)
    a_target(session, indicator=TargetIndicator.ML_PROGRAMME, percent=50, valid_to=date(2026, 6, 30))
    entries = build_report(session, year=year, as_of=TODAY).as_json()["indicators"]
    shape = [(each["code"], each["scope"], each["comparator"], each["target"], each["verdict"]) for each in entries]
    assert shape == [
        ("os_programme", "province", ">", 80, "not_met"),
        ("os_programme", "national", ">=", 80, "met"),
        ("ml_programme", "province", None, None, "no_target"),
    ]
    assert entries[2]["needed"] is None
    assert entries[2]["unknown"] == 5


def test_a_target_whose_time_is_over_is_shown_beside_and_never_judged(session: Session) -> None:
    year = a_year(session)
    schools_at(session, Grade.G3)
    old = a_plan(session, starts_on=date(2021, 1, 1), ends_on=date(2025, 12, 31))
    a_target(session, plan=old, scope=TargetScope.NATIONAL, percent=50)
    a_target(session, plan=old, percent=60)
    a_target(session)
    report = build_report(session, year=year, as_of=TODAY)
    assert [(target.scope, target.percent) for target in report.lapsed] == [(TargetScope.NATIONAL, 50)]
    assert [entry.scope for entry in report.entries if entry.strand is OS] == [TargetScope.PROVINCE]


def test_schools_that_are_not_counted_are_listed_with_their_reason(session: Session) -> None:
    year = a_year(session)
    commune = a_commune(session)
    stays: School = a_school(session, code="STAYS", commune=commune)
    a_school(session, code="GDTX", kind=SchoolKind.CENTRE, commune=commune)
    a_school(session, code="PRIMARY", kind=SchoolKind.PRIMARY, grades=0, commune=commune)
    a_school(session, code="SOON", commune=commune, valid_from=date(2027, 9, 1))
    gone = a_school(session, code="GONE", commune=commune)
    merged = a_school(session, code="MERGED", commune=commune)
    registry.close_school(session, actor=None, school=gone, on=date(2026, 10, 1), document="QĐ 1", today=TODAY)
    registry.merge_schools(
        session, actor=None, sources=[merged], target=stays, on=date(2026, 10, 1), document="QĐ 2", today=TODAY
    )
    report = build_report(session, year=year, as_of=TODAY)
    assert {row.code: row.excluded for row in report.excluded} == {
        "GDTX": Exclusion.CENTRE,
        "PRIMARY": Exclusion.PRIMARY_ONLY,
        "SOON": Exclusion.PLANNED,
        "GONE": Exclusion.CLOSED,
        "MERGED": Exclusion.MERGED,
    }
    assert [row.code for row in report.counted] == ["STAYS"]
    assert report.entries[0].tally.excluded == 5
    # and a day before they closed, both were counted
    before = build_report(session, year=year, as_of=date(2026, 9, 30))
    assert {"GONE", "MERGED", "STAYS"} == {row.code for row in before.counted}


def test_an_area_without_schools_has_no_denominator_and_no_percentage(session: Session) -> None:
    year = a_year(session)
    a_target(session)
    area, _committee = a_commune(session, code="X99")
    entry = build_report(session, year=year, as_of=TODAY, area=area.code).entries[0]
    assert entry.judged.verdict is Verdict.NO_DENOMINATOR
    assert entry.display == "Không có trường thuộc diện tính"


def test_an_area_under_five_schools_shows_counts_and_no_share(session: Session) -> None:
    year = a_year(session)
    rows = schools_at(session, Grade.G3, Grade.G1)
    schools_at(session, Grade.G3, Grade.G3, Grade.G3, Grade.G3, Grade.G1)
    report = build_report(session, year=year, as_of=TODAY)
    shares = sorted((row.tallies[OS].denominator, row.shares[OS]) for row in report.areas)
    assert shares == [(2, None), (5, "80,0%")]
    small = next(row.area.code for row in report.areas if row.tallies[OS].denominator == len(rows))
    assert build_report(session, year=year, as_of=TODAY, area=small).entries[0].display == "1/2"


def test_communes_add_up_to_the_province(session: Session) -> None:
    year = a_year(session)
    schools_at(session, Grade.G4, Grade.G1, Grade.UNKNOWN)
    schools_at(session, Grade.G3, Grade.G2)
    report = build_report(session, year=year, as_of=TODAY)
    assert sum(row.tallies[OS].g3 for row in report.areas) == report.tally(OS).g3 == 2
    assert sum(row.tallies[OS].denominator for row in report.areas) == report.tally(OS).denominator == 5


def test_somebody_who_may_see_part_is_told_how_much_and_starts_at_their_commune(session: Session) -> None:
    year = a_year(session)
    mine = schools_at(session, Grade.G3, Grade.G1)
    schools_at(session, Grade.G3)
    commune_path = mine[0].path.rsplit("s", 1)[0]
    report = build_report(session, year=year, as_of=TODAY, reach=Reach(paths=(commune_path,)))
    assert {row.code for row in report.schools} == {row.code for row in mine}
    assert (len(report.counted), report.known) == (2, 2)
    province = build_report(session, year=year, as_of=TODAY).area.code
    whole = build_report(session, year=year, as_of=TODAY, reach=Reach(paths=(commune_path,)), area=province)
    assert (len(whole.counted), whole.known) == (2, 3)


def test_an_unknown_area_is_not_found(session: Session) -> None:
    year = a_year(session)
    a_commune(session)
    with pytest.raises(NotFound):
        build_report(session, year=year, as_of=TODAY, area="nowhere")


def test_the_list_shows_who_is_missing_nearest_first_and_finds_names_without_diacritics(session: Session) -> None:
    year = a_year(session)
    commune = a_commune(session, code="BD", name="Phường Bến Đông")
    for name, grade in [("THCS Đỗ", Grade.G1), ("THCS An", Grade.G2), ("THCS Bình", Grade.G4), ("THCS Ánh", Grade.G1)]:
        a_standing(session, a_placed_school(session, name=name, commune=commune), OS, grade)
    quiet = a_placed_school(session, name="THCS Yên")
    rows = build_report(session, year=year, as_of=TODAY).schools

    def names(**wanted: object) -> list[str]:
        return [row.name for row in select_schools(rows, SchoolFilter(**wanted))]  # type: ignore[arg-type]  # as given

    assert names() == ["THCS An", "THCS Ánh", "THCS Đỗ", quiet.name]
    assert names(show=Show.ALL, sort=Sort.NAME) == ["THCS An", "THCS Ánh", "THCS Bình", "THCS Đỗ", "THCS Yên"]
    assert names(show=Show.G2, sort=Sort.NAME) == ["THCS An", "THCS Bình"]
    assert names(show=Show.UNKNOWN) == ["THCS Yên"]
    assert names(show=Show.EXCLUDED) == []
    assert names(show=Show.ALL, q="thcs do") == ["THCS Đỗ"]
    assert names(show=Show.ALL, q="ben dong", sort=Sort.AREA) == ["THCS An", "THCS Ánh", "THCS Bình", "THCS Đỗ"]
    assert names(show=Show.ALL, area="BD", strand=ML, sort=Sort.NAME) == names(show=Show.ALL, area="BD", sort=Sort.NAME)


def test_a_school_whose_placement_gains_grades_goes_back_to_g1_without_any_other_write(session: Session) -> None:
    year = a_year(session)
    school = a_school(session, kind=SchoolKind.THCS)
    row = today_of(session, school)
    a_standing(session, row, OS, Grade.G4)
    assert build_report(session, year=year, as_of=TODAY).tally(OS).g4 == 1
    row.grades |= 1 << 10
    values = registry.PlacementValues(
        name=row.name,
        kind=SchoolKind.THCS_THPT,
        grades=row.grades,
        area_unit_id=row.area_unit_id,
        authority_unit_id=row.authority_unit_id,
        valid_from=date(2026, 11, 1),
    )
    registry.change_placement(session, actor=None, school=school, values=values, today=TODAY)
    assert build_report(session, year=year, as_of=TODAY).tally(OS).g1 == 1
    assert build_report(session, year=year, as_of=TODAY).tally(OS).g2 == 0
