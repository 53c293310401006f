"""The editor of a school's own version: only the parts that a school writes, on the pages that editors have too."""

from flask import url_for
from flask.typing import ResponseReturnValue

from school_safety.access.guard import requires
from school_safety.access.policy import Permission, Reach
from school_safety.curriculum.models import Lesson
from school_safety.curriculum.rules import own_words
from school_safety.kit import db
from school_safety.kit.errors import NotFound
from school_safety.kit.i18n import _l
from school_safety.packs.rules import OWN_LESSON_PARTS, LessonPart, keeps_school_back
from school_safety.packs.views.adapting import own_adaptation
from school_safety.packs.views.blueprint import bp
from school_safety.packs.views.editing import Desk, edit_part


@bp.route("/lessons/<code>/own/edit/<part>", methods=["GET", "POST"])
@requires(Permission.ADAPT_LESSONS)
def adaptation_edit(reach: Reach, code: str, part: str) -> ResponseReturnValue:
    """Write one part of the school's draft; buttons that add or move something send the whole page."""
    adaptation = own_adaptation(code, db.session())
    if part not in OWN_LESSON_PARTS or adaptation.draft is None:
        raise NotFound
    return edit_part(_desk_of(adaptation.lesson), LessonPart(part))


def _desk_of(lesson: Lesson) -> Desk:
    home = url_for(".adaptation_show", code=lesson.code)
    return Desk(
        lesson=lesson,
        parts=OWN_LESSON_PARTS,
        home=home,
        page_of=lambda part: url_for(".adaptation_edit", code=lesson.code, part=part.value),
        crumbs=[(_l("Thư viện bài học"), url_for("curriculum.lesson_index")), (lesson.code, home)],
        settle=own_words,
        is_advice=lambda finding: not keeps_school_back(finding),
    )
