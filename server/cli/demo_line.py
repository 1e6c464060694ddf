"""One demo account's line to the server: it signs in when it must, and again when that is over.

What is asked over it is in `demo_live` and `demo_mornings`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.bench.client import Client, signed_in
from server.bench.refusals import UnexpectedAnswer

NOT_SIGNED_IN = 401


@dataclass(slots=True)
class Line:
    """A session lasts some hours of the town's time, and a town may live for days."""

    port: int
    email: str
    _client: Client | None = None

    def get(self, path: str) -> Any:
        """The JSON of an answer."""
        return self._asked(lambda client: client.get(path).body)

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        """The JSON of the answer to a command."""
        return self._asked(lambda client: client.post(path, body).body)

    def close(self) -> None:
        """Hang up; whoever asks again is connected anew."""
        if self._client is not None:
            self._client.close()

    def _asked(self, ask: Callable[[Client], Any]) -> Any:
        if self._client is not None:
            try:
                return ask(self._client)
            except UnexpectedAnswer as answer:
                if answer.status != NOT_SIGNED_IN:
                    raise
                self._client.close()
        self._client = Client(self.port, signed_in(self.port, self.email))
        return ask(self._client)
