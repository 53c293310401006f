"""What the page of an editor draws: the fields of a description with their values, and each problem at its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from school_safety.assessment.rules.authoring.description import Description, parts_at
from school_safety.assessment.rules.authoring.fields import (
    ROOT,
    ByPart,
    Field,
    Group,
    Idea,
    Parts,
    Pick,
    PickPart,
    PickParts,
    said,
    token,
)
from school_safety.assessment.rules.authoring.values import Ticks
from school_safety.assessment.rules.content import LANGUAGES
from school_safety.assessment.rules.values import Content, Text

Choices = tuple[tuple[str, Text], ...]

_LANGUAGE_WORDS = {"vi": said("tiếng Việt", "Vietnamese"), "en": said("tiếng Anh", "English")}


class Fault(Protocol):
    """Something wrong at a place of a content: a problem of an item, a finding of a lesson."""

    @property
    def code(self) -> str:
        """What is wrong."""

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where in the content."""

    @property
    def params(self) -> Mapping[str, Any]:
        """What its words name."""


@dataclass(frozen=True, slots=True)
class Node:
    """One field in the page: its name in the form, where it stands in words, its value and what is inside it."""

    field: Field
    name: str
    where: Text
    value: Any
    choices: Choices = ()
    nodes: "tuple[Node, ...]" = ()
    parts: "tuple[PartNode, ...]" = ()

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return self.value not in (None, "", [], {}, False)


@dataclass(frozen=True, slots=True)
class PartNode:
    """One part of a list in the page."""

    name: str
    where: Text
    label: Text
    id: str
    named: bool
    """Whether it has an id, or will get one; not all parts of some lists do."""
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A problem and where the page tells it."""

    code: str
    name: str
    where: Text
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole editor of one draft."""

    nodes: tuple[Node, ...]
    told: tuple[Told, ...] = field(default=())

    def at(self, name: str) -> list[str]:
        """What is wrong at this place."""
        return list(dict.fromkeys(one.code for one in self.told if one.name == name))

    def told_at(self, name: str) -> list[Told]:
        """The problems at this place, each said once."""
        return list({(one.code, str(one.params)): one for one in self.told if one.name == name}.values())

    def within(self, name: str) -> bool:
        """Whether something is wrong at this place or inside it."""
        return any(one.name == name or one.name.startswith(f"{name}-") for one in self.told)


def draw(description: Description, draft: Content, problems: Sequence[Fault], ideas: Choices = ()) -> Drawing:
    """The editor of a draft; `ideas` are the misconceptions that its lesson knows."""
    nodes = tuple(_nodes(description.fields, draft, ROOT, said("", ""), (draft, ideas)))
    places = dict(_places(nodes))
    return Drawing(nodes, tuple(_told(problem, places, description.whole) for problem in problems))


def _nodes(
    fields: tuple[Field, ...], holder: Content, at: str, where: Text, known: tuple[Content, Choices]
) -> Iterator[Node]:
    for one in fields:
        name, value, place = f"{at}-{one.name}", holder.get(one.name), _joined(where, one.label)
        inner: tuple[Node, ...] = ()
        parts: tuple[PartNode, ...] = ()
        if isinstance(one, Group):
            inner = tuple(_nodes(one.fields, value or {}, name, place, known))
        if isinstance(one, Parts):
            parts = tuple(_part(one, part, f"{name}-{n}", n, (where, known)) for n, part in enumerate(value or []))
        yield Node(one, name, place, value, _choices(one, holder, known), inner, parts)


def _part(parts: Parts, part: Content, name: str, index: int, around: tuple[Text, tuple[Content, Choices]]) -> PartNode:
    outer, known = around
    label = {language: f"{words} {index + 1}" for language, words in parts.one.items()}
    where = _joined(outer, label)
    nodes = tuple(_nodes(parts.fields, part, name, where, known))
    return PartNode(name, where, label, str(part.get("id", "")), "id" in part, nodes)


def _choices(one: Field, holder: Content, known: tuple[Content, Choices]) -> Choices:
    content, ideas = known
    if isinstance(one, Pick):
        return _with_stranger(tuple((token(value), words) for value, words in one.choices), holder.get(one.name))
    if isinstance(one, Ticks):
        return tuple((str(value), words) for value, words in one.choices)
    if isinstance(one, Idea):
        return _with_stranger(ideas, holder.get(one.name))
    if isinstance(one, ByPart):
        return _named(parts_at(one.of, content, holder))
    if isinstance(one, PickPart | PickParts):
        named = _named(parts_at(one.of, content, holder))
        return _with_stranger(named, holder.get(one.name)) if isinstance(one, PickPart) else named
    return ()


def _named(parts: list[Mapping[str, Any]]) -> Choices:
    return tuple((part["id"], _first_words(part, number)) for number, part in enumerate(parts, 1))


def _first_words(part: Mapping[str, Any], number: int) -> Text:
    """The part's number and its words; of a place in a story its first line."""
    lines = part.get("says") or [{}]
    text = part.get("text") or part.get("title") or lines[0].get("text") or {}
    short = {language: _shortened(text.get(language, "") or text.get("vi", "")) for language in LANGUAGES}
    return {language: f"{number}. {words}" if words else f"{number}." for language, words in short.items()}


def _shortened(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def _with_stranger(choices: Choices, value: Any) -> Choices:
    """A value that nothing offers any more is still shown, so that it is not changed unseen."""
    if value is None or token(value) in [name for name, _ in choices]:
        return choices
    return (*choices, (token(value), said(f"{value} (không còn)", f"{value} (gone)")))


def _joined(outer: Text, label: Text) -> Text:
    return {language: f"{outer[language]} › {label[language]}" if outer[language] else label[language]
            for language in LANGUAGES}  # fmt: skip


def _places(nodes: tuple[Node, ...]) -> Iterator[tuple[str, Text]]:
    """The name of everything beside which a problem can be told, with where it stands."""
    for node in nodes:
        yield node.name, node.where
        if node.field.kind == "words":
            for language, words in _LANGUAGE_WORDS.items():
                label = {reader: f"{node.where[reader]} ({words[reader]})" for reader in LANGUAGES}
                yield f"{node.name}-{language}", label
        if isinstance(node.field, ByPart):
            yield from ((f"{node.name}-{part}", _joined(node.where, words)) for part, words in node.choices)
        yield from _places(node.nodes)
        for part in node.parts:
            yield part.name, part.where
            yield from _places(part.nodes)


def _told(problem: Fault, places: Mapping[str, Text], whole: Text) -> Told:
    """A problem at the innermost place of its path that the page shows."""
    steps = [ROOT, *map(str, problem.path)]
    while len(steps) > 1 and "-".join(steps) not in places:
        steps.pop()
    name = "-".join(steps)
    return Told(problem.code, name, places.get(name, whole), problem.params)
