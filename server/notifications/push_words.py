"""What a push says, in the reader's language: it is shown by a phone that runs no page of ours.

Little is told, since whoever holds the phone reads it: what, where, when; no customer, no caller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.accounts.schemas import Language

LONGEST_NAME = 80
NAMES_TOLD = 3
A_WEEK = 7
URGENT = frozenset({"S1", "S2"})


@dataclass(frozen=True, slots=True)
class Words:
    """`titles` by kind of event, `urgent` by severity, `days` from Monday on."""

    titles: Mapping[str, str]
    urgent: Mapping[str, str]
    many: str
    tried: tuple[str, str]
    days: tuple[str, ...]


WORDS: Mapping[Language, Words] = {
    Language.ENGLISH: Words(
        titles={
            "visit_dispatched": "New visit",
            "visit_moved": "Visit at another time",
            "visit_unassigned": "No longer your visit",
            "visit_cancelled": "Visit cancelled",
            "visit_conflict": "A visit needs your decision",
        },
        urgent={"S1": "Person trapped", "S2": "Out of service"},
        many="{count} changes to your visits",
        tried=("Notifications work", "This is how a new visit reaches you."),
        days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ),
    Language.FRENCH: Words(
        titles={
            "visit_dispatched": "Nouveau passage",
            "visit_moved": "Passage à une autre heure",
            "visit_unassigned": "Ce passage n’est plus à vous",
            "visit_cancelled": "Passage annulé",
            "visit_conflict": "Un passage attend votre décision",
        },
        urgent={"S1": "Personne bloquée", "S2": "Hors service"},
        many="{count} changements dans vos passages",
        tried=("Les notifications fonctionnent", "Un nouveau passage vous parvient ainsi."),
        days=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    ),
    Language.SPANISH: Words(
        titles={
            "visit_dispatched": "Nueva visita",
            "visit_moved": "Visita a otra hora",
            "visit_unassigned": "Esta visita ya no es suya",
            "visit_cancelled": "Visita cancelada",
            "visit_conflict": "Una visita espera su decisión",
        },
        urgent={"S1": "Persona atrapada", "S2": "Fuera de servicio"},
        many="{count} cambios en sus visitas",
        tried=("Las notificaciones funcionan", "Así le llega una nueva visita."),
        days=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    ),
    Language.DUTCH: Words(
        titles={
            "visit_dispatched": "Nieuw bezoek",
            "visit_moved": "Bezoek op een andere tijd",
            "visit_unassigned": "Dit bezoek is niet meer van u",
            "visit_cancelled": "Bezoek geannuleerd",
            "visit_conflict": "Een bezoek wacht op uw beslissing",
        },
        urgent={"S1": "Opgesloten persoon", "S2": "Buiten dienst"},
        many="{count} wijzigingen in uw bezoeken",
        tried=("Meldingen werken", "Zo bereikt een nieuw bezoek u."),
        days=("ma", "di", "wo", "do", "vr", "za", "zo"),
    ),
}


def one(
    language: Language, kind: str, facts: Mapping[str, Any], zone: ZoneInfo, now: datetime
) -> tuple[str, str]:
    """Title and text for one visit.

    >>> facts = {"severity": "S2", "site_name": "Hotel", "starts_at": "2026-06-02T12:30:00+00:00"}
    >>> noon = datetime.fromisoformat("2026-06-02T10:00:00+00:00")
    >>> one(Language.ENGLISH, "visit_dispatched", facts, ZoneInfo("Europe/Paris"), noon)
    ('New visit: Out of service', 'Hotel · 14:30')
    """
    words = WORDS[language]
    title, urgent = words.titles[kind], words.urgent.get(facts.get("severity", ""))
    named = f"{title}: {urgent}" if urgent and kind == "visit_dispatched" else title
    told = [_short(facts.get("site_name")), _short(facts.get("asset_name"))]
    if starts_at := facts.get("starts_at"):
        told.append(_when(words, datetime.fromisoformat(starts_at), zone, now))
    return named, " · ".join(filter(None, told))


def many(language: Language, facts: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Title and text for several visits at once."""
    names = list(dict.fromkeys(_short(each.get("site_name")) for each in facts))
    more = ", …" if len(names) > NAMES_TOLD else ""
    return WORDS[language].many.format(count=len(facts)), ", ".join(names[:NAMES_TOLD]) + more


def _short(name: str | None) -> str:
    text = name or ""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def _when(words: Words, at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The hour where the work is; with the day unless it is today."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    away = (local.date() - today).days
    if away == 0:
        return f"{local:%H:%M}"
    day = words.days[local.weekday()] if 0 < away < A_WEEK else f"{local:%d/%m}"
    return f"{day} {local:%H:%M}"
