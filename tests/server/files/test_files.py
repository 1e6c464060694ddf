"""Files as they came in: PDF only, not too large, under a name no system stumbles over."""

import hashlib

import pytest

from server.files.actions import LARGEST, PDF, plain_name, store
from server.files.problems import FileTooLarge, FileTypeRefused
from server.files.queries import content
from server.kit.database import Database
from tests.server.company import FOUNDER, Company

PAPER = b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("contract.pdf", "contract.pdf"),
        ("C:\\papers\\contract.PDF", "contract.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("Número 7/ß.pdf", "ß.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("line\r\nbreak.pdf", "linebreak.pdf"),
        ("..", "document.pdf"),
        ("x" * 300, "x" * 120 + ".pdf"),
    ],
)
def test_a_file_has_a_plain_name(given: str, kept: str) -> None:
    assert plain_name(given) == kept


async def test_what_was_stored_is_read_back_byte_for_byte(
    database: Database, company: Company
) -> None:
    async with database.write() as session:
        row = await store(session, PAPER, "a.pdf", PDF, by=FOUNDER.account_id, now=company.now)
    async with database.read() as session:
        assert await content(session, row.id) == PAPER
    assert (row.size, row.sha256) == (len(PAPER), hashlib.sha256(PAPER).hexdigest())


@pytest.mark.parametrize(
    ("given", "kind", "refusal"),
    [
        (b"", PDF, FileTypeRefused),
        (b" %PDF-1.7", PDF, FileTypeRefused),
        (PAPER, "text/html", FileTypeRefused),
        (PAPER + b"0" * LARGEST, PDF, FileTooLarge),
    ],
    ids=["empty", "not_at_the_start", "another_kind", "too_large"],
)
async def test_what_is_no_pdf_of_ten_megabytes_is_refused(
    database: Database, company: Company, *, given: bytes, kind: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        async with database.write() as session:
            await store(session, given, "a.pdf", kind, by=None, now=company.now)
