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

from server.mail.words import FRAMES

PLURAL = re.compile(r"\{count, plural,((?: (?:=0|one|other) \{[^{}]*\})+)\}")
FORM = re.compile(r"(=0|one|other) \{([^{}]*)\}")
FACT = re.compile(r"\{(\w+)\}")
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Way:
    """How a language writes figures: its marks, and what stands around a day, a share and a sum."""

    thousands: str
    decimal: str
    percent: str
    money: str
    of_year: str
    day_letter: str
    hour_letter: str


WAYS: Mapping[str, Way] = {
    "en": Way(",", ".", "{}%", "{symbol}{amount}", "{} {}", "d", "h"),
    "fr": Way(NO_BREAK, ",", "{}\u00a0%", "{amount}\u00a0{symbol}", "{} {}", "j", "h"),
    "es": Way(".", ",", "{}\u00a0%", "{amount}\u00a0{symbol}", "{} de {}", "d", "h"),
    "nl": Way(".", ",", "{}%", "{symbol}\u00a0{amount}", "{} {}", "d", "u"),
}
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
HOUR, DAY = 60, 1_440


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str

    def say(self, key: str, **facts: object) -> str:
        """A text of the pages with its facts; `count` chooses the form.

        >>> Words("en").say("portal.month.reported", count=1)
        'One job was reported or planned.'
        """
        text = PLURAL.sub(lambda found: self._form(found[1], facts), _said()[self.language][key])
        return FACT.sub(lambda found: str(facts[found[1]]), text)

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
        way = WAYS[self.language]
        marks = {",": way.thousands, ".": way.decimal}
        return "".join(marks.get(each, each) for each in f"{value:,}")

    def figure(self, value: str, *, places: int = 4) -> str:
        """A number given as text, half up to so many digits after the mark, none for nothing.

        >>> Words("en").figure("3.70"), Words("es").figure("1234.25", places=1)
        ('3.7', '1.234,3')
        """
        exact = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        whole, _, rest = f"{exact:f}".partition(".")
        kept = rest.rstrip("0")
        return self.number(Decimal(f"{whole}.{kept}" if kept else whole))

    def percent(self, value: str, *, places: int = 4) -> str:
        r"""A share given in per cent.

        >>> Words("fr").percent("91.6000")
        '91,6\xa0%'
        """
        return WAYS[self.language].percent.format(self.figure(value, places=places))

    def money(self, amount: str, currency: str) -> str:
        r"""A sum with its currency.

        >>> Words("nl").money("12.50", "EUR"), Words("en").money("12.50", "CHF")
        ('€\xa012,50', 'CHF\xa012.50')
        """
        form, written = WAYS[self.language].money, self.number(Decimal(amount))
        if currency not in SYMBOLS and form.startswith("{symbol}{"):
            return f"{currency}{NO_BREAK}{written}"
        return form.format(symbol=SYMBOLS.get(currency, currency), amount=written)

    def month(self, day: date) -> str:
        """The month of a day, with its year.

        >>> Words("es").month(date(2026, 6, 1))
        'junio de 2026'
        """
        name = FRAMES[self.language].months[day.month - 1]
        return WAYS[self.language].of_year.format(name, day.year)

    def day(self, day: date) -> str:
        """A day with its year.

        >>> Words("fr").day(date(2026, 6, 30))
        '30 juin 2026'
        """
        frame = FRAMES[self.language]
        named = frame.day.format(day=day.day, month=frame.months[day.month - 1])
        return WAYS[self.language].of_year.format(named, day.year)

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
        way, minutes = WAYS[self.language], seconds // 60
        days, hours, rest = minutes // DAY, minutes % DAY // HOUR, minutes % HOUR
        if days:
            parts = [str(days), way.day_letter, *([str(hours), way.hour_letter] if hours else [])]
        elif hours:
            parts = [str(hours), way.hour_letter, *([f"{rest:02}"] if rest else [])]
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
        return f"{self.number(minutes // HOUR)}{NO_BREAK}{WAYS[self.language].hour_letter}"

    def _form(self, forms: str, facts: Mapping[str, object]) -> str:
        count = facts["count"]
        assert isinstance(count, int)
        by_name: dict[str, str] = dict(FORM.findall(forms))
        is_one = count == 1 or (count == 0 and self.language == "fr")
        name = "=0" if count == 0 and "=0" in by_name else "one" if is_one else "other"
        return by_name.get(name, by_name["other"]).replace("#", self.number(count))


@cache
def _said() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    return msgspec.json.decode(text, type=dict[str, dict[str, str]])
