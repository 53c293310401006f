"""What a class said to the questions that nobody judges: counts over its pupils, with no name in them."""

from collections.abc import Mapping
from dataclasses import dataclass

from school_safety.assessment.rules import Response, Text
from school_safety.classroom import queries
from school_safety.classroom.report.progress import ClassProgress
from school_safety.classroom.rules import AttemptState, SurveyCount, count_survey
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One question with its counts; `slot` is its place on the paper."""

    slot: int
    stem: Text
    count: SurveyCount


def survey_lines(session: Session, progress: ClassProgress) -> tuple[SurveyLine, ...]:
    """Every unscored question of the paper over the pupils who handed in, each pupil once, with the last attempt."""
    slots = [slot for slot in progress.given.paper.slots if not slot.scored]
    if not slots:
        return ()
    contents = queries.get_contents(session, [slot.item_revision_id for slot in slots])
    said = _answers(session, progress)
    return tuple(
        SurveyLine(
            slot.slot,
            contents[slot.item_revision_id]["stem"],
            count_survey(contents[slot.item_revision_id], (answers.get(slot.slot) for answers in said)),
        )
        for slot in slots
    )


def _answers(session: Session, progress: ClassProgress) -> list[Mapping[int, Response | None]]:
    last = []
    for line in progress.pupils:
        finished = [one.facts.id for one in line.attempts if one.state is AttemptState.SUBMITTED]
        last += finished[-1:]
    return list(queries.map_answers(session, last).values())
