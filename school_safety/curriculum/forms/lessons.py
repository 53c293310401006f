"""The library's filters, and the words for strands, elements and the ways to sort."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectChoice, SelectField, StringField  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import Length

from school_safety.curriculum.queries import LessonOrder, LessonSearch
from school_safety.curriculum.rules import SECONDARY_GRADES, Element, Strand
from school_safety.kit.forms import Form
from school_safety.kit.i18n import LazyString, _l

STRAND_WORDS: dict[Strand, LazyString] = {
    Strand.ONLINE_SAFETY: _l("An toàn trên mạng"),
    Strand.MEDIA_LITERACY: _l("Đọc tin và tư duy phản biện"),
}
ELEMENT_WORDS: dict[Element, LazyString] = {
    Element.A: _l("Nguy cơ trên mạng"),
    Element.B: _l("Kỹ năng tự bảo vệ"),
    Element.C: _l("Kỹ năng đọc tin"),
    Element.D: _l("Tư duy phản biện"),
}
PHASE_WORDS: dict[str, LazyString] = {
    "opening": _l("Mở đầu"),
    "explore": _l("Hình thành kiến thức"),
    "practise": _l("Luyện tập"),
    "apply": _l("Vận dụng và tổng kết"),
}
SENSITIVITY_WORDS: dict[str, LazyString] = {
    "none": _l("Không có nội dung nhạy cảm"),
    "teacher_prep": _l("Thầy cô đọc kỹ ghi chú trước khi dạy"),
    "counsellor": _l("Báo trước cho tổ tư vấn học đường"),
}
ORDER_WORDS: dict[LessonOrder, LazyString] = {
    LessonOrder.CODE: _l("Mạch và mã bài"),
    LessonOrder.GRADE: _l("Khối lớp"),
    LessonOrder.TITLE: _l("Tên bài"),
    LessonOrder.MINUTES: _l("Thời lượng"),
    LessonOrder.NEWEST: _l("Mới ban hành"),
}
MINUTES = (15, 30, 45, 60, 90)


def _choices(all_of_them: LazyString | None, words: Mapping[Any, LazyString]) -> list[SelectChoice]:
    first = [SelectChoice("", all_of_them)] if all_of_them is not None else []
    return [*first, *(SelectChoice(str(code), label) for code, label in words.items())]


class LessonSearchForm(Form):
    """What to look for in the library; it comes with the address, and what makes no sense there is passed over."""

    class Meta(Form.Meta):
        """A search changes nothing: no token."""

        csrf: ClassVar[bool] = False

    q = StringField(_l("Tìm trong bài"), [Length(max=100)])
    grade = SelectField(
        _l("Khối lớp"),
        choices=_choices(_l("Mọi khối"), {str(grade): _l("Lớp %(grade)s", grade=grade) for grade in SECONDARY_GRADES}),
        default="",
    )
    strand = SelectField(_l("Mạch nội dung"), choices=_choices(_l("Cả hai mạch"), STRAND_WORDS), default="")
    whose = SelectField(
        _l("Bài của ai"),
        choices=[SelectChoice("", _l("Mọi bài")), SelectChoice("own", _l("Bài của trường mình"))],
        default="",
    )
    objective = StringField(_l("Mục tiêu có chữ"), [Length(max=100)])
    minutes = SelectField(
        _l("Thời lượng"),
        choices=_choices(
            _l("Bao lâu cũng được"), {str(most): _l("Tối đa %(minutes)s phút", minutes=most) for most in MINUTES}
        ),
        default="",
    )
    sort = SelectField(_l("Sắp xếp theo"), choices=_choices(None, ORDER_WORDS), default=str(LessonOrder.CODE))

    def search(self) -> LessonSearch:
        """The search that the address asks for; what makes no sense in it is forgotten."""
        self.validate()
        for field in self:
            if field.errors:
                field.data, field.errors = field.default or "", ()
        grade, minutes, strand = self.grade.data, self.minutes.data, self.strand.data
        return LessonSearch(
            text=self.q.data or "",
            grade=int(grade) if grade else None,
            strand=Strand(strand) if strand else None,
            objective=self.objective.data or "",
            only_own=self.whose.data == "own",
            most_minutes=int(minutes) if minutes else None,
            order=LessonOrder(self.sort.data),
        )

    def kept(self) -> dict[str, Any]:
        """The filters in use, to carry from page to page; the order is one when it is not the usual."""
        return {name: value for name, value in self.data.items() if value and value != LessonOrder.CODE}

    @property
    def uses_more(self) -> bool:
        """Whether one of the rarer filters is in use: then they are shown open."""
        return bool({"objective", "minutes", "sort"} & self.kept().keys())
