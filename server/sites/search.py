"""Finding by a few words, whatever their accents and capitals.

Text is folded the same way when it is stored and when it is searched for.
"""

import unicodedata

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

# Letters that Unicode does not take apart into a plain letter and a mark.
WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
MOST_WORDS = 8


def folded(*texts: str) -> str:
    """Plain lower-case letters, figures and single spaces: `l avinguda` for "L'Avíngüda"."""
    decomposed = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    plain = bare.translate(WHOLE_LETTERS)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def finds(words: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Rows that hold every word somewhere in these folded columns."""
    wanted = folded(words).split()[:MOST_WORDS]
    return and_(True, *(or_(*(column.contains(word) for column in columns)) for word in wanted))
