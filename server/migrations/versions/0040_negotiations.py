"""Owners of agreements, and what is said before a version is agreed."""

import sqlalchemy as sa
from alembic import op

from server.kit.tables import Json, UtcDateTime

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

BEFORE = (
    "status in ('draft', 'verified', 'signed', 'active', 'superseded', 'legal_hold',"
    " 'terminated', 'closed', 'withdrawn')"
)
AFTER = (
    "status in ('draft', 'negotiation', 'verified', 'final_review', 'approved', 'signed',"
    " 'active', 'superseded', 'legal_hold', 'terminated', 'closed', 'withdrawn')"
)
CHECK = "ck_agreement_version_status"


def upgrade() -> None:
    triggers = _without_triggers()
    with op.batch_alter_table("agreement") as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column("backup_name", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("backup_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key("fk_agreement_owner_id", "account", ["owner_id"], ["id"])
        batch_op.create_foreign_key("fk_agreement_backup_id", "account", ["backup_id"], ["id"])
    with op.batch_alter_table("agreement_version") as batch_op:
        batch_op.add_column(
            sa.Column("approved_by", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("approved_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.create_check_constraint(batch_op.f(CHECK), AFTER)
    _with_triggers(triggers)
    _approve_what_was_signed()
    _create_tables()


def _without_triggers() -> list[str]:
    """Rebuilding the table on SQLite loses what keeps versions apart: how to make it again."""
    if op.get_bind().dialect.name == "postgresql":
        return []
    query = sa.text(
        "select name, sql from sqlite_master where type = 'trigger'"
        " and tbl_name = 'agreement_version' order by name"
    )
    found = op.get_bind().execute(query).all()
    for name, _ in found:
        op.execute(f"drop trigger {name}")
    return [made for _, made in found]


def _with_triggers(made: list[str]) -> None:
    for each in made:
        op.execute(each)


def _approve_what_was_signed() -> None:
    """Whoever signed for the customer approved it; without their name, whoever is written first."""
    version, agreement, customer = (
        sa.table(
            "agreement_version",
            sa.column("id", sa.Uuid()),
            sa.column("agreement_id", sa.Uuid()),
            sa.column("signatories", Json),
            sa.column("approved_by", sa.String()),
        ),
        sa.table("agreement", sa.column("id", sa.Uuid()), sa.column("customer_id", sa.Uuid())),
        sa.table("customer", sa.column("id", sa.Uuid()), sa.column("name", sa.String())),
    )
    query = (
        sa.select(version.c.id, version.c.signatories, customer.c.name)
        .join(agreement, agreement.c.id == version.c.agreement_id)
        .join(customer, customer.c.id == agreement.c.customer_id)
    )
    bind = op.get_bind()
    for id_, people, name in bind.execute(query).all():
        theirs = [each["name"] for each in people if each["party"] == name]
        theirs += [each["name"] for each in people]
        if theirs:
            approving = sa.update(version).where(version.c.id == id_)
            bind.execute(approving.values(approved_by=theirs[0]))


def _create_tables() -> None:
    op.create_table(
        "agreement_expectation",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_agreement_expectation_agreement_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_expectation"),
    )
    op.create_index(
        "ix_agreement_expectation_agreement_id", "agreement_expectation", ["agreement_id"]
    )
    op.create_table(
        "agreement_requirement",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("traces", Json, nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "status in ('open', 'agreed', 'dropped')", name="ck_agreement_requirement_status"
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_agreement_requirement_agreement_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_requirement"),
    )
    op.create_index(
        "ix_agreement_requirement_agreement_id", "agreement_requirement", ["agreement_id"]
    )
    op.create_table(
        "agreement_proposal",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("part", Json, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "decision in ('accepted', 'refused')", name="ck_agreement_proposal_decision"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name="fk_agreement_proposal_version_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_proposal"),
    )
    op.create_index("ix_agreement_proposal_version_id", "agreement_proposal", ["version_id"])
    op.create_table(
        "agreement_recipient",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("side in ('provider', 'customer')", name="ck_agreement_recipient_side"),
        sa.CheckConstraint(
            "answer in ('approved', 'objected')", name="ck_agreement_recipient_answer"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name="fk_agreement_recipient_version_id"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_agreement_recipient_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_recipient"),
    )
    op.create_index("ix_agreement_recipient_version_id", "agreement_recipient", ["version_id"])


def downgrade() -> None:
    for name in ("recipient", "proposal", "requirement", "expectation"):
        op.drop_table(f"agreement_{name}")
    op.execute(
        "update agreement_version set status = 'draft'"
        " where status in ('negotiation', 'final_review', 'approved')"
    )
    triggers = _without_triggers()
    with op.batch_alter_table("agreement_version") as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.create_check_constraint(batch_op.f(CHECK), BEFORE)
        batch_op.drop_column("approved_at")
        batch_op.drop_column("approved_by")
    _with_triggers(triggers)
    with op.batch_alter_table("agreement") as batch_op:
        batch_op.drop_constraint("fk_agreement_backup_id", type_="foreignkey")
        batch_op.drop_constraint("fk_agreement_owner_id", type_="foreignkey")
        batch_op.drop_column("backup_id")
        batch_op.drop_column("backup_name")
        batch_op.drop_column("owner_id")
