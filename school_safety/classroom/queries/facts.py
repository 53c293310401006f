"""The values that statements of the classroom hand on: plain, frozen, with the rules that read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from school_safety.classroom.models import AssignmentGroup
from school_safety.classroom.readers import queue_key, upload_token
from school_safety.classroom.rules import (
    AttemptPolicy,
    AttemptState,
    Channel,
    FeedbackRelease,
    Paper,
    PaperSlot,
    Reopening,
    SubmittedBy,
    Visible,
    Window,
    attempt_state,
    attempts_for,
    everyone_closed_at,
    own_paper,
    read_paper,
    visible_of_attempt,
    window_for,
)
from school_safety.kit.errors import NotFound
from school_safety.kit.secrets import to_base64


@dataclass(frozen=True)
class AttemptFacts:
    """One attempt with what its pages need of the assignment; `answered` counts slots answered in time."""

    id: int
    public_id: str
    assignment_id: int
    class_group_id: int
    person_id: int
    number: int
    seed: int
    started_at: datetime
    deadline_at: datetime
    voided_at: datetime | None
    void_reason: str | None
    channel: Channel
    regraded: Mapping[str, int] | None
    title: Mapping[str, str]
    frozen_paper: Mapping[str, Any]
    release: FeedbackRelease
    policy: AttemptPolicy
    attempts_allowed: int
    minutes: int | None
    school_id: int
    closes_at: datetime
    group_public_id: str
    receipt: str | None
    submitted_at: datetime | None
    submitted_by: SubmittedBy | None
    answered: int
    last_group_close: datetime | None
    last_override_close: datetime | None
    last_deadline: datetime | None

    @cached_property
    def paper(self) -> Paper:
        """The pupil's own paper: what the seed draws, or what was printed, with the corrected items it is scored by."""
        on_paper = self.channel is Channel.PAPER
        return own_paper(self.frozen_paper, seed=self.seed, on_paper=on_paper, regraded=self.regraded)

    @property
    def ended_at(self) -> datetime:
        """When the attempt ended or will end: at its submission, else at its deadline."""
        return self.submitted_at or self.deadline_at

    @property
    def queue_key(self) -> str:
        """The key under which the pupil's device keeps unsent answers, as the page carries it."""
        return to_base64(queue_key(self.public_id))

    @property
    def upload_token(self) -> str:
        """What lets a device send this attempt's answers, and nothing else."""
        return upload_token(self.public_id)

    def state(self, now: datetime) -> AttemptState:
        """What has become of the attempt by now: the one rule of all reads."""
        return attempt_state(
            voided=self.voided_at is not None,
            submitted=self.submitted_at is not None,
            answered=self.answered,
            deadline_at=self.deadline_at,
            now=now,
        )

    def visible(self, now: datetime) -> Visible:
        """What its pupil may see of it now."""
        return visible_of_attempt(self.release, self.state(now), everyone_closed_at=self.everyone_closed_at, now=now)

    @property
    def everyone_closed_at(self) -> datetime:
        """When the last pupil with this paper is done."""
        closes = (self.closes_at, self.last_group_close, self.last_override_close, self.last_deadline)
        return everyone_closed_at(close for close in closes if close is not None)


@dataclass(frozen=True, slots=True)
class AttemptSlot:
    """One slot of an attempt; `number` is the slot's, `position` where this pupil meets it, from 1."""

    attempt: AttemptFacts
    number: int

    @property
    def place(self) -> PaperSlot:
        """The slot of the paper; the loader has refused numbers that the paper does not have."""
        found = self.attempt.paper.slot(self.number)
        if found is None:
            raise NotFound
        return found

    @property
    def order(self) -> tuple[int, ...]:
        """The slot numbers in this pupil's order."""
        return self.attempt.paper.order_for(self.attempt.seed)

    @property
    def position(self) -> int:
        """Where this pupil meets the slot, from 1."""
        return self.order.index(self.number) + 1


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """An assignment in one class, with the school's place in the authority tree."""

    group: AssignmentGroup
    path: str
    school_name: str

    @property
    def window(self) -> Window:
        """The window of the class."""
        base = Window(self.group.assignment.opens_at, self.group.assignment.closes_at)
        return window_for(base, group_closes_at=self.group.closes_at, reopening=None)

    def window_of(self, reopening: Reopening | None) -> Window:
        """The window of a pupil with this reopening."""
        base = Window(self.group.assignment.opens_at, self.group.assignment.closes_at)
        return window_for(base, group_closes_at=self.group.closes_at, reopening=reopening)

    def attempts_of(self, reopening: Reopening | None) -> int:
        """The attempts of a pupil with this reopening."""
        return attempts_for(self.group.assignment.attempts_allowed, reopening)

    @property
    def paper(self) -> Paper:
        """The frozen paper as a value."""
        return read_paper(self.group.assignment.paper)
