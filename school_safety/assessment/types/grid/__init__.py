"""`grid`: several statements, each put into one of the same two to four columns, such as safe, risky, ask an adult.

Response: `{"rows": {"r1": "safe", "r2": "ask"}}`, only the rows that were answered.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Note,
    Part,
    Problem,
    ProblemCode,
    Response,
    Score,
    State,
    Text,
    by_id,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
)

_ROW_OPTIONAL = ("feedback", "misconceptions")
MODES = ("share", "exact")


class Grid(ItemType):
    """A grid; the fraction is right rows / rows, or all or nothing in the mode `exact`."""

    code = "grid"
    parts = "rows"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Every row has a column that exists and says why it belongs there."""
        inspection = Inspection(content)
        inspection.frame(required=("columns", "rows"), optional=("mode",))
        inspection.mode(*MODES)
        columns = inspection.parts("columns", least=2, most=4, required=("text",))
        for index, column in columns:
            inspection.texts(column, ("columns", index), "text")
        known = [column["id"] for _, column in columns]
        rows = inspection.parts("rows", least=2, most=10, required=("text", "key"), optional=_ROW_OPTIONAL)
        for index, row in rows:
            _check_row(inspection, row, ("rows", index), known)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """One group of radio buttons per row."""
        chosen = {row["id"]: form.get(f"{prefix}-{row['id']}") for row in content["rows"]}
        return {"rows": {row_id: column for row_id, column in chosen.items() if column}}

    def accept(self, content: Content, value: object) -> Response | None:
        """Rows and columns of this item; no row at all is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"rows"} or not isinstance(value["rows"], Mapping):
            raise BadAnswer("shape")
        rows, columns = by_id(content["rows"]), by_id(content["columns"])
        for row_id, column_id in value["rows"].items():
            if row_id not in rows or not isinstance(column_id, str) or column_id not in columns:
                raise BadAnswer("unknown row or column")
        answered = {row_id: value["rows"][row_id] for row_id in rows if row_id in value["rows"]}
        return {"rows": answered} if answered else None

    def score(self, content: Content, response: Response | None) -> Score:
        """Right rows / rows; a row left empty is not right."""
        if response is None:
            return gave_up()
        parts = tuple(
            Part(row["id"], Fraction(int(response["rows"].get(row["id"]) == row["key"]))) for row in content["rows"]
        )
        share = sum((part.fraction for part in parts), Fraction(0)) / len(parts)
        return score_of(Fraction(int(share == 1)) if content.get("mode") == "exact" else share, parts)

    def key(self, content: Content) -> Response:
        """Every row in its own column."""
        return {"rows": {row["id"]: row["key"] for row in content["rows"]}}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every row."""
        answered = response["rows"] if response else {}
        notes = tuple(
            Note(row["id"], row["id"] in answered, _row_state(row, answered.get(row["id"])), row.get("feedback"))
            for row in content["rows"]
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """Each answered row with its column."""
        columns, rows = by_id(content["columns"]), by_id(content["rows"])
        lines = (
            joined([rows[row_id]["text"], columns[column_id]["text"]], separator=" → ")
            for row_id, column_id in (response["rows"] if response else {}).items()
        )
        return joined(lines)

    def guess(self, content: Content) -> Fraction:
        """1 / number of columns; in the mode `exact` all rows have to be guessed."""
        one = Fraction(1, len(content["columns"]))
        return one ** len(content["rows"]) if content.get("mode") == "exact" else one

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The rows shuffled; columns keep the author's order, which often means something."""
        return shuffled([row["id"] for row in content["rows"]], item_seed(content, seed))

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the wrong columns that were chosen."""
        answered = response["rows"] if response else {}
        found = (row.get("misconceptions", {}).get(answered.get(row["id"])) for row in content["rows"])
        return frozenset(named for named in found if named)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind all wrong columns."""
        return frozenset(named for row in content["rows"] for named in row.get("misconceptions", {}).values())


def _check_row(inspection: Inspection, row: Mapping[str, Any], path: tuple[str, int], known: list[str]) -> None:
    inspection.texts(row, path, "text", "feedback")
    if "key" in row and row["key"] not in known:
        inspection.note(ProblemCode.UNKNOWN_ID, *path, "key")
    if "feedback" not in row:
        inspection.note(ProblemCode.NO_FEEDBACK, *path)
    behind = row.get("misconceptions", {})
    if not isinstance(behind, Mapping) or not all(isinstance(named, str) for named in behind.values()):
        inspection.note(ProblemCode.WRONG_SHAPE, *path, "misconceptions")
        return
    for column in behind:
        if column not in known:
            inspection.note(ProblemCode.UNKNOWN_ID, *path, "misconceptions", str(column))
        elif column == row.get("key"):
            inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconceptions", column)


def _row_state(row: Mapping[str, Any], column: str | None) -> State:
    if column is None:
        return State.GAVEUP
    return State.RIGHT if column == row["key"] else State.WRONG


TYPE = Grid()
