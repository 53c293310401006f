"""Class lists into the roster: what is added, moved, corrected and left, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from school_safety.access.models import AuditEvent
from school_safety.kit.db import Database
from school_safety.registry.models import AcademicYear, School
from school_safety.roster import actions, queries
from school_safety.roster.models import ClassGroup, Enrolment, Person
from school_safety.roster.readers import read_class_list
from school_safety.roster.rules.classes import LeftReason
from school_safety.roster.rules.import_plan import Change, ClassListPlan
from tests.factories.classes import a_class_group, an_enrolment
from tests.factories.registry import a_school, a_year, today_of
from tests.factories.sheets import a_pupil_row, a_workbook

TODAY = date(2026, 11, 22)


@pytest.fixture
def school(session: Session) -> School:
    """A school with another one beside it that has a class of the same name."""
    an_enrolment(session, class_group=a_class_group(session, name="6A1"), name="Nguyễn Văn An")
    return a_school(session)


@pytest.fixture
def year(session: Session) -> AcademicYear:
    return a_year(session)


def plan(
    session: Session, school: School, year: AcademicYear, rows: list[list[Any]], only: ClassGroup | None = None
) -> ClassListPlan:
    listing = read_class_list(a_workbook(rows), "ds.xlsx", today=TODAY, class_name=only.name if only else "")
    return actions.plan_import(session, listing=listing, school=today_of(session, school), year=year, only=only)


def bring(
    session: Session, school: School, year: AcademicYear, rows: list[list[Any]], *, end_missing: bool = False
) -> actions.Imported:
    made = plan(session, school, year, rows)
    return actions.import_class_list(
        session,
        actor=None,
        plan=made,
        school=today_of(session, school),
        year=year,
        end_missing=end_missing,
        today=TODAY,
    )


def roster(session: Session, school: School, year: AcademicYear) -> list[tuple[str, int, str]]:
    rows = queries.list_roster(session, school_id=school.id, year_id=year.id)
    return [(group.name, enrolment.list_number, person.full_name) for enrolment, person, group in rows]


def test_a_first_list_makes_the_classes_and_the_pupils_from_the_first_day_of_the_year(
    session: Session, school: School, year: AcademicYear
) -> None:
    done = bring(
        session,
        school,
        year,
        [
            a_pupil_row(1, "Nguyễn Văn An"),
            a_pupil_row(2, "Trần Thị Bình"),
            a_pupil_row(1, "Lê Chi", class_name="7B"),
        ],
    )
    assert (done.added, done.same, done.left) == (3, 0, 0)
    assert roster(session, school, year) == [
        ("6A1", 1, "Nguyễn Văn An"),
        ("6A1", 2, "Trần Thị Bình"),
        ("7B", 1, "Lê Chi"),
    ]
    groups = queries.list_plain_class_groups(session, school_id=school.id, year_id=year.id)
    assert [group.grade for group in groups] == [6, 7]
    assert len({group.code for group in groups}) == 2
    starts = {
        enrolment.starts_on for enrolment, _, _ in queries.list_roster(session, school_id=school.id, year_id=year.id)
    }
    assert starts == {year.starts_on}


def test_the_second_run_of_the_same_file_changes_nothing(session: Session, school: School, year: AcademicYear) -> None:
    rows = [a_pupil_row(n, f"Nguyễn {letter}", code=f"00000000{n:02}") for n, letter in enumerate("ABCDE", 1)]
    bring(session, school, year, rows)
    before = roster(session, school, year)
    events = session.scalar(select(func.count()).select_from(AuditEvent))
    again = plan(session, school, year, rows)
    assert again.changes_nothing
    done = bring(session, school, year, rows, end_missing=True)
    assert (done.added, done.changed, done.same) == (0, 0, 5)
    assert roster(session, school, year) == before
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == events


def test_a_corrected_name_birth_date_and_number_correct_the_same_pupil(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "Nguyễn Văn An", code="0000000001"), a_pupil_row(2, "Trần Bình")])
    people = session.scalar(select(func.count()).select_from(Person))
    # When the name of one (known by code) and the numbers of both change
    rows = [a_pupil_row(2, "Nguyễn Văn Ân", code="0000000001"), a_pupil_row(1, "Trần Bình")]
    steps = {
        step.listed.full_name: step.fields
        for step in plan(session, school, year, rows).of(Change.CHANGED)
        if step.listed
    }
    assert steps == {"Nguyễn Văn Ân": ("name", "number"), "Trần Bình": ("number",)}
    bring(session, school, year, rows)
    # Then nobody is new, and the numbers have changed places
    assert roster(session, school, year) == [("6A1", 1, "Trần Bình"), ("6A1", 2, "Nguyễn Văn Ân")]
    assert session.scalar(select(func.count()).select_from(Person)) == people


def test_a_pupil_known_by_name_and_birth_date_gains_the_code_when_a_file_brings_it(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "Trần Hoà")])
    bring(session, school, year, [a_pupil_row(1, "trần  hòa", code="0000000009")])
    (person,) = [person for _, person, _ in queries.list_roster(session, school_id=school.id, year_id=year.id)]
    assert person.moet_hash is not None
    assert person.full_name == "trần hòa"


def test_a_pupil_listed_in_another_class_of_the_school_moves_and_the_old_place_is_closed(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "An A"), a_pupil_row(1, "Bình B", class_name="6A2")])
    rows = [a_pupil_row(1, "An A", class_name="6A2"), a_pupil_row(2, "Bình B", class_name="6A2")]
    done = bring(session, school, year, rows)
    assert (done.moved, done.changed) == (1, 1)
    assert roster(session, school, year) == [("6A2", 1, "An A"), ("6A2", 2, "Bình B")]
    closed = session.scalars(select(Enrolment).where(Enrolment.left_reason == LeftReason.MOVED_CLASS)).all()
    assert len(closed) == 1


def test_a_pupil_known_by_code_in_another_school_is_a_transfer_and_stays_one_person(
    session: Session, school: School, year: AcademicYear
) -> None:
    elsewhere = a_school(session)
    bring(session, elsewhere, year, [a_pupil_row(1, "An A", code="0000000001")])
    done = bring(session, school, year, [a_pupil_row(1, "An A", code="0000000001")])
    assert done.transferred == 1
    assert roster(session, elsewhere, year) == []
    assert roster(session, school, year) == [("6A1", 1, "An A")]
    people = session.scalars(select(Person).where(Person.moet_hash.is_not(None))).all()
    assert len(people) == 1


def test_the_same_name_and_birth_date_in_another_school_is_another_pupil(
    session: Session, school: School, year: AcademicYear
) -> None:
    elsewhere = a_school(session)
    bring(session, elsewhere, year, [a_pupil_row(1, "An A")])
    assert bring(session, school, year, [a_pupil_row(1, "An A")]).added == 1
    assert len(roster(session, elsewhere, year)) == 1


def test_last_years_place_is_closed_with_the_year_when_the_pupil_comes_again(
    session: Session, school: School, year: AcademicYear
) -> None:
    last = a_year(session, code="2025-2026")
    bring(session, school, last, [a_pupil_row(1, "An A", code="0000000001")])
    assert bring(session, school, year, [a_pupil_row(1, "An A", class_name="7A1", code="0000000001")]).added == 1
    rows = session.scalars(select(Enrolment).where(Enrolment.left_reason == LeftReason.YEAR_OVER)).all()
    assert [row.ends_on for row in rows] == [last.ends_on]


def test_missing_pupils_are_listed_and_end_only_when_confirmed(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(
        session,
        school,
        year,
        [a_pupil_row(1, "An A"), a_pupil_row(2, "Bình B"), a_pupil_row(1, "Chi C", class_name="7B")],
    )
    short = [a_pupil_row(1, "An A")]
    missing = plan(session, school, year, short).of(Change.LEFT)
    assert [step.present.full_name for step in missing if step.present] == ["Bình B"]
    # Class 7B is not in the file: nobody there is missing
    assert bring(session, school, year, short).missing_kept == 1
    assert len(roster(session, school, year)) == 3
    assert bring(session, school, year, short, end_missing=True).left == 1
    assert roster(session, school, year) == [("6A1", 1, "An A"), ("7B", 1, "Chi C")]
    ended = session.scalars(select(Enrolment).where(Enrolment.left_reason == LeftReason.LEFT_SCHOOL)).one()
    assert ended.ends_on == TODAY


def test_a_pupil_whose_row_could_not_be_read_does_not_count_as_missing(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "An A"), a_pupil_row(2, "Bình B")])
    rows = [a_pupil_row(1, "An A"), a_pupil_row(2, "Bình B", born="tháng ba")]
    assert plan(session, school, year, rows).of(Change.LEFT) == []


def test_who_stays_though_missing_gives_up_a_list_number_that_the_file_gives_to_another(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "An A"), a_pupil_row(2, "Bình B")])
    bring(session, school, year, [a_pupil_row(1, "Chi C")])
    assert roster(session, school, year) == [("6A1", 1, "Chi C"), ("6A1", 2, "Bình B"), ("6A1", 3, "An A")]
    assert plan(session, school, year, [a_pupil_row(1, "Chi C")]).of(Change.CHANGED) == []


def test_two_of_one_name_are_told_apart_by_class_and_number(
    session: Session, school: School, year: AcademicYear
) -> None:
    rows = [a_pupil_row(1, "An A"), a_pupil_row(2, "An A", born="09/03/2014"), a_pupil_row(1, "An A", class_name="6A2")]
    assert bring(session, school, year, rows).added == 3
    assert plan(session, school, year, rows).changes_nothing


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (a_pupil_row(1, class_name="10A1"), "grade_not_taught"),
        (a_pupil_row(1, "Người Khác", born="01/01/2013", code="0000000001"), "moet_other_person"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_the_others_are_taken(
    session: Session, school: School, year: AcademicYear, row: list[Any], code: str
) -> None:
    bring(session, school, year, [a_pupil_row(1, "An A", code="0000000001")])
    made = plan(session, school, year, [row, a_pupil_row(2, "Bình B")])
    assert [(str(refusal.code), refusal.row) for refusal in made.refusals] == [(code, 5)]
    assert [step.listed.full_name for step in made.of(Change.ADDED) if step.listed] == ["Bình B"]


def test_a_teachers_list_fills_only_the_teachers_class(session: Session, school: School, year: AcademicYear) -> None:
    bring(session, school, year, [a_pupil_row(1, "An A"), a_pupil_row(1, "Bình B", class_name="6A2")])
    mine = queries.find_class_group(session, school_id=school.id, year_id=year.id, name_key="000006a000001!")
    assert mine is not None
    rows = [a_pupil_row(1, "Bình B"), a_pupil_row(2, "Chi C"), a_pupil_row(3, "Dũng D", class_name="6A2")]
    made = plan(session, school, year, rows, only=mine)
    assert {(str(refusal.code), refusal.row) for refusal in made.refusals} == {
        ("in_other_class", 5),
        ("other_class", 7),
    }
    assert [step.listed.full_name for step in made.of(Change.ADDED) if step.listed] == ["Chi C"]
    assert [step.present.full_name for step in made.of(Change.LEFT) if step.present] == ["An A"]


def test_the_plan_changes_its_fingerprint_when_the_roster_changes(
    session: Session, school: School, year: AcademicYear
) -> None:
    rows = [a_pupil_row(1, "An A")]
    first = plan(session, school, year, rows)
    assert plan(session, school, year, rows).fingerprint == first.fingerprint
    bring(session, school, year, rows)
    assert plan(session, school, year, rows).fingerprint != first.fingerprint


def test_an_import_leaves_one_audit_row_with_counts_and_no_name(
    session: Session, school: School, year: AcademicYear
) -> None:
    bring(session, school, year, [a_pupil_row(1, "Tên Rất Riêng")])
    row = session.scalars(select(AuditEvent).where(AuditEvent.verb == "roster.imported")).one()
    assert row.data["added"] == 1
    assert "Riêng" not in str(row.data)


def test_a_thousand_pupils_come_in_by_few_statements_and_again_without_a_change(
    session: Session, school: School, year: AcademicYear
) -> None:
    letters = [chr(65 + n) + chr(97 + m) for n in range(26) for m in range(26)]
    rows = [
        a_pupil_row(
            n % 40 + 1, f"Nguyễn {letters[n % 676]}", code=f"{n:010}", class_name=f"{6 + n // 40 % 4}A{n // 160}"
        )
        for n in range(1000)
    ]
    statements: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *parts: statements.append(parts[2]))
    assert bring(session, school, year, rows).added == 1000
    classes = len(queries.list_plain_class_groups(session, school_id=school.id, year_id=year.id))
    assert len(statements) < 40 + 6 * classes
    assert plan(session, school, year, rows).changes_nothing


def test_a_crash_half_way_leaves_nothing(database: Database) -> None:
    with database.writing() as session:
        school, year = a_school(session), a_year(session)

    def half_way() -> None:
        with database.writing() as session:
            bring(session, school, year, [a_pupil_row(1, "An A")])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power"):
        half_way()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
        assert session.scalar(select(func.count()).select_from(ClassGroup)) == 0
