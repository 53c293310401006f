"""What templates may say of differences, and of a school's own version of a lesson."""

from school_safety.access.guard import optional_viewer
from school_safety.access.policy import Permission
from school_safety.curriculum.forms import LANGUAGE_WORDS, part_words, place_words
from school_safety.curriculum.models import Lesson
from school_safety.curriculum.queries import find_adaptation, list_behind
from school_safety.curriculum.views.blueprint import bp
from school_safety.kit import db


@bp.app_template_filter("own_version")
def own_version(lesson: Lesson) -> str | None:
    """The code of the school's own version of a lesson of the province; "" where the viewer may begin one."""
    who = optional_viewer()
    if who is None or who.school_id is None or lesson.school_id is not None:
        return None
    own = find_adaptation(db.reader(), original_id=lesson.id, school_id=who.school_id)
    if own is not None:
        return own.code
    return "" if who.may(Permission.ADAPT_LESSONS) else None


@bp.app_template_filter("is_behind")
def is_behind(lesson: Lesson) -> bool:
    """Whether the original of the viewer's school's own lesson has moved on."""
    return lesson.school_id is not None and lesson.code in list_behind(db.reader(), lesson.school_id)


bp.add_app_template_filter(place_words, "place_words")
bp.add_app_template_filter(part_words, "part_words")
bp.add_app_template_filter(LANGUAGE_WORDS.__getitem__, "language_words")
