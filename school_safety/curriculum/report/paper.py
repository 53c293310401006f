"""The lesson plan as a paper, part by part as phụ lục IV of Công văn 5512/BGDĐT-GDTrH orders them."""

from collections.abc import Iterator

from school_safety.curriculum.report.plan import Activity, LessonPlan
from school_safety.kit.i18n import LazyString, _, _l, ngettext
from school_safety.kit.papers import Block, Entry, Heading, Paper, Table, Text

DOTS = "…" * 10
_SCHOOL = "Trường "
LINE = "…" * 32
ACTIVITY_WORDS: dict[str, LazyString] = {
    "opening": _l("Mở đầu"),
    "explore": _l("Hình thành kiến thức mới"),
    "practise": _l("Luyện tập"),
    "apply": _l("Vận dụng"),
}

SUBJECT_WORDS: dict[str, LazyString] = {
    "Tin học": _l("Tin học"),
    "GDCD": _l("Giáo dục công dân"),
    "Ngữ văn": _l("Ngữ văn"),
}
"""Subjects as lessons' tags shorten them; one that a teacher wrote stays as written."""


def plan_paper(plan: LessonPlan) -> Paper:
    """The paper in the language that is spoken now, which has to be the plan's."""
    taught = plan.taught
    return Paper(
        name=_("Kế hoạch bài dạy: %(title)s", title=plan.title),
        title=(_("Tên bài dạy") + f": {plan.title}").upper(),
        author=taught.teacher or taught.school or _("Trường học an toàn số"),
        language=plan.language,
        left=(_("Trường") + f": {_school(taught.school) or DOTS}", _("Tổ") + f": {DOTS}"),
        right=(_("Họ và tên giáo viên") + ":", taught.teacher or DOTS),
        below=tuple(_below(plan)),
        blocks=tuple(_blocks(plan)),
        head=_("Kế hoạch bài dạy, theo phụ lục IV Công văn 5512/BGDĐT-GDTrH"),
        foot=_(
            "Bài %(code)s, bản %(version)s. Giấy phép %(licence)s.",
            code=plan.code,
            version=plan.version,
            licence=plan.licence,
        ),
    )


def _school(name: str) -> str:
    """The name after the word for school, which stands before it already."""
    return name[len(_SCHOOL) :] if name.startswith(_SCHOOL) else name


def _below(plan: LessonPlan) -> Iterator[str]:
    classes = ", ".join(plan.taught.class_groups or map(str, plan.grades))
    subjects = ", ".join(str(SUBJECT_WORDS.get(one, one)) for one in plan.taught.subjects) or DOTS
    yield _("Môn học/Hoạt động giáo dục: %(subjects)s; lớp: %(classes)s", subjects=subjects, classes=classes)
    count = ngettext("%(num)s tiết", "%(num)s tiết", plan.periods)
    yield _("Thời gian thực hiện: %(periods)s (%(minutes)s phút)", periods=count, minutes=plan.minutes)


def _blocks(plan: LessonPlan) -> Iterator[Block]:
    yield Heading("I. " + _("Mục tiêu"))
    yield from _knowledge(plan)
    yield from _competences(plan)
    yield Heading("3. " + _("Về phẩm chất"), 2)
    yield from (Entry(quality) for quality in plan.qualities)
    yield Heading("II. " + _("Thiết bị dạy học và học liệu"))
    yield Heading("1. " + _("Giáo viên"), 2)
    yield from (Entry(thing) for thing in plan.equipment or (DOTS,))
    yield Heading("2. " + _("Học sinh"), 2)
    yield Entry(_("Bài đọc và phiếu học sinh của bài (bản in hoặc trên máy), vở ghi, bút."))
    yield Heading("III. " + _("Tiến trình dạy học"))
    yield _timetable(plan)
    for activity in plan.activities:
        yield from _activity(activity)
    yield from _after(plan)


def _knowledge(plan: LessonPlan) -> Iterator[Block]:
    yield Heading("1. " + _("Về kiến thức"), 2)
    yield Entry(_("Nêu được nghĩa của các từ khoá: %(terms)s.", terms=", ".join(plan.terms)))
    yield from (Entry(sentence) for sentence in plan.knowledge)


def _competences(plan: LessonPlan) -> Iterator[Block]:
    yield Heading("2. " + _("Về năng lực"), 2)
    yield Text("", _("Năng lực đặc thù và năng lực số:"))
    yield from (Entry(f"{aim.text} ({'; '.join(aim.codes)})") for aim in plan.aims)
    yield Text("", _("Năng lực chung:"))
    yield from (Entry(one) for one in plan.general)


def _timetable(plan: LessonPlan) -> Table:
    rows = tuple(
        (
            f"{one.number}. {ACTIVITY_WORDS[one.phase]}",
            _("%(minutes)s phút", minutes=one.minutes),
            one.product,
        )
        for one in plan.activities
    )
    return Table((_("Hoạt động"), _("Thời gian"), _("Sản phẩm")), rows, (34, 16, 70))


def _activity(activity: Activity) -> Iterator[Block]:
    words = _("Hoạt động %(number)s: %(name)s", number=activity.number, name=ACTIVITY_WORDS[activity.phase])
    minutes = _("%(minutes)s phút", minutes=activity.minutes)
    yield Heading(f"{activity.number}. {words} ({minutes})", 2)
    yield Text(activity.goal, "a) " + _("Mục tiêu") + ":")
    yield Text(activity.content, "b) " + _("Nội dung") + ":")
    yield Text(activity.product, "c) " + _("Sản phẩm") + ":")
    yield Text("", "d) " + _("Tổ chức thực hiện") + ":")
    if len(activity.steps) == 1:
        yield Text(activity.steps[0])
    else:
        yield from (Entry(step, f"{number}.") for number, step in enumerate(activity.steps, 1))


def _after(plan: LessonPlan) -> Iterator[Block]:
    """What teachers add by hand once the lesson was given; the wrong ideas to look out for stand above it."""
    yield Heading("IV. " + _("Hiểu lầm thường gặp và cách dạy lại"))
    for idea in plan.misconceptions:
        yield Text(idea.reteach, f"“{idea.text}”")
    yield Heading("V. " + _("Điều chỉnh sau bài dạy"))
    yield from (Text(LINE) for _line in range(3))
