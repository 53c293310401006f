"""Pages that show a lesson with its questions: all of them with their reasons, and the sheet of pupils on paper."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.assessment.forms import USE_WORDS
from school_safety.assessment.models import Item, ItemRevision
from school_safety.assessment.queries import list_published_of_lesson
from school_safety.assessment.report import ShownItem, show_item, with_reasons
from school_safety.assessment.rules import Use
from school_safety.curriculum.queries import get_lesson
from school_safety.kit import db
from school_safety.kit.i18n import LazyString, _l
from school_safety.packs.views.blueprint import bp

USE_NOTES: dict[Use, LazyString] = {
    Use.PRACTICE: _l("Bài luyện tập đi cùng bài học gồm những câu này."),
    Use.FORM_A: _l("Để dành đo trước khi học; đừng cho học sinh luyện trước."),
    Use.FORM_B: _l("Để dành đo sau khi học; đừng cho học sinh luyện trước."),
    Use.ANCHOR: _l("Có trong cả hai đề đo, để so trước và sau."),
    Use.BOOSTER: _l("Hỏi lại vài tuần sau để nhớ lâu."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question of the lesson, ready to be drawn."""

    code: str
    objective: str
    shown: ShownItem


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one use."""

    use: Use
    words: LazyString
    note: LazyString
    rows: tuple[Row, ...]


@bp.get("/lessons/<code>/items")
@requires(Permission.READ_LIBRARY)
def lesson_items(reach: Reach, code: str) -> ResponseReturnValue:
    """The lesson's questions by their use, with keys, reasons and the wrong ideas behind them."""
    revision = get_lesson(db.session(), code.upper(), school_id=viewer().school_id)
    questions_of = revision.lesson.original_code
    groups, quiz = _groups(list_published_of_lesson(db.session(), questions_of)), f"{questions_of}-quiz"
    return render_template("packs/lesson_items.html", revision=revision, groups=groups, quiz=quiz)


def _groups(rows: list[tuple[Item, ItemRevision]]) -> list[Group]:
    shown = [(item, revision, with_reasons(_show(revision, slot))) for slot, (item, revision) in enumerate(rows, 1)]
    return [
        Group(
            use,
            USE_WORDS[use],
            USE_NOTES[use],
            tuple(Row(item.code, revision.objective, one) for item, revision, one in shown if revision.use is use),
        )
        for use in Use
        if any(revision.use is use for _, revision, _ in shown)
    ]


def _show(item: ItemRevision, slot: int) -> ShownItem:
    return show_item(item.type, item.content, seed=item.content_hash, slot=slot, points=item.points, level=3)
