"""One frozen settings object, read once from the environment and passed down.

Every setting works on a laptop by default; none is a secret in the code.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args

DATABASE_URL = "sqlite+aiosqlite:///palier-data/palier.db"
ATTRIBUTION = "© OpenStreetMap contributors"
WATCH_SECONDS = 5
PLAN_FILES_DAYS = 90
PROOF_SECONDS = 20
ANSWER_MINUTES = 5
PUSH_CONTACT = "mailto:nobody@example.org"
SMTP_PORT = 587  # submission, as mail servers offer it to programs
PROXIES = ("127.0.0.1", "::1")  # one on the same machine
POSITION_DAYS = 60  # two months: what French practice allows for the positions of employees

FORMER_NAMES_DAYS = 5 * 365  # as long as working hours and work on lifts have to be shown

Geocoder = Literal["none", "nominatim", "photon", "ban"]
MailTls = Literal["starttls", "tls", "none"]


class SettingRefused(Exception):
    """A setting cannot be used; names it and says what it accepts."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose. Names in the environment: PALIER_ + the field in capitals."""

    database_url: str = DATABASE_URL
    allow_plain_http: bool = False
    proxies: tuple[str, ...] = PROXIES
    map_file: Path | None = None
    map_raster_url: str = ""
    map_attribution: str = ATTRIBUTION
    geocoder: Geocoder = "none"
    geocoder_url: str = ""
    geocoder_user_agent: str = ""
    is_demo: bool = False
    demo_offset_seconds: int = 0
    demo_speed: int = 1
    demo_since: int = 0
    pages: Path = field(default=Path(__file__).parent / "pages" / "built")
    wakes_solver: bool = False
    watch_seconds: int = 0
    plan_files_days: int = PLAN_FILES_DAYS
    planning_workers: int = 0
    proof_seconds: int = 0
    push_key_file: Path | None = None
    push_hosts: tuple[str, ...] = ()
    push_contact: str = PUSH_CONTACT
    answer_minutes: int = ANSWER_MINUTES
    offers_location: bool = True
    position_days: int = POSITION_DAYS
    former_names_days: int = FORMER_NAMES_DAYS
    webhook_hosts: tuple[str, ...] = ()
    calendar_hosts: tuple[str, ...] = ()
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: int = SMTP_PORT
    smtp_tls: MailTls = "starttls"
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_host)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Settings from PALIER_… variables; an unusable one is refused by name."""
        map_file = environment.get("PALIER_MAP_FILE")
        push_key_file = environment.get("PALIER_PUSH_KEY_FILE")
        return cls(
            database_url=environment.get("PALIER_DATABASE_URL", DATABASE_URL),
            allow_plain_http=_flag(environment, "PALIER_ALLOW_PLAIN_HTTP"),
            proxies=_words(environment, "PALIER_PROXIES") or PROXIES,
            map_file=Path(map_file) if map_file else None,
            map_raster_url=environment.get("PALIER_MAP_RASTER_URL", ""),
            map_attribution=environment.get("PALIER_MAP_ATTRIBUTION", ATTRIBUTION),
            is_demo=_flag(environment, "PALIER_DEMO"),
            demo_offset_seconds=_number(environment, "PALIER_DEMO_OFFSET_SECONDS"),
            demo_speed=_count(environment, "PALIER_DEMO_SPEED", 1),
            demo_since=_number(environment, "PALIER_DEMO_SINCE"),
            geocoder=_geocoder(environment.get("PALIER_GEOCODER", "none")),
            geocoder_url=environment.get("PALIER_GEOCODER_URL", ""),
            geocoder_user_agent=environment.get("PALIER_GEOCODER_USER_AGENT", ""),
            wakes_solver=True,
            watch_seconds=_count(environment, "PALIER_WATCH_SECONDS", WATCH_SECONDS),
            plan_files_days=_count(environment, "PALIER_PLAN_FILES_DAYS", PLAN_FILES_DAYS),
            proof_seconds=_count(environment, "PALIER_PROOF_SECONDS", PROOF_SECONDS),
            planning_workers=_count(environment, "PALIER_PLANNING_WORKERS", 0),
            push_key_file=Path(push_key_file) if push_key_file else None,
            push_hosts=_words(environment, "PALIER_PUSH_HOSTS"),
            webhook_hosts=_words(environment, "PALIER_WEBHOOK_HOSTS"),
            calendar_hosts=_words(environment, "PALIER_CALENDAR_HOSTS"),
            **_mail(environment),
            push_contact=environment.get("PALIER_PUSH_CONTACT") or PUSH_CONTACT,
            answer_minutes=_count(environment, "PALIER_ANSWER_MINUTES", ANSWER_MINUTES),
            offers_location=_flag(environment, "PALIER_OFFERS_LOCATION", "1"),
            position_days=_count(environment, "PALIER_POSITION_DAYS", POSITION_DAYS),
            former_names_days=_count(environment, "PALIER_FORMER_NAMES_DAYS", FORMER_NAMES_DAYS),
        )


def _mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """Where mail is handed over; whoever reads it must know from whom it is, and of what."""
    host = environment.get("PALIER_SMTP_HOST", "")
    sender = environment.get("PALIER_MAIL_FROM", "")
    url = environment.get("PALIER_PUBLIC_URL", "").rstrip("/")
    if url and not url.startswith(("https://", "http://")):
        raise SettingRefused("PALIER_PUBLIC_URL", f"{url!r} is no https:// address")
    if host and "@" not in sender:
        raise SettingRefused("PALIER_MAIL_FROM", "mail needs an address it comes from")
    if host and not url:
        raise SettingRefused("PALIER_PUBLIC_URL", "mail needs to say where these pages are")
    return {
        "public_url": url,
        "smtp_host": host,
        "smtp_port": _count(environment, "PALIER_SMTP_PORT", SMTP_PORT),
        "smtp_tls": _mail_tls(environment.get("PALIER_SMTP_TLS", "starttls")),
        "smtp_user": environment.get("PALIER_SMTP_USER", ""),
        "smtp_password": _secret(environment, "PALIER_SMTP_PASSWORD"),
        "mail_from": sender,
    }


def _secret(environment: Mapping[str, str], name: str) -> str:
    """From the variable itself, or from the file that the same name with _FILE points to."""
    path = environment.get(f"{name}_FILE")
    if not path:
        return environment.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingRefused(f"{name}_FILE", f"{path!r} cannot be read") from error


def _mail_tls(value: str) -> MailTls:
    match value:
        case "starttls" | "tls" | "none":
            return value
    raise SettingRefused("PALIER_SMTP_TLS", f"{value!r} is none of {', '.join(get_args(MailTls))}")


def _flag(environment: Mapping[str, str], name: str, usual: str = "0") -> bool:
    match environment.get(name, usual).lower():
        case "1" | "true" | "yes":
            return True
        case "" | "0" | "false" | "no":
            return False
        case other:
            raise SettingRefused(name, f"{other!r} is neither 1 nor 0")


def _words(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(environment.get(name, "").replace(",", " ").split())


def _number(environment: Mapping[str, str], name: str) -> int:
    value = environment.get(name, "0")
    try:
        return int(value)
    except ValueError:
        raise SettingRefused(name, f"{value!r} is not a whole number") from None


def _count(environment: Mapping[str, str], name: str, usual: int) -> int:
    count = _number(environment, name) if environment.get(name) else usual
    if count < 0:
        raise SettingRefused(name, f"{count} is below 0")
    return count


def _geocoder(value: str) -> Geocoder:
    match value:
        case "none" | "nominatim" | "photon" | "ban":
            return value
    raise SettingRefused("PALIER_GEOCODER", f"{value!r} is none of {', '.join(get_args(Geocoder))}")
