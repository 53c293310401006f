"""The form by which a person marks an answer: one group of radio buttons for each criterion of the rubric."""

from typing import ClassVar

from wtforms import HiddenField, RadioField, SelectChoice  # type: ignore[attr-defined]  # older stubs
from wtforms.validators import InputRequired

from school_safety.assessment.rules import Level, Marks, Rubric
from school_safety.kit.forms import Form
from school_safety.kit.i18n import LazyString, _l, local, ngettext

PREFIX = "mark_"
CHOOSE_LEVEL = _l("Hãy chọn một mức cho tiêu chí này.")


class MarkAnswerForm(Form):
    """What was read, and a level for every criterion; made for one rubric by `mark_form`."""

    WORDS: ClassVar[dict[str, LazyString]] = {
        "not_submitted": _l("Bài này chưa nộp hoặc đã huỷ nên chưa chấm được."),
        "nothing_to_mark": _l("Câu trả lời này không có gì để chấm."),
        "answer_changed": _l(
            "Câu trả lời vừa đổi vì một câu đến muộn đã được nhận. Hãy tải lại trang, đọc lại rồi chấm."
        ),
        "level_missing": CHOOSE_LEVEL,
        "own_mark": _l("Thầy cô đã chấm bài này rồi. Chấm chéo cần một người khác."),
    }

    seen = HiddenField()

    @property
    def criteria(self) -> dict[str, int]:
        """The points chosen, by criterion."""
        return {
            name.removeprefix(PREFIX): int(field.data)
            for name, field in self._fields.items()
            if name.startswith(PREFIX)
        }


def mark_form(rubric: Rubric, marks: Marks | None, *, seen: str) -> MarkAnswerForm:
    """A form for this rubric, filled with the marks given before."""
    fields = {
        f"{PREFIX}{criterion.id}": RadioField(
            local(criterion.text),
            [InputRequired(CHOOSE_LEVEL)],
            choices=[SelectChoice(str(level.points), _level(level)) for level in criterion.levels],
        )
        for criterion in rubric
    }
    form_class: type[MarkAnswerForm] = type("MarkAnswerForm", (MarkAnswerForm,), fields)
    before = {f"{PREFIX}{name}": str(points) for name, points in (marks or {}).items()}
    return form_class(data={"seen": seen, **before})


def _level(level: Level) -> str:
    points = ngettext("%(num)s điểm", "%(num)s điểm", level.points)
    return f"{points}: {local(level.text)}"
