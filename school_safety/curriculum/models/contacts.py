"""Tables of the contacts that lessons name: what they say today, and everything that they said before."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from school_safety.kit.db import APPEND_ONLY, Base, Json, UtcDateTime, binary_text
from school_safety.roster.models import Person


class Contact(Base):
    """Somebody to turn to: lessons name the code, every page and paper asks here when it is shown.

    Attributes:
        former: numbers and links that this contact had before, which texts may still say.
        offered: what `config/contacts.toml` says, where it was checked later than what the department wrote.
    """

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("replaced_by_id <> id", name="replaced_by_another"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    number: Mapped[str] = mapped_column(String(20))
    link: Mapped[str] = mapped_column(String(200))
    name: Mapped[dict[str, str]] = mapped_column(Json)
    owner: Mapped[dict[str, str]] = mapped_column(Json)
    hours: Mapped[dict[str, str]] = mapped_column(Json)
    for_pupils: Mapped[bool]
    confirmed: Mapped[bool]
    checked_on: Mapped[date]
    verified: Mapped[str] = mapped_column(Text)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    former: Mapped[list[str]] = mapped_column(Json)
    offered: Mapped[dict[str, Any] | None] = mapped_column(Json)
    search_text: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(binary_text(600))

    replaced_by: Mapped["Contact | None"] = relationship(remote_side="Contact.id")


class ContactRevision(Base):
    """What a contact said from one moment on; nobody in `recorded_by` means `config/contacts.toml`."""

    __tablename__ = "contact_revision"
    __table_args__ = (
        UniqueConstraint("contact_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"info": APPEND_ONLY},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
