"""A proposed year as pages show it: lines in words, by month and grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from school_safety.curriculum.rules import elements_of, grades_of
from school_safety.kit.i18n import LazyString, _, _l, format_date, local, ngettext
from school_safety.planning.report.programme import audience_words
from school_safety.planning.report.words import CHANNEL_WORDS, RECURRENCE_WORDS, elements_words
from school_safety.planning.rules import DAY, LineKind, Proposed, Regular, UsefulDay

KIND_WORDS: Mapping[str, LazyString] = {
    LineKind.LESSON: _l("Bài dạy"),
    LineKind.BOOSTER: _l("Ôn nhắc lại"),
    LineKind.DAY: _l("Ngày có ích"),
    LineKind.TRAINING: _l("Tập huấn"),
    LineKind.OUTREACH: _l("Truyền thông"),
    LineKind.TALK: _l("Bổ sung cho đủ"),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line in words; `there`: the draft holds it already; `document`: its name in the plan where that differs.

    `units` stand in the language of the plan.
    """

    line: Proposed
    there: bool
    kind: str
    title: str
    document: str
    detail: str
    units: str
    audience: str
    elements: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the lines that begin in it, and by grade how many lines take place in it."""

    first: date
    lines: tuple[LineShown, ...]
    grades: Mapping[int, int]

    @property
    def name(self) -> str:
        """“Tháng 12/2026”."""
        return str(_("Tháng %(month)s/%(year)s", month=self.first.month, year=self.first.year))


def months_of(lines: Sequence[Proposed], there: frozenset[str], levels: int) -> list[Month]:
    """The lines by month, with the months in which only something goes on."""
    if not lines:
        return []
    last = max(line.ends_on or line.starts_on for line in lines)
    months, first = [], min(line.starts_on for line in lines).replace(day=1)
    while first <= last:
        after = _next_month(first)
        touching = [line for line in lines if line.starts_on < after and (line.ends_on or line.starts_on) >= first]
        grades = {grade: sum(bool(line.grades & 1 << grade) for line in touching) for grade in grades_of(levels)}
        shown = tuple(_shown(line, line.key in there) for line in lines if first <= line.starts_on < after)
        months.append(Month(first, shown, grades))
        first = after
    return months


def _next_month(first: date) -> date:
    return first.replace(year=first.year + 1, month=1) if first.month == 12 else first.replace(month=first.month + 1)


def _shown(line: Proposed, there: bool) -> LineShown:
    title = local(line.title)
    often = str(RECURRENCE_WORDS[line.recurrence]) if line.recurrence else ""
    lessons = _lessons(line.lessons) if line.kind is not LineKind.LESSON else ""
    return LineShown(
        line=line,
        there=there,
        kind=str(KIND_WORDS[line.kind]),
        title=title,
        document=line.title["vi"] if line.title["vi"] != title else "",
        detail="; ".join(part for part in (str(CHANNEL_WORDS[line.channel]), often, lessons) if part),
        units="; ".join((line.lead_unit, ", ".join(line.coordinating_units))),
        audience=audience_words({"grades": grades_of(line.grades), "parents": line.parents, "staff": line.staff}),
        elements=elements_words([str(element) for element in elements_of(line.elements)]),
    )


def _lessons(codes: Sequence[str]) -> str:
    """Up to three codes, else how many."""
    if len(codes) <= 3:
        return ", ".join(codes)
    return str(ngettext("dùng %(num)s bài", "dùng %(num)s bài", len(codes)))


def day_words(day: UsefulDay, on: date, begins: date) -> str:
    """“Ngày Pháp luật Việt Nam, 09/11/2026”, and whether it is over before the first day to plan."""
    words = f"{local(day.name)}, {format_date(on)}"
    return str(_("%(day)s (đã qua)", day=words)) if on + (day.when.days - 1) * DAY < begins else words


def name_of(one: UsefulDay | Regular) -> str:
    """The short name of a useful day, the title of training and outreach."""
    return local(one.name if isinstance(one, UsefulDay) else one.title)
