"""A class list to try the import with; only where the demo province is."""

from flask import Blueprint, Flask, current_app, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import optional_viewer, requires
from school_safety.access.policy import Permission, Reach
from school_safety.demo.actions.classes import EMPTY_CLASS
from school_safety.demo.actions.doors import is_demo
from school_safety.demo.rules import DEMO_SCHOOL
from school_safety.demo.sheets import class_list
from school_safety.kit import clock, db
from school_safety.kit.errors import NotFound
from school_safety.kit.sheets import XLSX
from school_safety.kit.web import download
from school_safety.registry.queries import get_current_year, get_school

bp = Blueprint("demo", __name__)


@bp.get("/demo/class-list.xlsx")
@requires(Permission.IMPORT_ROSTER)
def class_list_show(reach: Reach) -> ResponseReturnValue:
    """An invented class list, shaped as a school's system exports it."""
    if not is_demo(current_app.extensions["settings"].data_dir):
        raise NotFound
    session = db.session()
    year = get_current_year(session, clock.today())
    school = get_school(session, DEMO_SCHOOL)
    data = class_list(school.name, EMPTY_CLASS, year.code, year.starts_on)
    return download(data, f"Danh sách lớp {EMPTY_CLASS}.xlsx", XLSX)


def register(app: Flask) -> None:
    """Let templates offer the class list where there is one (`demo_class_list()` is its address or nothing)."""

    def demo_class_list() -> str | None:
        who = optional_viewer()
        in_demo_school = who is not None and who.school_code in (None, DEMO_SCHOOL)
        here = in_demo_school and is_demo(app.extensions["settings"].data_dir)
        return url_for("demo.class_list_show") if here else None

    app.jinja_env.globals["demo_class_list"] = demo_class_list
