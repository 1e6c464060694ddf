"""Marks, breaches and decided excuses are kept for good; an approved credit note never changes.

The schema itself refuses it, whoever asks. A batch change of one of these tables on SQLite
rebuilds the table and loses its triggers: make them again.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = (
    ("mark_kept", "delete", "mark", ""),
    ("breach_kept", "delete", "breach", ""),
    ("excuse_kept", "delete", "excuse", ""),
    ("excuse_decided_once", "update", "excuse", "old.decision is not null"),
    ("credit_note_kept", "delete", "credit_note", "old.status = 'approved'"),
    ("credit_note_not_edited", "update", "credit_note", "old.status = 'approved'"),
)
FUNCTION = """
create function kept_for_good() returns trigger language plpgsql as $$
begin
  raise exception 'kept_for_good' using errcode = 'restrict_violation';
end
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)
        for name, moment, table, condition in KEPT:
            when = f"when ({condition}) " if condition else ""
            op.execute(
                f"create trigger {name} before {moment} on {table} "
                f"for each row {when}execute function kept_for_good()"
            )
        return
    for name, moment, table, condition in KEPT:
        when = f"when {condition} " if condition else ""
        op.execute(
            f"create trigger {name} before {moment} on {table} {when}"
            "begin select raise(abort, 'kept_for_good'); end"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, _, table, _ in KEPT:
            op.execute(f"drop trigger {name} on {table}")
        op.execute("drop function kept_for_good()")
        return
    for name, _, _, _ in KEPT:
        op.execute(f"drop trigger {name}")
