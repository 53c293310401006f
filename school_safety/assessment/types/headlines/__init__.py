"""`headlines`: judge a balanced set of posts or messages, some true and some false.

Response: `{"judg": {"h1": "true", "h2": "false"}, "conf": {"h1": 2}}`; `conf` (1 to 3) only where the item asks for it
and never part of the score. A hit is a false one called false, a false alarm a true one called false.
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
    State,
    Text,
    by_id,
    gave_up,
    item_seed,
    joined,
    score_of,
    shuffled,
)
from school_safety.assessment.types.headlines.checks import MODES, check_set
from school_safety.assessment.types.headlines.discernment import Discernment, discern

SURE = (1, 2, 3)
_JUDGEMENTS: dict[str, dict[bool, Text]] = {
    "truth": {True: {"vi": "Thật", "en": "True"}, False: {"vi": "Không thật", "en": "Not true"}},
    "genuine": {True: {"vi": "Thật", "en": "Genuine"}, False: {"vi": "Không thật", "en": "Not genuine"}},
}


def judgements(content: Content) -> dict[bool, Text]:
    """The two words to choose from: posts and claims are true or not, messages and callers genuine or not."""
    return _JUDGEMENTS[content.get("asks", "truth")]


def tally(content: Content, response: Response | None) -> Discernment:
    """How this answer tells true from false, with signal detection's d' and c."""
    judged = response["judg"] if response else {}
    return discern((headline["truth"], judged.get(headline["id"])) for headline in content["headlines"])


class Headlines(ItemType):
    """Discernment; calling everything false earns no more than a guess."""

    code = "headlines"
    parts = "headlines"
    judgements = staticmethod(judgements)

    def check(self, content: Content) -> tuple[Problem, ...]:
        """At least three of each kind, 40 to 60 % genuine, and a reason with every one."""
        inspection = Inspection(content)
        inspection.frame(required=("headlines",), optional=("asks", "mode", "confidence", "archived_on"))
        inspection.mode(*MODES)
        inspection.flag("confidence")
        check_set(inspection)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """Two radio buttons per headline, and a select for how sure the pupil is."""
        ids = [headline["id"] for headline in content["headlines"]]
        judged = {name: said for name in ids if (said := form.get(f"{prefix}-{name}"))}
        sure = {name: level for name in ids if (level := form.get(f"{prefix}-{name}-sure"))}
        levels = {name: int(level) if level in ("1", "2", "3") else level for name, level in sure.items()}
        return {"judg": judged, "conf": levels} if content.get("confidence") else {"judg": judged}

    def accept(self, content: Content, value: object) -> Response | None:
        """Judgements on headlines of this item; a level without a judgement is dropped."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or not {"judg"} <= set(value) <= {"judg", "conf"}:
            raise BadAnswer("shape")
        judged, sure = value["judg"], value.get("conf", {})
        if not isinstance(judged, Mapping) or not isinstance(sure, Mapping):
            raise BadAnswer("shape")
        ids = by_id(content["headlines"])
        if any(name not in ids or said not in ("true", "false") for name, said in judged.items()):
            raise BadAnswer("unknown judgement")
        asked = bool(content.get("confidence"))
        if any(not asked or name not in ids or not _is_level(level) for name, level in sure.items()):
            raise BadAnswer("unknown level")
        if not judged:
            return None
        kept = {name: judged[name] for name in ids if name in judged}
        levels = {name: sure[name] for name in kept if name in sure}
        return {"judg": kept, "conf": levels} if asked else {"judg": kept}

    def score(self, content: Content, response: Response | None) -> Score:
        """The mean of both shares of right judgements, or Youden's J where the item says so."""
        if response is None:
            return gave_up()
        counted = tally(content, response)
        parts = (
            Part(headline["id"], Fraction(int(_is_right(headline, response["judg"].get(headline["id"])))))
            for headline in content["headlines"]
        )
        return score_of(counted.youden if content.get("mode") == "youden" else counted.balanced, parts)

    def key(self, content: Content) -> Response:
        """Every headline called what it is."""
        return {"judg": {h["id"]: "true" if h["truth"] else "false" for h in content["headlines"]}}

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every headline: what it is, and by which technique it works."""
        judged = response["judg"] if response else {}
        notes = tuple(
            Note(h["id"], h["id"] in judged, _state(h, judged.get(h["id"])), h.get("feedback"))
            for h in content["headlines"]
        )
        return Feedback(notes, content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """Each judged headline with the word given to it."""
        headlines = by_id(content["headlines"])
        judged = response["judg"] if response else {}
        words = judgements(content)
        lines = (
            joined([headlines[name]["text"], words[said == "true"]], separator=": ") for name, said in judged.items()
        )
        return joined(lines)

    def guess(self, content: Content) -> Fraction:
        """One half; under Youden's J nothing."""
        return Fraction(0) if content.get("mode") == "youden" else Fraction(1, 2)

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The headlines shuffled."""
        return shuffled([headline["id"] for headline in content["headlines"]], item_seed(content, seed))

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconceptions behind the headlines that were judged wrongly."""
        judged = response["judg"] if response else {}
        return frozenset(
            headline["misconception"]
            for headline in content["headlines"]
            if "misconception" in headline and _state(headline, judged.get(headline["id"])) is State.WRONG
        )

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind all headlines."""
        return frozenset(h["misconception"] for h in content["headlines"] if "misconception" in h)


def _is_level(level: object) -> bool:
    return isinstance(level, int) and not isinstance(level, bool) and level in SURE


def _is_right(headline: Mapping[str, Any], said: str | None) -> bool:
    return said == ("true" if headline["truth"] else "false")


def _state(headline: Mapping[str, Any], said: str | None) -> State:
    if said is None:
        return State.GAVEUP
    return State.RIGHT if _is_right(headline, said) else State.WRONG


TYPE = Headlines()
