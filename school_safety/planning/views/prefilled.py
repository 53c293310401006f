"""From a lesson taught or a part of a kit to the delivery form, filled in; only sending that form records anything."""

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
from school_safety.planning.rules import CHANNELS, ChannelGroup, best_activity
from school_safety.planning.views.blueprint import bp

LONGEST_CODE = 20
ONLINE = "online_quiz"
"""The channel of a lesson that a class works through on the platform."""
IN_SCHOOL = frozenset(code for code, channel in CHANNELS.items() if channel.group is ChannelGroup.IN_SCHOOL)
FAMILY, FAMILY_CHANNEL = "family", "parents_meeting"
"""The page for families is handed out where parents meet."""


@bp.get("/schools/<code>/deliveries/prefilled")
@requires(Permission.RECORD_DELIVERY, on=queries.load_school_year)
def delivery_prefilled(here: SchoolYear) -> ResponseReturnValue:
    """To the form with the activity that suits `?channel=` and `?lesson=`, or what a teacher told (`?told=`)."""
    revision = queries.find_revision(db.session(), here.programme.id) if here.programme else None
    code, year = here.school.code, here.year.code
    if revision is None:
        flash(_("Trường chưa công bố chương trình năm học, nên chưa có hoạt động để ghi."), "warn")
        return redirect(url_for("planning.delivery_index", code=code, year=year), 303)
    told = queries.find_told(db.session(), request.args.get("told", 0, type=int), school_id=here.school.school_id)
    channel = told.channel if told else channel_of(request.args.get("channel", ""))
    lesson = told.lesson_code if told else request.args.get("lesson", "")[:LONGEST_CODE]
    activities: Sequence[dict[str, Any]] = revision.content["activities"]
    chosen = best_activity(activities, channel=channel, lesson=lesson, alike=IN_SCHOOL)
    if chosen is None:
        flash(_("Chương trình chưa có hoạt động cho kênh này. Hãy chọn hoạt động gần nhất."), "warn")
    more: dict[str, Any] = {"told": told.id} if told else {"note": _note(channel, lesson)}
    group = request.args.get("class_group", type=int)
    return redirect(
        url_for("planning.delivery_new", code=code, year=year, activity=chosen, class_group=group, **more), 303
    )


def channel_of(wanted: str) -> str:
    """The channel of an activity that a part of a kit, or a lesson on the platform, belongs to; "" for none."""
    return FAMILY_CHANNEL if wanted == FAMILY else wanted if wanted in CHANNEL_WORDS else ""


def _note(channel: str, lesson: str) -> str:
    if channel == ONLINE:
        return str(_("Đã dạy trên nền tảng: bài %(lesson)s.", lesson=lesson))
    said = {"channel": CHANNEL_WORDS.get(channel, ""), "lesson": lesson}
    return str(_("Tài liệu gửi ra: %(channel)s, bài %(lesson)s.", **said))
