"""The learning path of a grade, for staff."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires, viewer
from school_safety.access.policy import Permission, Reach
from school_safety.classroom.report.path import path_of
from school_safety.classroom.views.blueprint import bp
from school_safety.curriculum.rules import SECONDARY_GRADES
from school_safety.kit import clock, db


@bp.get("/lessons/path")
@requires(Permission.READ_LIBRARY)
def lesson_path(reach: Reach) -> ResponseReturnValue:
    """The lessons of `?grade=7` in teaching order, with which of the viewer's class groups had them."""
    asked = request.args.get("grade", type=int)
    grade = asked if asked in SECONDARY_GRADES else None
    path = path_of(db.session(), viewer(), grade=grade, today=clock.today())
    return render_template("classroom/lesson_path.html", path=path, grades=SECONDARY_GRADES)
