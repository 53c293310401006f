"""The audit log as a page."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from school_safety.access import queries
from school_safety.access.guard import requires
from school_safety.access.policy import Permission, Reach
from school_safety.kit import db
from school_safety.kit.paging import PER_PAGE, Page, offset, page_number

bp = Blueprint("access", __name__)


@bp.get("/audit")
@requires(Permission.SEE_AUDIT)
def audit_index(reach: Reach) -> ResponseReturnValue:
    """What was done, newest first: codes and ids only."""
    number, verb = page_number(request.args.get("page")), request.args.get("verb", "").strip()[:60]
    events, total = queries.list_events(db.session(), verb=verb, limit=PER_PAGE, offset=offset(number))
    return render_template("access/audit_index.html", page=Page(events, number, total), verb=verb)
