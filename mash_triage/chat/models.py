"""The conversation behind a draft: its turns, and the words that each fact came from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base


class DraftTalk(Base):
    """What was typed and understood for one draft. It lives and is removed with the draft, and like
    it only its owner sees it.
    """

    __tablename__ = "draft_talk"

    draft_id: Mapped[UUID] = mapped_column(
        ForeignKey("contact_draft.id", ondelete="CASCADE"), primary_key=True
    )
    talk: Mapped[dict[str, Any]]
    said_at: Mapped[datetime]
