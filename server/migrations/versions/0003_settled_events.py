"""PostgreSQL remembers which transaction wrote an event, so readers never skip a late commit."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NOTIFY = """
create function palier_tell_event() returns trigger language plpgsql as $$
begin
    perform pg_notify('palier_event', new.seq::text);
    return null;
end $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("alter table event add column xid xid8 not null default pg_current_xact_id()")
    op.execute(NOTIFY)
    op.execute(
        "create trigger tell_event after insert on event"
        " for each row execute function palier_tell_event()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("drop trigger tell_event on event")
    op.execute("drop function palier_tell_event()")
    op.execute("alter table event drop column xid")
