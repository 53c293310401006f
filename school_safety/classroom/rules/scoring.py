"""From stored answers to scores: which answer of a slot counts, and what each item type says it is worth."""

from collections.abc import Iterable, Mapping

from school_safety.assessment.rules import Content, Marks, Response, Score
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
    paper: Paper,
    contents: Mapping[int, Content],
    answers: Mapping[int, Response | None],
    marks: Mapping[int, Marks] | None = None,
) -> dict[int, Score]:
    """The score of every slot that is judged at all; `contents` by item revision id, `marks` by slot.

    A slot without an answer is given up, not wrong; an answer that a person has yet to mark is worth what it is until
    then.
    """
    given = marks or {}
    return {
        slot.slot: TYPES[slot.type].marked(
            contents[slot.item_revision_id], answers.get(slot.slot), given.get(slot.slot)
        )
        for slot in paper.scored_slots
    }
