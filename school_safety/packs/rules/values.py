"""The values that checking works with: a pack as plain data, the findings about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from school_safety.kit.markdown import Outline

Path: TypeAlias = tuple[str | int, ...]
Text: TypeAlias = Mapping[str, str]

LANGUAGES = ("vi", "en")
LESSON, ITEMS, OUTREACH = "lesson.yaml", "items.yaml", "outreach.yaml"
READING, TEACHER = "reading", "teacher"
PROSE_FILES = tuple(f"{name}.{language}.md" for name in (READING, TEACHER) for language in LANGUAGES)
UNWRITTEN = ("(viết ở đây)", "(write here)")
"""What stands in a new folder where an author has yet to write."""
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


class Severity(StrEnum):
    """Whether a finding keeps the pack out, or only wants a look."""

    ERROR = "error"
    WARNING = "warning"


class FindingCode(StrEnum):
    """What can be wrong with a pack, beside what is wrong inside one item (`assessment.rules.ProblemCode`)."""

    MISSING_FILE = "missing_file"
    UNEXPECTED_FILE = "unexpected_file"
    NOT_UTF8 = "not_utf8"
    BAD_YAML = "bad_yaml"
    DUPLICATE_KEY = "duplicate_key"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_SHAPE = "wrong_shape"
    MISSING_LANGUAGE = "missing_language"
    NOT_NFC = "not_nfc"
    UNWRITTEN = "unwritten"
    WRONG_FOLDER = "wrong_folder"
    CODE_MISMATCH = "code_mismatch"
    FOREIGN_ELEMENTS = "foreign_elements"
    MINUTES_SUM = "minutes_sum"
    FLOW_PHASES = "flow_phases"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_OBJECTIVE = "unknown_objective"
    OBJECTIVE_TESTED_ONCE = "objective_tested_once"
    UNKNOWN_MISCONCEPTION = "unknown_misconception"
    UNUSED_MISCONCEPTION = "unused_misconception"
    UNUSED_OPTION = "unused_option"
    UNKNOWN_CONTACT = "unknown_contact"
    UNCONFIRMED_CONTACT = "unconfirmed_contact"
    STALE_CONTACT = "stale_contact"
    STALE_REVIEW = "stale_review"
    REVIEW_OVERDUE = "review_overdue"
    REVIEW_DATES = "review_dates"
    MISSING_MEDIA = "missing_media"
    UNLISTED_MEDIA = "unlisted_media"
    BAD_MEDIA = "bad_media"
    UNSAFE_MEDIA = "unsafe_media"
    RAW_HTML = "raw_html"
    REMOTE_LINK = "remote_link"
    UNKNOWN_BOX = "unknown_box"
    EMPTY_TEXT = "empty_text"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    LONG_SENTENCES = "long_sentences"
    TRANSLATION_LENGTH = "translation_length"
    SPOKEN_DIGITS = "spoken_digits"
    SPOKEN_LINK = "spoken_link"
    SMS_DIACRITIC = "sms_diacritic"
    SMS_PARTS = "sms_parts"
    DENIED_NAME = "denied_name"
    DENIED_NUMBER = "denied_number"
    UNKNOWN_TYPE = "unknown_type"
    ITEM_CODE = "item_code"
    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_TYPES = "too_few_types"
    FORM_WITHOUT_SET = "form_without_set"
    LONGEST_KEY = "longest_key"
    KEY_SAME_PLACE = "key_same_place"
    SET_UNBALANCED = "set_unbalanced"
    MESSAGES_UNBALANCED = "messages_unbalanced"


WARNINGS = frozenset({FindingCode.STALE_CONTACT, FindingCode.STALE_REVIEW, FindingCode.REVIEW_OVERDUE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a pack: a stable code, the file, and the place in it (a path into the YAML, or a line)."""

    code: str
    file: str
    path: Path = ()
    line: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """A date that has grown old is a warning; all else is an error."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of `media/`: its bytes' own kind (None: neither SVG nor PNG), the lines that could do harm, its words."""

    kind: str | None
    unsafe_lines: tuple[int, ...]
    sha256: str
    words: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """What the checker must know of a telephone number or address that lessons name."""

    checked_on: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """A lesson folder whose shape is right: `folder` ends in `<strand folder>/<code>`, texts are `{vi, en}`."""

    folder: str
    lesson: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    outreach: Mapping[str, Any]
    prose: Mapping[str, str]
    outlines: Mapping[str, "Outline"]
    text_outlines: Sequence[tuple[str, Path, "Outline"]]
    media: Mapping[str, MediaFile]

    @property
    def code(self) -> str:
        """The lesson's code, such as `OS-06-01`."""
        return str(self.lesson["code"])


def content_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an item that belongs to its type: stem, feedback and the type's own fields."""
    return {name: value for name, value in item.items() if name not in ITEM_FRAME}


ITEM_FRAME = ("id", "type", "use", "objective", "points")
