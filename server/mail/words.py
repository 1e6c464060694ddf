"""What mails say: the sentences of notices as the pages have them, and what only a mail needs.

The former are in `words.json`, generated from the messages of the pages.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the sentences of a mail, and the mails that are no notice."""

    look: str
    why_you: str
    colon: str
    why_reported: str
    choose: str
    stop: str
    invitation: tuple[str, str, str, str]
    test: tuple[str, str]


PLAIN_NAME = re.compile(
    r"(lift|goods lift|escalator|platform lift|platform)\s+(\S{1,4})", re.IGNORECASE
)
"""As pwa/lib/i18n/asset_name.ts knows them."""

FRAMES: Mapping[str, Frame] = {
    "en": Frame(
        look="See how it stands",
        why_you="You get this because e-mail is switched on in your notifications.",
        colon=": ",
        why_reported="You get this because you gave this address when you reported a fault.",
        choose="Choose what reaches you",
        stop="No more e-mail",
        invitation=(
            "Your access to Palier",
            "{name}, you have been given access to Palier. Choose a password to sign in.",
            "Choose a password",
            "The link holds until {until}. If you expected nothing of the kind, leave it.",
        ),
        test=("Mail from Palier works", "This is how notices reach people by e-mail."),
    ),
    "fr": Frame(
        look="Voir où l’on en est",
        why_you="Vous recevez ceci parce que l’e-mail est activé dans vos notifications.",
        colon="\N{NO-BREAK SPACE}: ",
        why_reported="Vous recevez ceci car vous avez laissé cette adresse en signalant une panne.",
        choose="Choisir ce qui vous parvient",
        stop="Ne plus recevoir d’e-mails",
        invitation=(
            "Votre accès à Palier",
            "{name}, un accès à Palier vous a été ouvert. Choisissez un mot de passe pour entrer.",
            "Choisir un mot de passe",
            "Le lien est valable jusqu’au {until}. Si vous n’attendiez rien de tel, ignorez-le.",
        ),
        test=("Les e-mails de Palier fonctionnent", "Les messages parviennent ainsi par e-mail."),
    ),
    "es": Frame(
        look="Ver cómo va",
        why_you="Recibe este correo porque tiene activados los avisos por correo.",
        colon=": ",
        why_reported="Recibe este correo porque dejó esta dirección al avisar de una avería.",
        choose="Elegir qué le llega",
        stop="No recibir más correos",
        invitation=(
            "Su acceso a Palier",
            "{name}, tiene acceso a Palier. Elija una contraseña para entrar.",
            "Elegir una contraseña",
            "El enlace vale hasta el {until}. Si no esperaba nada así, no haga nada.",
        ),
        test=("El correo de Palier funciona", "Así llegan los avisos por correo."),
    ),
    "nl": Frame(
        look="Bekijk hoe het ervoor staat",
        why_you="U krijgt dit omdat e-mail aanstaat in uw notificaties.",
        colon=": ",
        why_reported="U krijgt dit omdat u dit adres hebt achtergelaten bij een storingsmelding.",
        choose="Kies wat u bereikt",
        stop="Geen e-mail meer",
        invitation=(
            "Uw toegang tot Palier",
            "{name}, u heeft toegang gekregen tot Palier. Kies een wachtwoord om binnen te komen.",
            "Kies een wachtwoord",
            "De link geldt tot {until}. Verwachtte u niets van dien aard, doe dan niets.",
        ),
        test=("E-mail van Palier werkt", "Zo bereiken meldingen mensen per e-mail."),
    ),
}


@cache
def _said() -> Mapping[str, Mapping[str, str]]:
    words = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    words["fr"] = {key: _typeset(text) for key, text in words["fr"].items()}
    return words  # type: ignore[no-any-return]


def _typeset(text: str) -> str:
    """In French a colon never begins a line."""
    return re.sub(r" (?=[:;?!»])", "\u00a0", text).replace("« ", "«\u00a0")


def asset_title(language: str, name: str) -> str:
    """A name that says nothing but the kind and a letter, in the reader's language.

    >>> asset_title("fr", "Lift B"), asset_title("fr", "Nord")
    ('Ascenseur B', 'Nord')
    """
    found = PLAIN_NAME.fullmatch(name.strip())
    if found is None:
        return name
    kind = found[1].lower().removesuffix(" lift").replace("goods", "goods_lift")
    return f"{_said()[language][f'asset_kind.{kind}']} {found[2]}"


def sentence(language: str, facts: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> str:
    """What happened, as the page of this reader says it; what is not known is left out."""
    said, code, page = _said()[language], facts["code"], facts["page"]
    known = {
        "name": facts.get("technician_first_name"),
        "between": between(language, facts, zone, now),
        "reason": facts.get("reason"),
    }
    for needed in ("named_between", "named", "between", "reasoned"):
        names = [part.replace("reasoned", "reason") for part in _parts(needed)]
        text = said.get(f"{page}.notice.{code}.{needed}")
        if text and all(known[name] for name in names):
            break
    else:
        text = said.get(f"{page}.notice.{code}") or said[f"{page}.notice.unknown"]
    why = said.get(f"{page}.notice.{code}.why.{facts.get('why')}", "")
    filled = _filled(text, {**known, **_of_clocks(said, facts)})
    return f"{filled[:1].upper()}{filled[1:]} {why}".strip()


def _parts(needed: str) -> list[str]:
    return ["name" if part == "named" else part for part in needed.split("_")]


def _of_clocks(said: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Which clock, and whose where it is not the customer's."""
    party = facts.get("party")
    whose = "" if party == "customer" else said.get(f"party.{party}", "")
    which = said.get(f"clock.{facts.get('clock')}", "")
    return {
        "clock": ", ".join(filter(None, (which, whose))),
        "share": facts.get("percent") or 0,
        "level": facts.get("level") or 0,
    }


def between(language: str, facts: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> str | None:
    """`between 14:05 and 14:25`, with the day unless it is today."""
    if not facts.get("from_at") or not facts.get("to_at"):
        return None
    begins, ends = (
        datetime.fromisoformat(facts[name]).astimezone(zone) for name in ("from_at", "to_at")
    )
    today = now.astimezone(zone).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(begins.date(), "day")
    known = {
        "from": f"{begins:%H:%M}",
        "to": f"{ends:%H:%M}",
        "day": day_of(language, begins),
    }
    return _filled(_said()[language][f"portal.between.{near}"], known)


def day_of(language: str, local: datetime) -> str:
    return first_day(language, format_skeleton("MMMMd", local, locale=locale_of(language)))


def first_day(language: str, written: str) -> str:
    """A day as it is said: in French the first of a month is counted.

    >>> first_day("fr", "1 janvier 2027"), first_day("fr", "21 mai"), first_day("nl", "1 mei")
    ('1er janvier 2027', '21 mai', '1 mei')
    """
    return f"1er {written[2:]}" if language == "fr" and written.startswith("1 ") else written


def locale_of(language: str) -> str:
    """Whose way of writing numbers and days holds where a language is written in several."""
    return {"en": "en_GB"}.get(language, language)


def _filled(text: str, known: Mapping[str, Any]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(known.get(found[1]) or ""), text)
