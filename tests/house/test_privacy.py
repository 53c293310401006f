"""Every column that leads to a person is known to the export and the erasure."""

import school_safety.factory  # noqa: F401  # loads every table
from school_safety.kit.db import Base
from school_safety.privacy.forms import BASIS_NAMES, KEPT_NAMES, UNTIL_NAMES
from school_safety.privacy.pdf import SECTIONS
from school_safety.privacy.rules import PUPIL_COLUMNS, STAFF_COLUMNS, Basis, Kept, Until

PEOPLE = {"person.id", "enrolment.id", "account.id"}


def columns_of_people() -> set[str]:
    """`table.column` of every column that points to a person, an enrolment or an account, by key or by name."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            targets = {key.target_fullname for key in column.foreign_keys}
            if targets & PEOPLE or column.name in ("person_id", "enrolment_id", "account_id"):
                found.add(f"{table.name}.{column.name}")
    return found


def test_every_column_that_leads_to_a_person_is_exported_and_erased_or_is_of_staff_only() -> None:
    known = set(PUPIL_COLUMNS) | STAFF_COLUMNS
    unknown = {name for name in columns_of_people() if not name.endswith("_by")} - known
    assert not unknown, (
        f"{sorted(unknown)}: say in privacy.rules.PUPIL_COLUMNS in which section of the export its rows stand and what "
        "erasing does to them (and let export_person and erase_person of that domain do it), or add it to STAFF_COLUMNS"
    )


def test_the_lists_name_only_columns_that_exist() -> None:
    existing = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    gone = (set(PUPIL_COLUMNS) | STAFF_COLUMNS) - existing
    assert not gone, f"{sorted(gone)}: no such column any more, take it out of privacy.rules"


def test_every_section_has_a_title_and_every_code_its_words() -> None:
    assert {table.section for table in PUPIL_COLUMNS.values()} <= set(SECTIONS)
    assert (set(KEPT_NAMES), set(UNTIL_NAMES), set(BASIS_NAMES)) == (set(Kept), set(Until), set(Basis))
