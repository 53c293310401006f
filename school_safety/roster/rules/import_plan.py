"""What a class list changes: its cleaned rows against who is enrolled, decided on plain values."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from school_safety.roster.rules.imports import RowProblem


class Change(StrEnum):
    """What a class list does to one pupil."""

    ADDED = "added"
    TRANSFERRED = "transferred"
    MOVED = "moved"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil as the file has them; keys are folded, so that spellings meet."""

    sheet: str
    row: int
    class_key: str
    class_name: str
    grade: int
    number: int
    full_name: str
    name_key: str
    birth_date: date
    moet_hash: str | None


@dataclass(frozen=True, slots=True)
class Present:
    """A pupil we know: enrolled here this year (`is_here`), or known by code from elsewhere or earlier."""

    person_id: int
    enrolment_id: int | None
    class_key: str
    class_name: str
    number: int
    full_name: str
    name_key: str
    birth_date: date | None
    moet_hash: str | None
    is_here: bool = True
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """A class group that exists: its grade, and whether the reader of the file may fill it."""

    id: int
    name: str
    grade: int


@dataclass(frozen=True, slots=True)
class Step:
    """One pupil's change; `fields` names what differs: name, birth_date, number, code."""

    change: Change
    listed: Listed | None = None
    present: Present | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """A row that was read well but cannot be taken."""

    code: RowProblem
    sheet: str
    row: int
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClassListPlan:
    """Everything a class list would do, and a fingerprint: equal when nothing changed between look and confirm."""

    steps: tuple[Step, ...]
    new_classes: tuple[tuple[str, str, int], ...]
    refusals: tuple[RowRefusal, ...]
    fingerprint: str

    def of(self, change: Change) -> list[Step]:
        """The steps of one kind."""
        return [step for step in self.steps if step.change is change]

    @property
    def changes_nothing(self) -> bool:
        """Whether confirming would write nothing, even with those missing from the file ended."""
        return not self.new_classes and all(step.change is Change.SAME for step in self.steps)


def plan_class_list(
    listed: Sequence[Listed],
    present: Sequence[Present],
    classes: dict[str, ClassFacts],
    *,
    grades_taught: Iterable[int],
    only_class: str | None = None,
    rejected: Iterable[tuple[str, str]] = (),
) -> ClassListPlan:
    """Match every row with whom we know, and say what follows.

    `classes` by class key; `only_class` is the one class a teacher may fill; `rejected` are (class key, name key) of
    rows that could not be read: their pupils do not count as missing.
    """
    taught = set(grades_taught)
    refusals: list[RowRefusal] = []
    matches = _match(listed, present)
    steps: list[Step] = []
    taken: set[int] = set()
    for row in listed:
        who = matches.get((row.sheet, row.row))
        problem = _row_problem(row, who, classes, taught, only_class)
        if who is not None:
            taken.add(who.person_id)
        if problem is not None:
            refusals.append(RowRefusal(problem, row.sheet, row.row, _params(row, who)))
        else:
            steps.append(_step(row, who))
    steps += _missing(listed, present, taken, set(rejected), only_class)
    fresh = {row.class_key: (row.class_key, row.class_name, row.grade) for row in reversed(listed)}
    wanted = {step.listed.class_key for step in steps if step.listed}
    new = tuple(sorted(value for key, value in fresh.items() if key in wanted and key not in classes))
    steps.sort(key=_order)
    return ClassListPlan(tuple(steps), new, tuple(refusals), _fingerprint(steps, new))


def _params(row: Listed, who: Present | None) -> dict[str, str]:
    return {"class_name": row.class_name, "other": who.class_name if who else ""}


def _match(listed: Sequence[Listed], present: Sequence[Present]) -> dict[tuple[str, int], Present]:
    """By code wherever the pupil is; else by name and birth date among those enrolled here, same class first."""
    by_hash = {who.moet_hash: who for who in present if who.moet_hash}
    by_name: dict[tuple[str, date | None], list[Present]] = defaultdict(list)
    for who in present:
        if who.is_here:
            by_name[who.name_key, who.birth_date].append(who)
    matches: dict[tuple[str, int], Present] = {}
    used: set[int] = set()
    for row in listed:
        if row.moet_hash in by_hash:
            matches[row.sheet, row.row] = by_hash[row.moet_hash]
            used.add(by_hash[row.moet_hash].person_id)
    for row in listed:
        if (row.sheet, row.row) in matches:
            continue
        free = [
            who
            for who in by_name[row.name_key, row.birth_date]
            if who.person_id not in used and not (who.moet_hash and row.moet_hash)
        ]
        if free:
            best = min(free, key=lambda who: (who.class_key != row.class_key, who.number != row.number, who.number))
            matches[row.sheet, row.row] = best
            used.add(best.person_id)
    return matches


def _row_problem(
    row: Listed, who: Present | None, classes: dict[str, ClassFacts], taught: set[int], only_class: str | None
) -> RowProblem | None:
    group = classes.get(row.class_key)
    if only_class is not None and row.class_key != only_class:
        return RowProblem.OTHER_CLASS
    if group is not None and group.grade != row.grade:
        return RowProblem.CLASS_GRADE_DIFFERS
    if row.grade not in taught:
        return RowProblem.GRADE_NOT_TAUGHT
    if who is None:
        return None
    if who.name_key != row.name_key and who.birth_date != row.birth_date:
        return RowProblem.MOET_OTHER_PERSON
    if only_class is not None and who.is_here and who.class_key != only_class:
        return RowProblem.IN_OTHER_CLASS
    return None


def _step(row: Listed, who: Present | None) -> Step:
    if who is None:
        return Step(Change.ADDED, row)
    fields = [
        *(["name"] if who.full_name != row.full_name else []),
        *(["birth_date"] if who.birth_date != row.birth_date else []),
        *(["number"] if who.is_here and who.number != row.number else []),
        *(["code"] if row.moet_hash and who.moet_hash != row.moet_hash else []),
    ]
    if not who.is_here:
        return Step(Change.TRANSFERRED if who.is_elsewhere else Change.ADDED, row, who, tuple(fields))
    if who.class_key != row.class_key:
        return Step(Change.MOVED, row, who, tuple(fields))
    return Step(Change.CHANGED if fields else Change.SAME, row, who, tuple(fields))


def _missing(
    listed: Sequence[Listed],
    present: Sequence[Present],
    taken: set[int],
    rejected: set[tuple[str, str]],
    only_class: str | None,
) -> list[Step]:
    covered = {row.class_key for row in listed} if only_class is None else {only_class}
    return [
        Step(Change.LEFT, None, who)
        for who in present
        if who.is_here
        and who.person_id not in taken
        and who.class_key in covered
        and (who.class_key, who.name_key) not in rejected
    ]


def _order(step: Step) -> tuple[str, int, int, str]:
    if step.listed is not None:
        return step.listed.class_key, step.listed.number, step.listed.row, step.listed.sheet
    number = step.present.number if step.present else 0
    return (step.present.class_key if step.present else ""), number, 0, ""


def _fingerprint(steps: Sequence[Step], new: Sequence[tuple[str, str, int]]) -> str:
    """A hash over what would be written: pupils by id, values by their text."""
    digest = hashlib.sha256(repr(new).encode())
    for step in steps:
        who = (step.present.person_id, step.present.enrolment_id) if step.present else ()
        digest.update(repr((str(step.change), who, step.fields, step.listed)).encode())
    return digest.hexdigest()


def final_numbers(wanted: dict[int, int], staying: dict[int, int]) -> dict[int, int]:
    """List numbers by enrolment: the file's for those it lists; who stays unlisted keeps a free one, else a new one."""
    numbers = dict(wanted)
    taken = set(wanted.values())
    for enrolment_id, number in sorted(staying.items(), key=lambda pair: pair[1]):
        free = number if number not in taken else max(taken | set(staying.values())) + 1
        numbers[enrolment_id] = free
        taken.add(free)
    return numbers
