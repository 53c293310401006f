"""Reading declarations, programmes, activities, revisions and supervisors' marks of one school and year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from school_safety.access.policy import Place, Reach
from school_safety.access.queries import within
from school_safety.curriculum.rules import Strand
from school_safety.kit import clock
from school_safety.kit.errors import NotFound
from school_safety.planning.models import (
    Activity,
    Declaration,
    DocumentNumber,
    Programme,
    ProgrammeRevision,
    SupervisorMark,
)
from school_safety.planning.rules import ActivityDraft, MarkKind, YearDates
from school_safety.registry.models import AcademicYear, SchoolPath
from school_safety.registry.queries import find_year, get_current_year, get_school, get_year


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school in a year, with its programme of that year where one was begun."""

    school: SchoolPath
    year: AcademicYear
    programme: Programme | None

    @property
    def dates(self) -> YearDates:
        """First and last day of the year."""
        return YearDates(self.year.starts_on, self.year.ends_on)


@dataclass(frozen=True, slots=True)
class Draft:
    """The programme of a school and year; `activity` where one of its activities is meant."""

    school: SchoolPath
    year: AcademicYear
    programme: Programme
    activity: Activity | None = None

    @property
    def dates(self) -> YearDates:
        """First and last day of the year."""
        return YearDates(self.year.starts_on, self.year.ends_on)


@dataclass(frozen=True, slots=True)
class Published:
    """A published revision in its school and year."""

    school: SchoolPath
    year: AcademicYear
    programme: Programme
    revision: ProgrammeRevision


def find_programme(session: Session, school_id: int, year_id: int) -> Programme | None:
    """The programme of a school and year, or None where none was begun."""
    wanted = select(Programme).where(Programme.school_id == school_id, Programme.year_id == year_id)
    return session.scalars(wanted).first()


def load_school_year(session: Session, code: str, year: str | None = None) -> tuple[SchoolYear, Place]:
    """A school in a year (today's unless named), for the guard; raises NotFound."""
    school = get_school(session, code)
    found = get_year(session, year) if year else get_current_year(session, clock.today())
    return SchoolYear(school, found, find_programme(session, school.school_id, found.id)), Place(path=school.path)


def load_draft(session: Session, code: str, year: str) -> tuple[Draft, Place]:
    """The programme that a school is drafting for a year, for the guard; raises NotFound."""
    here, place = load_school_year(session, code, year)
    if here.programme is None:
        raise NotFound
    return Draft(here.school, here.year, here.programme), place


def load_activity(session: Session, code: str, year: str, activity_id: int) -> tuple[Draft, Place]:
    """One activity of the programme, removed ones too, for the guard; raises NotFound."""
    draft, place = load_draft(session, code, year)
    activity = session.get(Activity, activity_id)
    if activity is None or activity.programme_id != draft.programme.id:
        raise NotFound
    return Draft(draft.school, draft.year, draft.programme, activity), place


def load_revision(session: Session, code: str, year: str, number: int) -> tuple[Published, Place]:
    """One published revision, for the guard; raises NotFound."""
    draft, place = load_draft(session, code, year)
    wanted = select(ProgrammeRevision).where(
        ProgrammeRevision.programme_id == draft.programme.id, ProgrammeRevision.number == number
    )
    revision = session.scalars(wanted).first()
    if revision is None:
        raise NotFound
    return Published(draft.school, draft.year, draft.programme, revision), place


def find_public(session: Session, code: str, year: str, number: int | None = None) -> Published:
    """The last published revision of a school and year (or the one numbered so), for everybody; raises NotFound."""
    draft, _ = load_draft(session, code, year)
    revision = find_revision(session, draft.programme.id, number)
    if revision is None:
        raise NotFound
    return Published(draft.school, draft.year, draft.programme, revision)


def find_revision(session: Session, programme_id: int, number: int | None = None) -> ProgrammeRevision | None:
    """The last published revision of a programme, or the one of that number; None before the first."""
    wanted = select(ProgrammeRevision).where(ProgrammeRevision.programme_id == programme_id)
    if number is not None:
        wanted = wanted.where(ProgrammeRevision.number == number)
    return session.scalars(wanted.order_by(ProgrammeRevision.number.desc()).limit(1)).first()


def list_revisions(session: Session, programme_id: int) -> list[ProgrammeRevision]:
    """Every revision of a programme, latest first."""
    wanted = select(ProgrammeRevision).where(ProgrammeRevision.programme_id == programme_id)
    return list(session.scalars(wanted.order_by(ProgrammeRevision.number.desc())))


def list_activities(session: Session, programme_id: int) -> list[Activity]:
    """The activities of the draft in their order; removed ones are left out."""
    wanted = select(Activity).where(Activity.programme_id == programme_id, Activity.removed_at.is_(None))
    return list(session.scalars(wanted.order_by(Activity.position, Activity.id)))


def last_position(session: Session, programme_id: int) -> int:
    """The place of the last activity, 0 without any."""
    wanted = select(func.max(Activity.position)).where(Activity.programme_id == programme_id)
    return session.scalar(wanted) or 0


def draft_of(activity: Activity) -> ActivityDraft:
    """An activity as the value that the checks judge."""
    copied = activity.copied_from_id is not None
    return ActivityDraft(
        key=activity.id,
        title=activity.title,
        lead_unit=activity.lead_unit,
        coordinating_units=tuple(activity.coordinating_units),
        schedule=activity.schedule,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        recurrence=activity.recurrence,
        channel=activity.channel,
        grades=activity.grades,
        parents=activity.parents,
        staff=activity.staff,
        elements=activity.elements,
        copied_dates=(activity.copied_starts_on, activity.copied_ends_on) if copied else None,
    )


def find_previous(session: Session, school_id: int, year: AcademicYear) -> Programme | None:
    """The school's last programme before this year that holds activities: what can be copied."""
    wanted = (
        select(Programme)
        .join(AcademicYear, AcademicYear.id == Programme.year_id)
        .join(Activity, Activity.programme_id == Programme.id)
        .where(Programme.school_id == school_id, AcademicYear.starts_on < year.starts_on, Activity.removed_at.is_(None))
        .order_by(AcademicYear.starts_on.desc())
        .limit(1)
    )
    return session.scalars(wanted).first()


def find_declaration(session: Session, school_id: int, year_id: int, strand: Strand) -> Declaration | None:
    """The last answer of a school for a year and strand, or None."""
    wanted = select(Declaration).where(
        Declaration.school_id == school_id, Declaration.year_id == year_id, Declaration.strand == strand
    )
    return session.scalars(wanted.order_by(Declaration.recorded_at.desc(), Declaration.id.desc()).limit(1)).first()


def find_document_number(session: Session, revision_id: int) -> DocumentNumber | None:
    """The number and date that the clerk last gave a revision, or None."""
    wanted = select(DocumentNumber).where(DocumentNumber.revision_id == revision_id)
    return session.scalars(wanted.order_by(DocumentNumber.id.desc()).limit(1)).first()


def load_mark(session: Session, code: str, year: str, mark_id: int) -> tuple[tuple[Published, SupervisorMark], Place]:
    """What a supervisor said of a revision of the programme, for the guard; raises NotFound."""
    draft, place = load_draft(session, code, year)
    mark = session.get(SupervisorMark, mark_id)
    revision = session.get_one(ProgrammeRevision, mark.revision_id) if mark is not None else None
    if mark is None or revision is None or revision.programme_id != draft.programme.id:
        raise NotFound
    return (Published(draft.school, draft.year, draft.programme, revision), mark), place


def list_returns_in_force(marks: Iterable[SupervisorMark]) -> list[SupervisorMark]:
    """The returns that were not taken back."""
    marks = list(marks)
    taken_back = {mark.supersedes for mark in marks}
    return [mark for mark in marks if mark.kind is MarkKind.RETURNED and mark.id not in taken_back]


def list_marks(session: Session, revision_id: int) -> list[SupervisorMark]:
    """What supervisors said of a revision, latest first."""
    wanted = select(SupervisorMark).where(SupervisorMark.revision_id == revision_id)
    return list(session.scalars(wanted.order_by(SupervisorMark.recorded_at.desc(), SupervisorMark.id.desc())))


def list_awaiting_principal(session: Session, reach: Reach) -> list[tuple[Programme, SchoolPath, AcademicYear]]:
    """Programmes in reach that a coordinator has told the principal about: tasks for the home page."""
    wanted = (
        select(Programme, SchoolPath, AcademicYear)
        .join(SchoolPath, SchoolPath.school_id == Programme.school_id)
        .join(AcademicYear, AcademicYear.id == Programme.year_id)
        .where(Programme.told_principal_at.is_not(None), within(reach, path=SchoolPath.path))
        .order_by(Programme.told_principal_at)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(wanted)]


def list_unmarked(session: Session, reach: Reach, year: AcademicYear) -> list[tuple[ProgrammeRevision, SchoolPath]]:
    """The last revisions in reach that no supervisor has said anything of, oldest first."""
    place = func.row_number().over(
        partition_by=ProgrammeRevision.programme_id, order_by=ProgrammeRevision.number.desc()
    )
    ranked = select(ProgrammeRevision.id, place.label("place")).subquery()
    marked = select(SupervisorMark.id).where(SupervisorMark.revision_id == ProgrammeRevision.id).exists()
    wanted = (
        select(ProgrammeRevision, SchoolPath)
        .join(ranked, ranked.c.id == ProgrammeRevision.id)
        .join(Programme, Programme.id == ProgrammeRevision.programme_id)
        .join(SchoolPath, SchoolPath.school_id == Programme.school_id)
        .where(ranked.c.place == 1, Programme.year_id == year.id, ~marked, within(reach, path=SchoolPath.path))
        .order_by(ProgrammeRevision.published_at)
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]


def find_year_on(session: Session, code: str | None, today: date) -> AcademicYear:
    """The year of a code, or today's where the code is empty or unknown; raises NotFound without any year."""
    return (find_year(session, code) if code else None) or get_current_year(session, today)
