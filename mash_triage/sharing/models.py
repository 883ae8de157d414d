"""The sharing ledger: each row is only ever added, one for each child that it is about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key, together


class SharingRecord(Base):
    """Something shared about a child, received, released beyond an enquiry, or not shared because.

    `kind` says which. `with_whom` is the body's name as it then was. `basis` and what follows it
    are the coded layers of lawful basis; a receipt and what was not shared have none. `agreement`
    says what it rested on, `why_not_asked` why nobody was asked, `because` why it was not shared or
    was released. `about_id` names the request.
    """

    __tablename__ = "sharing_record"

    id: Mapped[Key]
    contact_child_id: Mapped[UUID] = mapped_column(ForeignKey("contact_child.id"))
    kind: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"), index=True)
    with_whom: Mapped[str] = mapped_column(String(300))
    what: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str | None] = mapped_column(String(30))
    special_category: Mapped[str | None] = mapped_column(String(40))
    gateway: Mapped[str | None] = mapped_column(String(40))
    confidentiality: Mapped[str | None] = mapped_column(String(30))
    necessity: Mapped[str] = mapped_column(Text, default="")
    because: Mapped[str] = mapped_column(Text, default="")
    agreement: Mapped[str | None] = mapped_column(String(20))
    agreement_words: Mapped[str] = mapped_column(Text, default="")
    why_not_asked: Mapped[str | None] = mapped_column(String(30))
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    shared_at: Mapped[datetime]
    authorised_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    authorised_by_name: Mapped[str | None] = mapped_column(String(200))
    authorised_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_by_name: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime]

    __table_args__ = (
        together("basis", "special_category", "gateway"),
        together("basis", "confidentiality"),
        together("authorised_by", "authorised_at"),
        Index("ix_sharing_record_child_shared", "contact_child_id", "shared_at"),
    )
