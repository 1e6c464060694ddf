"""Wire shapes of importing a table."""

from typing import Annotated, Literal

from pydantic import Base64Bytes, Field

from server.kit.wire import Body, Out

KindName = Literal["customers", "sites", "assets", "technicians", "parts"]
LARGEST_FILE = 5_000_000


class ImportBody(Body):
    """A file as base64; without `confirms` it is only looked at.

    `confirms` is the fingerprint of what was looked at: nothing else is written.
    """

    kind: KindName
    content: Annotated[Base64Bytes, Field(min_length=1, max_length=LARGEST_FILE)]
    confirms: Annotated[str, Field(max_length=64)] | None = None


class CellFaultOut(Out):
    """A cell that cannot be; rows are counted as a spreadsheet does, the header is row 1."""

    row: int
    column: str
    value: str
    code: str
    detail: str


class RowChangeOut(Out):
    """A row that does something; `columns` are those in which it differs, none where it is new."""

    row: int
    code: str
    columns: list[str]


class ImportOut(Out):
    """What a file would do, or did; `faults` and `changes` are the first few of them."""

    is_written: bool
    fingerprint: str
    encoding: str
    delimiter: str
    added: int
    changed: int
    unchanged: int
    fault_count: int
    faults: list[CellFaultOut]
    changes: list[RowChangeOut]
