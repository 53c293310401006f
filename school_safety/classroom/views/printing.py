"""A class without devices: the quiz printed, and the grid into which its sheets are typed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission
from school_safety.classroom import actions, queries, report
from school_safety.classroom.forms import CELL_WORDS, START_WORDS
from school_safety.classroom.queries import GroupFacts
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.errors import Refused
from school_safety.kit.i18n import _, ngettext


@bp.get("/assignments/<public_id>/paper/print")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def paper_print(given: GroupFacts) -> ResponseReturnValue:
    """The quiz on paper: one to copy, or with `?named=1` one for every pupil."""
    sheet = report.sheet_of(db.session(), given)
    named = bool(request.args.get("named"))
    return render_template("classroom/paper_print.html", sheet=sheet, named=named)


@bp.route("/assignments/<public_id>/paper", methods=["GET", "POST"])
@requires(Permission.ASSIGN, on=queries.load_group)
def paper_entry(given: GroupFacts) -> ResponseReturnValue:
    """Type in what the class answered on paper; with any field wrong nothing is stored and everything stays typed."""
    typed = request.form if request.method == "POST" else None
    grid = report.grid_of(db.reader(), given, typed=typed, now=clock.now())
    if typed is not None and not grid.problems:
        try:
            _enter(given, grid)
        except Refused as refused:
            flash(START_WORDS[refused.code], "bad")  # type: ignore[index]  # the only refusal is a StartProblem
        else:
            return redirect(url_for(".paper_entry", public_id=given.group.public_id), 303)
    page = render_template("classroom/paper_entry.html", grid=grid, words=CELL_WORDS)
    return page, 422 if grid.problems else 200


def _enter(given: GroupFacts, grid: report.Grid) -> None:
    sheets = {row.pupil.person_id: row.answers for row in grid.rows if row.answers}
    if not sheets:
        flash(_("Chưa có gì mới để lưu. Hãy gõ bài của ít nhất một em."), "warn")
        return
    done = actions.enter_paper(db.session(), actor=viewer(), given=given, sheets=sheets, now=clock.now())
    if done.new:
        flash(ngettext("Đã nhập bài của %(num)s em.", "Đã nhập bài của %(num)s em.", len(done.new)))
    if done.corrected:
        flash(ngettext("Đã sửa bài của %(num)s em.", "Đã sửa bài của %(num)s em.", len(done.corrected)))
    names = {row.pupil.person_id: row.pupil.name for row in grid.rows}
    for person_id in done.skipped:
        flash(_("%(name)s đã làm bài trên máy nên không ghi đè.", name=names[person_id]), "warn")
