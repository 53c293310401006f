"""Forms of a year drafted from the template: what the school chooses, and the lines it keeps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, cast

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import InputRequired, ValidationError

from school_safety.curriculum.rules import LOWER_SECONDARY, SECONDARY_GRADES, Strand, grade_mask, grades_of
from school_safety.kit.forms import REQUIRED, Form, LocalDateField, TicksField, parse_date
from school_safety.kit.i18n import LazyString, _, _l, format_date, local
from school_safety.planning.forms.fields import LinesField, PlanningForm, choice
from school_safety.planning.forms.programmes import DRAFT_WORDS
from school_safety.planning.report.template import day_words
from school_safety.planning.rules import ProblemCode, Proposed, SchoolCalendar, Slot, Wishes, YearOffer


class WishesForm(PlanningForm):
    """What the school chooses; a field `dose-<grade>-<strand>` for each grade and strand is added when it is made.

    Nothing is written by it, so it is sent by GET and its address can be kept.
    """

    class Meta(PlanningForm.Meta):
        """Choosing changes nothing."""

        csrf = False

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    offer: YearOffer

    slot_lower = SelectField(_l("Khối 6–9 học ở"))
    slot_upper = SelectField(_l("Khối 10–12 học ở"))
    boosters = BooleanField(_l("Ôn nhắc lại bốn tuần sau mỗi đợt bài, năm câu hỏi trên nền tảng"))
    begins = LocalDateField(_l("Xếp lịch từ ngày"), validators=[InputRequired(REQUIRED)])
    clear_of_exams = BooleanField(_l("Không xếp bài vào hai tuần đầu và hai tuần cuối mỗi học kỳ (kiểm tra, tổng kết)"))
    tet_from = LocalDateField(_l("Nghỉ Tết từ ngày"), validators=[InputRequired(REQUIRED)])
    tet_until = LocalDateField(_l("Nghỉ Tết đến hết ngày"), validators=[InputRequired(REQUIRED)])
    spare = LinesField(
        _l("Tuần khác không xếp gì"),
        description=_l("Mỗi dòng một ngày bất kỳ trong tuần, ví dụ 02/11/2026 cho tuần kiểm tra giữa kỳ."),
    )
    days = TicksField(_l("Ngày có ích trong năm"))
    regulars = TicksField(_l("Tập huấn, gia đình và cộng đồng"))

    def validate_begins(self, field: Field) -> None:
        """The first day to plan lies in the year."""
        year = self.offer.year
        if field.data is None or not year.starts_on <= field.data <= year.ends_on:
            first, last = format_date(year.starts_on), format_date(year.ends_on)
            raise ValidationError(
                _("Ngày này nằm ngoài năm học. Hãy chọn ngày từ %(first)s đến %(last)s.", first=first, last=last)
            )

    def validate_tet_until(self, field: Field) -> None:
        """The break ends after it began."""
        if self.tet_from.data and field.data and field.data < self.tet_from.data:
            raise ValidationError(_("Ngày kết thúc sớm hơn ngày bắt đầu nghỉ."))

    def validate_spare(self, field: LinesField) -> None:
        """Each line is a date."""
        for line in field.lines:
            if parse_date(line) is None:
                raise ValidationError(_("“%(line)s” không phải một ngày. Ghi theo dạng ngày/tháng/năm.", line=line))

    def dose(self, grade: int, strand: Strand) -> Field:
        """The field for the number of lessons of a grade and strand."""
        field: Field = self[_dose_name(grade, strand)]
        return field

    def wishes(self) -> Wishes:
        """What was chosen, of a valid form."""
        slots = {
            grade: (self._slot("slot_lower") if grade in LOWER_SECONDARY else self._slot("slot_upper"))
            for grade in SECONDARY_GRADES
        }
        return Wishes(
            doses={
                (grade, strand): self.dose(grade, strand).data
                for grade in grades_of(self.offer.levels)
                for strand in Strand
            },
            slots=slots,
            days=frozenset(self.days.data or ()),
            regulars=frozenset(self.regulars.data or ()),
            boosters=bool(self.boosters.data),
            clear_of_exams=bool(self.clear_of_exams.data),
        )

    def calendar(self) -> SchoolCalendar:
        """The school's year as it entered it, of a valid form."""
        spare = [day for line in self.spare.lines if (day := parse_date(line)) is not None]
        return self.offer.calendar((self.tet_from.data, self.tet_until.data), spare, self.begins.data)

    def pairs(self) -> list[tuple[str, str]]:
        """What was chosen, as names and values to send along."""
        return [(field.name, value) for field in self for value in _values(field)]

    def _slot(self, name: str) -> str:
        return str(self._fields[name].data or "") if name in self._fields else ""


def _values(field: Field) -> list[str]:
    if isinstance(field, TicksField):
        return list(field.data or ())
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, SelectField):
        return [str(field.data)]
    return [str(field._value())]  # type: ignore[attr-defined]  # every field that shows text has it


def _dose_name(grade: int, strand: Strand) -> str:
    return f"dose-{grade}-{strand}"


def wishes_form(offer: YearOffer, sent: MultiDict[str, str] | None) -> WishesForm:
    """The form for what is on offer, filled with what was sent or with what is usual."""
    grades = [(grade, strand) for grade in grades_of(offer.levels) for strand in Strand]
    doses: dict[str, Any] = {
        _dose_name(grade, strand): SelectField(
            coerce=int, choices=[choice(number, str(number)) for number in range(offer.available(grade, strand) + 1)]
        )
        for grade, strand in grades
    }
    made = cast("type[WishesForm]", type("MadeWishesForm", (WishesForm,), doses))
    form = made(formdata=sent or None, data=_usual(offer))
    form.offer = offer
    for field, slots, levels in (
        (form.slot_lower, offer.lower, grade_mask(LOWER_SECONDARY)),
        (form.slot_upper, offer.upper, ~grade_mask(LOWER_SECONDARY)),
    ):
        if offer.levels & levels:
            field.choices = [choice("", _("Theo gợi ý của từng bài")), *(_slot_choice(slot) for slot in slots)]
        else:
            del form[field.name]
    form.days.choices = [choice(day.code, day_words(day, on, offer.begins)) for day, on in offer.days]
    form.regulars.choices = [choice(each.code, local(each.title)) for each in offer.template.regulars]
    return form


def _slot_choice(slot: Slot) -> Any:
    name = local(slot.name)
    return choice(slot.code, _("%(subject)s (môn lựa chọn)", subject=name) if slot.some else name)


def _usual(offer: YearOffer) -> dict[str, Any]:
    usual = offer.usual_wishes()
    tet = offer.usual_break or (None, None)
    return {
        **{_dose_name(grade, strand): dose for (grade, strand), dose in usual.doses.items()},
        "slot_lower": "",
        "slot_upper": "",
        "begins": offer.begins,
        "boosters": True,
        "clear_of_exams": True,
        "tet_from": tet[0],
        "tet_until": tet[1],
        "days": sorted(usual.days),
        "regulars": sorted(usual.regulars),
    }


class LinesForm(PlanningForm):
    """The lines that a school keeps: for each a tick `take-<key>` and its days `starts_on-<key>`, `ends_on-<key>`."""

    WORDS: ClassVar[dict[str, LazyString]] = DRAFT_WORDS

    def kept(self, lines: Sequence[Proposed]) -> list[Proposed]:
        """The ticked lines on the days that were typed."""
        return [
            replace(line, starts_on=self[f"starts_on-{line.key}"].data, ends_on=self._end(line))
            for line in lines
            if f"take-{line.key}" in self._fields and self[f"take-{line.key}"].data
        ]

    def _end(self, line: Proposed) -> date | None:
        day: date | None = self[f"ends_on-{line.key}"].data if line.ends_on is not None else None
        return day


def _needed_when_ticked(form: Form, field: Field) -> None:
    """A line that is kept has its days."""
    ticked = form[f"take-{field.name.partition('-')[2]}"].data
    if ticked and field.data is None and not field.process_errors:
        raise ValidationError(str(DRAFT_WORDS[ProblemCode.NO_START]))


def lines_form(lines: Sequence[Proposed], *, there: frozenset[str], left_out: frozenset[str]) -> LinesForm:
    """A form for the lines that the draft does not hold; those that somebody took out before are not ticked."""
    fields: dict[str, Any] = {}
    for line in lines:
        if line.key in there:
            continue
        fields[f"take-{line.key}"] = BooleanField(local(line.title), default=line.key not in left_out)
        fields[f"starts_on-{line.key}"] = LocalDateField(
            _("Từ ngày") if line.ends_on else _("Ngày"), validators=[_needed_when_ticked], default=line.starts_on
        )
        if line.ends_on is not None:
            fields[f"ends_on-{line.key}"] = LocalDateField(
                _("Đến ngày"), validators=[_needed_when_ticked], default=line.ends_on
            )
    return cast("type[LinesForm]", type("MadeLinesForm", (LinesForm,), fields))()
