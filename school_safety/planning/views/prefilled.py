"""From a part of an outreach kit to the delivery form, filled in; only sending that form records anything."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires
from school_safety.access.policy import Permission
from school_safety.kit import db
from school_safety.kit.i18n import _
from school_safety.planning import queries
from school_safety.planning.queries import SchoolYear
from school_safety.planning.report.words import CHANNEL_WORDS
from school_safety.planning.rules import best_activity
from school_safety.planning.views.blueprint import bp

LONGEST_CODE = 20
FAMILY, FAMILY_CHANNEL = "family", "parents_meeting"
"""The page for families is handed out where parents meet."""


@bp.get("/schools/<code>/deliveries/prefilled")
@requires(Permission.RECORD_DELIVERY, on=queries.load_school_year)
def delivery_prefilled(here: SchoolYear) -> ResponseReturnValue:
    """To the form with the activity that suits `?channel=` and `?lesson=`, today's date and both in the note."""
    revision = queries.find_revision(db.session(), here.programme.id) if here.programme else None
    code, year = here.school.code, here.year.code
    if revision is None:
        flash(_("Trường chưa công bố chương trình năm học, nên chưa có hoạt động để ghi."), "warn")
        return redirect(url_for("planning.delivery_index", code=code, year=year), 303)
    wanted = request.args.get("channel", "")
    channel = FAMILY_CHANNEL if wanted == FAMILY else wanted if wanted in CHANNEL_WORDS else ""
    lesson = request.args.get("lesson", "")[:LONGEST_CODE]
    activities: Sequence[dict[str, Any]] = revision.content["activities"]
    chosen = best_activity(activities, channel=channel, lesson=lesson)
    if chosen is None:
        flash(_("Chương trình chưa có hoạt động cho kênh này. Hãy chọn hoạt động gần nhất."), "warn")
    note = _("Tài liệu gửi ra: %(channel)s, bài %(lesson)s.", channel=CHANNEL_WORDS.get(channel, ""), lesson=lesson)
    return redirect(url_for("planning.delivery_new", code=code, year=year, activity=chosen, note=note), 303)
