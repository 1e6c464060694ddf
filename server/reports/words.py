"""What a report on paper says, in the words of the pages; numbers, days and money as people write.

The sentences are in `words.json`, generated from the messages of the pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from server.mail.words import first_day, locale_of

PLURAL = re.compile(r"\{count, plural,((?: (?:=0|one|other) \{[^{}]*\})+)\}")
FORM = re.compile(r"(=0|one|other) \{([^{}]*)\}")
FACT = re.compile(r"\{(\w+)\}")
# What fits between letters and figures; the letters on paper know no narrow one.
NO_BREAK, NARROW = "\u00a0", "\u202f"
LETTERS_AND_FIGURES = re.compile(r"(?<=[A-Z])(?=\d)")
DAY_LETTERS, HOUR_LETTERS = {"fr": "j"}, {"nl": "u"}
HOUR, DAY = 60, 1_440


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str

    @property
    def locale(self) -> str:
        return locale_of(self.language)

    def say(self, key: str, **facts: object) -> str:
        """A text of the pages with its facts; `count` chooses the form.

        >>> Words("en").say("portal.month.reported", count=1)
        'One job was reported or planned.'
        >>> Words("en").say("admin.figure.of", part=7, whole=1_250)
        '7 of 1,250.'
        """
        text = PLURAL.sub(lambda found: self._form(found[1], facts), _said()[self.language][key])
        return FACT.sub(lambda found: self._fact(facts[found[1]]), text)

    def knows(self, key: str) -> bool:
        return key in _said()[self.language]

    def word_for(self, family: str, code: str, **facts: object) -> str:
        """The word of a family for a code, that for unknown ones, or the code itself.

        >>> Words("en").word_for("cause", "door"), Words("en").word_for("cause", "moths")
        ('Doors', 'moths')
        """
        keys = (f"{family}.{code}", f"{family}.unknown")
        key = next((each for each in keys if self.knows(each)), None)
        return code if key is None else self.say(key, code=code, **facts)

    def number(self, value: Decimal | int) -> str:
        """A number with the marks of the language.

        >>> Words("es").number(Decimal("1234.50"))
        '1.234,50'
        """
        decimals = f"{Decimal(value):f}".partition(".")[2]
        return self._written(Decimal(value), f"#,##0.{'0' * len(decimals)}".rstrip("."))

    def figure(self, value: str, *, places: int = 4) -> str:
        """A number given as text, half up to so many digits after the mark, none for nothing.

        >>> Words("en").figure("3.70"), Words("es").figure("1234.25", places=1)
        ('3.7', '1.234,3')
        """
        return self._written(_half_up(value, places), f"#,##0.{'#' * places}")

    def percent(self, value: str, *, places: int = 4) -> str:
        r"""A share given in per cent.

        >>> Words("fr").percent("91.6000")
        '91,6\xa0%'
        """
        usual = Locale.parse(self.locale).percent_formats[None].pattern
        shown = usual.replace("0", f"0.{'#' * places}")
        return self._written(_half_up(value, places) / 100, shown)

    def money(self, amount: str, currency: str) -> str:
        r"""A sum with its currency.

        >>> Words("nl").money("12.50", "EUR"), Words("en").money("12.50", "CHF")
        ('€\xa012,50', 'CHF\xa012.50')
        """
        written = format_currency(Decimal(amount), currency, locale=self.locale)
        return LETTERS_AND_FIGURES.sub(NO_BREAK, written).replace(NARROW, NO_BREAK)

    def month(self, day: date) -> str:
        """The month of a day, with its year.

        >>> Words("es").month(date(2026, 6, 1))
        'junio de 2026'
        """
        return format_skeleton("yMMMM", day, locale=self.locale)

    def day(self, day: date) -> str:
        """A day with its year.

        >>> Words("fr").day(date(2026, 6, 30))
        '30 juin 2026'
        """
        return first_day(self.language, format_date(day, "long", locale=self.locale))

    def instant(self, at: datetime, zone: str) -> str:
        """A day and the time on the clocks of a place.

        >>> from datetime import UTC
        >>> Words("en").instant(datetime(2026, 6, 30, 9, 5, tzinfo=UTC), "Europe/Andorra")
        '30 June 2026 11:05'
        """
        return f"{self.day_at(at, zone)} {at.astimezone(ZoneInfo(zone)):%H:%M}"

    def day_at(self, at: datetime, zone: str) -> str:
        """The day it is at a place."""
        return self.day(at.astimezone(ZoneInfo(zone)).date())

    def duration(self, seconds: int) -> str:
        """Whole minutes: `35 min`, `1 h 35`, `2 d 3 h`.

        >>> Words("nl").duration(5_700).replace(NO_BREAK, " ")
        '1 u 35'
        """
        minutes = seconds // 60
        days, hours, rest = minutes // DAY, minutes % DAY // HOUR, minutes % HOUR
        if days:
            parts = [
                str(days),
                DAY_LETTERS.get(self.language, "d"),
                *([str(hours), self._hour] if hours else []),
            ]
        elif hours:
            parts = [str(hours), self._hour, *([f"{rest:02}"] if rest else [])]
        else:
            parts = [str(rest), "min"]
        return NO_BREAK.join(parts)

    def hours(self, minutes: int) -> str:
        r"""Working time: `14 h 32`, and whole hours from a day on, never days.

        >>> Words("en").hours(90).replace(NO_BREAK, " "), Words("nl").hours(75_000)
        ('1 h 30', '1.250\xa0u')
        """
        if minutes < DAY:
            return self.duration(minutes * 60)
        return f"{self.number(minutes // HOUR)}{NO_BREAK}{self._hour}"

    @property
    def _hour(self) -> str:
        return HOUR_LETTERS.get(self.language, "h")

    def _written(self, value: Decimal, shown: str) -> str:
        return format_decimal(value, shown, locale=self.locale).replace(NARROW, NO_BREAK)

    def _fact(self, fact: object) -> str:
        return self.number(fact) if isinstance(fact, int) else str(fact)

    def _form(self, forms: str, facts: Mapping[str, object]) -> str:
        count = facts["count"]
        assert isinstance(count, int)
        by_name: dict[str, str] = dict(FORM.findall(forms))
        name = f"={count}"
        if name not in by_name:
            name = Locale.parse(self.locale).plural_form(count)
        return by_name.get(name, by_name["other"]).replace("#", self.number(count))


def _half_up(value: str, places: int) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@cache
def _said() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    return msgspec.json.decode(text, type=dict[str, dict[str, str]])
