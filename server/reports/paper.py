"""A sheet drawn as a PDF: the same sheet gives the same bytes.

Its fonts take half a second to load, which whoever needs no paper is spared: import it where you
draw.
"""

import unicodedata

from fpdf import FPDF
from fpdf.fonts import FontFace

from server.reports.sheet import Sheet, Table

# The letters of our four languages, which every reader of PDF has fonts for.
LETTERS = "windows-1252"
FONT = "helvetica"
MARGIN, LINE, GAP = 18, 5.5, 2
TITLE, HEADING, TEXT, SMALL = 18, 12, 10, 8.5
INK, QUIET, RULE = (27, 31, 35), (74, 81, 87), (217, 219, 216)


class _Paper(FPDF):
    """A4, with the title and the page's number at the foot."""

    def footer(self) -> None:
        self.set_y(-MARGIN + LINE)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(QUIET)
        self.cell(self.epw / 2, LINE, self.title or "")
        self.cell(self.epw / 2, LINE, f"{self.page_no()} / {{nb}}", align="R")


def drawn(sheet: Sheet) -> bytes:
    """The sheet as a PDF of as many pages as it takes."""
    paper = _Paper()
    paper.core_fonts_encoding = LETTERS
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.set_title(legible(sheet.title))
    paper.set_lang(sheet.language)
    paper.set_creation_date(sheet.made_at)
    paper.set_producer("Palier")
    paper.add_page()
    _write(paper, sheet.title, TITLE, is_bold=True)
    _write(paper, sheet.about, TEXT, QUIET)
    paper.ln(LINE / 2)
    for sentence in sheet.sentences:
        _write(paper, sentence, TEXT + 1)
    for table in sheet.tables:
        _heading(paper, table.title)
        if table.rows:
            _draw(paper, table)
        if table.after:
            _write(paper, table.after, TEXT)
    if sheet.notes:
        _heading(paper, sheet.notes_title)
    for name, meaning in sheet.notes:
        if paper.will_page_break(3 * LINE):
            paper.add_page()
        _write(paper, name, SMALL, is_bold=True)
        _write(paper, meaning, SMALL, QUIET)
    return bytes(paper.output())


def legible(text: str) -> str:
    """What the letters at hand can write: of others the letter without its marks.

    >>> legible("Škoda, 12 €"), legible("Lučić"), legible("電")
    ('Škoda, 12 €', 'Lucic', '?')
    """
    return "".join(_letter(each) for each in text)


def _letter(letter: str) -> str:
    for form in (letter, unicodedata.normalize("NFKD", letter)[0]):
        try:
            form.encode(LETTERS)
        except UnicodeEncodeError:
            continue
        return form
    return "?"


def _heading(paper: FPDF, text: str) -> None:
    paper.ln(LINE)
    if paper.will_page_break(4 * LINE):
        paper.add_page()
    _write(paper, text, HEADING, is_bold=True)


def _write(
    paper: FPDF,
    text: str,
    size: float,
    colour: tuple[int, int, int] = INK,
    *,
    is_bold: bool = False,
) -> None:
    paper.set_font(FONT, style="B" if is_bold else "", size=size)
    paper.set_text_color(colour)
    paper.multi_cell(0, size * 0.5 + 0.5, legible(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _sides(table: Table) -> tuple[str, ...]:
    """Where each column is lined up: numbers at the right."""
    columns = len(table.widths)
    last = columns if table.numbers_to is None else table.numbers_to
    return tuple("RIGHT" if table.numbers_from <= at < last else "LEFT" for at in range(columns))


def _draw(paper: FPDF, table: Table) -> None:
    paper.set_font(FONT, size=TEXT)
    paper.set_text_color(INK)
    paper.set_draw_color(RULE)
    quiet = FontFace(emphasis="", color=QUIET, size_pt=SMALL)
    rows = [table.columns, *table.rows] if table.columns else table.rows
    with paper.table(
        borders_layout="HORIZONTAL_LINES",
        col_widths=tuple(table.widths),
        first_row_as_headings=bool(table.columns),
        headings_style=quiet,
        line_height=LINE,
        padding=(0, GAP, 0, 0),
        text_align=_sides(table),
    ) as drawing:
        for row in rows:
            drawing.row([legible(cell) for cell in row])
