"""Wanting no more mail, by the link in one: without signing in, and never by only opening it."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from server.accounts.guards import public
from server.kit.http import answers
from server.kit.work import Work
from server.mail.outbox import by_token
from server.mail.problems import MailLinkEnded
from server.notifications import choosing_queries as queries
from server.notifications.reporters import stop_telling
from server.notifications.tables import OwnNotifications


@post(
    "/unsubscribe",
    operation_id="unsubscribe",
    status_code=204,
    responses=answers(MailLinkEnded),
    **public(),
)
async def unsubscribe(work: NamedDependency[Work], token: FromQuery[str]) -> None:
    """Send this person no more notices by mail (RFC 8058). Said again, it is the same."""
    async with work.database.write() as session:
        mail = await by_token(session, token)
        if mail is None:
            raise MailLinkEnded
        if mail.account_id is None:
            await stop_telling(session, mail.address)
            return
        row = await queries.own_row(session, mail.account_id)
        if row is None:
            row = OwnNotifications(account_id=mail.account_id, choices={}, zone="")
            session.add(row)
        row.is_mail_stopped = True


handlers = [unsubscribe]
