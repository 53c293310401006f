"""What a message must be before pupils look for its warning signs."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from school_safety.assessment.rules import Inspection, Located, ProblemCode, exact

KINDS = ("sms", "chat", "mail", "web")
ROLES = ("sender", "address", "subject", "time", "text", "link", "button")
PHISH, GENUINE = "phish", "genuine"
WEIGHTS = {"verdict": Fraction(2, 5), "flags": Fraction(2, 5), "action": Fraction(1, 5)}

_LEAST_TICKABLE, _MOST_TICKABLE, _MOST_SPANS = 3, 12, 40


def check_message(inspection: Inspection) -> None:
    """Note what is wrong with the message, its warning signs, the verdict, the actions and the weights."""
    known = _check_screen(inspection)
    _check_flags(inspection, known)
    content = inspection.content
    if content.get("verdict", PHISH) not in (PHISH, GENUINE):
        inspection.note(ProblemCode.UNKNOWN_MODE, "verdict")
    elif isinstance(content.get("flags"), list) and (content.get("verdict") == PHISH) != bool(content["flags"]):
        inspection.note(ProblemCode.FLAGS_AND_VERDICT, "flags")
    inspection.code(content, (), "verdict_misconception")
    _check_actions(inspection)
    _check_weights(inspection)


def _check_screen(inspection: Inspection) -> frozenset[str]:
    """The ids of the spans that can be ticked."""
    screen = inspection.content.get("screen")
    if not isinstance(screen, Mapping):
        if "screen" in inspection.content:
            inspection.note(ProblemCode.WRONG_SHAPE, "screen")
        return frozenset()
    inspection.fields(screen, ("screen",), required=("kind", "spans"), optional=())
    if screen.get("kind", KINDS[0]) not in KINDS:
        inspection.note(ProblemCode.UNKNOWN_MODE, "screen", "kind")
    spans = inspection.inner(
        screen,
        ("screen",),
        "spans",
        least=_LEAST_TICKABLE,
        most=_MOST_SPANS,
        required=("role", "text"),
        optional=("feedback",),
        named=False,
    )
    for index, span in spans:
        path = ("screen", "spans", index)
        inspection.texts(span, path, "text", "feedback")
        if span.get("role", ROLES[0]) not in ROLES:
            inspection.note(ProblemCode.UNKNOWN_MODE, *path, "role")
    known = frozenset(span["id"] for _, span in spans if "id" in span)
    if spans and len(known) < _LEAST_TICKABLE:
        inspection.note(ProblemCode.TOO_FEW_PARTS, "screen", "spans")
    if len(known) > _MOST_TICKABLE:
        inspection.note(ProblemCode.TOO_MANY_PARTS, "screen", "spans")
    return known


def _check_flags(inspection: Inspection, known: frozenset[str]) -> None:
    flags = inspection.parts("flags", least=0, most=_MOST_TICKABLE, required=("why",), optional=("act",))
    for index, flag in flags:
        inspection.texts(flag, ("flags", index), "why", "act")
        if flag["id"] not in known:
            inspection.note(ProblemCode.UNKNOWN_ID, "flags", index, "id")


def weight_of(action: Mapping[str, Any]) -> Fraction:
    """What this action earns of its share, in [0, 1]."""
    return exact(action.get("weight", 0)) or Fraction(0)


def _check_actions(inspection: Inspection) -> None:
    actions = inspection.parts(
        "actions", least=2, most=4, required=("text",), optional=("weight", "feedback", "misconception")
    )
    for located in actions:
        _check_action(inspection, located)
    if actions and sum(weight_of(action) == 1 for _, action in actions) != 1:
        inspection.note(ProblemCode.NOT_ONE_KEY, "actions")


def _check_action(inspection: Inspection, located: Located) -> None:
    index, action = located
    path = ("actions", index)
    inspection.texts(action, path, "text", "feedback")
    inspection.code(action, path, "misconception")
    weight = exact(action.get("weight", 0))
    if weight is None or not 0 <= weight <= 1:
        inspection.note(ProblemCode.BAD_WEIGHT, *path, "weight")
    elif weight == 1 and "misconception" in action:
        inspection.note(ProblemCode.MISCONCEPTION_ON_KEY, *path, "misconception")
    elif weight < 1 and "feedback" not in action:
        inspection.note(ProblemCode.NO_FEEDBACK, *path)


def _check_weights(inspection: Inspection) -> None:
    if "weights" not in inspection.content:
        return
    given = inspection.content["weights"]
    if not isinstance(given, Mapping):
        inspection.note(ProblemCode.WRONG_SHAPE, "weights")
        return
    inspection.fields(given, ("weights",), required=tuple(WEIGHTS), optional=())
    weights = [exact(given.get(name)) for name in WEIGHTS]
    if any(weight is None or not 0 <= weight <= 1 for weight in weights):
        inspection.note(ProblemCode.BAD_WEIGHT, "weights")
    elif sum(weight for weight in weights if weight is not None) != 1:
        inspection.note(ProblemCode.WEIGHTS_NOT_ONE, "weights")
