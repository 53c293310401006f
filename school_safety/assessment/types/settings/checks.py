"""What a page of settings must be before pupils make it safe."""

from collections.abc import Mapping, Sequence
from typing import Any

from school_safety.assessment.rules import Inspection, Located, ProblemCode

SWITCH, SELECT = "switch", "select"
ON_OFF = ("on", "off")

_HEAVIEST = 5


def is_safe(setting: Mapping[str, Any], option_id: str) -> bool:
    """Whether a setting is safe at this option."""
    return any(option["id"] == option_id and option.get("safe") is True for option in setting["options"])


def weight_of(setting: Mapping[str, Any]) -> int:
    """How much a setting counts, 1 to 5."""
    weight = setting.get("weight", 1)
    return weight if isinstance(weight, int) else 1


def check_page(inspection: Inspection) -> None:
    """Note what is wrong with the page, with each setting, and with where they stand at the start."""
    screen = inspection.content.get("screen")
    if isinstance(screen, Mapping):
        inspection.fields(screen, ("screen",), required=("title",), optional=())
        inspection.texts(screen, ("screen",), "title")
    elif "screen" in inspection.content:
        inspection.note(ProblemCode.WRONG_SHAPE, "screen")
    settings = inspection.parts(
        "settings",
        least=2,
        most=8,
        required=("text", "kind", "options", "start", "risk"),
        optional=("weight", "misconception"),
    )
    options = [_check_setting(inspection, located) for located in settings]
    if settings and all(
        _is_safe_at(known, setting.get("start")) for known, (_, setting) in zip(options, settings, strict=True)
    ):
        inspection.note(ProblemCode.NOTHING_UNSAFE, "settings")


def _check_setting(inspection: Inspection, located: Located) -> Sequence[Mapping[str, Any]]:
    """Check one setting; its well-formed options."""
    index, setting = located
    path = ("settings", index)
    inspection.texts(setting, path, "text", "risk")
    inspection.code(setting, path, "misconception")
    if setting.get("kind", SWITCH) not in (SWITCH, SELECT):
        inspection.note(ProblemCode.UNKNOWN_MODE, *path, "kind")
    weight = setting.get("weight", 1)
    if not isinstance(weight, int) or isinstance(weight, bool) or not 1 <= weight <= _HEAVIEST:
        inspection.note(ProblemCode.BAD_WEIGHT, *path, "weight")
    located_options = inspection.inner(
        setting, path, "options", least=2, most=6, required=("text",), optional=("safe",)
    )
    options = [option for _, option in located_options]
    for place, option in located_options:
        inspection.texts(option, (*path, "options", place), "text")
        if not isinstance(option.get("safe", False), bool):
            inspection.note(ProblemCode.WRONG_SHAPE, *path, "options", place, "safe")
    _check_choice(inspection, setting, path, options)
    return options


def _check_choice(
    inspection: Inspection,
    setting: Mapping[str, Any],
    path: tuple[str | int, ...],
    options: Sequence[Mapping[str, Any]],
) -> None:
    ids = [option["id"] for option in options]
    if options and "start" in setting and setting["start"] not in ids:
        inspection.note(ProblemCode.UNKNOWN_ID, *path, "start")
    if options and setting.get("kind") == SWITCH and sorted(ids) != sorted(ON_OFF):
        inspection.note(ProblemCode.BAD_ID, *path, "options")
    safe = [option for option in options if option.get("safe") is True]
    if options and len(safe) in (0, len(options)):
        inspection.note(ProblemCode.NOTHING_UNSAFE, *path, "options")


def _is_safe_at(options: Sequence[Mapping[str, Any]], start: object) -> bool:
    return any(option["id"] == start and option.get("safe") is True for option in options)
