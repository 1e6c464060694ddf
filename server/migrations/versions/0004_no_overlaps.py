"""A technician's shifts never overlap, nor do the versions of an agreement.

A batch change of `shift` or `agreement_version` on SQLite rebuilds the table and loses its
triggers: make them again.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SHIFT = (
    "other.technician_id = new.technician_id"
    " and other.starts_at < new.ends_at and other.ends_at > new.starts_at"
)
VERSION = (
    "other.agreement_id = new.agreement_id"
    " and (other.valid_to is null or other.valid_to > new.valid_from)"
    " and (new.valid_to is null or other.valid_from < new.valid_to)"
)
TRIGGERS = {
    "shift_made_free": ("shift", "insert", SHIFT, "shift_overlaps"),
    "shift_moved_free": ("shift", "update", SHIFT, "shift_overlaps"),
    "version_made_free": ("agreement_version", "insert", VERSION, "versions_overlap"),
    "version_moved_free": ("agreement_version", "update", VERSION, "versions_overlap"),
}
TRIGGER = """
create trigger {name} before {moment} on {table}
when exists (select 1 from {table} as other where other.id <> new.id and {overlaps})
begin
  select raise(abort, '{code}');
end
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "alter table shift add constraint ex_shift_overlaps exclude using gist "
            "(technician_id with =, tstzrange(starts_at, ends_at) with &&)"
        )
        op.execute(
            "alter table agreement_version add constraint ex_agreement_version_overlaps "
            "exclude using gist (agreement_id with =, daterange(valid_from, valid_to) with &&)"
        )
        return
    for name, (table, moment, overlaps, code) in TRIGGERS.items():
        op.execute(
            TRIGGER.format(name=name, table=table, moment=moment, overlaps=overlaps, code=code)
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("alter table agreement_version drop constraint ex_agreement_version_overlaps")
        op.execute("alter table shift drop constraint ex_shift_overlaps")
        return
    for name in TRIGGERS:
        op.execute(f"drop trigger {name}")
