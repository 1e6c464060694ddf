"""`python -m server.migrations PURPOSE`: draft the next script from what the tables say."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from server.migrations import config, newest, upgrade


def draft(purpose: str) -> None:
    """Compare the tables with a fresh database of all scripts so far; check the draft by hand."""
    if not purpose:
        sys.exit('Say what it is for: make migration name="reasons for a pause"')
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'draft.db'}")
        with engine.begin() as connection:
            upgrade(connection)
        with engine.connect() as connection:
            known = newest() or "0000"
            following = f"{int(known) + 1:04}"
            command.revision(config(connection), purpose, autogenerate=True, rev_id=following)
        engine.dispose()


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]).strip())
