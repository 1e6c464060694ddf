"""The key pair with which figures that leave the house are signed."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base


class SigningKey(Base):
    """A private key (PKCS #8, DER); another one would make every extract given out worthless."""

    __tablename__ = "signing_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
