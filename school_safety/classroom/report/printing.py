"""A quiz on paper for one class: what is printed, and the grid into which the sheets are typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from school_safety.assessment.rules import Content, Response
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, GroupFacts, Pupil
from school_safety.classroom.rules import (
    EMPTY,
    BadCell,
    CellProblem,
    Channel,
    PaperSlot,
    Printed,
    WindowState,
    paper_seed,
    printed,
    read_cell,
    write_cell,
)
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question on paper; `number` counts from 1 on the sheet, `slot` is its place in the whole paper."""

    number: int
    slot: PaperSlot
    code: str
    content: Content
    printed: Printed


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that cannot be answered on paper."""

    code: str
    type: str
    content: Content


@dataclass(frozen=True, slots=True)
class Sheet:
    """The quiz as every pupil of the class gets it on paper, in one order for all."""

    given: GroupFacts
    questions: tuple[SheetQuestion, ...]
    left_out: tuple[LeftOut, ...]
    pupils: tuple[Pupil, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the grid: its name in the form, what stands in it, and what is wrong with it."""

    name: str
    text: str
    problem: CellProblem | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One pupil of the grid. `online`: the attempt made on a device, which is never written over; then no cells."""

    pupil: Pupil
    online: AttemptFacts | None
    on_paper: AttemptFacts | None
    cells: tuple[Cell, ...]
    answers: Mapping[int, Response | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of a class; `answers` of a row hold only what was typed now and differs from what is stored."""

    sheet: Sheet
    now: datetime
    rows: tuple[GridRow, ...]

    @property
    def given(self) -> GroupFacts:
        """The assignment in the class."""
        return self.sheet.given

    @property
    def window_state(self) -> WindowState:
        """Scheduled, open or closed for the class."""
        return self.given.window.state(self.now)

    @property
    def problems(self) -> tuple[tuple[GridRow, SheetQuestion, Cell], ...]:
        """Every field that is wrong, row by row."""
        return tuple(
            (row, question, cell)
            for row in self.rows
            for question, cell in zip(self.sheet.questions, row.cells, strict=False)
            if cell.problem is not None
        )

    @property
    def entered(self) -> int:
        """How many pupils have a sheet typed in."""
        return sum(row.on_paper is not None for row in self.rows)


def sheet_of(session: Session, given: GroupFacts) -> Sheet:
    """The quiz of a class on paper, with what had to be left out."""
    whole, seed = given.paper, paper_seed(given.group.assignment_id)
    items = queries.map_coded_items(session, [slot.item_revision_id for slot in whole.slots])
    pupils = queries.list_pupils(
        session, class_group_id=given.group.class_group_id, assignment_id=given.group.assignment_id
    )
    questions: list[SheetQuestion] = []
    for slot in whole.printed(seed).slots:
        item = items[slot.item_revision_id]
        shape = printed(slot.type, item.content, seed)
        if shape is not None:
            questions.append(SheetQuestion(len(questions) + 1, slot, item.code, item.content, shape))
    left_out = [items[slot.item_revision_id] for slot in whole.drawn(seed).slots if not slot.printable]
    here = tuple(pupil for pupil in pupils if pupil.list_number is not None)
    return Sheet(given, tuple(questions), tuple(LeftOut(one.code, one.type, one.content) for one in left_out), here)


def grid_of(session: Session, given: GroupFacts, *, typed: Mapping[str, str] | None = None, now: datetime) -> Grid:
    """The grid with what is stored, or with what was `typed` (by the names of the fields) beside it."""
    sheet, group = sheet_of(session, given), given.group
    online: dict[int, AttemptFacts] = {}
    on_paper: dict[int, AttemptFacts] = {}
    for attempt in queries.list_attempts_of_group(
        session, class_group_id=group.class_group_id, assignment_id=group.assignment_id
    ):
        if attempt.voided_at is None:
            (on_paper if attempt.channel is Channel.PAPER else online)[attempt.person_id] = attempt
    stored = _stored(session, on_paper)
    rows = []
    for pupil in sheet.pupils:
        if pupil.person_id in online:
            rows.append(GridRow(pupil, online[pupil.person_id], on_paper.get(pupil.person_id), (), {}))
        else:
            rows.append(_row(sheet, pupil, on_paper.get(pupil.person_id), stored.get(pupil.person_id), typed))
    return Grid(sheet, now, tuple(rows))


def _stored(session: Session, on_paper: Mapping[int, AttemptFacts]) -> dict[int, dict[int, Response | None]]:
    """By person, the answers of the sheets typed in before."""
    people = {attempt.id: person_id for person_id, attempt in on_paper.items()}
    return {people[attempt_id]: found for attempt_id, found in queries.map_answers(session, people).items()}


def _row(
    sheet: Sheet,
    pupil: Pupil,
    on_paper: AttemptFacts | None,
    stored: Mapping[int, Response | None] | None,
    typed: Mapping[str, str] | None,
) -> GridRow:
    cells: list[Cell] = []
    answers: dict[int, Response | None] = {}
    for question in sheet.questions:
        name = f"a-{pupil.public_id}-{question.slot.slot}"
        before = stored.get(question.slot.slot) if stored is not None else None
        shown = write_cell(question.printed, before) or (EMPTY if stored is not None else "")
        text = typed.get(name, shown).strip() if typed is not None else shown
        problem = None
        try:
            answer = _answer(question, text)
        except BadCell as error:
            problem = error.problem
        else:
            if text and (stored is None or answer != before):
                answers[question.slot.slot] = answer
        cells.append(Cell(name, text, problem))
    return GridRow(pupil, None, on_paper, tuple(cells), answers)


def _answer(question: SheetQuestion, text: str) -> Response | None:
    """What was typed, as its item type stores it; raises BadCell."""
    return TYPES[question.printed.type].accept(question.content, read_cell(question.printed, text))
