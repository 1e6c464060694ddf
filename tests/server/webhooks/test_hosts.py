"""Which addresses webhooks may call, and what a message proves and keeps to itself."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server.kit.hosts import ListedHosts
from server.kit.tables import Event
from server.webhooks.messages import message_of, new_secret, signature, trial_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("named", "url", "is_accepted"),
    [
        ((), "https://hooks.example.org/a", False),
        (("hooks.example.org",), "https://hooks.example.org/a", True),
        (("hooks.example.org",), "https://hooks.example.org:8443/a", False),
        (("hooks.example.org",), "http://hooks.example.org/a", False),
        (("hooks.example.org",), "https://hooks.example.org.evil.org/a", False),
        (("hooks.example.org",), "https://evil.org@hooks.example.org/a", False),
        (("*.example.org",), "https://a.example.org/a", True),
        (("http://10.0.0.7:8080",), "http://10.0.0.7:8080/a", True),
        (("http://10.0.0.7:8080",), "http://10.0.0.7:9090/a", False),
        (("*",), "https://anybody.example/a", True),
        (("*",), "http://anybody.example/a", False),
        (("*",), "https://127.0.0.1/a", False),
        (("*",), "https://8.8.8.8/a", False),
        (("*",), "https://[::1]/a", False),
        (("*",), "https://a.example/" + "a" * 1000, False),
    ],
)
def test_only_what_the_operator_lists_is_called(
    named: tuple[str, ...], url: str, *, is_accepted: bool
) -> None:
    assert ListedHosts(named).accepts(url) is is_accepted


def test_nobody_vouches_for_a_host_by_listing_the_whole_internet() -> None:
    assert ListedHosts(("*", "http://10.0.0.7:8080")).vouches("10.0.0.7")
    assert not ListedHosts(("*",)).vouches("anybody.example")


def test_a_message_names_no_person_and_holds_no_free_text() -> None:
    told = message_of(
        uuid4(),
        Event(
            seq=7,
            at=NOON,
            kind="visit_completed",
            actor_id=uuid4(),
            actor_name="Aina Puig",
            region_id=UUID(int=1),
            technician_id=UUID(int=2),
            customer_id=UUID(int=3),
            data={
                "number": "I-12",
                "severity": "S2",
                "technician_first_name": "Aina",
                "caller_phone": "+376 800 001",
                "note": "Ask for Marc",
            },
        ),
    )
    said = json.loads(told.body)
    assert said["type"] == "visit_completed"
    assert said["data"]["facts"] == {"number": "I-12", "severity": "S2"}
    assert not [word for word in ("Aina", "Marc", "800", str(UUID(int=2))) if word in str(said)]


def test_a_message_keeps_its_id_and_words_but_is_signed_for_its_moment() -> None:
    secret, one = new_secret(), uuid4()
    message = trial_of(one, NOON)
    assert message == trial_of(one, NOON)
    first, later = (message.headers(secret, NOON + timedelta(minutes=n)) for n in (0, 9))
    assert first["webhook-id"] == later["webhook-id"] == message.id
    assert first["webhook-signature"] != later["webhook-signature"]
    moment = later["webhook-timestamp"]
    assert later["webhook-signature"] == signature(secret, message.id, moment, message.body)
    assert signature(new_secret(), message.id, moment, message.body) != later["webhook-signature"]
    assert signature(secret, message.id, moment, b"{}") != later["webhook-signature"]
