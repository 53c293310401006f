"""The learning path of a grade: its lessons in teaching order, and which of the viewer's class groups had them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from school_safety.access.policy import Permission, Viewer
from school_safety.classroom.queries.path import GivenLesson, list_given_lessons
from school_safety.curriculum.models import LessonRevision
from school_safety.curriculum.queries import list_published
from school_safety.curriculum.rules import builds_on, comes_after, grades_of, original_code, teaching_order
from school_safety.kit.db import Session
from school_safety.registry.queries import find_current_year
from school_safety.roster.queries import ClassGroupRow, list_class_groups


@dataclass(frozen=True, slots=True)
class GivenTo:
    """A class group that was given the lesson, last at `opens_at`."""

    name: str
    public_id: str
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A class group that was not given the lesson yet."""

    class_group_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson on the path; `earlier` is the lesson that it goes on from (`builds`) or that its strand had before."""

    number: int
    revision: LessonRevision
    earlier: LessonRevision | None
    builds: bool
    given: tuple[GivenTo, ...]
    waiting: tuple[Waiting, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is the school's own version."""
        return self.revision.lesson.school_id is not None


@dataclass(frozen=True, slots=True)
class LearningPath:
    """The lessons of a grade in the order of teaching."""

    grade: int
    steps: tuple[Step, ...]
    class_names: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long all lessons take together."""
        return sum(step.revision.minutes for step in self.steps)


def path_of(session: Session, viewer: Viewer, *, grade: int | None, today: date) -> LearningPath:
    """The path of a grade, without one of the first grade that the viewer teaches; with the class groups in reach."""
    groups = _class_groups(session, viewer, today)
    chosen = grade or (groups[0].grade if groups else 6)
    here = [group for group in groups if group.grade == chosen]
    library = _library(list_published(session, school_id=viewer.school_id))
    codes = teaching_order(code for code, one in library.items() if chosen in grades_of(one.grades))
    given = list_given_lessons(session, [group.id for group in here]) if here else []
    steps = tuple(_step(number, code, library, here, given) for number, code in enumerate(codes, 1))
    return LearningPath(chosen, steps, tuple(group.name for group in here))


def _class_groups(session: Session, viewer: Viewer, today: date) -> list[ClassGroupRow]:
    year = find_current_year(session, today)
    if year is None or viewer.school_id is None or not viewer.may(Permission.SEE_RESULTS):
        return []
    reach = viewer.reach(Permission.SEE_RESULTS)
    return list_class_groups(session, school_id=viewer.school_id, year_id=year.id, reach=reach)


def _library(revisions: Sequence[LessonRevision]) -> dict[str, LessonRevision]:
    """By the code of the original; a school's own version stands in the original's place."""
    by_code: dict[str, LessonRevision] = {}
    for revision in sorted(revisions, key=lambda one: one.lesson.school_id is not None):
        by_code[revision.lesson.original_code] = revision
    return by_code


def _step(
    number: int,
    code: str,
    library: dict[str, LessonRevision],
    class_groups: Sequence[ClassGroupRow],
    given: Sequence[GivenLesson],
) -> Step:
    built = builds_on(code, library)
    earlier = built or comes_after(code, library)
    had: dict[int, GivenLesson] = {}
    for one in given:
        if original_code(one.lesson_code) == code:
            had.setdefault(one.class_group_id, one)
    return Step(
        number=number,
        revision=library[code],
        earlier=library[earlier] if earlier else None,
        builds=built is not None,
        given=tuple(
            GivenTo(group.name, had[group.id].public_id, had[group.id].opens_at)
            for group in class_groups
            if group.id in had
        ),
        waiting=tuple(Waiting(group.id, group.name) for group in class_groups if group.id not in had),
    )
