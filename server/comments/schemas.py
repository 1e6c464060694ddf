"""Wire shapes of comments."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from server.kit.wire import Body, Out

Side = Literal["customer", "office"]
Written = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
    ),
]


class CommentBody(Body):
    text: Written


class CommentOut(Out):
    """`author` is empty where it is nobody's business: customers read that the office wrote."""

    id: UUID
    side: Side
    author: str
    is_own: bool
    text: str
    at: datetime


class CommentsOut(Out):
    """Oldest first."""

    comments: list[CommentOut]
