"""Where pushes may go: to the browsers' push services, and never into anybody's own network."""

import socket
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from litestar import Litestar
from litestar.testing import AsyncTestClient
from py_vapid import Vapid

from server.accounts.schemas import Role
from server.kit.outside import OutsideOnly
from server.notifications.push_endpoints import PushServices
from server.notifications.push_parcels import Parcel
from server.notifications.push_service import Address, Outcome, WebPush
from tests.server.api.bodies import bodies
from tests.server.company import Company
from tests.server.notifications.push_twin import PushTwin

KNOWN = [
    "https://fcm.googleapis.com/fcm/send/dQw:APA91b",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://db5p.notify.windows.com/w/?token=BQYAAAB%2f",
    "https://web.push.apple.com/QOb-M",
    "https://web.push.apple.com:443/QOb-M",
]
TARGETS = [
    "http://127.0.0.1/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://metadata.google.internal/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://[fe80::1]/",
    "https://intranet/",
    "http://fcm.googleapis.com/fcm/send/1",
    "https://fcm.googleapis.com:8443/fcm/send/1",
    "https://fcm.googleapis.com@127.0.0.1/",
    "https://fcm.googleapis.com:secret@127.0.0.1/",
    "https://127.0.0.1#fcm.googleapis.com/",
    "https://127.0.0.1\\@fcm.googleapis.com/",
    "https://fcm.googleapis.com.example.org/",
    "https://evilfcm.googleapis.com/",
    "https://push.services.mozilla.com.evil.example/",
    "https://notify.windows.com/w/",
    "https://fcm.googleapis.com\t.evil.example/",
    "https://fcm.googleapis.com",
    "https:///fcm.googleapis.com/",
    "ftp://fcm.googleapis.com/",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/",
    "//fcm.googleapis.com/",
    "https://fcm.googleapis.com/" + "a" * 1000,
    "https://ｆcm.googleapis.com/",
]
INSIDE = [
    *("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.9", "0.0.0.0", "100.64.0.1"),  # noqa: S104 - refused
    *("::1", "fe80::1%eth0", "::ffff:127.0.0.1", "fd00::7"),
]
PARCEL = Parcel((), {"title": "Hello"}, "topic", is_urgent=False, keep=timedelta(minutes=1))
POINT = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}


@pytest.mark.parametrize("endpoint", KNOWN)
def test_the_services_of_the_browsers_are_known(endpoint: str) -> None:
    assert PushServices().accepts(endpoint)


@pytest.mark.parametrize("endpoint", TARGETS)
def test_no_other_address_is(endpoint: str) -> None:
    assert not PushServices().accepts(endpoint)


@pytest.mark.parametrize(
    ("named", "endpoint", "accepted"),
    [
        ("push.example.org", "https://push.example.org/up/1", True),
        ("push.example.org", "http://push.example.org/up/1", False),
        ("*.example.org", "https://push.example.org/up/1", True),
        ("*.example.org", "https://example.org/up/1", False),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8080/up/1", True),
        ("http://10.0.0.7:8080", "http://10.0.0.7:8081/up/1", False),
        ("http://10.0.0.7:8080", "https://10.0.0.7/up/1", False),
    ],
)
def test_an_operator_may_name_another(named: str, endpoint: str, *, accepted: bool) -> None:
    assert PushServices((named,)).accepts(endpoint) is accepted


async def test_a_phone_is_not_subscribed_anywhere_else(
    client: AsyncTestClient[Litestar], company: Company
) -> None:
    member = await company.sign_in(client, Role.TECHNICIAN)
    good = bodies(company, 1)["subscribe_push"]
    refused = set()
    for endpoint in TARGETS:
        answer = await member.post("/api/push/subscriptions", {**good, "endpoint": endpoint})
        refused.add((answer.status_code, answer.json()["code"]))
        assert endpoint not in answer.text
    assert refused == {(422, "push_service_unknown"), (422, "invalid")}
    assert (await member.post("/api/push/subscriptions", good)).status_code == 201


async def test_what_is_stored_already_is_judged_again_before_it_is_called(twin: PushTwin) -> None:
    async with aiohttp.ClientSession() as http:
        service = WebPush(http, PushServices(), _pair(), "mailto:office@example.org")
        for endpoint in (f"{twin.origin}/push/1", *TARGETS):
            answer = await service.send(PARCEL, Address(endpoint, **POINT))
            assert answer.outcome is Outcome.REFUSED
    assert twin.asked == []


async def test_keys_nobody_could_read_with_end_a_subscription(twin: PushTwin) -> None:
    async with aiohttp.ClientSession() as http:
        service = WebPush(http, twin.services, _pair(), "mailto:office@example.org")
        answer = await service.send(PARCEL, Address(f"{twin.origin}/push/1", **POINT))
    assert answer.outcome is Outcome.GONE


class Rebinding(AbstractResolver):
    """Whoever answers for a name says what suits them."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._addresses
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", INSIDE)
async def test_a_known_name_that_leads_inside_is_not_followed(address: str) -> None:
    resolver = OutsideOnly(PushServices().is_named_host, Rebinding(address))
    with pytest.raises(OSError, match="public internet"):
        await resolver.resolve("fcm.googleapis.com", 443)
    mixed = OutsideOnly(PushServices().is_named_host, Rebinding(address, "142.250.74.106"))
    assert [each["host"] for each in await mixed.resolve("fcm.googleapis.com", 443)] == [
        "142.250.74.106"
    ]


async def test_a_host_the_operator_vouches_for_may_be_next_door() -> None:
    resolver = OutsideOnly(
        PushServices(("push.corp.example",)).is_named_host, Rebinding("10.1.2.3")
    )
    assert (await resolver.resolve("push.corp.example", 443))[0]["host"] == "10.1.2.3"


def _pair() -> Vapid:
    pair = Vapid()
    pair.generate_keys()
    return pair
