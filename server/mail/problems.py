"""Refusals of mail."""

from server.kit.problems import Problem


class MailLinkEnded(Problem):
    status = 410
    code = "mail_link_ended"
    title = "This link is too old. Sign in and choose under notifications."


class MailOff(Problem):
    status = 409
    code = "mail_off"
    title = "This server sends no mail. Give them the link yourself."
