"""Refusals of the accounts domain."""

from server.kit.problems import Problem


class WrongCredentials(Problem):
    """The same answer for an unknown address and a wrong password."""

    status = 401
    code = "wrong_credentials"
    title = "The e-mail address or the password is wrong."


class ReadingReasonMissing(Problem):
    """What an auditor reads is about people and what was agreed: they say what for, first."""

    status = 403
    code = "reading_reason_missing"
    title = "Say once in this session why you read this: POST /api/session/reason."


class TooManyTries(Problem):
    status = 429
    code = "too_many_tries"
    title = "Too many wrong tries. Wait a minute and try again."

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after_seconds=retry_after)
        self.headers = {"Retry-After": str(retry_after)}


class CsrfMissing(Problem):
    status = 403
    code = "csrf_missing"
    title = "Send the X-CSRF-Token that belongs to your session."


class JsonOnly(Problem):
    status = 415
    code = "json_only"
    title = "Send the body as application/json."


class InsecureTransport(Problem):
    status = 403
    code = "insecure_transport"
    title = "Sign in over HTTPS, or allow plain HTTP in the server's settings."


class DemoPasswordRefused(Problem):
    status = 403
    code = "demo_password_refused"
    title = "The demo password works on demo data only."


class LastAdministrator(Problem):
    status = 409
    code = "last_administrator"
    title = "Somebody has to stay who can set things up. Make another administrator first."


class AccountShut(Problem):
    status = 409
    code = "account_shut"
    title = "This account is shut. Open it before you invite."


class InvitationEnded(Problem):
    status = 410
    code = "invitation_ended"
    title = "This link does not hold any more. Ask for a new one."
