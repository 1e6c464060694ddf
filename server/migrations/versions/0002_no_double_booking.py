"""One technician, one place at a time: the schema itself refuses overlapping open visits.

A batch change of `visit` on SQLite rebuilds the table and loses its triggers: make them again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = "'proposed', 'dispatched', 'accepted', 'en_route', 'arrived', 'in_progress', 'paused'"
TAKES_ITS_TIME = f"status in ({OPEN}) and not is_moving"
TRIGGERS = {
    "visit_not_double_booked": "insert",
    "visit_stays_not_double_booked": (
        "update of technician_id, starts_at, ends_at, status, is_moving"
    ),
}
TRIGGER = """
create trigger {name} before {moment} on visit
when new.status in ({open}) and not new.is_moving and exists (
  select 1 from visit as other
  where other.technician_id = new.technician_id and other.id <> new.id
    and other.status in ({open}) and not other.is_moving
    and other.starts_at < new.ends_at and other.ends_at > new.starts_at
)
begin
  select raise(abort, 'double_booked');
end
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("create extension if not exists btree_gist")
        op.execute(
            "alter table visit add constraint ex_visit_double_booked exclude using gist "
            "(technician_id with =, tstzrange(starts_at, ends_at) with &&) "
            f"where ({TAKES_ITS_TIME})"
        )
        return
    for name, moment in TRIGGERS.items():
        op.execute(TRIGGER.format(name=name, moment=moment, open=OPEN))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("alter table visit drop constraint ex_visit_double_booked")
        return
    for name in TRIGGERS:
        op.execute(f"drop trigger {name}")
