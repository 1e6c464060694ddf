"""Refusals of the notifications domain."""

from server.kit.problems import Problem


class PushServiceUnknown(Problem):
    status = 422
    code = "push_service_unknown"
    title = "This browser's push service is not one we send to. Ask the administrator to allow it."
