"""YAML whose every value knows the line on which it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from school_safety.packs.rules import FindingCode, Path

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML was built with it: ten times as fast, the same marks."""


MOST_DEPTH = 20

_TRUTHS = frozenset({"true", "false"})
_BOOLEAN = "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values, and the line (from 1) of every value by its path."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value; of the nearest thing around it when the value itself is missing."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


class BadDocument(Exception):
    """The text is no YAML that we read: its code, its line, and why in the parser's words."""

    def __init__(self, code: FindingCode, line: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.line, self.reason = code, line, reason


def read_document(text: str) -> Document:
    """Parse one YAML document; raises BadDocument for broken YAML, repeated keys, aliases and tags of our own."""
    try:
        _check_events(text)
        root = yaml.compose(text, Loader=_LOADER)
        if root is None:
            return Document(None, {(): 1})
        lines: dict[Path, int] = {}
        return Document(_Builder(lines).build(root, ()), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadDocument(FindingCode.BAD_YAML, line, str(error.problem)) from error
    except yaml.YAMLError as error:
        raise BadDocument(FindingCode.BAD_YAML, 1, type(error).__name__) from error


def _check_events(text: str) -> None:
    """Refuse aliases, tags and depths that no lesson has before anything is built: the builder in C recurses."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        reason = "an alias" if isinstance(event, yaml.AliasEvent) else "a tag" if _has_tag(event) else ""
        if depth > MOST_DEPTH:
            reason = f"more than {MOST_DEPTH} levels"
        if reason:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BadDocument(FindingCode.BAD_YAML, line, reason)


def _has_tag(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None


class _Builder:
    """Turns nodes into values: strings trimmed, dates as `yyyy-mm-dd`."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self.lines = lines
        self.scalars = SafeConstructor()

    def build(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(part, (*path, index)) for index, part in enumerate(node.value)]
        return self._scalar(node)

    def _pairs(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        names: set[str] = set()
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            is_word = isinstance(key_node, yaml.ScalarNode) and key_node.tag != _BOOLEAN
            name = self._scalar(key_node) if is_word else None
            if not isinstance(name, str):
                raise BadDocument(FindingCode.BAD_YAML, line, "a key that is no text; put it in quotes")
            if name in names:
                raise BadDocument(FindingCode.DUPLICATE_KEY, line, name)
            names.add(name)
            value = self.build(value_node, (*path, name))
            self.lines[(*path, name)] = line
            yield name, value

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag == _BOOLEAN and node.value.lower() not in _TRUTHS:
            return node.value  # on, off, yes, no: words, as in YAML 1.2
        try:
            value = self.scalars.construct_object(node)
        except ValueError as error:  # such as the 13th month
            raise BadDocument(FindingCode.BAD_YAML, node.start_mark.line + 1, str(error)) from error
        if isinstance(value, date):
            return value.isoformat()
        return value.strip() if isinstance(value, str) else value


def texts_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every string of a document with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts_of(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from texts_of(part, (*path, index))
