"""One proposed activity, and how its words and dates are put together."""

from dataclasses import dataclass, replace
from datetime import date

from school_safety.planning.rules.catalogue import Recurrence, Schedule
from school_safety.planning.rules.drafting import ActivityDraft
from school_safety.planning.rules.templates import Leading, LineKind, Words

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed activity; `key` stays the same however the year is proposed again."""

    key: str
    kind: LineKind
    title: Words
    lead_unit: str
    coordinating_units: tuple[str, ...]
    channel: str
    schedule: Schedule
    starts_on: date
    ends_on: date | None
    recurrence: Recurrence | None = None
    grades: int = 0
    parents: bool = False
    staff: bool = False
    elements: int = 0
    lessons: tuple[str, ...] = ()

    def as_draft(self, key: int) -> ActivityDraft:
        """The line as the checks judge it."""
        return ActivityDraft(
            key=key,
            title=self.title["vi"],
            lead_unit=self.lead_unit,
            coordinating_units=self.coordinating_units,
            schedule=self.schedule,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            recurrence=self.recurrence,
            channel=self.channel,
            grades=self.grades,
            parents=self.parents,
            staff=self.staff,
            elements=self.elements,
        )


def make_line(
    key: str,
    kind: LineKind,
    title: Words,
    leading: Leading,
    *,
    span: tuple[date, date],
    grades: int,
    elements: int,
    lessons: tuple[str, ...] = (),
    schedule: Schedule | None = None,
    recurrence: Recurrence | None = None,
    parents: bool = False,
    staff: bool = False,
) -> Proposed:
    """A line on the days of a span: one day or a window unless another schedule is said."""
    schedule = schedule or (Schedule.ONE_OFF if span[0] == span[1] else Schedule.WINDOW)
    return Proposed(
        key=key,
        kind=kind,
        title=title,
        lead_unit=leading.lead_unit,
        coordinating_units=leading.coordinating_units,
        channel=leading.channel,
        schedule=schedule,
        starts_on=span[0],
        ends_on=None if schedule is Schedule.ONE_OFF else span[1],
        recurrence=recurrence,
        grades=grades,
        parents=parents,
        staff=staff,
        elements=elements,
        lessons=lessons,
    )


def fill(patterns: Words, **values: str | Words) -> dict[str, str]:
    """The patterns with their names replaced in each language, no longer than a title may be."""
    filled = dict(patterns)
    for name, value in values.items():
        for lang, text in filled.items():
            said = value if isinstance(value, str) else value[lang]
            filled[lang] = text.replace("{" + name + "}", said)
    return {lang: text[:LONGEST_TITLE] for lang, text in filled.items()}


def with_youth(line: Proposed, youth: str) -> Proposed:
    """The line with the name of the school's youth organisation in its units."""
    units = tuple(unit.replace("{youth}", youth) for unit in line.coordinating_units)
    return replace(line, lead_unit=line.lead_unit.replace("{youth}", youth), coordinating_units=units)
