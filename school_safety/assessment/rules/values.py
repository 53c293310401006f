"""The values that scoring works with: problems of a content, parts, scores and feedback."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

Text: TypeAlias = Mapping[str, str]
"""One sentence in both languages: `{"vi": …, "en": …}`."""

Content: TypeAlias = Mapping[str, Any]
"""The frozen JSON of one item: `stem`, `feedback` and the type's own part."""

Response: TypeAlias = dict[str, Any]
"""The JSON of one answer as it is stored; its shape belongs to the item type."""

_WRONG_BELOW = Fraction(1, 10**6)
_RIGHT_ABOVE = 1 - _WRONG_BELOW


class ProblemCode(StrEnum):
    """Why a content may not become an item."""

    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_SHAPE = "wrong_shape"
    MISSING_LANGUAGE = "missing_language"
    NOT_NFC = "not_nfc"
    BAD_ID = "bad_id"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_ID = "unknown_id"
    TOO_FEW_PARTS = "too_few_parts"
    TOO_MANY_PARTS = "too_many_parts"
    BAD_WEIGHT = "bad_weight"
    KEY_AND_WEIGHT = "key_and_weight"
    NOT_ONE_KEY = "not_one_key"
    NO_KEY = "no_key"
    NO_DISTRACTOR = "no_distractor"
    WEIGHTS_NOT_ONE = "weights_not_one"
    NO_FEEDBACK = "no_feedback"
    MISCONCEPTION_ON_KEY = "misconception_on_key"
    BAD_BOUNDS = "bad_bounds"
    UNKNOWN_MODE = "unknown_mode"
    TOO_FEW_OF_A_KIND = "too_few_of_a_kind"
    UNBALANCED = "unbalanced"
    BAD_DATE = "bad_date"
    FLAGS_AND_VERDICT = "flags_and_verdict"
    END_OR_CHOICES = "end_or_choices"
    CYCLE = "cycle"
    UNREACHABLE = "unreachable"
    TOO_MANY_STEPS = "too_many_steps"
    NOTHING_UNSAFE = "nothing_unsafe"
    WRONG_PAGES = "wrong_pages"
    EVIDENCE_PLACE = "evidence_place"
    BAD_LEVELS = "bad_levels"
    GAP_MISMATCH = "gap_mismatch"
    EMPTY_PATTERN = "empty_pattern"
    BAD_WORDS = "bad_words"
    OPEN_AND_OPTIONS = "open_and_options"
    DENIED_NAME = "denied_name"
    DENIED_NUMBER = "denied_number"
    UNUSED_OPTION = "unused_option"
    LONGEST_KEY = "longest_key"
    KEY_SAME_PLACE = "key_same_place"
    SET_UNBALANCED = "set_unbalanced"
    MESSAGES_UNBALANCED = "messages_unbalanced"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a content: its code, the path to it (`("options", 2, "text", "en")`), and what its words name."""

    code: ProblemCode
    path: tuple[str | int, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


class BadAnswer(ValueError):
    """The client sent something that is no answer to this item: a wrong shape, or an id that the item does not have."""


class State(StrEnum):
    """The word for a score: right, partly right, wrong, no answer given, or not yet marked (both apart from wrong)."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    GAVEUP = "gaveup"
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Part:
    """One separately judged part of an answer (a stem, a headline, a ticked option); `fraction` in [0, 1]."""

    id: str
    fraction: Fraction

    @property
    def state(self) -> State:
        """Right, partly right or wrong."""
        return state_of(self.fraction)


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth: `fraction` in [0, 1] of the item's points, exact; the mark is fraction × points."""

    fraction: Fraction
    parts: tuple[Part, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Note:
    """What a pupil is told about one part: was it `chosen`, is it `state` (None: nothing to judge), and why."""

    id: str
    chosen: bool
    state: State | None
    text: Text | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a pupil is told about an answer: about each part, and in general."""

    notes: tuple[Note, ...]
    general: Text | None

    def note(self, part_id: str) -> Note | None:
        """The note about one part, if there is one."""
        return next((note for note in self.notes if note.id == part_id), None)


def state_of(fraction: Fraction) -> State:
    """Wrong below one millionth, right above 0.999999, else partly right (Moodle question/engine/states.php:212)."""
    if fraction < _WRONG_BELOW:
        return State.WRONG
    return State.RIGHT if fraction > _RIGHT_ABOVE else State.PARTIAL


def score_of(fraction: Fraction, parts: Iterable[Part] = ()) -> Score:
    """The score of an answer that was given; the fraction is clipped to [0, 1]."""
    clipped = min(Fraction(1), max(Fraction(0), fraction))
    return Score(clipped, tuple(parts), state_of(clipped))


def gave_up() -> Score:
    """The score of an item left empty: nothing, and not the same as wrong."""
    return Score(Fraction(0), (), State.GAVEUP)
