"""What a small frozen web must be before pupils read across it."""

from collections.abc import Mapping
from typing import Any

from school_safety.assessment.rules import Inspection, Located, ProblemCode, check_levels

ORIGIN, SEARCH, INDEPENDENT, RELATED = "origin", "search", "independent", "related"
KINDS = (ORIGIN, SEARCH, INDEPENDENT, RELATED)
_MOST_SENTENCES = 20


def check_web(inspection: Inspection) -> None:
    """Note what is wrong with the pages, the verdicts, the evidence and the question why."""
    pages = inspection.parts("pages", least=3, most=6, required=("kind", "title", "address", "body"))
    sentences: dict[str, object] = {}
    for located in pages:
        _check_page(inspection, located, sentences)
    kinds = [page.get("kind") for _, page in pages]
    if pages and (kinds.count(ORIGIN) != 1 or INDEPENDENT not in kinds):
        inspection.note(ProblemCode.WRONG_PAGES, "pages")
    _check_verdicts(inspection)
    _check_evidence(inspection, sentences)
    if "why" in inspection.content:
        _check_why(inspection, inspection.content["why"])


def _check_page(inspection: Inspection, located: Located, sentences: dict[str, object]) -> None:
    """Check one page and add its sentences that can be chosen, with the page's kind."""
    index, page = located
    path = ("pages", index)
    inspection.texts(page, path, "title", "address")
    kind = page.get("kind", ORIGIN)
    if kind not in KINDS:
        inspection.note(ProblemCode.UNKNOWN_MODE, *path, "kind")
    body = inspection.inner(
        page, path, "body", least=1, most=_MOST_SENTENCES, required=("text",), optional=("feedback",), named=False
    )
    for place, sentence in body:
        inspection.texts(sentence, (*path, "body", place), "text", "feedback")
        if "id" in sentence:
            if sentence["id"] in sentences:
                inspection.note(ProblemCode.DUPLICATE_ID, *path, "body", place, "id")
            sentences[sentence["id"]] = kind


def _check_verdicts(inspection: Inspection) -> None:
    verdicts = inspection.parts(
        "verdicts", least=2, most=3, required=("text",), optional=("key", "misconception", "feedback")
    )
    for index, verdict in verdicts:
        path = ("verdicts", index)
        inspection.texts(verdict, path, "text", "feedback")
        inspection.code(verdict, path, "misconception")
        if not isinstance(verdict.get("key", False), bool):
            inspection.note(ProblemCode.WRONG_SHAPE, *path, "key")
        if verdict.get("key") is True and "misconception" in verdict:
            inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconception")
        if verdict.get("key") is not True and "feedback" not in verdict:
            inspection.note(ProblemCode.NO_FEEDBACK, *path)
    if verdicts and sum(verdict.get("key") is True for _, verdict in verdicts) != 1:
        inspection.note(ProblemCode.NOT_ONE_KEY, "verdicts")


def _check_evidence(inspection: Inspection, sentences: Mapping[str, object]) -> None:
    evidence = inspection.content.get("evidence")
    if not isinstance(evidence, list):
        if "evidence" in inspection.content:
            inspection.note(ProblemCode.WRONG_SHAPE, "evidence")
        return
    if not evidence:
        inspection.note(ProblemCode.NO_KEY, "evidence")
    for index, name in enumerate(evidence):
        if not isinstance(name, str) or name not in sentences:
            inspection.note(ProblemCode.UNKNOWN_ID, "evidence", index)
        elif sentences[name] not in (INDEPENDENT, RELATED):
            inspection.note(ProblemCode.EVIDENCE_PLACE, "evidence", index)
        elif name in evidence[:index]:
            inspection.note(ProblemCode.DUPLICATE_ID, "evidence", index)
    if evidence and all(name in evidence for name in sentences):
        inspection.note(ProblemCode.NO_DISTRACTOR, "pages")


def _check_why(inspection: Inspection, why: Any) -> None:
    if not isinstance(why, Mapping):
        inspection.note(ProblemCode.WRONG_SHAPE, "why")
        return
    inspection.fields(why, ("why",), required=("prompt", "rubric"), optional=())
    inspection.texts(why, ("why",), "prompt")
    if "rubric" in why:
        check_levels(inspection, why["rubric"], ("why", "rubric"))
