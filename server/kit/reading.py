"""Reading a request's body: JSON, or a fault that says so; never a crash of the reader.

What the body has to hold is said by each operation.
"""

from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import SerializationException

from dispatch.errors import Fault
from server.kit.problems import Invalid


class JsonRequest(Request[Any, Any, State]):
    """A request whose body may be cut off, not UTF-8, or nested without end."""

    async def json(self) -> Any:
        """The body as plain values."""
        try:
            return await super().json()
        except (SerializationException, UnicodeDecodeError, RecursionError) as error:
            raise Invalid([Fault("body", "not_json", "Send the body as JSON.")]) from error
