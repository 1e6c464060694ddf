"""What mails say: every notice in four languages, nothing left to fill in, nothing internal."""

import re
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from server.accounts.schemas import Language, Role
from server.kit.tables import Event
from server.mail.outbox import Parcel
from server.mail.tables import Mail
from server.mail.words import sentence
from server.mail.writing import written
from server.notifications.codes import codes_of
from server.notifications.mailing import facts_of, key_of
from tests.server.mail.post_office import PostOffice

NOW = datetime.fromisoformat("2026-11-23T14:00:00+01:00")
ANDORRA = "Europe/Andorra"
CANARY = "CANARY-7731"
FACTS = {
    "number": "2026-000068",
    "severity": "S2",
    "site_name": "Hotel Roc",
    "asset_name": "Lift B",
    "technician_first_name": "Inès",
    "from_at": "2026-11-23T13:05:00+00:00",
    "to_at": "2026-11-23T13:25:00+00:00",
    "why": "running_late",
    "clock": "response",
    "party": "customer",
    "percent": 75,
    "level": 2,
    # What the office alone knows.
    "internal_due_at": CANARY,
    "technician_name": CANARY,
    "status": CANARY,
    "note": CANARY,
    "reason": CANARY,
    "role": CANARY,
}
TOLD = [
    (role, kind)
    for role in (Role.MANAGER, Role.ADMIN, Role.DISPATCHER)
    for kind in codes_of(role)
    if not kind.endswith(("refused", "out_of_scope"))
]


def event(kind: str) -> Event:
    return Event(
        seq=7,
        at=NOW,
        kind=kind,
        actor_name=CANARY,
        site_id=UUID(int=1),
        intervention_id=UUID(int=2),
        data=FACTS,
    )


def mail(role: Role, kind: str, language: Language) -> Mail:
    return Mail(
        id=UUID(int=3),
        account_id=UUID(int=4),
        address="marc@example.org",
        language=language.value,
        topic="notice",
        key=key_of(role, event(kind)),
        facts=facts_of(role, event(kind), ANDORRA),
        token="a-token",
    )


@pytest.mark.parametrize("language", list(Language))
def test_every_notice_is_a_whole_sentence_and_says_nothing_internal(language: Language) -> None:
    settings = PostOffice().settings()
    for role, kind in TOLD:
        row = mail(role, kind, language)
        message = written(Parcel(row.id, (row,)), settings, NOW)
        whole = message.as_string(policy=message.policy.clone(cte_type="8bit"))
        body = message.get_body(("plain",))
        assert body is not None
        text = f"{message['Subject']}\n{body.get_content()}"
        assert CANARY not in whole + text, kind
        assert not re.search(r"[{}]|None|Something|unknown", text), text
        assert not re.search(r"\bS[1-4]\b|en_route|dispatched", text), text
        unknown = sentence(language.value, {"code": "?", "page": row.facts["page"]}, _zone(), NOW)
        assert unknown not in text, kind


def _zone() -> ZoneInfo:
    return ZoneInfo(ANDORRA)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Inès takes care of it and arrives between 14:05 and 14:25."),
        ("fr", "Inès s’en occupe et arrive entre 14:05 et 14:25."),
        ("es", "entre las 14:05 y las 14:25"),
        ("nl", "tussen 14:05 en 14:25"),
    ],
)
def test_a_manager_reads_who_comes_and_when_in_their_language(language: str, said: str) -> None:
    facts = facts_of(Role.MANAGER, event("visit_accepted"), ANDORRA)
    assert said in sentence(language, facts, _zone(), NOW)


def test_a_delay_says_the_new_time_and_why() -> None:
    facts = facts_of(Role.MANAGER, event("visit_running_late"), ANDORRA)
    assert sentence("en", facts, _zone(), NOW) == (
        "It takes longer than we said: Inès arrives between 14:05 and 14:25. "
        "The technician told us so."
    )


def test_whoever_left_an_address_in_the_lift_reads_when_somebody_comes_and_no_name() -> None:
    facts = facts_of(Role.MANAGER, event("visit_travel_started"), ANDORRA)
    nobody = {name: told for name, told in facts.items() if name != "technician_first_name"}
    assert sentence("en", nobody, _zone(), NOW) == (
        "The technician is on the way and arrives between 14:05 and 14:25."
    )


def test_a_french_mail_names_the_lift_in_french_and_sets_its_colons() -> None:
    row = mail(Role.MANAGER, "visit_arrived", Language.FRENCH)
    message = written(Parcel(row.id, (row,)), PostOffice().settings(), NOW)
    place = "Ascenseur B · Hotel Roc"
    assert message["Subject"] == f"{place}\N{NO-BREAK SPACE}: Inès a rejoint le site."
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith(place)
    assert "Voir où l’on en est\N{NO-BREAK SPACE}: https://" in body.get_content()


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "23 November"),
        ("fr", "23 novembre"),
        ("es", "23 de noviembre"),
        ("nl", "23 november"),
    ],
)
def test_another_day_is_named(language: str, day: str) -> None:
    facts = facts_of(Role.MANAGER, event("visit_accepted"), ANDORRA)
    said = sentence(language, facts, _zone(), NOW.replace(day=20))
    assert day in said


def test_a_passage_is_told_once_and_another_hour_each_time() -> None:
    first, again = event("visit_accepted"), event("visit_accepted")
    again.seq = 9
    assert key_of(Role.MANAGER, first) == key_of(Role.MANAGER, again)
    assert key_of(Role.ADMIN, event("visit_declined")).startswith("7:")
    moved = event("visit_moved")
    assert key_of(Role.MANAGER, moved) == "7:moved"
