"""What a pupil sees of the own work. Marks, reasons and keys are not even read before they may be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from school_safety.access.policy import Reach
from school_safety.assessment.report import ShownItem, show_item
from school_safety.assessment.rules import Marks, Response, Text
from school_safety.assessment.types import TYPES
from school_safety.classroom import queries
from school_safety.classroom.queries import AttemptFacts, AttemptSlot, StoredResponse
from school_safety.classroom.report.scores import Worth, worth_of
from school_safety.classroom.rules import (
    AttemptState,
    FeedbackRelease,
    SubmittedBy,
    Total,
    Visible,
    effective_answers,
    effective_marks,
    may_check,
    remaining_seconds,
    shows_item_feedback,
)
from school_safety.kit.db import Session


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the trail: `answered` in time and on the server, `checked` fixed by the pupil."""

    slot: int
    position: int
    answered: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item in front of a pupil at work; `review` shows marks and reasons instead of form fields."""

    attempt: AttemptFacts
    state: AttemptState
    item: ShownItem
    review: bool
    checkable: bool
    steps: tuple[Step, ...]
    step: Step
    seq: int
    saved: bool
    remaining: int

    @property
    def prefix(self) -> str:
        """What the names of the item's fields begin with."""
        return self.item.prefix

    @property
    def previous(self) -> Step | None:
        """The place before this one."""
        return self.steps[self.step.position - 2] if self.step.position > 1 else None

    @property
    def next(self) -> Step | None:
        """The place after this one."""
        return self.steps[self.step.position] if self.step.position < len(self.steps) else None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the pupil answered to one item, in words, without any judgement."""

    position: int
    stem: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A pupil's attempt as the release allows: `total` and `items` are None and () until they may be shown.

    What is asked without being judged is in `asked` and `answered` only. While answers are `unmarked`, the total is
    provisional.
    """

    attempt: AttemptFacts
    state: AttemptState
    visible: Visible
    answers: tuple[AnswerLine, ...]
    total: Total | None
    items: tuple[ShownItem, ...]
    late: int
    asked: int = 0
    answered: int = 0
    unmarked: int = 0
    late_accepted: int = 0
    late_declined: int = 0

    @property
    def handed_in_at(self) -> datetime:
        """When the attempt ended: at its submission, or at the deadline for one the system is about to write."""
        return self.attempt.submitted_at or self.attempt.deadline_at

    @property
    def by_system(self) -> bool:
        """True when the attempt was ended by the system, not by the pupil."""
        return self.attempt.submitted_by in (None, SubmittedBy.SYSTEM)


def steps_of(
    session: Session, attempt: AttemptFacts, stored: Iterable[StoredResponse] | None = None
) -> tuple[Step, ...]:
    """The trail of an attempt in this pupil's order; `stored`: its answers, where they have been read already."""
    marks = stored if stored is not None else queries.map_slot_marks(session, [attempt.id]).get(attempt.id, [])
    answered = {mark.slot for mark in marks if mark.answered and not mark.late}
    practice = attempt.release is FeedbackRelease.AFTER_EACH
    checked = queries.list_checked(session, attempt.id) if practice else set()
    return tuple(
        Step(slot, position, slot in answered, slot in checked)
        for position, slot in enumerate(attempt.paper.order_for(attempt.seed), start=1)
    )


def next_step(session: Session, attempt: AttemptFacts) -> Step:
    """Where the work goes on: the first item without an answer, the last one when all have one."""
    steps = steps_of(session, attempt)
    return next((step for step in steps if not step.answered), steps[-1])


def stored_answer(session: Session, attempt: AttemptFacts, slot: int) -> Response | None:
    """The answer to one item that stands on the server."""
    return queries.map_answers(session, [attempt.id])[attempt.id].get(slot)


def item_page(session: Session, target: AttemptSlot, *, now: datetime) -> ItemPage:
    """One item of a running attempt, with the answer that stands on the server."""
    attempt, state = target.attempt, target.attempt.state(now)
    every = queries.list_responses(session, [attempt.id])
    steps = steps_of(session, attempt, every)
    step = next(step for step in steps if step.slot == target.number)
    stored = [one for one in every if one.slot == target.number]
    response = effective_answers(map(queries.answer_of, stored)).get(target.number)
    review = shows_item_feedback(attempt.release, state, checked=step.checked, attempt=attempt.visible(now))
    return ItemPage(
        attempt=attempt,
        state=state,
        item=shown_items(session, attempt, {target.number: response}, only=target.number, level=2)[0],
        review=review,
        checkable=may_check(attempt.release, state, answered=True) and not step.checked and target.place.scored,
        steps=steps,
        step=step,
        seq=max((one.seq for one in stored), default=0),
        saved=response is not None,
        remaining=remaining_seconds(attempt.deadline_at, now),
    )


def own_result(session: Session, attempt: AttemptFacts, *, now: datetime, whole: bool = True) -> OwnResult:
    """The pupil's own view of an attempt, by the release of its assignment; without its items unless `whole`."""
    state, visible = attempt.state(now), attempt.visible(now)
    responses = queries.list_responses(session, [attempt.id]) if visible.answers else []
    answers = effective_answers(map(queries.answer_of, responses))
    worth = worth_of(session, [attempt], None, now=now) if visible.score else {}
    return OwnResult(
        attempt=attempt,
        state=state,
        visible=visible,
        answers=_answer_lines(session, attempt, answers) if whole and visible.answers else (),
        total=worth[attempt.id].total if attempt.id in worth else None,
        items=_judged(session, attempt, answers) if whole and visible.feedback else (),
        late=sum(queries.is_waiting(one) for one in responses),
        late_accepted=sum(one.late and one.accepted_at is not None for one in responses),
        late_declined=sum(one.late and one.declined_at is not None for one in responses),
        asked=len(attempt.paper.slots) if visible.answers else 0,
        answered=sum(answer is not None for answer in answers.values()),
        unmarked=worth[attempt.id].unmarked if attempt.id in worth else 0,
    )


def attempt_for_teacher(session: Session, attempt: AttemptFacts, *, now: datetime) -> OwnResult:
    """A pupil's attempt as the teacher reads it: everything there is, whatever was released to the pupil."""
    responses = queries.list_responses(session, [attempt.id])
    answers = effective_answers(map(queries.answer_of, responses))
    worth = worth_of(session, [attempt], None, now=now)
    return OwnResult(
        attempt=attempt,
        state=attempt.state(now),
        visible=Visible(answers=True, feedback=True, score=True),
        answers=_answer_lines(session, attempt, answers),
        total=worth[attempt.id].total if attempt.id in worth else None,
        items=_judged(session, attempt, answers),
        late=sum(queries.is_waiting(one) for one in responses),
        asked=len(attempt.paper.slots),
        answered=sum(answer is not None for answer in answers.values()),
        unmarked=worth[attempt.id].unmarked if attempt.id in worth else 0,
    )


def _judged(session: Session, attempt: AttemptFacts, answers: Mapping[int, Response | None]) -> tuple[ShownItem, ...]:
    """The items that are judged, with what people gave for them."""
    marks = effective_marks(queries.map_marks(session, [attempt.id]).get(attempt.id, ()), answers)
    return tuple(item for item in shown_items(session, attempt, answers, marks=marks) if item.kind.scored)


def shown_items(
    session: Session,
    attempt: AttemptFacts,
    answers: Mapping[int, Response | None],
    *,
    marks: Mapping[int, Marks] | None = None,
    only: int | None = None,
    level: int = 3,
) -> tuple[ShownItem, ...]:
    """The items of an attempt in this pupil's order with these answers; `level` is that of their headings."""
    paper = attempt.paper
    slots = [slot for number in paper.order_for(attempt.seed) if (slot := paper.slot(number)) is not None]
    slots = [slot for slot in slots if only in (None, slot.slot)]
    contents = queries.get_contents(session, [slot.item_revision_id for slot in slots])
    return tuple(
        show_item(
            slot.type,
            contents[slot.item_revision_id],
            seed=attempt.seed,
            slot=slot.slot,
            points=int(slot.points),
            response=answers.get(slot.slot),
            marks=(marks or {}).get(slot.slot),
            level=level,
        )
        for slot in slots
    )


def _answer_lines(
    session: Session, attempt: AttemptFacts, answers: Mapping[int, Response | None]
) -> tuple[AnswerLine, ...]:
    paper = attempt.paper
    contents = queries.get_contents(session, [slot.item_revision_id for slot in paper.slots])
    lines = []
    for position, number in enumerate(paper.order_for(attempt.seed), start=1):
        slot = next(slot for slot in paper.slots if slot.slot == number)
        content = contents[slot.item_revision_id]
        words = TYPES[slot.type].answer_text(content, answers.get(number))
        if slot.scored:
            lines.append(AnswerLine(position, content["stem"], words))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One finished attempt in the pupil's list; `total` is None until it may be shown."""

    attempt: AttemptFacts
    state: AttemptState
    visible: Visible
    total: Total | None
    unmarked: int


def own_results(session: Session, reach: Reach, *, now: datetime) -> tuple[ResultLine, ...]:
    """Everything the pupil has finished, newest first."""
    return results_of(session, queries.list_own_attempts(session, reach), now=now)


def results_of(session: Session, own: Iterable[AttemptFacts], *, now: datetime) -> tuple[ResultLine, ...]:
    """Those of the pupil's attempts that are finished, in their order."""
    attempts = [one for one in own if one.state(now) in _FINISHED]
    worth = worth_of(session, [one for one in attempts if one.visible(now).score], None, now=now)
    return tuple(_result_line(one, worth.get(one.id), now=now) for one in attempts)


def _result_line(attempt: AttemptFacts, worth: Worth | None, *, now: datetime) -> ResultLine:
    return ResultLine(
        attempt=attempt,
        state=attempt.state(now),
        visible=attempt.visible(now),
        total=worth.total if worth else None,
        unmarked=worth.unmarked if worth else 0,
    )


_FINISHED = frozenset({AttemptState.SUBMITTED, AttemptState.LAPSED, AttemptState.VOID})
