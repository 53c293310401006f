"""The filters of the list of schools and the as-of day: GET forms, so that what is seen has an address."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import SelectChoice, SelectField, StringField  # type: ignore[attr-defined]  # newer than its stubs

from school_safety.coverage.report import SchoolFilter, Show, Sort
from school_safety.coverage.report.words import STRANDS
from school_safety.curriculum.rules import Strand
from school_safety.kit.forms import Form, LocalDateField
from school_safety.kit.i18n import LazyString, _l

Code = TypeVar("Code", bound=StrEnum)

SHOWN: dict[Show, LazyString] = {
    Show.MISSING: _l("Chưa đạt G3"),
    Show.ALL: _l("Mọi trường thuộc diện tính"),
    Show.G1: _l("Từ G1, đã khai báo"),
    Show.G2: _l("Từ G2, đã công bố"),
    Show.G3: _l("Từ G3, đã thực hiện"),
    Show.G4: _l("G4, đã xác minh"),
    Show.UNKNOWN: _l("Chưa khai báo"),
    Show.EXCLUDED: _l("Không thuộc diện tính"),
}

SORTS: dict[Sort, LazyString] = {
    Sort.NEAR: _l("Gần lên bậc nhất trước"),
    Sort.NAME: _l("Tên trường"),
    Sort.AREA: _l("Xã, phường"),
}


def _choices(words: Mapping[Any, str | LazyString]) -> list[SelectChoice]:
    return [SelectChoice(str(code), text) for code, text in words.items()]


def _one_of(codes: type[Code], text: str | None, otherwise: Code) -> Code:
    return codes(text) if text in set(codes) else otherwise


class _Filter(Form):
    """Reads an address; it changes nothing and needs no token."""

    class Meta(Form.Meta):
        """No token in addresses."""

        csrf = False


class SchoolFilterForm(_Filter):
    """Which schools to list; what is not offered falls back to the first choice."""

    strand = SelectField(_l("Chương trình"), choices=_choices(STRANDS))
    show = SelectField(_l("Xem"), choices=_choices(SHOWN))
    area = SelectField(_l("Xã, phường"), choices=[])
    sort = SelectField(_l("Xếp theo"), choices=_choices(SORTS))
    q = StringField(_l("Tên hoặc mã trường"))
    offered: Mapping[str, str] = {}

    def offer_areas(self, areas: Iterable[tuple[str, str]]) -> None:
        """Fill the choice of communes, given as code and name."""
        self.offered = dict(areas)
        self.area.choices = _choices({"": _l("Tất cả"), **self.offered})

    @property
    def shown_words(self) -> LazyString:
        """What the list shows, in words."""
        return SHOWN[self.wanted().show]

    def wanted(self) -> SchoolFilter:
        """What was asked for."""
        return SchoolFilter(
            strand=_one_of(Strand, self.strand.data, Strand.ONLINE_SAFETY),
            show=_one_of(Show, self.show.data, Show.MISSING),
            sort=_one_of(Sort, self.sort.data, Sort.NEAR),
            area=self.area.data if self.area.data in self.offered else "",
            q=(self.q.data or "")[:100],
        )


class FigureFilterForm(_Filter):
    """Of which school year, as of which day."""

    year = SelectField(_l("Năm học"), choices=[])
    as_of = LocalDateField(_l("Tính đến ngày"), description=_l("Ngày/tháng/năm, để trống là hôm nay."))

    def offer_years(self, years: Iterable[str]) -> None:
        """Fill the choice of school years by their codes."""
        self.year.choices = _choices({code: code.replace("-", "–") for code in years})

    def day(self, today: date) -> date:
        """The day asked for: never a day still to come, today when none or no date was given."""
        asked = self.as_of.data if not self.as_of.errors and not self.as_of.process_errors else None
        return min(asked, today) if asked else today
