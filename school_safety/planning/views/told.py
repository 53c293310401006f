"""A teacher tells the coordinator what was taught or given out; only the coordinator's record makes it a delivery."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.fields import choice
from school_safety.planning.forms.told import TellDeliveryForm
from school_safety.planning.models import ToldDelivery
from school_safety.planning.report import words
from school_safety.planning.views.blueprint import bp
from school_safety.planning.views.prefilled import channel_of
from school_safety.registry.models import AcademicYear
from school_safety.registry.queries import get_current_year, get_school_row
from school_safety.roster.models import ClassGroup

LATEST = 5
LONGEST_CODE = 20


@bp.route("/deliveries/tell", methods=["GET", "POST"])
@requires(Permission.TELL_DELIVERY)
def told_new(reach: Reach) -> ResponseReturnValue:
    """Tell what was done, filled in from `?channel=`, `?lesson=` and `?class_group=`."""
    who, session, today = viewer(), db.session(), clock.today()
    if who.school_id is None:
        raise NotFound
    school, year = get_school_row(session, who.school_id), get_current_year(session, today)
    own = _own_groups(reach, who.school_id, year)
    form = _form(own)
    if form.submitted():
        try:
            actions.tell_delivery(
                session,
                actor=who,
                school=school,
                year=year,
                channel=form.channel.data,
                lesson_code=form.lesson.data or "",
                values=actions.DeliveryValues(
                    form.taught_on.data, form.head_count.data, tuple(form.class_groups.data or ()), form.note.data or ""
                ),
                class_group_ids=[group.id for group, _pupils in own],
                now=clock.now(),
                today=today,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã báo. Khi điều phối viên ghi nhận, việc này mới thành hoạt động của trường."))
            return redirect(url_for("planning.told_new"), 303)
    latest = queries.list_own_told(session, person_id=who.person_id, year_id=year.id, limit=LATEST)
    return render_form("planning/told_new.html", form, school=school, latest=latest, words=words)


@bp.post("/told-deliveries/<int:told_id>/dismiss")
@requires(Permission.RECORD_DELIVERY, on=queries.load_told)
def told_dismiss(told: ToldDelivery) -> ResponseReturnValue:
    """Pass over something told: it was recorded already, or does not belong to the programme."""
    session = db.session()
    school = get_school_row(session, told.school_id)
    actions.settle_told(session, actor=viewer(), told=told, delivery=None, now=clock.now())
    flash(_("Đã bỏ qua. Việc này không được ghi thành hoạt động."))
    return redirect(url_for("planning.delivery_index", code=school.code), 303)


def _own_groups(reach: Reach, school_id: int, year: AcademicYear) -> list[tuple[ClassGroup, int]]:
    groups = queries.list_class_groups(db.session(), school_id=school_id, year_id=year.id)
    return [(group, pupils) for group, pupils in groups if group.id in reach.class_group_ids]


def _form(own: list[tuple[ClassGroup, int]]) -> TellDeliveryForm:
    """The form for today, with the class that was named ticked, or the only one."""
    named = request.args.get("class_group", type=int)
    ticked = [(group, pupils) for group, pupils in own if group.id == named or len(own) == 1]
    form = TellDeliveryForm(
        data={
            "taught_on": clock.today(),
            "channel": channel_of(request.args.get("channel", "")),
            "lesson": request.args.get("lesson", "")[:LONGEST_CODE],
            "class_groups": [group.id for group, _pupils in ticked],
            "head_count": sum(pupils for _group, pupils in ticked) or None,
        }
    )
    form.class_groups.choices = [choice(group.id, group.name) for group, _pupils in own]
    return form
