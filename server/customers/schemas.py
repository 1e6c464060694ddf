"""Wire shapes of customers: who owns sites and signs agreements."""

from uuid import UUID

from server.accounts.schemas import Language
from server.kit.wire import Body, Code, Line, OptionalLine, Out


class CustomerOut(Out):
    id: UUID
    code: str
    name: str
    language: Language
    contact_name: str
    contact_phone: str
    contact_email: str
    version: int


class CustomerBody(Body):
    code: Code
    name: Line
    language: Language = Language.ENGLISH
    contact_name: OptionalLine = ""
    contact_phone: OptionalLine = ""
    contact_email: OptionalLine = ""


class CustomerChangeBody(Body):
    """Only what is named changes."""

    name: Line | None = None
    language: Language | None = None
    contact_name: OptionalLine | None = None
    contact_phone: OptionalLine | None = None
    contact_email: OptionalLine | None = None
