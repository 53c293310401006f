"""The checks that the contents of all item types share, and the exact reading of weights."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules.values import Content, Problem, ProblemCode

LANGUAGES = ("vi", "en")
ID_PATTERN = re.compile(r"[A-Za-z0-9_]{1,32}")
"""Ids of parts: they go into names of form fields and of HTML ids."""

FRAME = frozenset({"stem", "feedback"})
_SNAP = Fraction(1, 10**5)
_LARGEST_DENOMINATOR = 60

Path = tuple[str | int, ...]
Located = tuple[int, Mapping[str, Any]]
"""A part of a content and its place in the list it stands in."""


def exact(value: object) -> Fraction | None:
    """A weight as an exact rational, or None if it is no number.

    Decimals as other systems export them (33.33333 %) are snapped to the small fraction they stand for when it
    is within 1e-5 (Moodle lib/questionlib.php:191 does the same).
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
    near = number.limit_denominator(_LARGEST_DENOMINATOR)
    return near if abs(near - number) <= _SNAP else number


def is_text(value: object) -> bool:
    """Whether the value is a sentence in both languages, none of them empty, in NFC."""
    inspection = Inspection({})
    inspection.text(value, ())
    return not inspection.problems


class Inspection:
    """A walk through one content that collects what is wrong with it."""

    def __init__(self, content: Content) -> None:
        """Begin with nothing found in `content`."""
        self.content = content
        self._found: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found so far, in the order of the walk."""
        return tuple(self._found)

    def note(self, code: ProblemCode, *path: str | int) -> None:
        """Record one problem."""
        self._found.append(Problem(code, path))

    def frame(self, *, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """The fields of the content itself: the stem, the general feedback and the type's own."""
        self.fields(self.content, (), required=("stem", *required), optional=("feedback", *optional))
        for name in FRAME & self.content.keys():
            self.text(self.content[name], (name,))

    def fields(self, part: Mapping[str, Any], path: Path, *, required: Sequence[str], optional: Sequence[str]) -> None:
        """Every required field is there, and no other than the known ones."""
        for name in required:
            if name not in part:
                self.note(ProblemCode.MISSING_FIELD, *path, name)
        for name in part:
            if name not in required and name not in optional:
                self.note(ProblemCode.UNKNOWN_FIELD, *path, str(name))

    def text(self, value: object, path: Path) -> None:
        """A sentence in both languages, none empty, in NFC, and nothing else."""
        if not isinstance(value, Mapping):
            self.note(ProblemCode.WRONG_SHAPE, *path)
            return
        for language in LANGUAGES:
            words = value.get(language)
            if not isinstance(words, str) or not words.strip():
                self.note(ProblemCode.MISSING_LANGUAGE, *path, language)
            elif not unicodedata.is_normalized("NFC", words):
                self.note(ProblemCode.NOT_NFC, *path, language)
        for language in value:
            if language not in LANGUAGES:
                self.note(ProblemCode.UNKNOWN_FIELD, *path, str(language))

    def texts(self, part: Mapping[str, Any], path: Path, *names: str) -> None:
        """Each named field of the part that is there is a sentence in both languages."""
        for name in names:
            if name in part:
                self.text(part[name], (*path, name))

    def parts(
        self,
        name: str,
        *,
        least: int,
        most: int,
        required: Sequence[str],
        optional: Sequence[str] = (),
    ) -> tuple[Located, ...]:
        """The parts under `name` with their places, each a mapping with an id of its own; others are left out."""
        return self.inner(self.content, (), name, least=least, most=most, required=required, optional=optional)

    def inner(
        self,
        holder: Mapping[str, Any],
        path: Path,
        name: str,
        *,
        least: int,
        most: int,
        required: Sequence[str],
        optional: Sequence[str] = (),
        named: bool = True,
    ) -> tuple[Located, ...]:
        """The parts under `name` of a part that stands at `path`; where not `named`, the id may be missing."""
        value = holder.get(name)
        if not isinstance(value, list):
            if name in holder:
                self.note(ProblemCode.WRONG_SHAPE, *path, name)
            return ()
        if len(value) < least:
            self.note(ProblemCode.TOO_FEW_PARTS, *path, name)
        if len(value) > most:
            self.note(ProblemCode.TOO_MANY_PARTS, *path, name)
        good = tuple(self._whole((*path, name), value, named=named))
        needed, allowed = (("id", *required), optional) if named else (required, ("id", *optional))
        for index, part in good:
            self.fields(part, (*path, name, index), required=needed, optional=allowed)
        return good

    def _whole(self, path: Path, value: list[Any], *, named: bool) -> Iterator[Located]:
        seen: set[str] = set()
        for index, part in enumerate(value):
            if not isinstance(part, Mapping):
                self.note(ProblemCode.WRONG_SHAPE, *path, index)
                continue
            if not named and "id" not in part:
                yield index, part
                continue
            part_id = part.get("id")
            if not isinstance(part_id, str) or not ID_PATTERN.fullmatch(part_id):
                self.note(ProblemCode.BAD_ID, *path, index, "id")
                continue
            if part_id in seen:
                self.note(ProblemCode.DUPLICATE_ID, *path, index, "id")
            seen.add(part_id)
            yield index, part

    def code(self, part: Mapping[str, Any], path: Path, *names: str) -> None:
        """Each named field of the part that is there is a word in one language, such as a misconception's id."""
        for name in names:
            if not isinstance(part.get(name, ""), str):
                self.note(ProblemCode.WRONG_SHAPE, *path, name)

    def mode(self, *known: str) -> None:
        """The mode, when one is named, is one of the known."""
        if "mode" in self.content and self.content["mode"] not in known:
            self.note(ProblemCode.UNKNOWN_MODE, "mode")

    def flag(self, *names: str) -> None:
        """Each named field that is there is true or false."""
        for name in names:
            if not isinstance(self.content.get(name, False), bool):
                self.note(ProblemCode.WRONG_SHAPE, name)
