"""What took place in a school: the list, recording, correcting, taking back."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound, Refused
from school_safety.kit.i18n import _, ngettext
from school_safety.kit.web import render_form
from school_safety.planning import actions, queries
from school_safety.planning.forms.deliveries import DeliveryForm, EvidenceForm, RecordDeliveryForm
from school_safety.planning.forms.fields import choice
from school_safety.planning.models import ToldDelivery
from school_safety.planning.queries import DeliveryInSchool, Published, SchoolYear
from school_safety.planning.report import words
from school_safety.planning.report.programme import published_report
from school_safety.planning.views.blueprint import bp

MOST_NOTE = 200


@bp.get("/schools/<code>/deliveries")
@bp.get("/schools/<code>/deliveries/<year>")
@requires(Permission.SEE_PROGRAMME, on=queries.load_school_year)
def delivery_index(here: SchoolYear) -> ResponseReturnValue:
    """The deliveries of the year with their proof, and the activities that wait for one."""
    session = db.session()
    rows = queries.list_deliveries(session, school_id=here.school.school_id, year_id=here.year.id)
    published = _published(here)
    done = {row.delivery.activity_id for row in rows}
    report = published_report(published, None) if published else None
    return render_template(
        "planning/delivery_index.html",
        here=here,
        rows=rows,
        report=report,
        told=queries.list_told(session, school_id=here.school.school_id, year_id=here.year.id)
        if viewer().may(Permission.RECORD_DELIVERY)
        else [],
        waiting=[line for line in report.activities if line.id not in done] if report else [],
        words=words,
    )


@bp.route("/schools/<code>/deliveries/<year>/new", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY, on=queries.load_school_year)
def delivery_new(here: SchoolYear) -> ResponseReturnValue:
    """Record a delivery, filled in from the activity that was clicked."""
    published = _published(here)
    if published is None:
        raise NotFound
    told = queries.find_told(db.session(), request.args.get("told", 0, type=int), school_id=here.school.school_id)
    form = _record_form(published, told)
    if form.submitted():
        try:
            delivery = actions.record_delivery(
                db.session(),
                actor=viewer(),
                published=published,
                activity_id=form.activity.data,
                values=_values(form),
                now=clock.now(),
                today=clock.today(),
            )
            if told is not None:
                actions.settle_told(db.session(), actor=viewer(), told=told, delivery=delivery, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã ghi hoạt động. Bước tiếp: thêm minh chứng."))
            return redirect(url_for("planning.delivery_show", delivery_id=delivery.root_id), 303)
    return render_form("planning/delivery_new.html", form, here=here, published=published)


@bp.get("/deliveries/<int:delivery_id>")
@requires(Permission.SEE_PROGRAMME, on=queries.load_delivery)
def delivery_show(found: DeliveryInSchool) -> ResponseReturnValue:
    """One delivery with its evidence and what was decided about it."""
    return show(found, EvidenceForm(formdata=None))


def show(found: DeliveryInSchool, form: EvidenceForm) -> ResponseReturnValue:
    """The delivery's page, with the form for evidence that may have been refused."""
    session = db.session()
    today = clock.today()
    belongs = queries.belongs_to(session, viewer().person_id, found.school.school_id, today, today)
    return render_form(
        "planning/delivery_show.html",
        form,
        found=found,
        row=found.row,
        belongs=belongs,
        decisions=queries.list_decisions(session, found.row.delivery.root_id),
        words=words,
    )


@bp.route("/deliveries/<int:delivery_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY, on=queries.load_delivery)
def delivery_edit(found: DeliveryInSchool) -> ResponseReturnValue:
    """Correct a delivery; the earlier record stays and an acceptance has to be given anew."""
    delivery = found.row.delivery
    form = DeliveryForm(
        data={
            "taught_on": delivery.taught_on,
            "head_count": delivery.head_count,
            "class_groups": [group.id for group in found.row.class_groups],
            "note": delivery.note,
        }
    )
    _fill_groups(form, found.school.school_id, found.year.id)
    if form.submitted():
        try:
            actions.change_delivery(
                db.session(),
                actor=viewer(),
                found=found,
                entry=queries.get_entry(db.session(), delivery),
                values=_values(form),
                now=clock.now(),
                today=clock.today(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Đã sửa. Bản trước vẫn được lưu."))
            return redirect(url_for("planning.delivery_show", delivery_id=delivery.root_id), 303)
    return render_form("planning/delivery_edit.html", form, found=found, row=found.row)


@bp.post("/deliveries/<int:delivery_id>/withdraw")
@requires(Permission.RECORD_DELIVERY, on=queries.load_delivery)
def delivery_withdraw(found: DeliveryInSchool) -> ResponseReturnValue:
    """Take a delivery back that was recorded by mistake."""
    try:
        actions.withdraw_delivery(db.session(), actor=viewer(), found=found, now=clock.now())
    except Refused as refused:
        flash(DeliveryForm.WORDS[refused.code], "warn")
        return redirect(url_for("planning.delivery_show", delivery_id=found.row.delivery.root_id), 303)
    flash(_("Đã rút bản ghi. Hoạt động này không còn được tính."))
    return redirect(url_for("planning.delivery_index", code=found.school.code, year=found.year.code), 303)


def _published(here: SchoolYear) -> Published | None:
    revision = queries.find_revision(db.session(), here.programme.id) if here.programme else None
    if here.programme is None or revision is None:
        return None
    return Published(here.school, here.year, here.programme, revision)


def _record_form(published: Published, told: ToldDelivery | None) -> RecordDeliveryForm:
    """The form, filled in from what a teacher told, or from `?activity=`, `?class_group=` and `?note=`.

    Of an activity: its date where it lies in the past, and every class of its grades ticked.
    """
    entries: list[dict[str, Any]] = published.revision.content["activities"]
    activity_id, named = request.args.get("activity", type=int), request.args.get("class_group", type=int)
    note = told.note if told else request.args.get("note", "")[:MOST_NOTE]
    chosen = next((entry for entry in entries if entry["id"] == activity_id), None)
    today = clock.today()
    day = told.taught_on if told else today if note else _likely_day(chosen, today)
    form = RecordDeliveryForm(data={"activity": activity_id, "taught_on": day, "note": note})
    form.activity.choices = [choice(entry["id"], f"{entry['number']}. {entry['title']}") for entry in entries]
    groups = _fill_groups(form, published.school.school_id, published.year.id)
    grades = chosen["grades"] if chosen is not None else ()
    wanted = told.class_group_ids if told else [named] if named else None
    if not form.is_submitted():
        ticked = [
            (group, pupils)
            for group, pupils in groups
            if (group.grade in grades if wanted is None else group.id in wanted)
        ]
        form.class_groups.data = [group.id for group, _pupils in ticked]
        form.head_count.data = told.head_count if told else sum(pupils for _group, pupils in ticked) or None
    return form


def _likely_day(entry: dict[str, Any] | None, today: date) -> date:
    """The last day of the activity that has come, else today."""
    if entry is None or entry["starts_on"] is None or date.fromisoformat(entry["starts_on"]) > today:
        return today
    return min(today, date.fromisoformat(entry["ends_on"] or entry["starts_on"]))


def _fill_groups(form: DeliveryForm, school_id: int, year_id: int) -> list[tuple[Any, int]]:
    groups = queries.list_class_groups(db.session(), school_id=school_id, year_id=year_id)
    form.class_groups.choices = [
        choice(group.id, f"{group.name} ({ngettext('%(num)s học sinh', '%(num)s học sinh', pupils)})")
        for group, pupils in groups
    ]
    return groups


def _values(form: DeliveryForm) -> actions.DeliveryValues:
    return actions.DeliveryValues(
        taught_on=form.taught_on.data,
        head_count=form.head_count.data,
        class_group_ids=tuple(form.class_groups.data or ()),
        note=form.note.data or "",
    )
