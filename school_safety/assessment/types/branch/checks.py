"""What a story must be before pupils walk through it: no circles, no dead ends, nothing out of reach."""

from collections.abc import Mapping
from typing import Any

from school_safety.assessment.rules import Inspection, Located, ProblemCode, exact
from school_safety.assessment.types.branch.story import OUTCOME, Worth, choices_of

MODES = ("path", OUTCOME)
LONGEST = 12
_MOST_NODES, _MOST_LINES = 40, 6


def check_story(inspection: Inspection) -> None:
    """Note what is wrong with each node, and then with the story as a whole."""
    content = inspection.content
    nodes = inspection.parts("nodes", least=2, most=_MOST_NODES, required=("says",), optional=("choices", "end"))
    known = {node["id"] for _, node in nodes}
    for located in nodes:
        _check_node(inspection, located, known)
    if not isinstance(content.get("start", ""), str) or content.get("start", "") not in known:
        inspection.note(ProblemCode.UNKNOWN_ID, "start")
    if not inspection.problems:
        _check_whole(inspection, {node["id"]: index for index, node in nodes})


def _check_node(inspection: Inspection, located: Located, known: set[str]) -> None:
    index, node = located
    path = ("nodes", index)
    _check_says(inspection, node, path)
    if ("choices" in node) == ("end" in node):
        inspection.note(ProblemCode.END_OR_CHOICES, *path)
    choices = inspection.inner(
        node,
        path,
        "choices",
        least=2,
        most=4,
        required=("text", "to", "feedback"),
        optional=("score", "misconception"),
    )
    for place, choice in choices:
        _check_choice(inspection, choice, (*path, "choices", place), known)
    if "end" in node:
        _check_end(inspection, node["end"], (*path, "end"))


def _check_says(inspection: Inspection, node: Mapping[str, Any], path: tuple[str | int, ...]) -> None:
    lines = node.get("says")
    if not isinstance(lines, list):
        if "says" in node:
            inspection.note(ProblemCode.WRONG_SHAPE, *path, "says")
        return
    if not lines:
        inspection.note(ProblemCode.TOO_FEW_PARTS, *path, "says")
    if len(lines) > _MOST_LINES:
        inspection.note(ProblemCode.TOO_MANY_PARTS, *path, "says")
    for index, line in enumerate(lines):
        if not isinstance(line, Mapping):
            inspection.note(ProblemCode.WRONG_SHAPE, *path, "says", index)
            continue
        inspection.fields(line, (*path, "says", index), required=("text",), optional=("who",))
        inspection.texts(line, (*path, "says", index), "who", "text")


def _check_choice(
    inspection: Inspection, choice: Mapping[str, Any], path: tuple[str | int, ...], known: set[str]
) -> None:
    inspection.texts(choice, path, "text", "feedback")
    inspection.code(choice, path, "misconception")
    if "to" in choice and (not isinstance(choice["to"], str) or choice["to"] not in known):
        inspection.note(ProblemCode.UNKNOWN_ID, *path, "to")
    score = choice.get("score", 0)
    if not isinstance(score, int) or isinstance(score, bool) or score < 0:
        inspection.note(ProblemCode.BAD_WEIGHT, *path, "score")
    elif "score" not in choice and inspection.content.get("mode") != OUTCOME:
        inspection.note(ProblemCode.MISSING_FIELD, *path, "score")


def _check_end(inspection: Inspection, end: object, path: tuple[str | int, ...]) -> None:
    if not isinstance(end, Mapping):
        inspection.note(ProblemCode.WRONG_SHAPE, *path)
        return
    by_outcome = inspection.content.get("mode") == OUTCOME
    inspection.fields(
        end,
        path,
        required=("text", "help", "value") if by_outcome else ("text", "help"),
        optional=("value",),
    )
    inspection.texts(end, path, "text", "help")
    value = exact(end.get("value", 0))
    if value is None or not 0 <= value <= 1:
        inspection.note(ProblemCode.BAD_WEIGHT, *path, "value")


def _check_whole(inspection: Inspection, places: Mapping[str, int]) -> None:
    """No circles, everything in reach of the start, at most LONGEST steps, something to earn, something to lose."""
    content = inspection.content
    nodes = {node["id"]: node for node in content["nodes"]}
    depth: dict[str, int] = {}
    circle = _deepest(content["start"], nodes, depth, ())
    if circle is not None:
        inspection.note(ProblemCode.CYCLE, "nodes", places[circle])
        return
    for name in nodes.keys() - depth.keys():
        inspection.note(ProblemCode.UNREACHABLE, "nodes", places[name])
    if depth[content["start"]] > LONGEST:
        inspection.note(ProblemCode.TOO_MANY_STEPS, "nodes")
    worth = Worth(content)
    if worth.most == 0:
        inspection.note(ProblemCode.BAD_BOUNDS, "nodes")
        return
    if worth.by_outcome and worth.most != 1:
        inspection.note(ProblemCode.NO_KEY, "nodes")
    for name in depth:
        for place, choice in enumerate(choices_of(nodes[name])):
            if "misconception" in choice and worth.judge(nodes[name], choice) == 1:
                inspection.note(
                    ProblemCode.MISCONCEPTION_ON_KEY, "nodes", places[name], "choices", place, "misconception"
                )


def _deepest(
    name: str, nodes: Mapping[str, Mapping[str, Any]], depth: dict[str, int], above: tuple[str, ...]
) -> str | None:
    """Measure the longest way from a node to an end; the name of a node that leads back to itself, if there is one."""
    if name in above:
        return name
    if name in depth:
        return None
    longest = 0
    for choice in choices_of(nodes[name]):
        circle = _deepest(choice["to"], nodes, depth, (*above, name))
        if circle is not None:
            return circle
        longest = max(longest, depth[choice["to"]] + 1)
    depth[name] = longest
    return None
