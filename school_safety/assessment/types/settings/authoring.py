"""How the editor describes a page of settings."""

from school_safety.assessment.rules.authoring import (
    Description,
    Draft,
    Flag,
    Group,
    Number,
    Parts,
    Pick,
    PickPart,
    Words,
    said,
)
from school_safety.assessment.rules.authoring.common import IDEA, TEXT
from school_safety.assessment.types.settings.checks import ON_OFF, SELECT, SWITCH

_SCREEN = Group(
    "screen",
    said("Trang cài đặt", "The page"),
    fields=(Words("title", said("Tên ứng dụng, hư cấu", "Name of the fictional app"), required=True),),
    required=True,
)
_SETTINGS = Parts(
    "settings",
    said("Các mục cài đặt", "Settings"),
    one=said("Mục", "Setting"),
    fields=(
        TEXT,
        Pick(
            "kind",
            said("Hiện ra là", "Looks like"),
            hint=said("Công tắc có đúng hai mức, mức đầu là bật.", "A switch has two values, the first is on."),
            choices=((SWITCH, said("Công tắc", "A switch")), (SELECT, said("Danh sách", "A list"))),
            required=True,
        ),
        Parts(
            "options",
            said("Các mức", "Values"),
            one=said("Mức", "Value"),
            fields=(TEXT, Flag("safe", said("An toàn", "Safe"))),
            required=True,
            least=2,
            most=6,
            start=2,
            ids="a",
        ),
        PickPart("start", said("Lúc đầu đang ở mức", "Stands at first at"), of=(".", "options"), required=True),
        Words("risk", said("Rủi ro", "The risk"), required=True, long=True),
        Number(
            "weight",
            said("Quan trọng gấp", "Counts"),
            hint=said("Số nguyên từ 1 đến 5.", "A whole number from 1 to 5."),
            rare=True,
        ),
        IDEA,
    ),
    required=True,
    least=2,
    most=8,
    start=2,
    ids="m",
)


def _with_switches(draft: Draft) -> Draft:
    """The two values of a switch are called on and off; what it stands at goes with them."""
    for setting in draft.get("settings", []):
        options = setting.get("options", [])
        if setting.get("kind") != SWITCH or len(options) != len(ON_OFF):
            continue
        if {option["id"] for option in options} == set(ON_OFF):
            continue
        renamed = dict(zip((option["id"] for option in options), ON_OFF, strict=True))
        for option in options:
            option["id"] = renamed[option["id"]]
        if setting.get("start") in renamed:
            setting["start"] = renamed[setting["start"]]
    return draft


DESCRIPTION = Description((_SCREEN, _SETTINGS), tidy=_with_switches)
