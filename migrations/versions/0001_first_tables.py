"""The first tables, and the triggers that keep fact tables append-only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import school_safety.kit.db
from school_safety.kit.triggers import append_only, drop_append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = [
    "audit_event",
    "audit_seal",
    "declaration",
    "delivery",
    "delivery_class_group",
    "document_number",
    "evidence",
    "evidence_tombstone",
    "lineage",
    "mark",
    "outreach_download",
    "placement",
    "programme_revision",
    "revision_strand",
    "submission",
    "supervisor_mark",
    "target",
    "unit_name",
    "verification",
]

TRIGGERS = {
    "sqlite": {
        "up": [
            "CREATE TRIGGER verification_own_school BEFORE INSERT ON verification WHEN EXISTS ( SELECT 1 FROM membership AS m JOIN delivery AS d ON d.school_id = m.school_id WHERE d.id = NEW.delivery_id AND m.person_id = NEW.decided_by AND m.valid_from <= NEW.decided_on AND (m.valid_to IS NULL OR m.valid_to > d.taught_on) ) BEGIN SELECT RAISE(ABORT, 'own_school'); END"
        ],
        "down": ["DROP TRIGGER verification_own_school"],
    },
    "postgresql": {
        "up": [
            "CREATE FUNCTION verification_own_school() RETURNS trigger AS $body$ BEGIN IF EXISTS ( SELECT 1 FROM membership AS m JOIN delivery AS d ON d.school_id = m.school_id WHERE d.id = NEW.delivery_id AND m.person_id = NEW.decided_by AND m.valid_from <= NEW.decided_on AND (m.valid_to IS NULL OR m.valid_to > d.taught_on) ) THEN RAISE EXCEPTION 'own_school' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $body$ LANGUAGE plpgsql",
            "CREATE TRIGGER verification_own_school BEFORE INSERT ON verification FOR EACH ROW EXECUTE FUNCTION verification_own_school()",
        ],
        "down": ["DROP TRIGGER verification_own_school ON verification", "DROP FUNCTION verification_own_school()"],
    },
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "academic_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("second_term_starts_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "starts_on < second_term_starts_on AND second_term_starts_on <= ends_on",
            name=op.f("ck_academic_year_dates_in_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_year")),
        sa.UniqueConstraint("code", name=op.f("uq_academic_year_code")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("object_type", sa.String(length=40), nullable=True),
        sa.Column("object_id", sa.String(length=60), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"], unique=False)
    op.create_index(
        op.f("ix_audit_event_object_type_object_id"), "audit_event", ["object_type", "object_id"], unique=False
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("lesson_code", sa.String(length=20), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("code", name=op.f("uq_item_code")),
    )
    op.create_index(op.f("ix_item_lesson_code"), "item", ["lesson_code"], unique=False)
    op.create_index(op.f("ix_item_review_due"), "item", ["review_due"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("due_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("leased_until", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_done_at_due_at"), "job", ["done_at", "due_at"], unique=False)
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("code", name=op.f("uq_lesson_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name_search", sa.String(length=250), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("moet_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("erased_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_index(op.f("ix_person_moet_hash"), "person", ["moet_hash"], unique=False)
    op.create_index(op.f("ix_person_name_search"), "person", ["name_search"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("multi_year", "annual", name="plankind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("vision_year", sa.Integer(), nullable=True),
        sa.Column("basis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_dates_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["plan.id"], name=op.f("fk_plan_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_parent_id"), "plan", ["parent_id"], unique=False)
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("code", name=op.f("uq_school_code")),
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_throttle")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column(
            "tree",
            sa.Enum("area", "authority", name="tree", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "province",
                "commune",
                "department",
                "committee",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "path", sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_unit_ends_after_start")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index("ix_unit_tree_path", "unit", ["tree", "path"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_set_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("lesson_code", sa.String(length=20), nullable=True),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "practice",
                "pre",
                "post",
                "delayed",
                "booster",
                "graded",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "school_id IS NULL OR created_by IS NOT NULL", name=op.f("ck_assessment_schools_has_author")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_assessment_created_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_assessment_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("code", name=op.f("uq_assessment_code")),
    )
    op.create_index(op.f("ix_assessment_created_by"), "assessment", ["created_by"], unique=False)
    op.create_index(op.f("ix_assessment_lesson_code"), "assessment", ["lesson_code"], unique=False)
    op.create_index(op.f("ix_assessment_school_id"), "assessment", ["school_id"], unique=False)
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("audit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit_event.id"], name=op.f("fk_audit_seal_audit_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_audit_seal_audit_id")),
        info={"append_only": True},
    )
    op.create_table(
        "class_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.CheckConstraint("grade BETWEEN 6 AND 12", name=op.f("ck_class_group_secondary_grade")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_class_group_school_id")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_class_group_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group")),
        sa.UniqueConstraint("code", name=op.f("uq_class_group_code")),
        sa.UniqueConstraint("school_id", "year_id", "name_key", name=op.f("uq_class_group_school_id_year_id_name_key")),
    )
    op.create_index(op.f("ix_class_group_year_id"), "class_group", ["year_id"], unique=False)
    op.create_table(
        "import_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registry",
                "staff",
                "class_list",
                name="importkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("year_id", sa.Integer(), nullable=True),
        sa.Column("class_group_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_import_draft_school_id")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_import_draft_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_draft_public_id")),
    )
    op.create_index(op.f("ix_import_draft_expires_at"), "import_draft", ["expires_at"], unique=False)
    op.create_index(op.f("ix_import_draft_made_by"), "import_draft", ["made_by"], unique=False)
    op.create_table(
        "item_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column(
            "use",
            sa.Enum(
                "practice",
                "form_a",
                "form_b",
                "anchor",
                "booster",
                name="use",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("objective", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "reviewed",
                "published",
                "retired",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("retired_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_item_revision_number_from_one")),
        sa.CheckConstraint("points >= 1", name=op.f("ck_item_revision_points_positive")),
        sa.CheckConstraint("reviewed_by <> written_by", name=op.f("ck_item_revision_second_pair_of_eyes")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_revision_item_id")),
        sa.ForeignKeyConstraint(["retired_by"], ["person.id"], name=op.f("fk_item_revision_retired_by")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["person.id"], name=op.f("fk_item_revision_reviewed_by")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_item_revision_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_revision")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_revision_item_id_number")),
    )
    op.create_index(
        "uq_item_revision_open",
        "item_revision",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'reviewed')"),
        postgresql_where=sa.text("state IN ('draft', 'reviewed')"),
    )
    op.create_index(
        "uq_item_revision_published",
        "item_revision",
        ["item_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "lesson_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "reviewed",
                "published",
                "retired",
                name="revisionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("reading", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("teacher", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "title_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("objective_text", sa.Text(), nullable=False),
        sa.Column("published_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_lesson_revision_minutes_positive")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_lesson_revision_number_from_one")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_revision_lesson_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_revision")),
        sa.UniqueConstraint("lesson_id", "number", name=op.f("uq_lesson_revision_lesson_id_number")),
    )
    op.create_index(
        "uq_lesson_revision_published",
        "lesson_revision",
        ["lesson_id"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "merge", "split", "reopen", name="lineagekind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("source_school_id", sa.Integer(), nullable=False),
        sa.Column("target_school_id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source_school_id <> target_school_id OR kind = 'reopen'", name=op.f("ck_lineage_two_schools")
        ),
        sa.ForeignKeyConstraint(["source_school_id"], ["school.id"], name=op.f("fk_lineage_source_school_id")),
        sa.ForeignKeyConstraint(["target_school_id"], ["school.id"], name=op.f("fk_lineage_target_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_lineage_source_school_id"), "lineage", ["source_school_id"], unique=False)
    op.create_index(op.f("ix_lineage_target_school_id"), "lineage", ["target_school_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "pupil",
                "teacher",
                "coordinator",
                "principal",
                "commune_officer",
                "officer",
                "admin",
                "editor",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("(unit_id IS NULL) <> (school_id IS NULL)", name=op.f("ck_membership_one_place")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_membership_dates")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_membership_school_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person_id_valid_from"), "membership", ["person_id", "valid_from"], unique=False)
    op.create_index(op.f("ix_membership_school_id"), "membership", ["school_id"], unique=False)
    op.create_index(op.f("ix_membership_unit_id"), "membership", ["unit_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "thcs",
                "th_thcs",
                "thpt",
                "thcs_thpt",
                "th_thcs_thpt",
                "boarding",
                "primary",
                "centre",
                "college",
                name="schoolkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "suspended",
                "closed",
                "planned",
                name="schoolstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_unit_id", sa.Integer(), nullable=False),
        sa.Column("authority_unit_id", sa.Integer(), nullable=False),
        sa.Column("ministry_code", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status <> 'planned'", name=op.f("ck_placement_planned_is_computed")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_placement_ends_after_start")),
        sa.ForeignKeyConstraint(["area_unit_id"], ["unit.id"], name=op.f("fk_placement_area_unit_id")),
        sa.ForeignKeyConstraint(["authority_unit_id"], ["unit.id"], name=op.f("fk_placement_authority_unit_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_placement_school_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["placement.id"], name=op.f("fk_placement_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_placement_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_placement_area_unit_id"), "placement", ["area_unit_id"], unique=False)
    op.create_index(op.f("ix_placement_authority_unit_id"), "placement", ["authority_unit_id"], unique=False)
    op.create_index("ix_placement_school_id_valid_from", "placement", ["school_id", "valid_from"], unique=False)
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "export",
                "correction",
                "restriction",
                "erasure",
                name="requestkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "requester",
            sa.Enum(
                "pupil", "parent", "school", name="requester", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "answered",
                "done",
                "declined",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("is_extended", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('done', 'declined')) = (closed_at IS NOT NULL)",
            name=op.f("ck_privacy_request_closed_has_a_time"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_privacy_request_closed_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_privacy_request_person_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_privacy_request_recorded_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_privacy_request_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_privacy_request_public_id")),
    )
    op.create_index(op.f("ix_privacy_request_person_id"), "privacy_request", ["person_id"], unique=False)
    op.create_index(op.f("ix_privacy_request_school_id"), "privacy_request", ["school_id"], unique=False)
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("told_principal_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["copied_from_id"], ["programme.id"], name=op.f("fk_programme_copied_from_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_programme_school_id")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_programme_told_by")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_programme_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("school_id", "year_id", name=op.f("uq_programme_school_id_year_id")),
    )
    op.create_index(op.f("ix_programme_year_id"), "programme", ["year_id"], unique=False)
    op.create_table(
        "programme_strand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("declared", sa.Boolean(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column(
            "returned",
            sa.Enum("i", "ii", "iii", "iv", name="check", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("evidenced", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_programme_strand_school_id")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_programme_strand_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_strand")),
        sa.UniqueConstraint(
            "year_id", "school_id", "strand", name=op.f("uq_programme_strand_year_id_school_id_strand")
        ),
    )
    op.create_index(op.f("ix_programme_strand_school_id"), "programme_strand", ["school_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "indicator",
            sa.Enum(
                "os_programme",
                "ml_programme",
                "pupils_reached",
                name="targetindicator",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "scope",
            sa.Enum("province", "national", name="targetscope", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "comparator",
            sa.Enum(">", ">=", name="comparator", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_target_percent_in_range")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_target_dates_in_order")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_target_plan_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["target.id"], name=op.f("fk_target_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_target_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_target_plan_id"), "target", ["plan_id"], unique=False)
    op.create_index(op.f("ix_target_valid_from_valid_to"), "target", ["valid_from", "valid_to"], unique=False)
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_term_dates_in_order")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_term_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("year_id", "number", name=op.f("uq_term_year_id_number")),
    )
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
        sa.UniqueConstraint(
            "unit_id", "valid_from", "recorded_at", name=op.f("uq_unit_name_unit_id_valid_from_recorded_at")
        ),
        info={"append_only": True},
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("lead_unit", sa.String(length=200), nullable=False),
        sa.Column("coordinating_units", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "schedule",
            sa.Enum(
                "one_off",
                "window",
                "recurring",
                "continuous",
                name="schedule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "recurrence",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                name="recurrence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column("parents", sa.Boolean(), nullable=False),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("lessons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("copied_starts_on", sa.Date(), nullable=True),
        sa.Column("copied_ends_on", sa.Date(), nullable=True),
        sa.Column("removed_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["copied_from_id"], ["activity.id"], name=op.f("fk_activity_copied_from_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_programme_id"), "activity", ["programme_id"], unique=False)
    op.create_table(
        "assessment_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("pools", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("published_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL) = (content_hash IS NULL)", name=op.f("ck_assessment_revision_published_has_hash")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_assessment_revision_number_from_one")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_revision_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_revision")),
        sa.UniqueConstraint("assessment_id", "number", name=op.f("uq_assessment_revision_assessment_id_number")),
    )
    op.create_index(
        "uq_assessment_revision_draft",
        "assessment_revision",
        ["assessment_id"],
        unique=True,
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "left_reason",
            sa.Enum(
                "moved_class",
                "moved_school",
                "left_school",
                "year_over",
                "mistake",
                name="leftreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(ends_on IS NULL) = (left_reason IS NULL)", name=op.f("ck_enrolment_an_end_has_a_reason")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_enrolment_dates_in_order")),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_enrolment_class_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_enrolment_public_id")),
    )
    op.create_index("ix_enrolment_class_group_id", "enrolment", ["class_group_id"], unique=False)
    op.create_index(op.f("ix_enrolment_person_id"), "enrolment", ["person_id"], unique=False)
    op.create_index(
        "uq_enrolment_open_number",
        "enrolment",
        ["class_group_id", "list_number"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_index(
        "uq_enrolment_open_person",
        "enrolment",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("invitation", "reset", name="invitationkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("password_state", sa.String(length=64), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_invitation_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_account_id"), "invitation", ["account_id"], unique=False)
    op.create_table(
        "lesson_media",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("alt", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["lesson_revision.id"], name=op.f("fk_lesson_media_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", "file", name=op.f("pk_lesson_media")),
    )
    op.create_index(op.f("ix_lesson_media_sha256"), "lesson_media", ["sha256"], unique=False)
    op.create_table(
        "outreach_download",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "family",
                "leaflet",
                "loudspeaker",
                "led",
                "zalo",
                "sms",
                "email",
                name="outreachchannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "format",
            sa.Enum("pdf", "png", "txt", name="fileformat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("downloaded_by", sa.Integer(), nullable=False),
        sa.Column("downloaded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["downloaded_by"], ["person.id"], name=op.f("fk_outreach_download_downloaded_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["lesson_revision.id"], name=op.f("fk_outreach_download_revision_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_outreach_download_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_download")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_outreach_download_revision_id"), "outreach_download", ["revision_id"], unique=False)
    op.create_index(
        op.f("ix_outreach_download_school_id_revision_id_id"),
        "outreach_download",
        ["school_id", "revision_id", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_kit",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["lesson_revision.id"], name=op.f("fk_outreach_kit_revision_id")),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_outreach_kit")),
    )
    op.create_table(
        "outreach_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "partner",
            sa.Enum(
                "commune_radio",
                "community_team",
                "youth_union",
                "women_union",
                "parents",
                "press",
                "other",
                name="partner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_outreach_link_expires_after_made")),
        sa.CheckConstraint("openings >= 0", name=op.f("ck_outreach_link_openings_counted")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_outreach_link_made_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["lesson_revision.id"], name=op.f("fk_outreach_link_revision_id")),
        sa.ForeignKeyConstraint(["revoked_by"], ["person.id"], name=op.f("fk_outreach_link_revoked_by")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_outreach_link_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outreach_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_outreach_link_token_digest")),
    )
    op.create_index(
        op.f("ix_outreach_link_school_id_revision_id"), "outreach_link", ["school_id", "revision_id"], unique=False
    )
    op.create_table(
        "programme_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("published_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_programme_revision_number_from_one")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_revision_programme_id")),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_programme_revision_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_revision")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_programme_revision_programme_id_number")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_programme_revision_published_at"), "programme_revision", ["published_at"], unique=False)
    op.create_table(
        "pupil_accommodation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extra_attempts BETWEEN 0 AND 10", name=op.f("ck_pupil_accommodation_extra_in_range")),
        sa.CheckConstraint(
            "extra_minutes BETWEEN 0 AND 240", name=op.f("ck_pupil_accommodation_extra_minutes_in_range")
        ),
        sa.CheckConstraint("extra_percent BETWEEN 0 AND 300", name=op.f("ck_pupil_accommodation_percent_in_range")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_pupil_accommodation_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["class_group_id"], ["class_group.id"], name=op.f("fk_pupil_accommodation_class_group_id")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_pupil_accommodation_created_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pupil_accommodation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_accommodation")),
    )
    op.create_index(op.f("ix_pupil_accommodation_person_id"), "pupil_accommodation", ["person_id"], unique=False)
    op.create_index(
        "uq_pupil_accommodation_in_force",
        "pupil_accommodation",
        ["class_group_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "school_path",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column(
            "path", sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "area_path",
            sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("area_unit_id", sa.Integer(), nullable=False),
        sa.Column("authority_unit_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_name", sa.String(length=260), nullable=False),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "thcs",
                "th_thcs",
                "thpt",
                "thcs_thpt",
                "th_thcs_thpt",
                "boarding",
                "primary",
                "centre",
                "college",
                name="schoolkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "suspended",
                "closed",
                "planned",
                name="schoolstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_unit_id"], ["unit.id"], name=op.f("fk_school_path_area_unit_id")),
        sa.ForeignKeyConstraint(["authority_unit_id"], ["unit.id"], name=op.f("fk_school_path_authority_unit_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_school_path_placement_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_path_school_id")),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_school_path")),
        sa.UniqueConstraint("code", name=op.f("uq_school_path_code")),
        sa.UniqueConstraint("path", name=op.f("uq_school_path_path")),
    )
    op.create_index(op.f("ix_school_path_area_path"), "school_path", ["area_path"], unique=False)
    op.create_index("ix_school_path_name_key", "school_path", ["name_key"], unique=False)
    op.create_index(op.f("ix_school_path_next_change_on"), "school_path", ["next_change_on"], unique=False)
    op.create_table(
        "teaching",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("homeroom", "subject", name="teachingkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_teaching_dates_in_order")),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_teaching_class_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_teaching_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaching")),
    )
    op.create_index("ix_teaching_class_group_id", "teaching", ["class_group_id"], unique=False)
    op.create_index(op.f("ix_teaching_person_id"), "teaching", ["person_id"], unique=False)
    op.create_index(
        "uq_teaching_open",
        "teaching",
        ["person_id", "class_group_id", "kind", "subject"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "assessment_item",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_revision_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Integer(), nullable=False),
        sa.CheckConstraint("points BETWEEN 1 AND 100", name=op.f("ck_assessment_item_points_in_range")),
        sa.CheckConstraint("pool BETWEEN 0 AND 9", name=op.f("ck_assessment_item_pool_in_range")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_assessment_item_position_from_one")),
        sa.ForeignKeyConstraint(
            ["item_revision_id"], ["item_revision.id"], name=op.f("fk_assessment_item_item_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["assessment_revision.id"], name=op.f("fk_assessment_item_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name=op.f("pk_assessment_item")),
        sa.UniqueConstraint(
            "revision_id", "item_revision_id", name=op.f("uq_assessment_item_revision_id_item_revision_id")
        ),
    )
    op.create_index(op.f("ix_assessment_item_item_revision_id"), "assessment_item", ["item_revision_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("search_text", sa.String(length=600), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("lesson_revision_id", sa.Integer(), nullable=True),
        sa.Column("assessment_revision_id", sa.Integer(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "practice",
                "pre",
                "post",
                "delayed",
                "booster",
                "graded",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("attempt_delay", sa.Integer(), nullable=False),
        sa.Column(
            "attempt_policy",
            sa.Enum(
                "first",
                "last",
                "best",
                "average",
                name="attemptpolicy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "feedback_release",
            sa.Enum(
                "after_each",
                "at_submit",
                "after_close",
                "never",
                name="feedbackrelease",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("paper", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("published_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("attempt_delay BETWEEN 0 AND 43200", name=op.f("ck_assignment_delay_in_range")),
        sa.CheckConstraint("attempts_allowed BETWEEN 1 AND 10", name=op.f("ck_assignment_attempts_in_range")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_assignment_closes_after_opening")),
        sa.CheckConstraint(
            "lesson_revision_id IS NOT NULL OR assessment_revision_id IS NOT NULL",
            name=op.f("ck_assignment_gives_something"),
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("ck_assignment_minutes_in_range")),
        sa.ForeignKeyConstraint(
            ["assessment_revision_id"], ["assessment_revision.id"], name=op.f("fk_assignment_assessment_revision_id")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_assignment_created_by")),
        sa.ForeignKeyConstraint(
            ["lesson_revision_id"], ["lesson_revision.id"], name=op.f("fk_assignment_lesson_revision_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_assignment_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_public_id")),
    )
    op.create_index(
        op.f("ix_assignment_assessment_revision_id"), "assignment", ["assessment_revision_id"], unique=False
    )
    op.create_index(op.f("ix_assignment_created_by"), "assignment", ["created_by"], unique=False)
    op.create_index(op.f("ix_assignment_lesson_revision_id"), "assignment", ["lesson_revision_id"], unique=False)
    op.create_index("ix_assignment_school_id_closes_at", "assignment", ["school_id", "closes_at"], unique=False)
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("issued_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_card_enrolment_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_card_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_card_token_hash")),
    )
    op.create_index(op.f("ix_card_enrolment_id"), "card", ["enrolment_id"], unique=False)
    op.create_index(
        "uq_card_living",
        "card",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "answer",
            sa.Enum("yes", "no", "withdrawn", name="answer", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_declaration_recorded_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["programme_revision.id"], name=op.f("fk_declaration_revision_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_declaration_school_id")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_declaration_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_declaration_year_id_strand_school_id"), "declaration", ["year_id", "strand", "school_id"], unique=False
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("taught_on", sa.Date(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("head_count >= 1", name=op.f("ck_delivery_somebody_present")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_delivery_activity_id")),
        sa.ForeignKeyConstraint(["first_id"], ["delivery.id"], name=op.f("fk_delivery_first_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_delivery_recorded_by")),
        sa.ForeignKeyConstraint(["revision_id"], ["programme_revision.id"], name=op.f("fk_delivery_revision_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_delivery_school_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["delivery.id"], name=op.f("fk_delivery_supersedes")),
        sa.ForeignKeyConstraint(["year_id"], ["academic_year.id"], name=op.f("fk_delivery_year_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("occasion", "turn", name=op.f("uq_delivery_occasion_turn")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_delivery_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_delivery_activity_id"), "delivery", ["activity_id"], unique=False)
    op.create_index(op.f("ix_delivery_first_id"), "delivery", ["first_id"], unique=False)
    op.create_index(
        op.f("ix_delivery_year_id_school_id_taught_on"), "delivery", ["year_id", "school_id", "taught_on"], unique=False
    )
    op.create_table(
        "document_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_document_number_recorded_by")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["programme_revision.id"], name=op.f("fk_document_number_revision_id")
        ),
        sa.ForeignKeyConstraint(["supersedes"], ["document_number.id"], name=op.f("fk_document_number_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_number")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_document_number_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_document_number_revision_id"), "document_number", ["revision_id"], unique=False)
    op.create_table(
        "revision_strand",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("elements", sa.Integer(), nullable=False),
        sa.Column("grades", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("served", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["programme_revision.id"], name=op.f("fk_revision_strand_revision_id")
        ),
        sa.PrimaryKeyConstraint("revision_id", "strand", name=op.f("pk_revision_strand")),
        info={"append_only": True},
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("staff", "pupil", name="doorkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("held_until", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_sign_in_session_enrolment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_sign_in_session_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_index(op.f("ix_sign_in_session_enrolment_id"), "sign_in_session", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_sign_in_session_person_id"), "sign_in_session", ["person_id"], unique=False)
    op.create_table(
        "supervisor_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledged",
                "commented",
                "returned",
                "taken_back",
                name="markkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "strand",
            sa.Enum(
                "online_safety", "media_literacy", name="strand", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "failing",
            sa.Enum("i", "ii", "iii", "iv", name="check", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'returned') = (failing IS NOT NULL)", name=op.f("ck_supervisor_mark_a_return_names_a_check")
        ),
        sa.CheckConstraint(
            "(kind = 'taken_back') = (supersedes IS NOT NULL)", name=op.f("ck_supervisor_mark_taken_back_names_a_mark")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_supervisor_mark_recorded_by")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["programme_revision.id"], name=op.f("fk_supervisor_mark_revision_id")
        ),
        sa.ForeignKeyConstraint(["supersedes"], ["supervisor_mark.id"], name=op.f("fk_supervisor_mark_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor_mark")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_supervisor_mark_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_supervisor_mark_revision_id"), "supervisor_mark", ["revision_id"], unique=False)
    op.create_table(
        "assignment_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint("extra_attempts BETWEEN 0 AND 10", name=op.f("ck_assignment_group_extra_in_range")),
        sa.CheckConstraint("extra_minutes BETWEEN 0 AND 240", name=op.f("ck_assignment_group_extra_minutes_in_range")),
        sa.CheckConstraint("extra_percent BETWEEN 0 AND 300", name=op.f("ck_assignment_group_percent_in_range")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_group_assignment_id")),
        sa.ForeignKeyConstraint(
            ["class_group_id"], ["class_group.id"], name=op.f("fk_assignment_group_class_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_group")),
        sa.UniqueConstraint(
            "assignment_id", "class_group_id", name=op.f("uq_assignment_group_assignment_id_class_group_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_assignment_group_public_id")),
    )
    op.create_index(op.f("ix_assignment_group_class_group_id"), "assignment_group", ["class_group_id"], unique=False)
    op.create_table(
        "assignment_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extra_attempts BETWEEN 0 AND 10", name=op.f("ck_assignment_override_extra_in_range")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_override_assignment_id")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_assignment_override_created_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_override_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_override")),
    )
    op.create_index(op.f("ix_assignment_override_person_id"), "assignment_override", ["person_id"], unique=False)
    op.create_index(
        "uq_assignment_override_in_force",
        "assignment_override",
        ["assignment_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "offline", "paper", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("started_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("voided_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name=op.f("ck_attempt_void_has_reason")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_attempt_assignment_id")),
        sa.ForeignKeyConstraint(["class_group_id"], ["class_group.id"], name=op.f("fk_attempt_class_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id")),
        sa.ForeignKeyConstraint(["voided_by"], ["person.id"], name=op.f("fk_attempt_voided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "person_id", "assignment_id", "number", name=op.f("uq_attempt_person_id_assignment_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempt_public_id")),
    )
    op.create_index(
        "ix_attempt_assignment_id_class_group_id", "attempt", ["assignment_id", "class_group_id"], unique=False
    )
    op.create_index("ix_attempt_assignment_id_deadline_at", "attempt", ["assignment_id", "deadline_at"], unique=False)
    op.create_index(op.f("ix_attempt_class_group_id"), "attempt", ["class_group_id"], unique=False)
    op.create_table(
        "delivery_class_group",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("class_group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_group_id"], ["class_group.id"], name=op.f("fk_delivery_class_group_class_group_id")
        ),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_class_group_delivery_id")),
        sa.PrimaryKeyConstraint("delivery_id", "class_group_id", name=op.f("pk_delivery_class_group")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_delivery_class_group_class_group_id"), "delivery_class_group", ["class_group_id"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "minutes",
                "class_results",
                "public_link",
                "photo",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.String(length=40), nullable=True),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("recognisable", sa.Boolean(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("withdrawn OR (sha256 IS NULL) <> (link IS NULL)", name=op.f("ck_evidence_file_or_link")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_evidence_delivery_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_evidence_recorded_by")),
        sa.ForeignKeyConstraint(["supersedes"], ["evidence.id"], name=op.f("fk_evidence_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_evidence_supersedes")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_evidence_delivery_id"), "evidence", ["delivery_id"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("evidence_upto", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("accepted", "rejected", name="decision", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision <> 'rejected' OR reason <> ''", name=op.f("ck_verification_a_rejection_has_a_reason")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_verification_decided_by")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_verification_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_verification_delivery_id"), "verification", ["delivery_id"], unique=False)
    op.create_table(
        "evidence_tombstone",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_tombstone_evidence_id")),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_evidence_tombstone")),
        info={"append_only": True},
    )
    op.create_table(
        "mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("criteria", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("marked_by", sa.Integer(), nullable=False),
        sa.Column("marked_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_mark_attempt_id")),
        sa.ForeignKeyConstraint(["marked_by"], ["person.id"], name=op.f("fk_mark_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        info={"append_only": True},
    )
    op.create_index("ix_mark_attempt_id_slot", "mark", ["attempt_id", "slot"], unique=False)
    op.create_table(
        "response",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("client_uuid", sa.String(length=36), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("saved_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("web", "offline", "paper", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("accepted_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("declined_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", "late", name=op.f("pk_response")),
    )
    op.create_table(
        "response_check",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("checked_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_check_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_response_check")),
    )
    op.create_table(
        "response_score",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("fraction", sa.BigInteger(), nullable=False),
        sa.Column("fraction_of", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "right",
                "partial",
                "wrong",
                "gaveup",
                "unmarked",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_score_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_response_score")),
    )
    op.create_table(
        "result",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.Column("earned_of", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("maximum_of", sa.BigInteger(), nullable=False),
        sa.Column("scored_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("earned_of > 0 AND maximum_of > 0", name=op.f("ck_result_denominators_positive")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_result_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_result")),
    )
    op.create_table(
        "submission",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("submitted_at", school_safety.kit.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "submitted_by",
            sa.Enum(
                "pupil", "system", "teacher", name="submittedby", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_submission_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_submission")),
        sa.UniqueConstraint("receipt", name=op.f("uq_submission_receipt")),
        info={"append_only": True},
    )
    dialect = op.get_bind().dialect.name
    for statement in [*append_only(dialect, APPEND_ONLY), *TRIGGERS.get(dialect, {}).get("up", [])]:
        op.execute(sa.DDL(statement.replace("%", "%%")))


def downgrade() -> None:
    """Go back down."""
    dialect = op.get_bind().dialect.name
    for statement in [*TRIGGERS.get(dialect, {}).get("down", []), *drop_append_only(dialect, APPEND_ONLY)]:
        op.execute(sa.DDL(statement))
    op.drop_table("submission")
    op.drop_table("result")
    op.drop_table("response_score")
    op.drop_table("response_check")
    op.drop_table("response")
    op.drop_index("ix_mark_attempt_id_slot", table_name="mark")
    op.drop_table("mark")
    op.drop_table("evidence_tombstone")
    op.drop_index(op.f("ix_verification_delivery_id"), table_name="verification")
    op.drop_table("verification")
    op.drop_index(op.f("ix_evidence_sha256"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_delivery_id"), table_name="evidence")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_delivery_class_group_class_group_id"), table_name="delivery_class_group")
    op.drop_table("delivery_class_group")
    op.drop_index(op.f("ix_attempt_class_group_id"), table_name="attempt")
    op.drop_index("ix_attempt_assignment_id_deadline_at", table_name="attempt")
    op.drop_index("ix_attempt_assignment_id_class_group_id", table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(
        "uq_assignment_override_in_force",
        table_name="assignment_override",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_assignment_override_person_id"), table_name="assignment_override")
    op.drop_table("assignment_override")
    op.drop_index(op.f("ix_assignment_group_class_group_id"), table_name="assignment_group")
    op.drop_table("assignment_group")
    op.drop_index(op.f("ix_supervisor_mark_revision_id"), table_name="supervisor_mark")
    op.drop_table("supervisor_mark")
    op.drop_index(op.f("ix_sign_in_session_person_id"), table_name="sign_in_session")
    op.drop_index(op.f("ix_sign_in_session_enrolment_id"), table_name="sign_in_session")
    op.drop_index(op.f("ix_sign_in_session_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("revision_strand")
    op.drop_index(op.f("ix_document_number_revision_id"), table_name="document_number")
    op.drop_table("document_number")
    op.drop_index(op.f("ix_delivery_year_id_school_id_taught_on"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_first_id"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_activity_id"), table_name="delivery")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_declaration_year_id_strand_school_id"), table_name="declaration")
    op.drop_table("declaration")
    op.drop_index(
        "uq_card_living",
        table_name="card",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_index(op.f("ix_card_enrolment_id"), table_name="card")
    op.drop_table("card")
    op.drop_index("ix_assignment_school_id_closes_at", table_name="assignment")
    op.drop_index(op.f("ix_assignment_lesson_revision_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_created_by"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_assessment_revision_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_assessment_item_item_revision_id"), table_name="assessment_item")
    op.drop_table("assessment_item")
    op.drop_index(
        "uq_teaching_open",
        table_name="teaching",
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.drop_index(op.f("ix_teaching_person_id"), table_name="teaching")
    op.drop_index("ix_teaching_class_group_id", table_name="teaching")
    op.drop_table("teaching")
    op.drop_index(op.f("ix_school_path_next_change_on"), table_name="school_path")
    op.drop_index("ix_school_path_name_key", table_name="school_path")
    op.drop_index(op.f("ix_school_path_area_path"), table_name="school_path")
    op.drop_table("school_path")
    op.drop_index(
        "uq_pupil_accommodation_in_force",
        table_name="pupil_accommodation",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_pupil_accommodation_person_id"), table_name="pupil_accommodation")
    op.drop_table("pupil_accommodation")
    op.drop_index(op.f("ix_programme_revision_published_at"), table_name="programme_revision")
    op.drop_table("programme_revision")
    op.drop_index(op.f("ix_outreach_link_school_id_revision_id"), table_name="outreach_link")
    op.drop_table("outreach_link")
    op.drop_table("outreach_kit")
    op.drop_index(op.f("ix_outreach_download_school_id_revision_id_id"), table_name="outreach_download")
    op.drop_index(op.f("ix_outreach_download_revision_id"), table_name="outreach_download")
    op.drop_table("outreach_download")
    op.drop_index(op.f("ix_lesson_media_sha256"), table_name="lesson_media")
    op.drop_table("lesson_media")
    op.drop_index(op.f("ix_invitation_account_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(
        "uq_enrolment_open_person",
        table_name="enrolment",
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.drop_index(
        "uq_enrolment_open_number",
        table_name="enrolment",
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.drop_index(op.f("ix_enrolment_person_id"), table_name="enrolment")
    op.drop_index("ix_enrolment_class_group_id", table_name="enrolment")
    op.drop_table("enrolment")
    op.drop_index(
        "uq_assessment_revision_draft",
        table_name="assessment_revision",
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.drop_table("assessment_revision")
    op.drop_index(op.f("ix_activity_programme_id"), table_name="activity")
    op.drop_table("activity")
    op.drop_table("unit_name")
    op.drop_table("term")
    op.drop_index(op.f("ix_target_valid_from_valid_to"), table_name="target")
    op.drop_index(op.f("ix_target_plan_id"), table_name="target")
    op.drop_table("target")
    op.drop_index(op.f("ix_programme_strand_school_id"), table_name="programme_strand")
    op.drop_table("programme_strand")
    op.drop_index(op.f("ix_programme_year_id"), table_name="programme")
    op.drop_table("programme")
    op.drop_index(op.f("ix_privacy_request_school_id"), table_name="privacy_request")
    op.drop_index(op.f("ix_privacy_request_person_id"), table_name="privacy_request")
    op.drop_table("privacy_request")
    op.drop_index("ix_placement_school_id_valid_from", table_name="placement")
    op.drop_index(op.f("ix_placement_authority_unit_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_area_unit_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_membership_unit_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_school_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_person_id_valid_from"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_lineage_target_school_id"), table_name="lineage")
    op.drop_index(op.f("ix_lineage_source_school_id"), table_name="lineage")
    op.drop_table("lineage")
    op.drop_index(
        "uq_lesson_revision_published",
        table_name="lesson_revision",
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_table("lesson_revision")
    op.drop_index(
        "uq_item_revision_published",
        table_name="item_revision",
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index(
        "uq_item_revision_open",
        table_name="item_revision",
        sqlite_where=sa.text("state IN ('draft', 'reviewed')"),
        postgresql_where=sa.text("state IN ('draft', 'reviewed')"),
    )
    op.drop_table("item_revision")
    op.drop_index(op.f("ix_import_draft_made_by"), table_name="import_draft")
    op.drop_index(op.f("ix_import_draft_expires_at"), table_name="import_draft")
    op.drop_table("import_draft")
    op.drop_index(op.f("ix_class_group_year_id"), table_name="class_group")
    op.drop_table("class_group")
    op.drop_table("audit_seal")
    op.drop_index(op.f("ix_assessment_school_id"), table_name="assessment")
    op.drop_index(op.f("ix_assessment_lesson_code"), table_name="assessment")
    op.drop_index(op.f("ix_assessment_created_by"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_table("account")
    op.drop_index("ix_unit_tree_path", table_name="unit")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_table("sign_in_throttle")
    op.drop_table("school")
    op.drop_index(op.f("ix_plan_parent_id"), table_name="plan")
    op.drop_table("plan")
    op.drop_index(op.f("ix_person_name_search"), table_name="person")
    op.drop_index(op.f("ix_person_moet_hash"), table_name="person")
    op.drop_table("person")
    op.drop_table("lesson")
    op.drop_index(op.f("ix_job_done_at_due_at"), table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_item_review_due"), table_name="item")
    op.drop_index(op.f("ix_item_lesson_code"), table_name="item")
    op.drop_table("item")
    op.drop_index(op.f("ix_audit_event_object_type_object_id"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_at"), table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_table("academic_year")
