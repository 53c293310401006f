"""`order`: put steps in order. The steps stand in the content in their right order.

Response: `{"order": ["c", "a", "b"]}`, every step once. The order first shown is never the right one, and it is no
answer until the pupil has moved something or has said "keep this order".
"""

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from itertools import count
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
    Response,
    Score,
    Text,
    by_id,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
)
from school_safety.assessment.types.order.modes import MODES, longest_ordered

DEFAULT_MODE = "all_prev_next"
_UP, _DOWN, _KEEP = "up", "down", "keep"


def _right_order(content: Content) -> list[str]:
    return [step["id"] for step in content["steps"]]


def _positions(content: Content, order: list[str]) -> list[int]:
    """The right place (from 0) of the step that stands at each place of the answer."""
    right = _right_order(content)
    return [right.index(step_id) for step_id in order]


def moved(order: list[str], move: str) -> list[str]:
    """The order after one press of a button, `"<step>:up"` or `"<step>:down"`; at the edge nothing happens."""
    step_id, _, way = move.partition(":")
    if step_id not in order or way not in (_UP, _DOWN):
        return order
    place = order.index(step_id)
    other = place - 1 if way == _UP else place + 1
    if not 0 <= other < len(order):
        return order
    changed = list(order)
    changed[place], changed[other] = changed[other], changed[place]
    return changed


class Order(ItemType):
    """Ordering, with the nine ways of scoring that Moodle has (question/type/ordering/question.php)."""

    code = "order"
    parts = "steps"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Three to ten steps and a known mode."""
        inspection = Inspection(content)
        inspection.frame(required=("steps",), optional=("mode",))
        inspection.mode(*MODES)
        steps = inspection.parts("steps", least=3, most=10, required=("text",), optional=("feedback",))
        for index, step in steps:
            inspection.texts(step, ("steps", index), "text", "feedback")
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The rows as posted, after the button that was pressed; None while nothing was touched."""
        ids = {self.form_value(content, step_id): step_id for step_id in _right_order(content)}
        order = [ids.get(value, value) for value in form.getlist(f"{prefix}-order")]
        value, colon, way = (form.get(f"{prefix}-move") or "").partition(":")
        move = f"{ids.get(value, value)}{colon}{way}"
        if not move and not form.get(f"{prefix}-touched"):
            return None
        return {"order": moved(order, move or _KEEP)}

    def accept(self, content: Content, value: object) -> Response | None:
        """Every step of this item exactly once."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"order"} or not isinstance(value["order"], list):
            raise BadAnswer("shape")
        order = value["order"]
        if not all(isinstance(step_id, str) for step_id in order) or sorted(order) != sorted(_right_order(content)):
            raise BadAnswer("not every step once")
        return {"order": list(order)}

    def score(self, content: Content, response: Response | None) -> Score:
        """The share that the item's mode gives; a part is 1 where the step need not be moved."""
        if response is None:
            return gave_up()
        positions = _positions(content, response["order"])
        keep = longest_ordered(positions)
        parts = (Part(step_id, Fraction(int(at in keep))) for at, step_id in enumerate(response["order"]))
        return score_of(MODES[content.get("mode", DEFAULT_MODE)].share(positions), parts)

    def key(self, content: Content) -> Response:
        """The steps as the author wrote them."""
        return {"order": _right_order(content)}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every step, in the order of the answer: it can stay, or it has to move."""
        score = self.score(content, response)
        steps = by_id(content["steps"])
        notes = tuple(Note(part.id, True, part.state, steps[part.id].get("feedback")) for part in score.parts)
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The steps in the order of the answer."""
        steps = by_id(content["steps"])
        order = response["order"] if response else []
        return joined((steps[step_id]["text"] for step_id in order), separator=" → ")

    def guess(self, content: Content) -> Fraction | None:
        """The mean share over all orders, where the mode has a simple one."""
        return MODES[content.get("mode", DEFAULT_MODE)].guess(len(content["steps"]))

    def form_value(self, content: Content, part_id: str) -> str:
        """Authors number the steps in their right order, so the page shows a digest in place of the id."""
        words = by_id(content["steps"])[part_id]["text"]["vi"]
        return hashlib.sha256(f"{part_id}\x1f{words}".encode()).hexdigest()[:10]

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The steps shuffled until they are not in the right order."""
        right = tuple(_right_order(content))
        base = item_seed(content, seed)
        draws = (shuffled(right, f"{base}\x1f{turn}") for turn in count())
        return next(order for order in draws if order != right)


TYPE = Order()
