"""What a change names: only the fields the caller sent, and none emptied that must be filled.

Which fields may be empty is said by each domain.
"""

from collections.abc import Collection
from enum import Enum
from typing import Any

from dispatch.errors import Fault
from server.kit.problems import Invalid
from server.kit.wire import Body


def changes(body: Body, *, may_be_empty: Collection[str] = ()) -> dict[str, Any]:
    """The fields a PATCH names with their new values; null is refused where it means nothing."""
    named = body.model_dump(exclude_unset=True)
    faults = [
        Fault(name, "null", "This cannot be emptied: leave it out to keep what is there.")
        for name, value in named.items()
        if value is None and name not in may_be_empty
    ]
    if faults:
        raise Invalid(faults)
    # Columns hold plain text; a driver may store the name of an enum's member instead.
    return {k: v.value if isinstance(v, Enum) else v for k, v in named.items()}
