"""Lesson folders for tests: one that passes every check, and its pieces to bend."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

STRANDS = {"OS": ("online_safety", "online-safety", ["a", "b"]), "ML": ("media_literacy", "media-literacy", ["c", "d"])}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Hình</title><path d="M1 1h8v8H1z"/></svg>\n'

Files = dict[str, Any]
Change = Callable[[Files], object]


def both(vi: str, en: str = "") -> dict[str, str]:
    """A text in both languages."""
    return {"vi": vi, "en": en or f"In English: {vi}"}


def sentences(count: int, words: int = 10) -> str:
    """A text of `count` sentences of `words` tiếng each."""
    pool = ["em", "bạn", "thầy", "cô", "đọc", "bài", "rồi", "nghĩ", "kỹ", "trước", "khi", "làm"]
    return " ".join(" ".join(pool[(n + w) % len(pool)] for w in range(words)).capitalize() + "." for n in range(count))


def pack_files(code: str = "OS-06-01", *, title: str = "Thông tin và mật khẩu") -> Files:
    """The files of a good pack: YAML as plain values, Markdown and SVG as text."""
    return {
        "lesson.yaml": _lesson(code, title),
        "items.yaml": _items(code),
        "outreach.yaml": _outreach(),
        "reading.vi.md": f"## Mở bài\n\n{sentences(40)}\n\n![Hình](media/so-do.svg)\n",
        "reading.en.md": f"## Opening\n\n{sentences(36)}\n\n![Picture](media/so-do.svg)\n",
        "teacher.vi.md": f"## Chuẩn bị\n\n{sentences(30)}\n",
        "teacher.en.md": f"## Preparation\n\n{sentences(27)}\n",
        "media/so-do.svg": SVG,
    }


def write_pack(root: Path, files: Mapping[str, Any]) -> Path:
    """Write the files where their lesson code belongs under `root`; the folder."""
    code = files["lesson.yaml"]["code"]
    folder = root / STRANDS[code[:2]][1] / code.lower()
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content if isinstance(content, str) else dump(content), encoding="utf-8")
    return folder


def a_pack(root: Path, change: Change | None = None, *, code: str = "OS-06-01", title: str = "") -> Path:
    """A folder with a good pack, bent by `change` before it is written."""
    files = pack_files(code, title=title) if title else pack_files(code)
    if change is not None:
        change(files)
    return write_pack(root, files)


def dump(value: Any) -> str:
    """YAML as an editor would save it."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # the one in C where there is one
    """A dumper that repeats what is repeated, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _lesson(code: str, title: str) -> Files:
    strand, _, elements = STRANDS[code[:2]]
    minutes = {"opening": 5, "explore": 15, "practise": 15, "apply": 10}
    step = {name: both(f"Phần {name} của hoạt động") for name in ("goal", "content", "product", "steps")}
    return {
        "code": code,
        "version": "1.0.0",
        "strand": strand,
        "elements": elements,
        "grades": [int(code[3:5])],
        "minutes": 45,
        "title": both(title),
        "summary": both("Một câu tóm tắt."),
        "objectives": [
            {
                "id": f"O{n}",
                "text": both(f"Mục tiêu số {n}"),
                "competences": ["4.2.TC1a"],
                "curriculum": ["Tin học 6 D"],
            }
            for n in (1, 2)
        ],
        "vocabulary": [{"term": both("dữ liệu", "data"), "meaning": both("điều được ghi lại")}],
        "misconceptions": [
            {
                "id": f"M{n}",
                "text": both(f"Hiểu lầm số {n}"),
                "correction": both("Điều đúng"),
                "reteach": both("Dạy lại"),
            }
            for n in (1, 2)
        ],
        "flow": [{"phase": phase, "minutes": count, **step} for phase, count in minutes.items()],
        "sensitivity": "none",
        "media": [{"file": "media/so-do.svg", "alt": both("Sơ đồ bốn ô")}],
        "sources": [{"claim": both("Điều được nói"), "title": "Tài liệu", "publisher": "Nơi in", "year": 2025}],
        "contacts": ["child_helpline_111"],
        "reviewed_on": "2026-11-21",
        "review_due": "2027-11-21",
        "licence": "CC BY-SA 4.0",
    }


def _outreach() -> Files:
    return {
        "family": both(sentences(6), sentences(5)),
        "leaflet": both(sentences(30), sentences(27)),
        "loudspeaker": both(sentences(15), sentences(13)),
        "led": both("Giữ kín mật khẩu của em"),
        "zalo": both("Nhắc con giữ kín mật khẩu."),
        "sms": both("Nhac con giu kin mat khau.", "Remind your child to keep passwords private."),
        "email": {"subject": both("Giữ kín mật khẩu"), "body": both(sentences(15), sentences(13))},
    }


USES = [*["practice"] * 5, *["form_a"] * 4, *["form_b"] * 4, *["anchor"] * 2, "booster"]
TYPES = [
    *("choice", "choice", "choice", "multi", "order"),
    *("headlines", "choice", "match", "multi"),
    *("headlines", "choice", "match", "multi"),
    *("truefalse", "truefalse", "choice"),
]


def _items(code: str) -> list[Files]:
    return [
        {
            "id": f"{code}-{number:02d}",
            "type": kind,
            "use": use,
            "objective": f"O{number % 2 + 1}",
            "points": 1,
            "stem": both(f"Câu hỏi số {number}?"),
            **_parts(kind, number),
            "feedback": both("Nhận xét chung"),
        }
        for number, (use, kind) in enumerate(zip(USES, TYPES, strict=True), 1)
    ]


def _parts(kind: str, number: int) -> Files:
    return {
        "choice": _choice,
        "multi": _multi,
        "order": lambda _: {"steps": [{"id": f"s{n}", "text": both(f"Bước {n}")} for n in (1, 2, 3, 4)]},
        "match": _match,
        "headlines": _headlines,
        "truefalse": lambda number: {
            "answer": number % 2 == 0,
            "misconception": "M2",
            "feedback_true": both("Vì sao em chọn đúng"),
            "feedback_false": both("Vì sao em chọn sai"),
        },
    }[kind](number)


def _choice(number: int) -> Files:
    wrong = iter(("M1", "M2"))
    return {
        "options": [
            {
                "id": letter,
                "text": both(f"Phương án {letter}"),
                **({"key": True} if place == number % 3 else {"misconception": next(wrong)}),
                "feedback": both("Vì sao"),
            }
            for place, letter in enumerate("ABC")
        ]
    }


def _multi(number: int) -> Files:
    return {
        "options": [
            {"id": letter, "text": both(f"Ý {letter}"), **extra, "feedback": both("Vì sao")}
            for letter, extra in zip("ABCD", ({"key": True}, {"key": True}, {"misconception": "M1"}, {}), strict=True)
        ]
    }


def _match(number: int) -> Files:
    return {
        "stems": [
            {"id": f"t{n}", "text": both(f"Mẩu {n}"), "key": "ab"[n % 2], "feedback": both("Vì sao")}
            for n in (1, 2, 3, 4)
        ],
        "categories": [{"id": "a", "text": both("Giữ kín")}, {"id": "b", "text": both("Chia sẻ được")}],
    }


def _headlines(number: int) -> Files:
    return {
        "headlines": [
            {
                "id": f"h{n}",
                "text": both(f"Tin giả định số {n}"),
                "source": both("Trang tin Hoa Nắng"),
                "truth": n % 2 == 0,
                "feedback": both("Vì sao"),
                **({} if n % 2 == 0 else {"technique": both("giục vội"), "misconception": "M1"}),
            }
            for n in range(1, 7)
        ],
        "archived_on": "2026-11-01",
    }
