"""Every write of the curriculum."""

from school_safety.curriculum.actions.adapting import (
    keep_own_lesson,
    take_original_over,
)
from school_safety.curriculum.actions.contacts import (
    ContactsImported,
    confirm_contact,
    create_contact,
    edit_contact,
    import_contacts,
)
from school_safety.curriculum.actions.lessons import (
    SEARCHED,
    LessonContent,
    Picture,
    publish_lesson,
)
from school_safety.curriculum.actions.writing import (
    confirm_draft,
    content_of_revision,
    discard_draft,
    propose_draft,
    publish_draft,
    retire_lesson,
    return_draft,
    save_draft,
    start_adaptation,
    start_lesson,
    start_revision,
)

__all__ = [
    "SEARCHED",
    "ContactsImported",
    "LessonContent",
    "Picture",
    "confirm_contact",
    "confirm_draft",
    "content_of_revision",
    "create_contact",
    "discard_draft",
    "edit_contact",
    "import_contacts",
    "keep_own_lesson",
    "propose_draft",
    "publish_draft",
    "publish_lesson",
    "retire_lesson",
    "return_draft",
    "save_draft",
    "start_adaptation",
    "start_lesson",
    "start_revision",
    "take_original_over",
]
