"""What a person keeps of the board for herself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base, Key


class SavedFilter(Base):
    """Filters of the board under a name of her own. It holds choices, never what was searched."""

    __tablename__ = "saved_filter"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(60))
    choices: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("owner_id", "name"),)
