"""Every write of planning, by subject."""

from school_safety.planning.actions.deliveries import (
    DeliveryValues,
    change_delivery,
    published_activity,
    record_delivery,
    withdraw_delivery,
)
from school_safety.planning.actions.drafting import (
    ActivityValues,
    ProgrammeValues,
    add_activity,
    copy_programme,
    declare,
    edit_activity,
    edit_programme,
    move_activity,
    remove_activity,
    restore_activity,
    start_programme,
    tell_principal,
)
from school_safety.planning.actions.evidence import (
    add_evidence,
    bury_files,
    newest_evidence,
    verify_delivery,
    withdraw_evidence,
)
from school_safety.planning.actions.plans import (
    PlanValues,
    TargetValues,
    save_plan,
    set_target,
    withdraw_target,
)
from school_safety.planning.actions.publishing import (
    content_of,
    mark_programme,
    number_document,
    publish_programme,
    take_back_return,
)
from school_safety.planning.actions.standings import refresh_standing
from school_safety.planning.actions.templates import Drafted, draft_from_template, list_untouched, undo_template
from school_safety.planning.actions.told import settle_told, tell_delivery

__all__ = [
    "ActivityValues",
    "DeliveryValues",
    "Drafted",
    "PlanValues",
    "ProgrammeValues",
    "TargetValues",
    "add_activity",
    "add_evidence",
    "bury_files",
    "change_delivery",
    "content_of",
    "copy_programme",
    "declare",
    "draft_from_template",
    "edit_activity",
    "edit_programme",
    "list_untouched",
    "mark_programme",
    "move_activity",
    "newest_evidence",
    "number_document",
    "publish_programme",
    "published_activity",
    "record_delivery",
    "refresh_standing",
    "remove_activity",
    "restore_activity",
    "save_plan",
    "set_target",
    "settle_told",
    "start_programme",
    "take_back_return",
    "tell_delivery",
    "tell_principal",
    "undo_template",
    "verify_delivery",
    "withdraw_delivery",
    "withdraw_evidence",
    "withdraw_target",
]
