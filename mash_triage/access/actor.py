"""Actor: the person or named job behind a deed."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from mash_triage.access.roles import (
    DECIDES_ONLY_WITH_QUALIFICATION,
    PERMISSIONS,
    Permission,
    Role,
)
from mash_triage.errors import NotAllowed

UNQUALIFIED = (
    "Only a manager with the social-work qualification decides. "
    "Ask the duty manager, or an administrator if your qualification is not recorded."
)


@dataclass(frozen=True)
class Actor:
    """Who does this, now: told to every action as `by`. A job has a name and no account."""

    name: str
    user_id: UUID | None = None
    role: Role | None = None
    agency_id: UUID | None = None
    qualified: bool = False
    may_everything: bool = False

    @classmethod
    def job(cls, name: str) -> Self:
        """A named job of the service itself, such as an import started by an operator."""
        return cls(name=name, may_everything=True)

    def can(self, permission: Permission) -> bool:
        """May this person do this?"""
        if self.may_everything:
            return True
        if self.role is None or permission not in PERMISSIONS[self.role]:
            return False
        return self.qualified or permission not in DECIDES_ONLY_WITH_QUALIFICATION

    def require(self, *permissions: Permission) -> None:
        """Refuse unless the person holds one of these permissions."""
        if any(self.can(permission) for permission in permissions):
            return
        lacks_only_qualification = self.role is not None and any(
            permission in PERMISSIONS[self.role] for permission in permissions
        )
        raise NotAllowed(UNQUALIFIED) if lacks_only_qualification else NotAllowed()
