"""The panel of checks beside a draft: what holds, what does not, where to mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from school_safety.curriculum.rules import Strand, elements_of, grades_of
from school_safety.kit.i18n import LazyString, _, _l
from school_safety.planning.report.words import STRAND_WORDS, elements_words, grades_words
from school_safety.planning.rules import Check, Problem, ProblemCode

C = ProblemCode
DATES = frozenset({C.NO_START, C.NO_END, C.NO_RECURRENCE, C.ENDS_BEFORE_START, C.OUTSIDE_YEAR})
UNITS = frozenset({C.NO_ACTIVITY, C.NO_TITLE, C.NO_LEAD_UNIT, C.NO_COORDINATING_UNIT, C.NO_CHANNEL, C.NO_AUDIENCE})

PROBLEM_WORDS: Mapping[str, LazyString] = {
    C.NO_ACTIVITY: _l("Chưa có hoạt động nào"),
    C.NO_TITLE: _l("thiếu tên"),
    C.NO_LEAD_UNIT: _l("thiếu đơn vị chủ trì"),
    C.NO_COORDINATING_UNIT: _l("thiếu đơn vị phối hợp"),
    C.NO_START: _l("thiếu ngày bắt đầu"),
    C.NO_END: _l("thiếu ngày kết thúc"),
    C.NO_RECURRENCE: _l("chưa nói bao lâu lặp lại một lần"),
    C.ENDS_BEFORE_START: _l("ngày kết thúc sớm hơn ngày bắt đầu"),
    C.OUTSIDE_YEAR: _l("ngày nằm ngoài năm học"),
    C.NO_CHANNEL: _l("thiếu hình thức"),
    C.NO_AUDIENCE: _l("thiếu đối tượng"),
    C.NO_ELEMENT: _l("chưa chọn nội dung nên chưa tính cho chỉ tiêu nào"),
    C.COPIED_UNCHANGED: _l("giữ nguyên lịch năm trước"),
    C.MISSING_ELEMENTS: _l("thiếu nội dung"),
    C.MISSING_GRADES: _l("bỏ sót khối"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the panel; `activity` and `field` say where to mend, None where there is no single place."""

    state: str
    title: str
    more: str
    activity: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class CheckPanel:
    """The lines, how many of them are open, and the strands that would count."""

    lines: tuple[CheckLine, ...]
    served: tuple[Strand, ...]

    @property
    def open(self) -> int:
        """How many lines still fail."""
        return sum(line.state == "bad" for line in self.lines)


def check_panel(
    problems: Sequence[Problem], numbers: Mapping[int, int], served: frozenset[Strand], *, copied: bool, published: bool
) -> CheckPanel:
    """The panel of a draft; `numbers` gives each activity's place on the page by its id."""
    lines = [
        _activity_line(_("Chủ trì, phối hợp, hình thức, đối tượng"), problems, UNITS, numbers),
        _activity_line(_("Ngày hợp lệ"), problems, DATES, numbers),
        *(_elements_line(problems, strand) for strand in Strand),
        *(_grades_line(problems, strand) for strand in Strand),
    ]
    if copied:
        lines.append(_activity_line(_("Khác năm trước"), problems, frozenset({C.COPIED_UNCHANGED}), numbers))
    lines += _hints(problems, numbers)
    done = _("Bản mới nhất đã công bố") if published else _("Khi ít nhất một mạch đủ các điều trên")
    lines.append(CheckLine("good" if published else "wait", _("Hiệu trưởng công bố"), done))
    return CheckPanel(tuple(lines), tuple(strand for strand in Strand if strand in served))


def problem_words(problem: Problem, numbers: Mapping[int, int]) -> str:
    """A failing check as one sentence that names it: “(ii) Hoạt động 2: thiếu đơn vị chủ trì.”"""
    words = _detail(problem)
    if problem.activity is not None:
        number = numbers.get(problem.activity, 0)
        words = _("Hoạt động %(number)s: %(words)s", number=number, words=words)
    elif len(problem.strands) == 1:
        (strand,) = problem.strands
        words = f"{STRAND_WORDS[strand]}: {words}"
    return f"({problem.check}) {words}."


def _detail(problem: Problem) -> str:
    if problem.code is C.MISSING_ELEMENTS:
        elements = elements_words([str(element) for element in elements_of(problem.elements)])
        return str(_("chưa có nội dung %(elements)s", elements=elements))
    if problem.code is C.MISSING_GRADES:
        return str(_("%(grades)s chưa có hoạt động nào", grades=grades_words(grades_of(problem.grades))))
    return str(PROBLEM_WORDS[problem.code])


def _activity_line(
    title: str, problems: Sequence[Problem], codes: frozenset[ProblemCode], numbers: Mapping[int, int]
) -> CheckLine:
    found = [problem for problem in problems if problem.code in codes]
    if not found:
        return CheckLine("good", title, _("Đủ ở mọi hoạt động"))
    first = found[0]
    if first.activity is None:
        return CheckLine("bad", title, _detail(first))
    number = numbers.get(first.activity, 0)
    more = _("Hoạt động %(number)s: %(words)s", number=number, words=_detail(first))
    if len(found) > 1:
        more = _("%(more)s, và %(count)s chỗ khác", more=more, count=len(found) - 1)
    return CheckLine("bad", title, more, first.activity, first.field)


def _elements_line(problems: Sequence[Problem], strand: Strand) -> CheckLine:
    letters = {Strand.ONLINE_SAFETY: _("Nội dung (a) và (b)"), Strand.MEDIA_LITERACY: _("Nội dung (c) và (d)")}
    return _strand_line(letters[strand], problems, strand, Check.ELEMENTS)


def _grades_line(problems: Sequence[Problem], strand: Strand) -> CheckLine:
    title = _("Mọi khối, %(strand)s", strand=STRAND_WORDS[strand])
    return _strand_line(title, problems, strand, Check.GRADES)


def _strand_line(title: str, problems: Sequence[Problem], strand: Strand, check: Check) -> CheckLine:
    found = next((each for each in problems if each.check is check and strand in each.strands), None)
    if found is None:
        return CheckLine("good", title, _("Đủ cho %(strand)s", strand=STRAND_WORDS[strand]))
    words = _detail(found)
    return CheckLine("bad", title, words[:1].upper() + words[1:])


def _hints(problems: Sequence[Problem], numbers: Mapping[int, int]) -> list[CheckLine]:
    return [
        CheckLine(
            "wait",
            _("Hoạt động %(number)s", number=numbers.get(problem.activity or 0, 0)),
            _detail(problem),
            problem.activity,
            problem.field,
        )
        for problem in problems
        if problem.code is C.NO_ELEMENT
    ]
