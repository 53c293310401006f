"""What finished attempts are worth: as stored, or reckoned now where the worker has yet to write the submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from school_safety.assessment.rules import Content, State
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, SlotScore
from school_safety.classroom.rules import (
    AttemptState,
    Total,
    add_up,
    effective_marks,
    score_paper,
)
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class Worth:
    """Total and slots of one finished attempt."""

    total: Total
    slots: Mapping[int, SlotScore]

    @property
    def unmarked(self) -> int:
        """How many answers wait for a person: until they are marked, the total is provisional."""
        return sum(score.state is State.UNMARKED for score in self.slots.values())


def worth_of(
    session: Session, attempts: Sequence[AttemptFacts], contents: Mapping[int, Content] | None, *, now: datetime
) -> dict[int, Worth]:
    """By attempt id, the worth of those among `attempts` that count as submitted; others have none.

    `contents` by item revision id; what is missing is read when an attempt has to be reckoned.
    """
    finished = [attempt for attempt in attempts if attempt.state(now) is AttemptState.SUBMITTED]
    written = [attempt.id for attempt in finished if attempt.receipt is not None]
    totals, scores = queries.map_totals(session, written), queries.map_scores(session, written)
    worth = {attempt_id: Worth(total, scores.get(attempt_id, {})) for attempt_id, total in totals.items()}
    waiting = [attempt for attempt in finished if attempt.id not in worth]
    if waiting:
        worth |= reckoned(session, waiting, contents)
    return worth


def reckoned(
    session: Session, attempts: Sequence[AttemptFacts], contents: Mapping[int, Content] | None = None
) -> dict[int, Worth]:
    """What these attempts are worth by their papers now, whatever is stored."""
    wanted = {slot.item_revision_id for attempt in attempts for slot in attempt.paper.slots}
    missing = wanted - set(contents or {})
    contents = {**(contents or {}), **(queries.get_contents(session, missing) if missing else {})}
    answers = queries.map_answers(session, [attempt.id for attempt in attempts])
    marks = queries.map_marks(session, answers)
    worth = {}
    for attempt in attempts:
        counting = answers[attempt.id]
        given = effective_marks(marks.get(attempt.id, ()), counting)
        scores = score_paper(attempt.paper, contents, counting, given)
        total = add_up(attempt.paper, {slot: score.fraction for slot, score in scores.items()})
        worth[attempt.id] = Worth(
            total, {slot: SlotScore(score.fraction, score.state) for slot, score in scores.items()}
        )
    return worth
