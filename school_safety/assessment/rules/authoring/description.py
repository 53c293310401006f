"""The description of a type's content, and the whole way from a form post to a content and back."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from school_safety.assessment.rules.authoring.fields import (
    ROOT,
    ByPart,
    Entries,
    Field,
    Group,
    Of,
    Parts,
    Posted,
    Words,
    read_fields,
    said,
    write_fields,
)
from school_safety.assessment.rules.values import Content, Text

STEM = Words("stem", said("Câu hỏi", "Question"), required=True, long=True)
GENERAL = Words(
    "feedback",
    said("Nhận xét chung", "General feedback"),
    hint=said("Hiện sau khi em trả lời, dù đúng hay chưa đúng.", "Shown after the answer, right or wrong."),
    long=True,
)

Draft = dict[str, Any]
"""A content as it stands while somebody writes it: its shape is right, the rest may be missing."""


def _as_it_is(draft: Draft) -> Draft:
    return draft


@dataclass(frozen=True, slots=True)
class Description:
    """What a content of one type is made of, beside the stem and the general feedback.

    `tidy` puts right what a description cannot say, such as ids that the type fixes. `framed`: with stem and feedback,
    as every item; `whole` is what the content is called.
    """

    own: tuple[Field, ...]
    tidy: Callable[[Draft], Draft] = _as_it_is
    framed: bool = True
    whole: Text = dataclasses.field(default_factory=lambda: said("Cả câu hỏi", "The whole question"), hash=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the page."""
        return (STEM, *self.own, GENERAL) if self.framed else self.own

    def read(self, posted: Posted) -> Draft:
        """The content that a form post carries; new parts get their ids."""
        return self.settled(read_fields(self.fields, posted, ROOT))

    def write(self, content: Content) -> Entries:
        """What the form of this content posts."""
        return write_fields(self.fields, content, ROOT)

    def blank(self) -> Draft:
        """A content to begin with: empty parts, as many as one usually needs."""
        return self.settled(_blank(self.fields))

    def settled(self, draft: Draft) -> Draft:
        """The draft with an id for every new part, and nothing said about parts that are gone."""
        lists = list(_lists(self.fields, draft))
        for field, parts in lists:
            taken = [part["id"] for other, others in lists if _shares(field, other, parts, others) for part in others
                     if part.get("id")]  # fmt: skip
            for part in parts:
                if part.get("id") == "" and field.ids:
                    part["id"] = _new_id(field.ids, taken)
                    taken.append(part["id"])
        _forget(self.fields, draft, draft)
        return self.tidy(draft)


def _shares(field: Parts, other: Parts, parts: list[Draft], others: list[Draft]) -> bool:
    """Ids in letters are unique in their list, others in the whole content."""
    return parts is others if len(field.ids) == 1 and field.ids in "Aa" else field.ids == other.ids


def _new_id(ids: str, taken: list[str]) -> str:
    if ids in ("A", "a"):
        return next(sign for number in range(26) if (sign := chr(ord(ids) + number)) not in taken)
    number = len(taken) + 1
    while f"{ids}{number}" in taken:
        number += 1
    return f"{ids}{number}"


def _lists(fields: tuple[Field, ...], holder: Mapping[str, Any]) -> Iterator[tuple[Parts, list[Draft]]]:
    for field in fields:
        value = holder.get(field.name)
        if isinstance(field, Group) and value is not None:
            yield from _lists(field.fields, value)
        if isinstance(field, Parts) and value is not None:
            yield field, value
            for part in value:
                yield from _lists(field.fields, part)


def _forget(fields: tuple[Field, ...], holder: Draft, content: Draft) -> None:
    """Drop what is said by part about parts that are no longer there."""
    for field in fields:
        value = holder.get(field.name)
        if value is None:
            continue
        if isinstance(field, ByPart):
            known = {part.get("id") for part in parts_at(field.of, content, holder)}
            holder[field.name] = {part: one for part, one in value.items() if part in known}
            if not holder[field.name]:
                del holder[field.name]
        for inner in value if isinstance(field, Parts) else [value] if isinstance(field, Group) else ():
            _forget(field.fields, inner, content)  # type: ignore[attr-defined]  # both kinds have them


def parts_at(of: Of, content: Mapping[str, Any], holder: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parts that a field may pick from, with an id."""
    found: list[Any] = [holder if of[0] == "." else content]
    for step in of[1:] if of[0] == "." else of:
        if step == "*":
            found = [part for one in found for part in one]
        else:
            found = [one[step] for one in found if isinstance(one, Mapping) and step in one]
    return [part for parts in found for part in parts if part.get("id")]


def blank_part(field: Parts) -> Draft:
    """A new part of a list, its id still to be given."""
    own = {"id": ""} if field.ids and field.tick is None else {}
    return {**own, **_blank(field.fields)}


def _blank(fields: tuple[Field, ...]) -> Draft:
    blank: Draft = {}
    for field in fields:
        if isinstance(field, Parts) and (field.start or field.required):
            blank[field.name] = [blank_part(field) for _ in range(field.start)]
        if isinstance(field, Group) and field.required:
            blank[field.name] = _blank(field.fields)
    return blank
