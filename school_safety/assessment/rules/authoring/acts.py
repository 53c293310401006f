"""Adding, removing and moving parts of a draft, as the page's buttons ask for it: `add:c-nodes-0-choices`, `up:…-2`."""

from copy import deepcopy
from typing import Any

from school_safety.assessment.rules.authoring.description import Description, Draft, blank_part
from school_safety.assessment.rules.authoring.fields import ROOT, Field, Group, Parts

Steps = list[str | int]


def acted(description: Description, draft: Draft, act: str) -> tuple[Draft, str]:
    """The draft after one press of a button, and the name of what changed; unknown buttons change nothing."""
    verb, _, name = act.partition(":")
    steps = _steps(name)
    if verb not in ("add", "remove", "up", "down") or not steps:
        return draft, ""
    changed = deepcopy(draft)
    place = _add(description, changed, steps) if verb == "add" else _change(description, changed, steps, verb)
    if place is None:
        return draft, ""
    return description.settled(changed), "-".join([ROOT, *map(str, place)])


def _steps(name: str) -> Steps:
    root, _, rest = name.partition("-")
    steps: Steps = [int(step) if step.isdigit() and step.isascii() else step for step in rest.split("-")]
    return steps if root == ROOT and rest else []


def _add(description: Description, draft: Draft, steps: Steps) -> Steps | None:
    found = _list_at(description.fields, draft, steps)
    if found is None or len(found[1]) >= found[0].most:
        return None
    field, parts = found
    parts.append(blank_part(field))
    return [*steps, len(parts) - 1]


def _change(description: Description, draft: Draft, steps: Steps, verb: str) -> Steps | None:
    *holder, index = steps
    found = _list_at(description.fields, draft, holder)
    if found is None or not isinstance(index, int) or not 0 <= index < len(found[1]):
        return None
    parts = found[1]
    if verb == "remove":
        del parts[index]
        return [*holder, min(index, len(parts) - 1)] if parts else holder
    other = index - 1 if verb == "up" else index + 1
    if 0 <= other < len(parts):
        parts[index], parts[other] = parts[other], parts[index]
        return [*holder, other]
    return steps


def _list_at(fields: tuple[Field, ...], holder: Any, steps: Steps) -> tuple[Parts, list[Draft]] | None:
    """The list that the steps lead to, made where the draft has none yet; None if the type has no such list."""
    name, *rest = steps or [""]
    field = next((field for field in fields if field.name == name), None)
    if isinstance(field, Group):
        return _list_at(field.fields, holder.setdefault(name, {}), rest)
    if not isinstance(field, Parts):
        return None
    parts: list[Draft] = holder.setdefault(name, [])
    if not rest:
        return field, parts
    index, *inner = rest
    if not isinstance(index, int) or not 0 <= index < len(parts):
        return None
    return _list_at(field.fields, parts[index], inner)
