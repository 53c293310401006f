"""The second step of drafting: activities, with the checks beside the form."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.curriculum import queries as curriculum
from school_safety.curriculum.rules import element_mask, elements_of, grade_mask, grades_of
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, local
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.fields import choice, split_units
from school_safety.planning.forms.programmes import ActivityForm, channel_choices
from school_safety.planning.models import Activity
from school_safety.planning.queries import Draft
from school_safety.planning.report import words
from school_safety.planning.report.checks import CheckPanel, check_panel
from school_safety.planning.report.programme import ProgrammeReport, report_of
from school_safety.planning.rules import Problem, Recurrence, Schedule, draft_problems, served_strands
from school_safety.planning.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft as it lies on the desk: in words, with its problems and the panel of checks."""

    report: ProgrammeReport
    problems: list[Problem]
    numbers: dict[int, int]
    panel: CheckPanel

    def of(self, activity_id: int) -> list[Problem]:
        """The problems of one activity."""
        return [problem for problem in self.problems if problem.activity == activity_id]


def desk_of(draft: Draft) -> Desk:
    """Read the draft afresh and judge it."""
    session = db.session()
    activities = queries.list_activities(session, draft.programme.id)
    drafts = [queries.draft_of(activity) for activity in activities]
    problems = draft_problems(drafts, year=draft.dates, levels=draft.school.grades)
    content = actions.content_of(draft, activities)
    revision = queries.find_revision(session, draft.programme.id)
    numbers = {activity.id: number for number, activity in enumerate(activities, 1)}
    panel = check_panel(
        problems,
        numbers,
        served_strands(problems),
        copied=draft.programme.copied_from_id is not None,
        published=revision is not None and revision.content == content,
    )
    return Desk(report_of(draft.school, content), problems, numbers, panel)


@bp.get("/schools/<code>/programme/<year>/activities")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def activity_index(draft: Draft) -> ResponseReturnValue:
    """The activities of the draft, none of them open."""
    return _page(draft, _form(draft), opened=None)


@bp.route("/schools/<code>/programme/<year>/activities/new", methods=["GET", "POST"])
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_draft)
def activity_new(draft: Draft) -> ResponseReturnValue:
    """A new activity at the end of the draft."""
    form = _form(draft)
    if form.submitted():
        try:
            activity = actions.add_activity(
                db.session(), actor=viewer(), draft=draft, values=_values(form), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã thêm hoạt động “%(title)s”.", title=activity.title))
            return _back(draft)
    return _page(draft, form, opened=0)


@bp.route("/schools/<code>/programme/<year>/activities/<int:activity_id>", methods=["GET", "POST"])
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_activity)
def activity_edit(draft: Draft) -> ResponseReturnValue:
    """One activity opened in its place."""
    activity = _activity(draft)
    form = _form(draft, activity)
    if form.submitted():
        try:
            actions.edit_activity(
                db.session(), actor=viewer(), draft=draft, activity=activity, values=_values(form), now=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã lưu hoạt động “%(title)s”.", title=activity.title))
            return _back(draft)
    return _page(draft, form, opened=activity.id)


@bp.post("/schools/<code>/programme/<year>/activities/<int:activity_id>/remove")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_activity)
def activity_remove(draft: Draft) -> ResponseReturnValue:
    """Take an activity out of the draft; the message offers to bring it back."""
    activity = _activity(draft)
    actions.remove_activity(db.session(), actor=viewer(), draft=draft, activity=activity, now=clock.now())
    undo = url_for("planning.activity_restore", code=draft.school.code, year=draft.year.code, activity_id=activity.id)
    message = {"words": _("Đã xoá hoạt động “%(title)s”.", title=activity.title), "undo": undo}
    flash(message)  # type: ignore[arg-type]  # the base page shows words and a button to undo
    return _back(draft)


@bp.post("/schools/<code>/programme/<year>/activities/<int:activity_id>/restore")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_activity)
def activity_restore(draft: Draft) -> ResponseReturnValue:
    """Bring a removed activity back."""
    activity = _activity(draft)
    actions.restore_activity(db.session(), actor=viewer(), draft=draft, activity=activity, now=clock.now())
    flash(_("Đã đưa hoạt động “%(title)s” trở lại.", title=activity.title))
    return _back(draft)


@bp.post("/schools/<code>/programme/<year>/activities/<int:activity_id>/move")
@requires(Permission.DRAFT_PROGRAMME, on=queries.load_activity)
def activity_move(draft: Draft) -> ResponseReturnValue:
    """One place up or down."""
    actions.move_activity(
        db.session(),
        actor=viewer(),
        draft=draft,
        activity=_activity(draft),
        up=request.form.get("to") == "up",
        now=clock.now(),
    )
    return _back(draft)


def _activity(draft: Draft) -> Activity:
    if draft.activity is None:
        raise LookupError("the loader of this route brings an activity")
    return draft.activity


def _back(draft: Draft) -> ResponseReturnValue:
    return redirect(url_for("planning.activity_index", code=draft.school.code, year=draft.year.code), 303)


def _page(draft: Draft, form: ActivityForm, *, opened: int | None) -> ResponseReturnValue:
    desk = desk_of(draft)
    return render_form("planning/activity_index.html", form, draft=draft, desk=desk, opened=opened, words=words)


def _form(draft: Draft, activity: Activity | None = None) -> ActivityForm:
    form = ActivityForm(data=_data(activity) if activity else {"schedule": Schedule.ONE_OFF})
    form.channel.choices = channel_choices()
    form.grades.choices = [choice(grade, str(grade)) for grade in grades_of(draft.school.grades)]
    form.lessons.choices = [
        choice(revision.lesson.code, f"{revision.lesson.code}: {local(revision.content['title'])}")
        for revision in curriculum.list_published(db.reader())
    ]
    return form


def _data(activity: Activity) -> dict[str, object]:
    names = ("title", "lead_unit", "schedule", "starts_on", "ends_on", "recurrence", "channel", "parents", "staff")
    return {
        **{name: getattr(activity, name) for name in names},
        "recurrence": activity.recurrence or "",
        "coordinating_units": ", ".join(activity.coordinating_units),
        "grades": list(grades_of(activity.grades)),
        "elements": [element.value for element in elements_of(activity.elements)],
        "lessons": list(activity.lessons),
        "note": activity.note,
    }


def _values(form: ActivityForm) -> actions.ActivityValues:
    return actions.ActivityValues(
        title=form.title.data or "",
        lead_unit=form.lead_unit.data or "",
        coordinating_units=split_units(form.coordinating_units.data),
        schedule=Schedule(form.schedule.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        recurrence=Recurrence(form.recurrence.data) if form.recurrence.data else None,
        channel=form.channel.data or None,
        grades=grade_mask(form.grades.data or ()),
        parents=bool(form.parents.data),
        staff=bool(form.staff.data),
        elements=element_mask(form.elements.data or ()),
        lessons=tuple(form.lessons.data or ()),
        note=form.note.data or "",
    )
