"""Writing a message: subject, plain text, simple HTML, and how the reader wants no more of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from zoneinfo import ZoneInfo

from server.mail.outbox import Parcel
from server.mail.tables import Mail
from server.mail.words import FRAMES, Frame, asset_title, day_of, sentence
from server.settings import Settings

INVITATION, NOTICE, TEST = "invitation", "notice", "test"
LONGEST_SUBJECT = 150
AT_NIGHT = "@media (prefers-color-scheme:dark){.quiet{color:#B4BDC2!important}}"
"""What is grey on paper is hardly there on black."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; with the time it happened at, where that matters."""

    text: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    subject: str
    lines: tuple[Line, ...]
    link: tuple[str, str] | None = None
    heading: str = ""
    small: tuple[str, ...] = ()


def written(parcel: Parcel, settings: Settings, now: datetime) -> EmailMessage:
    """The message of a parcel. A second try has the same id, so that no mailbox shows it twice."""
    first = parcel.first
    content = _content(parcel, settings, now)
    message = EmailMessage()
    message["Subject"] = _one_line(content.subject)
    message["From"] = settings.mail_from
    message["To"] = first.address
    message["Date"] = format_datetime(now)
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{parcel.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    links: list[tuple[str, str]] = []
    if first.topic == NOTICE:
        one_click = f"{settings.public_url}/api/unsubscribe?token={first.token}"
        message["List-Unsubscribe"] = f"<{one_click}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        links = _ways_out(first, settings)
    message.set_content(_text(content, links, FRAMES[first.language]))
    message.add_alternative(_html(content, links, first.language), subtype="html")
    # Last: what is set before a message has its content is taken for that of its first part.
    message["Content-Language"] = first.language
    return message


def _content(parcel: Parcel, settings: Settings, now: datetime) -> Content:
    match parcel.first.topic:
        case "notice":
            return _notice(parcel, settings, now)
        case "invitation":
            return _invitation(parcel.first, settings)
    subject, text = FRAMES[parcel.first.language].test
    return Content(subject, (Line(text),))


def _notice(parcel: Parcel, settings: Settings, now: datetime) -> Content:
    """What happened, oldest first; of the same thing told twice, the last word."""
    first, frame = parcel.first, FRAMES[parcel.first.language]
    newest = {row.facts["code"]: row for row in parcel.rows}
    lines = tuple(_line(row, now) for row in parcel.rows if newest[row.facts["code"]] is row)
    last = parcel.rows[-1].facts
    asset = asset_title(first.language, last.get("asset_name") or "")
    place = " · ".join(filter(None, (asset, last.get("site_name"))))
    number = last.get("number") or ""
    subject = frame.colon.join(filter(None, (place, lines[-1].text)))
    return Content(
        subject,
        lines,
        # Whoever has no account gets a link of their own, which is forgotten with the mail.
        link=(frame.look, settings.public_url + (parcel.rows[-1].secret or str(last["path"]))),
        heading=" · ".join(filter(None, (place, number))),
        small=(frame.why_you if first.account_id else frame.why_reported,),
    )


def _line(row: Mail, now: datetime) -> Line:
    zone = ZoneInfo(row.facts["zone"])
    at = datetime.fromisoformat(row.facts["at"]).astimezone(zone)
    is_today = at.date() == now.astimezone(zone).date()
    day = "" if is_today else f"{day_of(row.language, at)}, "
    return Line(sentence(row.language, row.facts, zone, now), f"{day}{at:%H:%M}")


def _invitation(row: Mail, settings: Settings) -> Content:
    subject, text, label, small = FRAMES[row.language].invitation
    until = day_of(row.language, datetime.fromisoformat(row.facts["until"]))
    return Content(
        subject,
        (Line(text.format(name=row.facts["name"])),),
        link=(label, settings.public_url + row.secret),
        small=(small.format(until=until),),
    )


def _ways_out(row: Mail, settings: Settings) -> list[tuple[str, str]]:
    frame = FRAMES[row.language]
    stop = (frame.stop, f"{settings.public_url}/#/unsubscribe/{row.token}")
    if row.account_id is None:
        return [stop]
    page = "portal" if row.facts["page"] == "portal" else "admin"
    return [(frame.choose, f"{settings.public_url}/{page}/#/notifications"), stop]


def _one_line(subject: str) -> str:
    # A space that does not break the line in French stays one.
    line = re.sub(r"[^\S\u00a0\u202f]+", " ", subject).strip()
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _text(content: Content, links: list[tuple[str, str]], frame: Frame) -> str:
    parts = [content.heading] if content.heading else []
    parts.append("\n".join(f"{each.time}  {each.text}".strip() for each in content.lines))
    if content.link:
        parts.append(frame.colon.join(content.link))
    foot = [*content.small, *map(frame.colon.join, links)]
    if foot:
        parts.append("\n".join(("-- ", *foot)))
    return "\n\n".join(parts) + "\n"


def _html(content: Content, links: list[tuple[str, str]], language: str) -> str:
    """Plain boxes that every mail program draws; no picture, nothing that tells of its opening."""
    rows = "".join(
        f'<tr><td class="quiet" style="padding:4px 12px 4px 0;color:#4A5157;white-space:nowrap;'
        f'vertical-align:top">{escape(each.time)}</td>'
        f'<td style="padding:4px 0">{escape(each.text)}</td></tr>'
        for each in content.lines
    )
    heading = f'<h1 style="font-size:17px;margin:0 0 12px">{escape(content.heading)}</h1>'
    button = ""
    if content.link:
        label, url = content.link
        button = (
            f'<p style="margin:20px 0"><a href="{escape(url)}" style="display:inline-block;'
            "padding:12px 20px;border-radius:6px;background:#0B5C63;color:#FFFFFF;"
            f'text-decoration:none;font-weight:600">{escape(label)}</a></p>'
        )
    foot = "".join(f'<p style="margin:4px 0">{escape(each)}</p>' for each in content.small)
    foot += " · ".join(
        f'<a class="quiet" href="{escape(url)}" style="color:#4A5157">{escape(label)}</a>'
        for label, url in links
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="color-scheme" content="light dark"><style>{AT_NIGHT}</style></head>'
        '<body style="margin:0;padding:24px;font:16px/24px system-ui,sans-serif">'
        '<div style="max-width:560px;margin:0 auto">'
        f"{heading if content.heading else ''}"
        f'<table role="presentation" style="border-collapse:collapse">{rows}</table>{button}'
        '<div class="quiet" style="margin-top:24px;padding-top:12px;border-top:1px solid #D9DBD8;'
        f'color:#4A5157;font-size:13px;line-height:20px">{foot}</div>'
        "</div></body></html>"
    )
