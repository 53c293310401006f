"""`lateral`: a few frozen pages of a small web; leave the page you came to, look elsewhere, judge, and prove it.

Response: `{"opened": ["p2"], "verdict": "no", "evidence": ["s4"], "why": "…"}`; `opened` and `evidence` are always
there. `opened` holds the pages, in the order of opening, that had been opened when the verdict was chosen; the page
the pupil starts from is not one of them. No times are kept. Having looked without judging is no answer.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import (
    BadAnswer,
    Content,
    Criterion,
    Feedback,
    FormData,
    Inspection,
    ItemType,
    Marks,
    Note,
    Part,
    Problem,
    Response,
    Rubric,
    Score,
    State,
    Text,
    awaiting,
    by_id,
    gave_up,
    joined,
    levels_of,
    rubric_share,
    score_of,
)
from school_safety.assessment.types.lateral.checks import INDEPENDENT, ORIGIN, check_web

WHY = "why"
_AUTOMATIC, _BY_RUBRIC = Fraction(3, 5), Fraction(2, 5)
_LONGEST_WHY = 2000


def _sentences(content: Content) -> dict[str, Mapping[str, Any]]:
    """The sentences that can be chosen as evidence, by id, in reading order."""
    return by_id(sentence for page in content["pages"] for sentence in page["body"] if "id" in sentence)


def _elsewhere(content: Content) -> list[str]:
    return [page["id"] for page in content["pages"] if page["kind"] != ORIGIN]


def evidence_share(keys: int, wrong: int, hits: int, misses: int) -> Fraction:
    """Each key adds 1 / keys and each wrong sentence takes 1 / wrong, never below nothing (the rule of `multi`)."""
    return max(Fraction(0), Fraction(hits, keys) - (Fraction(misses, wrong) if misses else 0))


class Lateral(ItemType):
    """Reading across pages; a third each for the verdict, the evidence and having looked elsewhere before judging."""

    code = "lateral"
    parts = ""
    continues = True

    def check(self, content: Content) -> tuple[Problem, ...]:
        """One page of origin, an independent one, one right verdict, evidence that stands away from the origin."""
        inspection = Inspection(content)
        inspection.frame(required=("pages", "verdicts", "evidence"), optional=(WHY,))
        check_web(inspection)
        return inspection.problems

    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The pages opened, the verdict, the ticked sentences and the pupil's own words."""
        said = {name: (form.get(f"{prefix}-{name}") or "").strip() for name in ("verdict", WHY)}
        return {
            "opened": form.getlist(f"{prefix}-opened"),
            "evidence": form.getlist(f"{prefix}-evidence"),
            **{name: value for name, value in said.items() if value},
        }

    def accept(self, content: Content, value: object) -> Response | None:
        """Pages, sentences and a verdict of this item; opened pages alone are no answer."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or not {"opened"} <= set(value) <= {"opened", "verdict", "evidence", WHY}:
            raise BadAnswer("shape")
        opened, evidence = value["opened"], value.get("evidence", [])
        if not isinstance(opened, list) or not isinstance(evidence, list):
            raise BadAnswer("shape")
        known, pages = list(_sentences(content)), [page["id"] for page in content["pages"]]
        if any(name not in pages for name in opened) or any(name not in known for name in evidence):
            raise BadAnswer("unknown page or sentence")
        away = _elsewhere(content)
        answer: Response = {
            "opened": [name for at, name in enumerate(opened) if name in away and name not in opened[:at]],
            "evidence": [name for name in known if name in evidence],
            **self._words(content, value),
        }
        return answer if answer["evidence"] or len(answer) > 2 else None

    def _words(self, content: Content, value: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        if "verdict" in value:
            if value["verdict"] not in [verdict["id"] for verdict in content["verdicts"]]:
                raise BadAnswer("unknown verdict")
            found["verdict"] = value["verdict"]
        why = value.get(WHY, "")
        if not isinstance(why, str) or len(why) > _LONGEST_WHY or (why and WHY not in content):
            raise BadAnswer("why")
        return {**found, WHY: why} if why.strip() else found

    def continued(self, stored: Response | None, posted: Response | None) -> Response | None:
        """As long as the same verdict stands, no page is opened before it afterwards; a verdict is never taken back."""
        if stored is None or posted is None:
            return stored or posted
        opened = [*stored["opened"], *(page for page in posted["opened"] if page not in stored["opened"])]
        judged = stored.get("verdict")
        if judged is None:
            return {**posted, "opened": opened}
        verdict = posted.get("verdict", judged)
        return {**posted, "verdict": verdict, "opened": stored["opened"] if verdict == judged else opened}

    def score(self, content: Content, response: Response | None) -> Score:
        """The automatic part; provisional where a person still has to read the pupil's reasons."""
        return self.marked(content, response, None)

    def marked(self, content: Content, response: Response | None, marks: Marks | None) -> Score:
        """Three fifths automatic and two fifths by the rubric where the item asks why, else all automatic."""
        if response is None:
            return gave_up()
        parts = self._parts(content, response)
        automatic = sum((part.fraction for part in parts), Fraction(0)) / len(parts)
        rubric = self.rubric(content)
        if not rubric:
            return score_of(automatic, parts)
        if not self.written(response):
            return score_of(automatic * _AUTOMATIC, parts)
        if marks is None:
            return awaiting(automatic, parts)
        return score_of(automatic * _AUTOMATIC + rubric_share(rubric, marks) * _BY_RUBRIC, parts)

    def _parts(self, content: Content, response: Response) -> tuple[Part, ...]:
        keys, chosen = set(content["evidence"]), set(response["evidence"])
        wrong = len(_sentences(content).keys() - keys)
        kinds = {page["id"]: page["kind"] for page in content["pages"]}
        looked = "verdict" in response and any(kinds[name] == INDEPENDENT for name in response["opened"])
        return (
            Part("verdict", Fraction(int(response.get("verdict") == self._right_verdict(content)))),
            Part("evidence", evidence_share(len(keys), wrong, len(keys & chosen), len(chosen - keys))),
            Part("process", Fraction(int(looked))),
        )

    @staticmethod
    def _right_verdict(content: Content) -> str:
        return str(next(verdict["id"] for verdict in content["verdicts"] if verdict.get("key")))

    def rubric(self, content: Content) -> Rubric:
        """How well the pupil says why, where the item asks for it."""
        why = content.get(WHY)
        return (Criterion(WHY, why["prompt"], levels_of(why["rubric"])),) if why else ()

    def written(self, response: Response) -> str:
        """The pupil's reasons."""
        return str(response.get(WHY, "")).strip()

    def key(self, content: Content) -> Response:
        """An independent page opened, the right verdict, all evidence, and the rubric's best level as the reasons."""
        first = next(page["id"] for page in content["pages"] if page["kind"] == INDEPENDENT)
        proof = [name for name in _sentences(content) if name in content["evidence"]]
        answer = {"opened": [first], "evidence": proof, "verdict": self._right_verdict(content)}
        return {**answer, WHY: content[WHY]["rubric"][-1]["text"]["vi"]} if WHY in content else answer

    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """A note on every verdict (`verdict:<id>`) and sentence (`evidence:<id>`), and on having looked elsewhere."""
        given = response or {"opened": [], "evidence": []}
        verdicts = tuple(
            Note(
                f"verdict:{verdict['id']}",
                verdict["id"] == given.get("verdict"),
                State.RIGHT if verdict.get("key") else State.WRONG,
                verdict.get("feedback"),
            )
            for verdict in content["verdicts"]
        )
        sentences = tuple(
            Note(
                f"evidence:{name}",
                name in given["evidence"],
                State.RIGHT if name in content["evidence"] else State.WRONG,
                sentence.get("feedback"),
            )
            for name, sentence in _sentences(content).items()
        )
        process = next(part.state for part in self._parts(content, given) if part.id == "process")
        looked = Note("process", bool(given["opened"]), State.GAVEUP if response is None else process, None)
        return Feedback((*verdicts, *sentences, looked), content.get("feedback"))

    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The verdict, the chosen sentences in quotation marks, and the pupil's reasons."""
        if response is None:
            return joined([])
        verdict = by_id(content["verdicts"]).get(response.get("verdict", ""))
        sentences = _sentences(content)
        quoted = [
            {language: f"“{text}”" for language, text in sentences[name]["text"].items()}
            for name in response["evidence"]
        ]
        why = self.written(response)
        return joined([*([verdict["text"]] if verdict else []), *quoted, *([{"vi": why, "en": why}] if why else [])])

    def guess(self, content: Content) -> None:
        """Not known: it depends on how many sentences a guesser ticks."""

    def scene(self, content: Content, response: Response | None, order: tuple[str, ...]) -> Mapping[str, Any]:
        """The page of origin before the others, their titles, the sentences that prove it, and those to talk about."""
        chosen = response["evidence"] if response else ()
        said = [(page, sentence) for page in content["pages"] for sentence in page["body"] if "id" in sentence]
        return {
            "pages": sorted(content["pages"], key=lambda page: page["kind"] != ORIGIN),
            "titles": {page["id"]: page["title"] for page in content["pages"]},
            "proof": [(page, one) for page, one in said if one["id"] in content["evidence"]],
            "chosen": [(page, one) for page, one in said if one["id"] in content["evidence"] or one["id"] in chosen],
        }

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The misconception behind the chosen verdict."""
        verdict = by_id(content["verdicts"]).get((response or {}).get("verdict", ""), {})
        return frozenset({verdict["misconception"]} if "misconception" in verdict else ())

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The misconceptions behind the verdicts."""
        return frozenset(one["misconception"] for one in content["verdicts"] if "misconception" in one)


TYPE = Lateral()
