"""Contents of items of the types grid, gap, short, essay and survey, for tests."""

from typing import Any

from tests.factories.words import frame, words


def a_grid(**own: Any) -> dict[str, Any]:
    """Four statements under three columns; calling r1 safe shows M1."""
    keys = {"r1": "risky", "r2": "safe", "r3": "ask", "r4": "safe"}
    rows: list[dict[str, Any]] = [
        {"id": name, "text": words(f"Việc {name}"), "key": key, "feedback": words(f"Vì {name}.")}
        for name, key in keys.items()
    ]
    rows[0]["misconceptions"] = {"safe": "M1"}
    columns = [{"id": name, "text": words(name)} for name in ("safe", "risky", "ask")]
    return frame(**{"columns": columns, "rows": rows, **own})


def a_gap(**own: Any) -> dict[str, Any]:
    """Two gaps, of two and of four options; a is right in both, b of g1 shows M1."""
    first = [
        {"id": "a", "text": words("dài"), "key": True},
        {"id": "b", "text": words("ngắn"), "misconception": "M1", "feedback": words("Ngắn thì dễ đoán.")},
    ]
    second = [{"id": "a", "text": words("riêng"), "key": True}] + [
        {"id": name, "text": words(f"chung {name}"), "feedback": words("Lộ một là lộ cả.")} for name in "bcd"
    ]
    text = words("Mật khẩu nên [[g1]], mỗi tài khoản một mật khẩu [[g2]].")
    gaps = [{"id": "g1", "options": first, "feedback": words("Về độ dài.")}, {"id": "g2", "options": second}]
    return frame(**{"text": text, "gaps": gaps, **own})


def a_short(**own: Any) -> dict[str, Any]:
    """A passphrase is asked for; a password is worth half, anything with a birthday nothing and shows M1."""
    accept = [
        {"pattern": {"vi": "cụm mật khẩu*", "en": "passphrase*"}},
        {"pattern": {"vi": "mật khẩu", "en": "password"}, "weight": 0.5, "feedback": words("Nói rõ hơn.")},
        {
            "pattern": {"vi": "*ngày sinh*", "en": "*birthday*"},
            "weight": 0,
            "misconception": "M1",
            "feedback": words("Ngày sinh ai cũng đoán được."),
        },
    ]
    return frame(**{"accept": accept, **own})


def an_essay(**own: Any) -> dict[str, Any]:
    """30 to 150 words, marked by two criteria of at most 2 and 3 points."""
    rubric = [
        {"id": "c1", "text": words("Nêu dấu hiệu"), "levels": levels(0, 1, 2)},
        {"id": "c2", "text": words("Nêu cách làm"), "levels": levels(0, 1, 3)},
    ]
    return frame(**{"words": {"least": 30, "most": 150}, "rubric": rubric, "model": words("Em sẽ dừng lại."), **own})


def levels(*points: int) -> list[dict[str, Any]]:
    """The levels of a criterion with these points."""
    return [{"points": number, "text": words(f"Mức {number}")} for number in points]


def a_survey(**own: Any) -> dict[str, Any]:
    """How often somebody checks a sender; four options and no right one."""
    options = [
        {"id": name, "text": words(text)}
        for name, text in (("never", "Chưa bao giờ"), ("rarely", "Đôi khi"), ("often", "Thường"), ("always", "Luôn"))
    ]
    return frame(**{"options": options, **own})


def an_open_survey(**own: Any) -> dict[str, Any]:
    """An open question without a right answer."""
    return frame(**{"open": True, **own})
