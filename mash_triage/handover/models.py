"""What a night worker did for a child and leaves to the day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class Handover(Base):
    """One child handed over to the day: what was done, what is outstanding, and who knows. It is to
    be read by `due_at`, by somebody who is named then. Never edited; more to say is another one.
    """

    __tablename__ = "handover"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"), index=True)
    done: Mapped[str] = mapped_column(Text)
    outstanding: Mapped[str] = mapped_column(Text)
    who_knows: Mapped[str] = mapped_column(Text)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]
    due_at: Mapped[datetime]
    read_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    read_at: Mapped[datetime | None]

    __table_args__ = (
        together("read_by", "read_at"),
        Index(
            "ix_handover_unread",
            "contact_child_id",
            sqlite_where=text("read_at is null"),
            postgresql_where=text("read_at is null"),
        ),
    )
