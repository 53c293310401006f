"""Contents of items for tests, one builder per type, and items and assessments in the database."""

from collections.abc import Iterable
from typing import Any


def words(vi: str, en: str | None = None) -> dict[str, str]:
    """A sentence in both languages."""
    return {"vi": vi, "en": en or f"{vi} (en)"}


def _frame(**own: Any) -> dict[str, Any]:
    return {"stem": words("Em chọn gì?"), "feedback": words("Nhớ kỹ điều này."), **own}


def an_option(option_id: str, **own: Any) -> dict[str, Any]:
    """One option with its words; a distractor also says why it is wrong."""
    reason = {} if own.get("key") else {"feedback": words(f"Chưa đúng vì {option_id}.")}
    return {"id": option_id, "text": words(f"Lựa chọn {option_id}"), **reason, **own}


def a_choice(**own: Any) -> dict[str, Any]:
    """Single choice A to D; A is the key, B shows M1, C shows M2."""
    options = [
        an_option("A", key=True),
        an_option("B", misconception="M1"),
        an_option("C", misconception="M2"),
        an_option("D"),
    ]
    return _frame(**{"options": options, **own})


def a_multi(**own: Any) -> dict[str, Any]:
    """Multiple choice A to D; A and C are keys, B shows M1."""
    options = [
        an_option("A", key=True),
        an_option("B", misconception="M1"),
        an_option("C", key=True),
        an_option("D"),
    ]
    return _frame(**{"options": options, **own})


def a_truefalse(**own: Any) -> dict[str, Any]:
    """A false sentence; calling it true shows M1."""
    return _frame(
        **{"answer": False, "misconception": "M1", "feedback_true": words("Không, chưa chắc đã đúng."), **own}
    )


def a_match(**own: Any) -> dict[str, Any]:
    """Four stems into three categories; calling s1 safe shows M1."""
    keys = {"s1": "risky", "s2": "safe", "s3": "ask", "s4": "safe"}
    stems = [
        {"id": name, "text": words(f"Việc {name}"), "key": key, "feedback": words(f"Vì {name}.")}
        for name, key in keys.items()
    ]
    stems[0]["misconceptions"] = {"safe": "M1"}
    categories = [{"id": name, "text": words(name)} for name in ("safe", "risky", "ask")]
    return _frame(**{"stems": stems, "categories": categories, **own})


def an_order(steps: Iterable[str] = "abcdef", **own: Any) -> dict[str, Any]:
    """Steps in their right order."""
    return _frame(**{"steps": [{"id": step, "text": words(f"Bước {step}")} for step in steps], **own})


def a_headline(name: str, truth: bool, **own: Any) -> dict[str, Any]:
    """One post, true or false."""
    return {"id": name, "text": words(f"Bài {name}"), "truth": truth, "feedback": words(f"Vì {name}."), **own}


def headlines(genuine: int = 3, fabricated: int = 3, **own: Any) -> dict[str, Any]:
    """Posts t1…, which are true, and f1…, which are false; believing f1 shows M1."""
    posts = [a_headline(f"t{number}", True) for number in range(1, genuine + 1)]
    posts += [a_headline(f"f{number}", False) for number in range(1, fabricated + 1)]
    posts[-fabricated]["misconception"] = "M1"
    return _frame(**{"headlines": posts, **own})


CONTENTS: dict[str, Any] = {
    "choice": a_choice,
    "multi": a_multi,
    "truefalse": a_truefalse,
    "match": a_match,
    "order": an_order,
    "headlines": headlines,
}
"""A builder of a sound content for every type."""
