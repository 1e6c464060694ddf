"""Handing messages to a mail server: `smtplib` in a thread, one connection for what is due.

No asynchronous library is worth its dependency for a few messages a minute.
"""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from uuid import UUID

from server.mail.outbox import Handed, Outcome
from server.settings import Settings

ANSWER_WITHIN_SECONDS = 20
REFUSED_FOR_GOOD = 500
UNSENT = Handed(Outcome.LATER, "connection")


async def hand_over(
    settings: Settings, messages: Mapping[UUID, EmailMessage]
) -> Mapping[UUID, Handed]:
    """Hand over each; what the mail server made of it. One that fails keeps no other back."""
    return await asyncio.to_thread(_hand_over, settings, messages)


def _hand_over(settings: Settings, messages: Mapping[UUID, EmailMessage]) -> Mapping[UUID, Handed]:
    try:
        server = _connected(settings)
    except smtplib.SMTPAuthenticationError:
        return dict.fromkeys(messages, Handed(Outcome.LATER, "login"))
    except (smtplib.SMTPException, OSError) as error:
        return dict.fromkeys(messages, Handed(Outcome.LATER, _named(error)))
    handed = {}
    try:
        for number, message in messages.items():
            handed[number] = _one(server, message)
    finally:
        _leave(server)
    return {number: handed.get(number, UNSENT) for number in messages}


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port, seconds = settings.smtp_host, settings.smtp_port, ANSWER_WITHIN_SECONDS
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if settings.smtp_tls == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=seconds)
    try:
        if settings.smtp_tls == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _one(server: smtplib.SMTP, message: EmailMessage) -> Handed:
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        return _answered([code for code, _ in refused.recipients.values()])
    except smtplib.SMTPResponseException as refused:
        return _answered([refused.smtp_code])
    except (smtplib.SMTPException, OSError) as error:
        return Handed(Outcome.LATER, _named(error))
    return Handed(Outcome.SENT)


def _answered(codes: Sequence[int]) -> Handed:
    """What begins with 5 will not be taken tomorrow either; the rest may."""
    worst = max(codes, default=0)
    outcome = Outcome.REFUSED if worst >= REFUSED_FOR_GOOD else Outcome.LATER
    return Handed(outcome, str(worst))


def _named(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else type(error).__name__


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()
