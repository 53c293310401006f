"""Units and schools from a file in the web: upload, look at what would change, confirm."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.kit import clock, db, files
from school_safety.kit.errors import Conflict, NotFound, Refused
from school_safety.kit.i18n import _
from school_safety.kit.sheets import CellProblem, SheetError
from school_safety.kit.web import render_form, takes_files
from school_safety.registry import actions, queries
from school_safety.registry.forms import (
    CHANGE_NAMES,
    FIELD_NAMES,
    IMPORT_WORDS,
    ConfirmRegistryForm,
    UploadRegistryForm,
)
from school_safety.registry.models import ImportDraft
from school_safety.registry.readers import read_registry
from school_safety.registry.rules import ImportKind
from school_safety.registry.views.blueprint import bp


@bp.route("/registry/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
@takes_files
def import_new(reach: Reach) -> ResponseReturnValue:
    """Upload units and schools."""
    form = UploadRegistryForm()
    if form.submitted():
        try:
            read = read_registry(files.read_table_file(form.file.data), form.file.data.filename or "")
        except SheetError as error:
            form.refuse(Refused(error.code, "file", **error.params))
        else:
            if read.units or read.schools or any(problem.row for problem in read.problems):
                draft = actions.keep_draft(
                    db.session(),
                    actor=viewer(),
                    kind=ImportKind.REGISTRY,
                    content=actions.registry_content(read),
                    now=clock.now(),
                )
                return redirect(url_for("registry.import_show", public_id=draft.public_id), 303)
            for problem in read.problems or (CellProblem("nothing_to_import"),):
                form.refuse(Refused(problem.code, "file", **problem.params))
    return render_form("registry/import_new.html", form)


@bp.route("/registry/imports/<public_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_REGISTRY)
def import_show(reach: Reach, public_id: str) -> ResponseReturnValue:
    """What a file would change; confirming writes all of it or nothing."""
    me = viewer()
    draft = queries.get_draft(db.reader(), public_id, kind=ImportKind.REGISTRY, made_by=me.person_id)
    if draft.done_at is None and draft.expires_at <= clock.now():
        raise NotFound
    form = ConfirmRegistryForm()
    if form.submitted():
        mine = queries.get_draft(db.session(), public_id, kind=ImportKind.REGISTRY, made_by=me.person_id)
        try:
            actions.confirm_registry(
                db.session(),
                actor=me,
                draft=mine,
                seen=form.seen.data or "",
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused)
        except Conflict as conflict:
            form.refuse(Refused(conflict.code))
        else:
            flash(_("Đã nhập đơn vị và trường."))
            return redirect(url_for("registry.import_show", public_id=public_id), 303)
    return _show(draft, form)


def _show(draft: ImportDraft, form: ConfirmRegistryForm) -> ResponseReturnValue:
    if draft.done_at is not None:
        return render_template("registry/import_done.html", result=draft.content["result"])
    read = actions.registry_from(draft.content)
    plan = actions.plan_registry(db.reader(), file=read, today=clock.today())
    form.seen.data = plan.fingerprint
    return render_form(
        "registry/import_show.html",
        form,
        draft=draft,
        plan=plan,
        counts=plan.counts(),
        problems=[_words(problem) for problem in (*read.problems, *plan.refusals)],
        changes=CHANGE_NAMES,
        fields=FIELD_NAMES,
    )


def _words(problem: CellProblem) -> dict[str, Any]:
    words = IMPORT_WORDS.get(str(problem.code))
    text = str(words) % problem.params if words is not None else str(problem.code)
    return {"sheet": problem.sheet, "row": problem.row, "column": problem.column, "words": text}
