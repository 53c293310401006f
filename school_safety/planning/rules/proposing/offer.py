"""What a school may choose when its year is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from school_safety.curriculum.rules import LOWER_SECONDARY, UPPER_SECONDARY, Strand, grade_mask, grades_of
from school_safety.planning.rules.calendar import SchoolCalendar, occurrence
from school_safety.planning.rules.drafting import YearDates
from school_safety.planning.rules.proposing.lessons import Wishes
from school_safety.planning.rules.proposing.lines import Proposed
from school_safety.planning.rules.proposing.year import day_line, regular_line
from school_safety.planning.rules.templates import (
    ProgrammeTemplate,
    Regular,
    Slot,
    TeachableLesson,
    UsefulDay,
    school_calendar,
    slots_for,
    usual_break,
    usual_calendar,
)

USUAL_DOSE = 3
"""Lessons a grade and strand in a year (curriculum: scope and sequence), where the library has so many."""


@dataclass(frozen=True, slots=True)
class YearOffer:
    """What can be proposed to a school in a year; `begins`: the first day to plan unless the school says another."""

    template: ProgrammeTemplate
    year: YearDates
    terms: tuple[YearDates, ...]
    levels: int
    lessons: Sequence[TeachableLesson]
    begins: date

    @property
    def usual_break(self) -> tuple[date, date] | None:
        """The break at Tết to begin with."""
        return usual_break(self.template.holidays, self.year)

    @property
    def lower(self) -> list[Slot]:
        """Places for lessons of the school's grades 6 to 9."""
        return slots_for(self.template, self.levels & grade_mask(LOWER_SECONDARY))

    @property
    def upper(self) -> list[Slot]:
        """Places for lessons of the school's grades 10 to 12."""
        return slots_for(self.template, self.levels & grade_mask(UPPER_SECONDARY))

    @property
    def days(self) -> list[tuple[UsefulDay, date]]:
        """The useful days that fall into the year."""
        found = ((day, occurrence(day.when, self.year)) for day in self.template.days)
        return sorted(((day, on) for day, on in found if on is not None), key=lambda pair: pair[1])

    def available(self, grade: int, strand: Strand) -> int:
        """How many lessons the library has for a grade and strand."""
        return sum(lesson.strand is strand and bool(lesson.grades & 1 << grade) for lesson in self.lessons)

    def usual_wishes(self) -> Wishes:
        """What is ticked to begin with: three lessons a grade and strand where there are so many."""
        doses = {
            (grade, strand): min(USUAL_DOSE, self.available(grade, strand))
            for grade in grades_of(self.levels)
            for strand in Strand
        }
        calendar = usual_calendar(self.template.holidays, self.year, self.terms, begins=self.begins)
        days = (day.code for day in self.template.days if day.chosen and day_line(calendar, day, self.levels))
        regulars = (
            each.code for each in self.template.regulars if each.chosen and regular_line(calendar, each, self.levels)
        )
        return Wishes(doses, {}, frozenset(days), frozenset(regulars))

    def calendar(self, tet: tuple[date, date], spare: Sequence[date], begins: date) -> SchoolCalendar:
        """The school's year with its own break, the weeks it keeps free and its first day to plan."""
        return school_calendar(self.template.holidays, self.year, self.terms, tet=tet, spare=spare, begins=begins)

    def left_out(self, lines: Sequence[Proposed], wishes: Wishes) -> list[UsefulDay | Regular]:
        """The useful days, training and outreach that were wished for and found no day any more."""
        keys = {line.key for line in lines}
        days = [day for day in self.template.days if day.code in wishes.days and f"day-{day.code}" not in keys]
        regulars = [
            each
            for each in self.template.regulars
            if each.code in wishes.regulars and f"regular-{each.code}" not in keys
        ]
        return [*days, *regulars]
