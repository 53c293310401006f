"""A small lesson as plain values, to change in tests."""

from copy import deepcopy
from typing import Any

from school_safety.curriculum.rules import LessonBody

PHASES = ("opening", "explore", "practise", "apply")


def both(vi: str, en: str) -> dict[str, str]:
    """A text in both languages."""
    return {"vi": vi, "en": en}


def a_source(claim: dict[str, str] | str) -> dict[str, Any]:
    """A source of what the lesson says."""
    return {"claim": claim, "title": "Sổ tay", "publisher": "Nhà xuất bản", "year": 2025}


def a_body(**changes: Any) -> LessonBody:
    """A lesson; `changes` name the parts to say otherwise: `title=…`, `reading=…`, `flow_apply=…`, `sms=…`."""
    lesson: dict[str, Any] = {
        "code": "OS-06-01",
        "minutes": 40,
        "grades": [6],
        "title": both("Mật khẩu", "Passwords"),
        "summary": both("Em tạo cụm mật khẩu.", "Pupils make a passphrase."),
        "objectives": [{"id": "O1", "text": both("Tạo được cụm mật khẩu.", "Make a passphrase.")}],
        "misconceptions": [
            {"id": "M1", "text": both("Ngắn là mạnh.", "Short is strong."), "correction": both("Dài.", "Long.")}
        ],
        "vocabulary": [{"term": both("mật khẩu", "password"), "meaning": both("Chìa khoá.", "A key.")}],
        "flow": [{"phase": phase, "minutes": 10, "steps": both(f"Làm {phase}.", f"Do {phase}.")} for phase in PHASES],
        "sources": [a_source(both("Dài thì mạnh.", "Long is strong."))],
        "contacts": ["child_helpline_111"],
    }
    prose = {"reading": both("Đoạn một.\n\nĐoạn hai.", "One.\n\nTwo."), "teacher": both("Chuẩn bị.", "Prepare.")}
    kit: dict[str, Any] = {name: both("Nói.", "Say.") for name in ("family", "leaflet", "loudspeaker", "led", "zalo")}
    kit |= {"sms": both("Noi.", "Say."), "email": {"subject": both("Thư", "Mail"), "body": both("Chào.", "Hello.")}}
    for name, value in deepcopy(changes).items():
        if name.startswith("flow_"):
            step = next(step for step in lesson["flow"] if step["phase"] == name.removeprefix("flow_"))
            step |= value
        else:
            home = prose if name in prose else kit if name in kit else lesson
            home[name] = value
    return LessonBody(lesson, prose["reading"], prose["teacher"], kit)
