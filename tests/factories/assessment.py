"""Contents of items for tests, one builder per type, and items and assessments in the database."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from school_safety.assessment.actions import freeze_assessment, freeze_item
from school_safety.assessment.models import AssessmentRevision, ItemRevision
from school_safety.assessment.rules import Purpose, Use
from school_safety.curriculum.rules import Strand
from tests.factories.scene_items import a_branch, a_hotspot, a_lateral, a_settings_page
from tests.factories.words import frame, words
from tests.factories.written_items import a_gap, a_grid, a_short, a_survey, an_essay


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
    return frame(**{"options": options, **own})


def a_multi(**own: Any) -> dict[str, Any]:
    """Multiple choice A to D; A and C are keys, B shows M1."""
    options = [
        an_option("A", key=True),
        an_option("B", misconception="M1"),
        an_option("C", key=True),
        an_option("D"),
    ]
    return frame(**{"options": options, **own})


def a_truefalse(**own: Any) -> dict[str, Any]:
    """A false sentence; calling it true shows M1."""
    return frame(**{"answer": False, "misconception": "M1", "feedback_true": words("Không, chưa chắc đã đúng."), **own})


def a_match(**own: Any) -> dict[str, Any]:
    """Four stems into three categories; calling s1 safe shows M1."""
    keys = {"s1": "risky", "s2": "safe", "s3": "ask", "s4": "safe"}
    stems = [
        {"id": name, "text": words(f"Việc {name}"), "key": key, "feedback": words(f"Vì {name}.")}
        for name, key in keys.items()
    ]
    stems[0]["misconceptions"] = {"safe": "M1"}
    categories = [{"id": name, "text": words(name)} for name in ("safe", "risky", "ask")]
    return frame(**{"stems": stems, "categories": categories, **own})


def an_order(steps: Iterable[str] = "abcdef", **own: Any) -> dict[str, Any]:
    """Steps in their right order."""
    return frame(**{"steps": [{"id": step, "text": words(f"Bước {step}")} for step in steps], **own})


def a_headline(name: str, truth: bool, **own: Any) -> dict[str, Any]:
    """One post, true or false."""
    return {"id": name, "text": words(f"Bài {name}"), "truth": truth, "feedback": words(f"Vì {name}."), **own}


def headlines(genuine: int = 3, fabricated: int = 3, **own: Any) -> dict[str, Any]:
    """Posts t1…, which are true, and f1…, which are false; believing f1 shows M1."""
    posts = [a_headline(f"t{number}", True) for number in range(1, genuine + 1)]
    posts += [a_headline(f"f{number}", False) for number in range(1, fabricated + 1)]
    posts[-fabricated]["misconception"] = "M1"
    return frame(**{"headlines": posts, **own})


CONTENTS: dict[str, Any] = {
    "choice": a_choice,
    "multi": a_multi,
    "truefalse": a_truefalse,
    "match": a_match,
    "order": an_order,
    "headlines": headlines,
    "grid": a_grid,
    "gap": a_gap,
    "short": a_short,
    "essay": an_essay,
    "survey": a_survey,
    "hotspot": a_hotspot,
    "branch": a_branch,
    "settings": a_settings_page,
    "lateral": a_lateral,
}
"""A builder of a sound content for every type."""


# ---- In the database ----

_numbers = count(1)


def an_item(
    session: Session,
    *,
    code: str | None = None,
    type: str = "choice",  # noqa: A002  # the word of packs and tables
    lesson_code: str = "OS-06-01",
    use: Use = Use.PRACTICE,
    objective: str = "O1",
    points: int = 1,
    content: dict[str, Any] | None = None,
) -> ItemRevision:
    """A published item of the bank."""
    revision, _is_new = freeze_item(
        session,
        actor=None,
        code=code or f"{lesson_code}-{next(_numbers):02}",
        lesson_code=lesson_code,
        strand=Strand.ONLINE_SAFETY if lesson_code.startswith("OS") else Strand.MEDIA_LITERACY,
        type=type,
        use=use,
        objective=objective,
        points=points,
        content=content or CONTENTS[type](),
    )
    return revision


def an_assessment(
    session: Session,
    *,
    items: Sequence[ItemRevision] | None = None,
    code: str | None = None,
    title: str = "Câu hỏi luyện tập",
    purpose: Purpose = Purpose.PRACTICE,
    lesson_code: str = "OS-06-01",
) -> AssessmentRevision:
    """A frozen assessment of a lesson pack; by default with one item of every type."""
    placed = list(items) if items is not None else [an_item(session, type=type_code) for type_code in CONTENTS]
    revision, _is_new = freeze_assessment(
        session,
        actor=None,
        code=code or f"{lesson_code}-quiz-{next(_numbers)}",
        lesson_code=lesson_code,
        title=words(title),
        purpose=purpose,
        items=[(item, item.points) for item in placed],
    )
    return revision
