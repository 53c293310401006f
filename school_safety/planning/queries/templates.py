"""Reading what a year is proposed from, and what of a draft the template made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from school_safety.curriculum import queries as curriculum
from school_safety.curriculum.models import LessonRevision
from school_safety.planning.models import Activity, Programme, ProgrammeRevision
from school_safety.planning.rules import Planned, TeachableLesson, YearDates
from school_safety.registry.models import AcademicYear


def list_teachable(session: Session, grades: int) -> list[TeachableLesson]:
    """The province's published lessons for any of these grades, in the order of the scope and sequence."""
    return [_teachable(each) for each in curriculum.list_published(session) if each.grades & grades]


def _teachable(revision: LessonRevision) -> TeachableLesson:
    content = revision.content
    named = (subject for objective in content["objectives"] for subject in objective.get("curriculum", ()))
    return TeachableLesson(
        code=revision.lesson.code,
        strand=revision.lesson.strand,
        grades=revision.grades,
        elements=revision.elements,
        minutes=revision.minutes,
        title=content["title"],
        subjects=tuple(dict.fromkeys(named)),
    )


def terms_of(year: AcademicYear) -> tuple[YearDates, ...]:
    """The terms of a year in order; fewer than two where its calendar was never completed."""
    return tuple(YearDates(term.starts_on, term.ends_on) for term in year.terms)


def planned_of(activity: Activity) -> Planned:
    """An activity as the proposal compares it."""
    return Planned(
        key=activity.template_key,
        title=activity.title,
        channel=activity.channel,
        grades=activity.grades,
        lessons=tuple(activity.lessons),
    )


def list_made_by_template(session: Session, programme_id: int) -> list[Activity]:
    """Every activity that the template made, removed ones too."""
    wanted = select(Activity).where(Activity.programme_id == programme_id, Activity.template_key.is_not(None))
    return list(session.scalars(wanted.order_by(Activity.position, Activity.id)))


def list_published_ids(session: Session, programme_id: int) -> frozenset[int]:
    """The ids of the activities that any published revision of a programme names."""
    contents = session.scalars(select(ProgrammeRevision.content).where(ProgrammeRevision.programme_id == programme_id))
    return frozenset(entry["id"] for content in contents for entry in content["activities"])


def year_of(session: Session, programme: Programme) -> AcademicYear:
    """The school year of a programme."""
    return session.get_one(AcademicYear, programme.year_id)
