"""A name in each language we speak: what catalogues call their things."""

from server.kit.wire import Body, Line, Out


class NamesOut(Out):
    """A name in each language we speak."""

    en: str
    fr: str
    es: str
    nl: str


class NamesBody(Body):
    """A name in each language we speak."""

    en: Line
    fr: Line
    es: Line
    nl: Line
