"""What a class said to the questions that nobody judges: on the page and as files, with the same figures."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires
from school_safety.access.policy import Permission
from school_safety.classroom import queries, report, sheets
from school_safety.classroom.queries import GroupFacts
from school_safety.classroom.report.surveys import survey_lines
from school_safety.classroom.rules import FEWEST_SHOWN
from school_safety.classroom.views.blueprint import bp
from school_safety.kit import clock, db
from school_safety.kit.i18n import _, local
from school_safety.kit.web import download


@bp.get("/assignments/<public_id>/survey")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def survey_show(given: GroupFacts) -> ResponseReturnValue:
    """Counts per option, and open answers without names."""
    progress = report.class_progress(db.session(), given, now=clock.now())
    lines = survey_lines(db.session(), progress)
    return render_template("classroom/survey_show.html", progress=progress, lines=lines, fewest=FEWEST_SHOWN)


@bp.get("/assignments/<public_id>/survey.csv")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def survey_csv(given: GroupFacts) -> ResponseReturnValue:
    """The counts as CSV; open answers stay on the page."""
    return _file(given, "csv")


@bp.get("/assignments/<public_id>/survey.xlsx")
@requires(Permission.SEE_RESULTS, on=queries.load_group)
def survey_xlsx(given: GroupFacts) -> ResponseReturnValue:
    """The counts as XLSX; open answers stay on the page."""
    return _file(given, "xlsx")


def _file(given: GroupFacts, kind: str) -> Response:
    progress = report.class_progress(db.session(), given, now=clock.now())
    lines = survey_lines(db.session(), progress)
    name = f"{_('Khảo sát')} {given.group.class_group.name} - {local(given.group.assignment.title)}.{kind}"
    return download(sheets.survey_file(lines, kind), name, sheets.MEDIA_TYPES[kind])
