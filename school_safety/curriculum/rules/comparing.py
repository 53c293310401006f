"""What differs between two contents of a lesson: part by part, line by line, word by word, for people to read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple[Place, str | None]

LANGUAGES = ("vi", "en")
CONTEXT_LINES = 1
LEAST_LIKENESS = 0.45
"""Share of equal words from which two lines are one line that was changed; below, one went and another came."""
LEAST_ANCHOR = 2
"""Words that two changes must have between them to be told apart; fewer would break a sentence into crumbs."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LISTS = {"objectives": ("text",), "misconceptions": ("text", "correction", "reteach")}
_STEPS = ("goal", "content", "product", "steps")
_VALUES = ("grades", "elements", "minutes", "sensitivity")
_LATER_VALUES = ("contacts", "licence", "review_due")
_KIT = ("family", "leaflet", "loudspeaker", "led", "zalo", "sms")


class Sign(StrEnum):
    """What became of a line or of words in it."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class LessonBody:
    """All that a lesson says, as plain values: lesson.yaml, reading and teacher's notes by language, outreach kit."""

    lesson: Mapping[str, Any]
    reading: Mapping[str, str]
    teacher: Mapping[str, str]
    outreach: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row with one fate."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text; a changed one has words of both; a skipped one stands for `count` lines that are the same."""

    sign: Sign
    runs: tuple[Run, ...] = ()
    count: int = 1

    @property
    def text(self) -> str:
        """All its words in a row."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Difference:
    """One text of a lesson that is not the same: where it stands, in which language (None: in no language), its lines.

    The place is such as `("reading",)`, `("objectives", "O1", "text")` or `("flow", "opening", "steps")`.
    """

    place: Place
    language: str | None
    lines: tuple[Line, ...]

    @property
    def sign(self) -> Sign:
        """Whether the whole text came, went, or was changed."""
        signs = {line.sign for line in self.lines}
        return signs.pop() if len(signs) == 1 else Sign.CHANGED


def bilingual(text: Mapping[str, str] | str) -> dict[str, str]:
    """A text by language; a plain string, as older lessons have their claims, is Vietnamese."""
    return {"vi": text} if isinstance(text, str) else dict(text)


def compare_lessons(old: LessonBody, new: LessonBody) -> tuple[Difference, ...]:
    """Every text that is not the same in both, in the order of the lesson; spacing and mere order do not count."""
    before, after = dict(_texts(old)), dict(_texts(new))
    found: list[Difference] = []
    for key in _in_order(list(before), list(after)):
        lines = compare_texts(before.get(key, ""), after.get(key, ""))
        if any(line.sign is not Sign.SAME for line in lines):
            found.append(Difference(*key, folded(lines)))
    return tuple(found)


def _in_order(before: Sequence[Key], after: Sequence[Key]) -> Iterator[Key]:
    """The keys of both: as they stand now, with what is gone where it stood."""
    kept, waiting = set(after), list(before)
    for key in after:
        if key in waiting:
            at = waiting.index(key)
            yield from (gone for gone in waiting[:at] if gone not in kept)
            waiting = [one for one in waiting[:at] if one in kept] + waiting[at + 1 :]
        yield key
    yield from (gone for gone in waiting if gone not in kept)


# ---- A lesson as texts with places ----


def _texts(body: LessonBody) -> Iterator[tuple[Key, str]]:
    lesson = body.lesson
    for name in ("title", "summary"):
        yield from _both((name,), lesson.get(name))
    yield from _plain(lesson, _VALUES)
    for name, fields in _LISTS.items():
        for one in lesson.get(name, ()):
            for field in fields:
                yield from _both((name, one["id"], field), one.get(field))
    for step in lesson.get("flow", ()):
        yield (("flow", step["phase"], "minutes"), None), str(step["minutes"])
        for field in _STEPS:
            yield from _both(("flow", step["phase"], field), step.get(field))
    yield from _both(("reading",), body.reading)
    for word in lesson.get("vocabulary", ()):
        for field in ("term", "meaning"):
            yield from _both(("vocabulary", word["term"]["vi"], field), word.get(field))
    yield from _both(("teacher",), body.teacher)
    yield from _kit(body.outreach)
    yield from _pointers(lesson)


def _kit(outreach: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    for name in _KIT:
        yield from _both((name,), outreach.get(name))
    for field in ("subject", "body"):
        yield from _both(("email", field), outreach.get("email", {}).get(field))


def _pointers(lesson: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    for medium in lesson.get("media", ()):
        yield from _both(("media", medium["file"]), medium["alt"])
    for language in LANGUAGES:
        yield (("sources",), language), "\n".join(_source(one, language) for one in lesson.get("sources", ()))
    yield from _plain(lesson, _LATER_VALUES)


def _source(one: Mapping[str, Any], language: str) -> str:
    claim = bilingual(one["claim"]).get(language, "")
    return f"{claim} {one['title']}, {one['publisher']}, {one['year']}."


def _both(place: Place, text: Mapping[str, str] | None) -> Iterator[tuple[Key, str]]:
    for language in LANGUAGES:
        yield (place, language), (text or {}).get(language, "")


def _plain(lesson: Mapping[str, Any], names: Iterable[str]) -> Iterator[tuple[Key, str]]:
    for name in names:
        value = lesson.get(name, "")
        yield ((name,), None), "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


# ---- Two texts ----


def compare_texts(old: str, new: str) -> tuple[Line, ...]:
    """The lines of two texts side by side: same, added, removed, or changed with the words of both."""
    before, after = _lines(old), _lines(new)
    found: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(Sign.SAME, text) for text in after[k:m]]
        else:
            found += _replaced(before[i:j], after[k:m])
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _whole(sign: Sign, text: str) -> Line:
    return Line(sign, (Run(sign, text),))


def _replaced(before: list[str], after: list[str]) -> Iterator[Line]:
    """Pair each new line with the next old one that is like it; what finds no partner came or went."""
    left = came = 0
    for at, text in enumerate(after):
        like = next((one for one in range(left, len(before)) if _likeness(before[one], text) >= LEAST_LIKENESS), None)
        if like is not None:
            yield from _unlike(before[left:like], after[came:at])
            yield Line(Sign.CHANGED, _runs(before[like], text))
            left, came = like + 1, at + 1
    yield from _unlike(before[left:], after[came:])


def _unlike(gone: list[str], new: list[str]) -> Iterator[Line]:
    yield from (_whole(Sign.REMOVED, text) for text in gone)
    yield from (_whole(Sign.ADDED, text) for text in new)


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _runs(old: str, new: str) -> tuple[Run, ...]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[tuple[str, str]] = []
    """Old and new words, equal where nothing changed; neighbours that changed are one piece."""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(opcodes):
        gone, came = "".join(before[i:j]), "".join(after[k:m])
        inside = 0 < number < len(opcodes) - 1
        same = tag == "equal" and not (inside and _is_crumb(after[k:m]))
        if pieces and not same and pieces[-1][0] != pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + gone, pieces[-1][1] + came)
        else:
            pieces.append((gone, came))
    return tuple(run for piece in pieces for run in _piece(*piece))


def _is_crumb(tokens: Sequence[str]) -> bool:
    return sum(token[0].isalnum() for token in tokens) < LEAST_ANCHOR


def _piece(gone: str, came: str) -> Iterator[Run]:
    if gone == came:
        yield Run(Sign.SAME, gone)
        return
    if gone:
        yield Run(Sign.REMOVED, gone)
    if came:
        yield Run(Sign.ADDED, came)


def folded(lines: Sequence[Line], context: int = CONTEXT_LINES) -> tuple[Line, ...]:
    """The lines without those that are the same and far from any change; a skipped line says how many."""
    changed = [at for at, line in enumerate(lines) if line.sign is not Sign.SAME]
    shown = {at + step for at in changed for step in range(-context, context + 1)}
    found: list[Line] = []
    for is_shown, group in groupby(enumerate(lines), key=lambda pair: pair[0] in shown):
        members = [line for _, line in group]
        found += members if is_shown or len(members) == 1 else [Line(Sign.SKIPPED, count=len(members))]
    return tuple(found)
