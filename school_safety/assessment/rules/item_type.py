"""What every item type can do. A type is one folder under `assessment/types` with one `TYPE`, an ItemType."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, Protocol

from school_safety.assessment.rules.marking import Marks, Rubric
from school_safety.assessment.rules.values import Content, Feedback, Problem, Response, Score, Text


class FormData(Protocol):
    """A posted form as Werkzeug gives it: several values under one name are possible."""

    def get(self, key: str, /) -> str | None:
        """The first value under the name, or None."""

    def getlist(self, key: str, /) -> list[str]:
        """All values under the name."""


class ItemType(ABC):
    """One way of asking and its pure rules. `content` has passed `check`; `response` has passed `accept` or is None."""

    code: ClassVar[str]
    """The name in packs, tables and files; also the name of the type's folder."""

    parts: ClassVar[str]
    """The field of the content that holds the parts which `order_for` puts in order; "" if there are none."""

    scored: ClassVar[bool] = True
    """False for what is asked without being judged: it has no part in totals, statistics or reports on a pupil."""

    continues: ClassVar[bool] = False
    """True where what was answered first goes on counting: every save is asked for as `continued` from what stands."""

    @abstractmethod
    def check(self, content: Content) -> tuple[Problem, ...]:
        """Everything that keeps this content from being an item of this type; never raises."""

    @abstractmethod
    def read(self, content: Content, form: FormData, prefix: str) -> dict[str, Any] | None:
        """The answer that a plain form post carries under `prefix`, not yet checked; None if nothing was answered."""

    @abstractmethod
    def accept(self, content: Content, value: object) -> Response | None:
        """The answer to store from the client's JSON; None if it says nothing. Raises BadAnswer."""

    @abstractmethod
    def score(self, content: Content, response: Response | None) -> Score:
        """What the answer is worth."""

    @abstractmethod
    def key(self, content: Content) -> Response:
        """The answer that is worth everything."""

    @abstractmethod
    def feedback(self, content: Content, response: Response | None) -> Feedback:
        """What to tell the pupil about each part."""

    @abstractmethod
    def answer_text(self, content: Content, response: Response | None) -> Text:
        """The answer in one line of words, for tables and exports; empty words if nothing was answered."""

    @abstractmethod
    def guess(self, content: Content) -> Fraction | None:
        """The fraction that blind guessing earns on average; None where it is not known."""

    def rubric(self, content: Content) -> Rubric:
        """By what a person marks the part of the answer in the pupil's own words; () if nobody has to."""
        return ()

    def written(self, response: Response) -> str:
        """The pupil's own words that a person has to read; "" if there is nothing to mark."""
        return ""

    def marked(self, content: Content, response: Response | None, marks: Marks | None) -> Score:
        """What the answer is worth with the marks that a person gave; None: not marked yet, as `score` has it."""
        return self.score(content, response)

    def parse(self, content: Content, form: FormData, prefix: str) -> Response | None:
        """The answer to store from a plain form post; None if nothing was answered. Raises BadAnswer."""
        return self.accept(content, self.read(content, form, prefix))

    def order_for(self, content: Content, seed: str | int) -> tuple[str, ...]:
        """The ids of the parts in the order in which the pupil with this seed sees them; () if nothing is shuffled."""
        return ()

    def continued(self, stored: Response | None, posted: Response | None) -> Response | None:
        """The answer to store when this one arrives while that one stands on the server."""
        return posted

    def scene(self, content: Content, response: Response | None, order: tuple[str, ...]) -> Mapping[str, Any]:
        """What the type's own templates draw beside the content, worked out from it and from the answer."""
        return {}

    def form_value(self, content: Content, part_id: str) -> str:
        """What stands for a part in the pupil's page, where its own id could tell the answer."""
        return part_id

    def misconceptions(self, content: Content, response: Response | None) -> frozenset[str]:
        """The ids of the misconceptions that this answer shows."""
        return frozenset()

    def named_misconceptions(self, content: Content) -> frozenset[str]:
        """The ids of all misconceptions that some wrong answer to this item would show."""
        return frozenset()
