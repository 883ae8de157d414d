"""Proposing measured weights, and a named person putting weights in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.models import MatchActivation, MatchModel
from mash_triage.matching.models_in_force import weights_in_force
from mash_triage.matching.weights import Weights, read_weights, shipped_weights
from mash_triage.text import storable

SHORTEST_DIGEST = 6


def propose_weights(
    session: Session, weights: Weights, report: dict[str, Any], *, by: Actor, at: datetime
) -> MatchModel:
    """Keep weights that passed the guard rails, with their report; nothing is in force by this."""
    by.require(Permission.IMPORT_REGISTER)
    known = session.scalars(select(MatchModel).where(MatchModel.sha256 == weights.sha256)).first()
    if known is not None:
        return known
    model = MatchModel(
        name=weights.name,
        toml=weights.toml,
        sha256=weights.sha256,
        report=report,
        created_by=by.name,
        created_at=at,
    )
    session.add(model)
    trail.record(
        session, AuditKind.MODEL_PROPOSED, about=weights.sha256[:16], by=by, at=at,
        m_from=report.get("m_from"), register=report.get("register"),
    )  # fmt: skip
    return model


def activate_weights(session: Session, sha256: str, *, reason: str, by: Actor, at: datetime) -> str:
    """Put proposed weights in force, or the shipped ones again; the name of what is in force now.

    `sha256` is the digest or its beginning; `shipped` or the digest of the shipped ones for those.
    """
    by.require(Permission.KEEP_MATCHING_MODEL)
    if not reason.strip():
        raise NotReady("Say why these weights are put in force.")
    if by.user_id is None:
        raise NotReady("Weights are put in force by a person, not by a job.")
    before = weights_in_force(session)
    model = _model(session, sha256.strip().lower())
    after = read_weights(model.toml) if model else shipped_weights()
    if after.sha256 == before.sha256:
        raise Changed("These weights are in force already.")
    session.add(
        MatchActivation(
            model_id=model.id if model else None,
            reason=storable(reason.strip()),
            activated_by=by.user_id,
            activated_at=at,
        )
    )
    trail.record(
        session, AuditKind.MODEL_ACTIVATED, about=after.sha256[:16], by=by, at=at,
        before=before.sha256,
    )  # fmt: skip
    return after.name


def _model(session: Session, sha256: str) -> MatchModel | None:
    if sha256 in ("shipped", shipped_weights().sha256):
        return None
    if len(sha256) < SHORTEST_DIGEST or not sha256.isalnum():
        raise NotFound("Name the weights by at least six signs of their digest.")
    found = session.scalars(
        select(MatchModel).where(MatchModel.sha256.startswith(sha256)).limit(2)
    ).all()
    if len(found) != 1:
        raise NotFound("No proposed weights have this digest.")
    return found[0]
