"""Deeds on a school: dissolved, opened again, others merged into it, others split off."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _
from school_safety.kit.web import render_form
from school_safety.registry import actions, queries
from school_safety.registry.forms import MergeSchoolsForm, SchoolDeedForm, SplitSchoolForm
from school_safety.registry.models import School, SchoolPath
from school_safety.registry.queries import SchoolFilter
from school_safety.registry.rules import SchoolStatus
from school_safety.registry.views.blueprint import bp

FIELD_OF = {MergeSchoolsForm: "sources", SplitSchoolForm: "targets"}
"""Which field of a form names the other schools."""


@bp.route("/schools/<code>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_school)
def school_close(school: SchoolPath) -> ResponseReturnValue:
    """A school is dissolved from a day on."""
    form = SchoolDeedForm(data={"on": clock.today()})
    return do_deed(
        form,
        school,
        lambda target: actions.close_school(db.session(), school=target, **_terms(form)),
        lambda: _page(
            form,
            school,
            title=_("Giải thể %(name)s", name=school.name),
            lead=_("Từ ngày đó trường không còn trong diện tính. Hồ sơ, chương trình và kết quả cũ vẫn còn."),
            crumb=_("Giải thể"),
            act=_("Ghi giải thể"),
        ),
    )


@bp.route("/schools/<code>/reopen", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_school)
def school_reopen(school: SchoolPath) -> ResponseReturnValue:
    """A closed or suspended school operates again from a day on."""
    form = SchoolDeedForm(data={"on": clock.today()})
    return do_deed(
        form,
        school,
        lambda target: actions.reopen_school(db.session(), school=target, **_terms(form)),
        lambda: _page(
            form,
            school,
            title=_("Mở lại %(name)s", name=school.name),
            lead=_("Trường hoạt động lại từ ngày đó; quyết định đóng trước đây vẫn còn trong hồ sơ."),
            crumb=_("Mở lại"),
            act=_("Mở lại trường"),
        ),
    )


@bp.route("/schools/<code>/merge", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_school)
def school_merge(school: SchoolPath) -> ResponseReturnValue:
    """Other schools go into this one on a day."""
    form = MergeSchoolsForm(data={"on": clock.today()})
    form.sources.choices = _other_schools(school)
    return do_deed(
        form,
        school,
        lambda target: actions.merge_schools(
            db.session(), sources=_chosen(form.sources.data), target=target, **_terms(form)
        ),
        lambda: _page(
            form,
            school,
            title=_("Sáp nhập vào %(name)s", name=school.name),
            lead=_("Các trường được chọn đóng từ ngày đó và được ghi là đã vào trường này."),
            crumb=_("Sáp nhập"),
            act=_("Ghi sáp nhập"),
        ),
    )


@bp.route("/schools/<code>/split", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY, on=queries.load_school)
def school_split(school: SchoolPath) -> ResponseReturnValue:
    """Schools come out of this one on a day; it goes on, or closes that day."""
    form = SplitSchoolForm(data={"on": clock.today()})
    form.targets.choices = _other_schools(school)
    return do_deed(
        form,
        school,
        lambda source: actions.split_school(
            db.session(), source=source, targets=_chosen(form.targets.data), closes=form.closes.data, **_terms(form)
        ),
        lambda: _page(
            form,
            school,
            title=_("Chia, tách %(name)s", name=school.name),
            lead=_("Thêm các trường mới trước, rồi chọn ở đây: hồ sơ sẽ ghi các trường ấy tách ra từ trường này."),
            crumb=_("Chia, tách"),
            act=_("Ghi chia, tách"),
        ),
    )


def do_deed(
    form: Any, school: SchoolPath, act: Callable[[School], object], page: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """One deed on a school: do it, or show the page of its form with what was refused."""
    if form.submitted():
        try:
            act(db.session().get_one(School, school.school_id))
        except Refused as refused:
            others = FIELD_OF.get(type(form), "target")
            form.refuse(refused if refused.field != "target" else Refused(refused.code, others))
        else:
            flash(_("Đã ghi vào hồ sơ của trường."))
            return redirect(url_for("registry.school_show", code=school.code), 303)
    return page()


def _page(form: SchoolDeedForm, school: SchoolPath, **words: str) -> ResponseReturnValue:
    return render_form("registry/school_deed.html", form, school=school, **words)


def _terms(form: SchoolDeedForm) -> dict[str, Any]:
    """Who does it, from which day, by which document."""
    document = form.document.data or ""
    return {"actor": viewer(), "on": form.on.data, "document": document, "today": clock.today()}


def _other_schools(school: SchoolPath) -> list[tuple[str, str]]:
    reach = viewer().reach(Permission.MANAGE_REGISTRY)
    rows, _total = queries.list_schools(db.reader(), reach, SchoolFilter(status=SchoolStatus.OPEN))
    return [(row.code, f"{row.name} ({row.code})") for row, _c, _a in rows if row.code != school.code]


def _chosen(codes: list[str] | None) -> list[School]:
    found = (queries.find_school(db.session(), code) for code in codes or [])
    return [school for school in found if school is not None]
