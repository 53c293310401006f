"""`match`: each stem goes to one of the categories; several stems may go to the same one.

Response: `{"pairs": {"s1": "safe", "s2": "ask"}}`, only the stems that were answered.
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

_STEM_OPTIONAL = ("feedback", "misconceptions")


class Match(ItemType):
    """Matching; the fraction is right stems / stems (Moodle question/type/match/question.php:301)."""

    code = "match"
    parts = "stems"

    def check(self, content: Content) -> tuple[Problem, ...]:
        """Every stem has a category that exists and says why it belongs there."""
        inspection = Inspection(content)
        inspection.frame(required=("stems", "categories"))
        categories = inspection.parts("categories", least=2, most=8, required=("text",))
        for index, category in categories:
            inspection.texts(category, ("categories", index), "text")
        known = [category["id"] for _, category in categories]
        stems = inspection.parts("stems", least=2, most=12, required=("text", "key"), optional=_STEM_OPTIONAL)
        for index, stem in stems:
            self._check_stem(inspection, stem, ("stems", index), known)
        return inspection.problems

    def _check_stem(
        self, inspection: Inspection, stem: Mapping[str, Any], path: tuple[str, int], known: list[str]
    ) -> None:
        inspection.texts(stem, path, "text", "feedback")
        if "key" in stem and stem["key"] not in known:
            inspection.note(ProblemCode.UNKNOWN_ID, *path, "key")
        if "feedback" not in stem:
            inspection.note(ProblemCode.NO_FEEDBACK, *path)
        behind = stem.get("misconceptions", {})
        if not isinstance(behind, Mapping) or not all(isinstance(named, str) for named in behind.values()):
            inspection.note(ProblemCode.WRONG_SHAPE, *path, "misconceptions")
            return
        for category in behind:
            if category not in known:
                inspection.note(ProblemCode.UNKNOWN_ID, *path, "misconceptions", str(category))
            elif category == stem.get("key"):
                inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconceptions", category)

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """One select per stem; the empty choice is no answer."""
        chosen = {stem["id"]: form.get(f"{prefix}-{stem['id']}") for stem in content["stems"]}
        return {"pairs": {stem_id: category for stem_id, category in chosen.items() if category}}

    def accept(self, content: Content, value: object) -> Response | None:
        """Stems and categories of this item; no stem at all is no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"pairs"} or not isinstance(value["pairs"], Mapping):
            raise BadAnswer("shape")
        stems, categories = by_id(content["stems"]), by_id(content["categories"])
        for stem_id, category_id in value["pairs"].items():
            if stem_id not in stems or not isinstance(category_id, str) or category_id not in categories:
                raise BadAnswer("unknown pair")
        pairs = {stem_id: value["pairs"][stem_id] for stem_id in stems if stem_id in value["pairs"]}
        return {"pairs": pairs} if pairs else None

    def score(self, content: Content, response: Response | None) -> Score:
        """Right stems / stems; a stem left empty is not right."""
        if response is None:
            return gave_up()
        parts = tuple(
            Part(stem["id"], Fraction(int(response["pairs"].get(stem["id"]) == stem["key"])))
            for stem in content["stems"]
        )
        return score_of(sum((part.fraction for part in parts), Fraction(0)) / len(parts), parts)

    def key(self, content: Content) -> Response:
        """Every stem in its own category."""
        return {"pairs": {stem["id"]: stem["key"] for stem in content["stems"]}}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every stem."""
        pairs = response["pairs"] if response else {}
        notes = tuple(
            Note(
                stem["id"],
                stem["id"] in pairs,
                self._stem_state(stem, pairs.get(stem["id"])),
                stem.get("feedback"),
            )
            for stem in content["stems"]
        )
        return Feedback(notes, content.get("feedback"))

    @staticmethod
    def _stem_state(stem: Mapping[str, Any], category: str | None) -> State:
        if category is None:
            return State.GAVEUP
        return State.RIGHT if category == stem["key"] else State.WRONG

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """Each answered stem with its category."""
        categories, stems = by_id(content["categories"]), by_id(content["stems"])
        pairs = response["pairs"] if response else {}
        lines = (
            joined([stems[stem_id]["text"], categories[category_id]["text"]], separator=" → ")
            for stem_id, category_id in pairs.items()
        )
        return joined(lines)

    def guess(self, content: Content) -> Fraction:
        """1 / number of categories."""
        return Fraction(1, len(content["categories"]))

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The stems shuffled; categories keep the author's order, which often means something."""
        return shuffled([stem["id"] for stem in content["stems"]], item_seed(content, seed))

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the wrong categories that were chosen."""
        pairs = response["pairs"] if response else {}
        found = (stem.get("misconceptions", {}).get(pairs.get(stem["id"])) for stem in content["stems"])
        return frozenset(named for named in found if named)

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind all wrong categories."""
        return frozenset(named for stem in content["stems"] for named in stem.get("misconceptions", {}).values())


TYPE = Match()
