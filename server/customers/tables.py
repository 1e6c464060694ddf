"""Customers as stored."""

from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Customer(Versioned, Base):
    """Who owns sites and signs agreements, and whom to call there."""

    __tablename__ = "customer"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    contact_email: Mapped[str]
