"""Which weights are in force: those that a person activated, else the ones that were shipped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.matching.models import MatchActivation, MatchModel
from mash_triage.matching.weights import Weights, read_weights, shipped_weights

_NEWEST_FIRST = (MatchActivation.activated_at.desc(), MatchActivation.id.desc())
# Written once: every search asks it.
_IN_FORCE = select(MatchModel.sha256).where(
    MatchModel.id
    == select(MatchActivation.model_id).order_by(*_NEWEST_FIRST).limit(1).scalar_subquery()
)


def weights_in_force(session: Session) -> Weights:
    """The weights of the newest activation, else the shipped ones; asked anew for every search."""
    sha256 = session.scalar(_IN_FORCE)
    return _read(session, sha256) if sha256 else shipped_weights()


_READ: dict[str, Weights] = {}  # by digest, so that what is read once is the same for ever


def _read(session: Session, sha256: str) -> Weights:
    if sha256 not in _READ:
        toml = session.scalars(select(MatchModel.toml).where(MatchModel.sha256 == sha256)).one()
        _READ[sha256] = read_weights(toml)
    return _READ[sha256]


@dataclass(frozen=True)
class ModelPicture:
    """Weights that were measured and proposed, with what was found about them."""

    id: UUID
    name: str
    sha256: str
    toml: str
    report: dict[str, Any]
    created_by: str
    created_at: datetime
    in_force: bool


def proposed_models(session: Session, *, by: Actor) -> list[ModelPicture]:
    """All weights ever proposed, newest first."""
    by.require(Permission.KEEP_MATCHING_MODEL)
    in_force = weights_in_force(session).sha256
    rows = session.scalars(select(MatchModel).order_by(MatchModel.created_at.desc(), MatchModel.id))
    return [
        ModelPicture(
            id=row.id,
            name=row.name,
            sha256=row.sha256,
            toml=row.toml,
            report=row.report,
            created_by=row.created_by,
            created_at=row.created_at,
            in_force=row.sha256 == in_force,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class ActivationPicture:
    """Which weights a person put in force, when and why; no name means the shipped ones."""

    name: str | None
    reason: str
    by_name: str
    at: datetime


def activations(session: Session, *, by: Actor) -> list[ActivationPicture]:
    """Every change of the weights in force, newest first."""
    by.require(Permission.KEEP_MATCHING_MODEL)
    rows = session.execute(
        select(MatchActivation, MatchModel.name, UserAccount.name)
        .outerjoin(MatchModel, MatchModel.id == MatchActivation.model_id)
        .join(UserAccount, UserAccount.id == MatchActivation.activated_by)
        .order_by(*_NEWEST_FIRST)
    )
    return [
        ActivationPicture(model, row.reason, person, row.activated_at)
        for row, model, person in rows
    ]
