"""Reading a table out of a file: its letters, what stands between its cells, its rows.

What the cells mean is known to `kinds`.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from dispatch.errors import Fault
from server.kit.problems import Invalid

DELIMITERS = ";,\t|"
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` maps the number of a line, as a spreadsheet counts them, to its cells by column."""

    encoding: str
    delimiter: str
    header: Sequence[str]
    rows: Mapping[int, Mapping[str, str]]


def read_table(given: bytes) -> Table:
    r"""The table in a file; empty lines are passed over.

    >>> read_table(b"code;name\nA;Lift A\n").rows
    {2: {'code': 'A', 'name': 'Lift A'}}
    """
    encoding, text = _text(given)
    delimiter = _delimiter(text)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(lines, [])]
        rows = {
            number: _cells(number, header, line)
            for number, line in enumerate(lines, start=2)
            if any(cell.strip() for cell in line)
        }
    except csv.Error as error:
        raise Invalid([Fault("content", "not_a_table", f"This is no table: {error}.")]) from None
    if not rows:
        raise Invalid([Fault("content", "no_rows", "There is no row below the header.")])
    if len(rows) > MOST_ROWS:
        sentence = f"A file holds {MOST_ROWS} rows at most: divide it."
        raise Invalid([Fault("content", "too_many_rows", sentence)])
    return Table(encoding, delimiter, header, rows)


def _text(given: bytes) -> tuple[str, str]:
    """Spreadsheets write UTF-8 with a mark, UTF-16, or what Windows wrote in the nineties."""
    encoding = "utf-16" if given.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = given.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = given.decode(encoding, errors="replace")
    if "\x00" in text:
        raise Invalid([Fault("content", "not_a_table", "This is no table of text.")])
    return encoding, text


def _delimiter(text: str) -> str:
    """Whatever stands most often in the first line."""
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _cells(number: int, header: Sequence[str], line: Sequence[str]) -> Mapping[str, str]:
    if len(line) > len(header) and any(cell.strip() for cell in line[len(header) :]):
        sentence = f"Row {number} has more cells than the header has columns."
        raise Invalid([Fault(f"rows.{number}", "too_many_cells", sentence)])
    return {name: cell.strip() for name, cell in zip(header, line, strict=False)}
