"""Public holidays as a proposal: a person curates them, and the calendar stores the days.

Nothing is counted with them here; stored holidays are read by `dispatch.hours`.
"""

from collections.abc import Iterable

import holidays
from holidays.registry import EntityLoader

from server.regions.problems import UnknownCountry, UnknownSubdivision
from server.regions.schemas import HolidayOut


def public_holidays(
    country: str, subdivision: str | None, years: Iterable[int], language: str | None = None
) -> list[HolidayOut]:
    """Days off by law and days given in their place, in order, each once.

    Countries and subdivisions go by their ISO 3166 codes; a subdivision may be told by its name.
    Names are in the country's own language where the wanted one is not known.

    >>> [each.name for each in public_holidays("FR", "57", [2026])][1:3]
    ['Vendredi saint', 'Lundi de Pâques']
    """
    code = country.upper()
    if code not in EntityLoader.get_country_codes(include_aliases=False):
        raise UnknownCountry(country=country)
    proposed = holidays.country_holidays(
        code,
        subdiv=_known_subdivision(code, subdivision),
        years=sorted(set(years)),
        language=_known_language(code, language),
    )
    return [HolidayOut(date=day, name=name) for day, name in sorted(proposed.items())]


def _known_subdivision(country: str, given: str | None) -> str | None:
    if given is None:
        return None
    known = holidays.country_holidays(country)
    wanted = given.removeprefix(f"{country}-")
    if wanted in known.subdivisions or wanted in known.subdivisions_aliases:
        return wanted
    raise UnknownSubdivision(country=country, known=sorted(known.subdivisions))


def _known_language(country: str, wanted: str | None) -> str | None:
    """The wanted language or the country's own, never that of the machine this runs on."""
    known = holidays.country_holidays(country)
    spoken = (each for each in known.supported_languages if each.partition("_")[0] == wanted)
    return next(spoken, known.default_language)
