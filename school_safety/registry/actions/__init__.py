"""Every write of the registry."""

from school_safety.registry.actions.drafts import DRAFT_GONE, check_draft, empty_old_drafts, finish_draft, keep_draft
from school_safety.registry.actions.file_content import registry_content, registry_from
from school_safety.registry.actions.imports import (
    RegistryPlan,
    confirm_registry,
    import_registry,
    plan_registry,
)
from school_safety.registry.actions.schools import (
    PlacementValues,
    add_school,
    change_placement,
    close_school,
    merge_schools,
    refresh_due_paths,
    refresh_school_path,
    reopen_school,
    split_school,
    values_of,
)
from school_safety.registry.actions.units import (
    add_commune,
    add_unit,
    add_units,
    close_unit,
    committee_code,
    committee_name,
    rename_unit,
)
from school_safety.registry.actions.years import save_year

__all__ = [
    "DRAFT_GONE",
    "PlacementValues",
    "RegistryPlan",
    "add_commune",
    "add_school",
    "add_unit",
    "add_units",
    "change_placement",
    "check_draft",
    "close_school",
    "close_unit",
    "committee_code",
    "committee_name",
    "confirm_registry",
    "empty_old_drafts",
    "finish_draft",
    "import_registry",
    "keep_draft",
    "merge_schools",
    "plan_registry",
    "refresh_due_paths",
    "refresh_school_path",
    "registry_content",
    "registry_from",
    "rename_unit",
    "reopen_school",
    "save_year",
    "split_school",
    "values_of",
]
