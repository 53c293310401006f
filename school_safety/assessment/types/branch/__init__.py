"""`branch`: a story in which the pupil answers, and every answer leads on to another place.

Response: `{"path": [{"n": "n1", "c": "a"}, …]}`, every step taken. The first choice at a node counts; the pupil may go
back and try another one, which is kept but earns nothing. A story left before its end is worth what was earned so far
(in the mode `outcome`: nothing, since no end was reached).
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
    Response,
    Score,
    Text,
    by_id,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
    state_of,
)
from school_safety.assessment.types.branch.checks import MODES, check_story
from school_safety.assessment.types.branch.story import (
    MOST_PICKS,
    Turn,
    Worth,
    choices_of,
    counted,
    new_steps,
    replay,
    tried,
    walked,
)


def _step(value: str) -> dict[str, str]:
    """A step as the form writes it: `node:choice`."""
    node, _, choice = value.partition(":")
    return {"n": node, "c": choice}


class Branch(ItemType):
    """A scenario that branches; scored by its path or by its end."""

    code = "branch"
    parts = ""
    continues = True

    def check(self, content: Content) -> tuple[Problem, ...]:
        """A story without circles in which everything can be reached, something can be earned and every end helps."""
        inspection = Inspection(content)
        inspection.frame(required=("start", "nodes"), optional=("mode",))
        inspection.mode(*MODES)
        check_story(inspection)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The steps so far, in hidden fields, and the one whose button was pressed."""
        taken = form.get(f"{prefix}-take")
        return {"path": [_step(value) for value in [*form.getlist(f"{prefix}-path"), *([taken] if taken else [])]]}

    def accept(self, content: Content, value: object) -> Response | None:
        """A way that can be walked, each step from a place where the pupil has been."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"path"} or not isinstance(value["path"], list):
            raise BadAnswer("shape")
        picks = value["path"]
        if len(picks) > MOST_PICKS or not all(_is_step(pick) for pick in picks):
            raise BadAnswer("shape")
        replay(content, picks)
        return {"path": [dict(pick) for pick in picks]} if picks else None

    def continued(self, stored: Response | None, posted: Response | None) -> Response | None:
        """The steps on the server and then those of the page that are new: no page and no device takes one back."""
        if stored is None or posted is None:
            return stored or posted
        path = [*stored["path"], *new_steps(stored["path"], posted["path"])]
        return {"path": path} if len(path) <= MOST_PICKS else stored

    def score(self, content: Content, response: Response | None) -> Score:
        """What the counted way earned / the most that any way earns; in the mode `outcome` the value of its end."""
        if response is None:
            return gave_up()
        worth, way = Worth(content), counted(content, response["path"])
        earned = sum((worth.own(turn.choice) for turn in way if turn.choice), worth.value(way[-1].node))
        parts = (Part(turn.node["id"], worth.judge(turn.node, turn.choice)) for turn in way if turn.choice is not None)
        return score_of(earned if worth.by_outcome else earned / worth.most, parts)

    def key(self, content: Content) -> Response:
        """The safest way: the one that earns most."""
        return {"path": Worth(content).safest()}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every choice of the counted way, under the id of its node."""
        worth = Worth(content)
        notes = tuple(
            Note(turn.node["id"], True, state_of(worth.judge(turn.node, turn.choice)), turn.choice["feedback"])
            for turn in (counted(content, response["path"]) if response else ())
            if turn.choice is not None
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The words of the choices on the counted way."""
        way = counted(content, response["path"]) if response else ()
        return joined((turn.choice["text"] for turn in way if turn.choice), separator=" → ")

    def guess(self, content: Content) -> Fraction:
        """What choosing blindly at every node earns on average."""
        worth = Worth(content)
        return worth.mean if worth.by_outcome else worth.mean / worth.most

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The choices of every node, shuffled within it, as `node:choice`."""
        base = item_seed(content, seed)
        return tuple(
            f"{node['id']}:{name}"
            for node in content["nodes"]
            for name in shuffled([choice["id"] for choice in choices_of(node)], f"{base}\x1f{node['id']}")
        )

    def scene(self, content: Content, response: Response | None, order: tuple[str, ...]) -> Mapping[str, Any]:
        """The way to where the pupil stands, the counted way, what was tried beside it, the safest way, all choices.

        From `most` steps on going back is not offered, so that the story can still be ended.
        """
        nodes = by_id(content["nodes"])
        offered: dict[str, list[Mapping[str, Any]]] = {name: [] for name in nodes}
        for value in order:
            step = _step(value)
            offered[step["n"]].append(by_id(choices_of(nodes[step["n"]]))[step["c"]])
        picks = response["path"] if response else []
        walk, way = walked(content, picks), counted(content, picks)
        return {
            "picks": [f"{pick['n']}:{pick['c']}" for pick in picks],
            "walk": walk,
            "way": way,
            "strays": _names(walk) != _names(way),
            "tried": tried(content, picks),
            "safest": counted(content, Worth(content).safest()),
            "offered": offered,
            "numbers": {name: number for number, name in enumerate(nodes, start=1)},
            "most": MOST_PICKS - len(nodes),
        }

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the choices of the counted way."""
        way = counted(content, response["path"]) if response else ()
        return frozenset(turn.choice["misconception"] for turn in way if turn.choice and "misconception" in turn.choice)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind all choices."""
        choices = (choice for node in content["nodes"] for choice in choices_of(node))
        return frozenset(choice["misconception"] for choice in choices if "misconception" in choice)


def _is_step(pick: object) -> bool:
    return (
        isinstance(pick, Mapping) and set(pick) == {"n", "c"} and all(isinstance(part, str) for part in pick.values())
    )


def _names(turns: tuple[Turn, ...]) -> list[tuple[str, str]]:
    return [(turn.node["id"], turn.choice["id"] if turn.choice else "") for turn in turns]


TYPE = Branch()
