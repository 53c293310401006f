"""From stored answers to scores: which answer of a slot counts, and what each item type says it is worth."""

from collections.abc import Iterable, Mapping

from school_safety.assessment.rules import Content, Response, Score, gave_up
from school_safety.assessment.types import TYPES
from school_safety.classroom.rules.papers import Paper
from school_safety.classroom.rules.saving import Answer


def effective_answers(answers: Iterable[Answer]) -> dict[int, Response | None]:
    """The answer that counts per slot: the highest sequence among those in time and those accepted afterwards."""
    chosen: dict[int, Answer] = {}
    for answer in answers:
        held = chosen.get(answer.slot)
        if answer.counts and (held is None or answer.seq > held.seq):
            chosen[answer.slot] = answer
    return {slot: answer.value for slot, answer in chosen.items()}


def score_paper(
    paper: Paper, contents: Mapping[int, Content], answers: Mapping[int, Response | None]
) -> dict[int, Score]:
    """The score of every slot; `contents` by item revision id. A slot without an answer is given up, not wrong."""
    scores = {}
    for slot in paper.slots:
        response = answers.get(slot.slot)
        scores[slot.slot] = (
            gave_up() if response is None else TYPES[slot.type].score(contents[slot.item_revision_id], response)
        )
    return scores
