"""A question on paper: how it is printed, what its answer looks like as letters or numbers, and reading that back.

Only what one mark per line can say goes on paper: choice, multi, truefalse, grid, match, headlines with at most five
letters, and order with at most nine numbers (items.md, Paper eligibility).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from school_safety.assessment.rules import Content, Response, Text, by_id
from school_safety.assessment.types import TYPES
from school_safety.assessment.types.headlines import judgements

LETTERS = "ABCDE"
EMPTY = "-"
"""Typed for a line, or a whole question, that the pupil left empty."""
MOST_NUMBERS = 9
_BETWEEN = " ,;./|"


class Marking(StrEnum):
    """What the pupil writes: one letter, every right letter, a letter for each line, a number for each line."""

    ONE = "one"
    SEVERAL = "several"
    PER_LINE = "per_line"
    NUMBERS = "numbers"


class CellProblem(StrEnum):
    """Why what was typed is no answer."""

    UNKNOWN_SIGN = "unknown_sign"
    MORE_THAN_ONE = "more_than_one"
    SAME_TWICE = "same_twice"
    WRONG_LENGTH = "wrong_length"


class BadCell(ValueError):
    """What was typed into the cell is no answer to the question; `problem` says why."""

    def __init__(self, problem: CellProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its id in the content and its words."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Printed:
    """A question on paper. The answer is a letter of `columns`, several, or a sign for each of `lines`."""

    type: str
    marking: Marking
    columns: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def signs(self) -> str:
        """The letters or numbers that may be written."""
        if self.marking is Marking.NUMBERS:
            return "123456789"[: len(self.lines)]
        return LETTERS[: len(self.columns)]

    @property
    def length(self) -> int:
        """How many signs the cell of the grid holds at most."""
        return len(self.columns) if self.marking is Marking.SEVERAL else max(1, len(self.lines))


TRUE: Text = {"vi": "Đúng", "en": "True"}
FALSE: Text = {"vi": "Sai", "en": "False"}
UNSURE: Text = {"vi": "Chưa chắc", "en": "Not sure"}


def printed(type_code: str, content: Content, seed: int) -> Printed | None:
    """The question as everybody with this seed gets it on paper; None where it cannot be answered on paper."""
    shape = _SHAPES.get(type_code)
    if shape is None:
        return None
    order = TYPES[type_code].order_for(content, seed)
    made = Printed(type_code, *shape(content, order))
    fits = len(made.lines) <= MOST_NUMBERS if made.marking is Marking.NUMBERS else len(made.columns) <= len(LETTERS)
    return made if fits else None


_Shape = tuple[Marking, tuple[Line, ...], tuple[Line, ...]]


def _options(marking: Marking, content: Content, order: Sequence[str]) -> _Shape:
    return marking, _lines(content["options"], order), ()


def _sentence(content: Content, order: Sequence[str]) -> _Shape:
    unsure = (Line("unsure", UNSURE),) if content.get("unsure") else ()
    return Marking.ONE, (Line("true", TRUE), Line("false", FALSE), *unsure), ()


def _lines(parts: Sequence[Mapping[str, Any]], order: Sequence[str] = ()) -> tuple[Line, ...]:
    known = by_id(parts)
    return tuple(Line(part_id, known[part_id]["text"]) for part_id in order or known)


_SHAPES: Mapping[str, Any] = {
    "choice": lambda content, order: _options(Marking.ONE, content, order),
    "multi": lambda content, order: _options(Marking.SEVERAL, content, order),
    "truefalse": _sentence,
    "grid": lambda content, order: (Marking.PER_LINE, _lines(content["columns"]), _lines(content["rows"], order)),
    "match": lambda content, order: (Marking.PER_LINE, _lines(content["categories"]), _lines(content["stems"], order)),
    "headlines": lambda content, order: (
        Marking.PER_LINE,
        tuple(Line(said, words) for said, words in zip(("true", "false"), judgements(content).values(), strict=True)),
        _lines(content["headlines"], order),
    ),
    "order": lambda content, order: (Marking.NUMBERS, (), _lines(content["steps"], order)),
}


# ---- Reading a cell, and writing one ----


def read_cell(question: Printed, typed: str) -> Response | None:
    """The answer that was typed, as the item type stores it; None for an empty one. Raises BadCell.

    Letters may be small, digits may stand for letters (1 for A), signs between are passed over; `-` is a line left
    empty.
    """
    signs = [_sign(question, sign) for sign in typed.upper() if sign not in _BETWEEN]
    if all(sign is None for sign in signs):
        return None
    if question.marking in (Marking.PER_LINE, Marking.NUMBERS):
        return _per_line(question, signs)
    chosen = [sign for sign in signs if sign is not None]
    if question.marking is Marking.ONE and len(chosen) > 1:
        raise BadCell(CellProblem.MORE_THAN_ONE)
    if len(set(chosen)) < len(chosen):
        raise BadCell(CellProblem.SAME_TWICE)
    ids = [question.columns[at].id for at in chosen]
    if question.marking is Marking.SEVERAL:
        return {"choices": ids}
    if question.type == "truefalse":
        return {"value": {"true": True, "false": False}.get(ids[0], "unsure")}
    return {"choice": ids[0]}


def _sign(question: Printed, sign: str) -> int | None:
    """The place of a typed sign, from 0; None for a line left empty."""
    if sign in (EMPTY, "_", "0"):
        return None
    at = question.signs.find(sign)
    if at < 0 and sign.isascii() and sign.isdigit() and question.marking is not Marking.NUMBERS:
        at = int(sign) - 1 if int(sign) <= len(question.signs) else -1
    if at < 0:
        raise BadCell(CellProblem.UNKNOWN_SIGN)
    return at


def _per_line(question: Printed, signs: Sequence[int | None]) -> Response:
    if len(signs) != len(question.lines):
        raise BadCell(CellProblem.WRONG_LENGTH)
    if question.marking is Marking.NUMBERS:
        if None in signs:
            raise BadCell(CellProblem.WRONG_LENGTH)
        if len(set(signs)) < len(signs):
            raise BadCell(CellProblem.SAME_TWICE)
        placed = sorted(
            zip((at for at in signs if at is not None), question.lines, strict=True), key=lambda one: one[0]
        )
        return {"order": [line.id for _at, line in placed]}
    said = {line.id: question.columns[at].id for line, at in zip(question.lines, signs, strict=True) if at is not None}
    return {_FIELDS[question.type]: said}


_FIELDS = {"grid": "rows", "match": "pairs", "headlines": "judg"}


def write_cell(question: Printed, response: Response | None) -> str:
    """What stands in the cell for a stored answer; the reverse of `read_cell`."""
    if response is None:
        return ""
    if question.marking is Marking.NUMBERS:
        return "".join(str(response["order"].index(line.id) + 1) for line in question.lines)
    letters = {line.id: LETTERS[at] for at, line in enumerate(question.columns)}
    if question.marking is Marking.PER_LINE:
        said = response[_FIELDS[question.type]]
        return "".join(letters.get(said.get(line.id, ""), EMPTY) for line in question.lines)
    return "".join(sorted(letters[one] for one in _chosen(question, response)))


def _chosen(question: Printed, response: Response) -> list[str]:
    if question.marking is Marking.SEVERAL:
        return list(response["choices"])
    if question.type == "truefalse":
        return ["unsure" if response["value"] == "unsure" else str(response["value"]).lower()]
    return [response["choice"]]
