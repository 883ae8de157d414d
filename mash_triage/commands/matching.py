"""`mash-triage people train` and its kin: weights of the authority's own, and likely duplicates."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mash_triage.access.actor import Actor


@click.command(epilog="Example: mash-triage people train")
@click.option(
    "--m",
    "m_from",
    type=click.Choice(["decisions", "em", "none"]),
    help="What true pairs have in common is learnt from decisions that people took, or by "
    "expectation maximisation, or not at all. Default: from decisions if there are 200.",
)
@database_option
def train(m_from: Any) -> None:
    """Measure the weights of the matching on the register, and propose them.

    Nothing changes by this: a policy lead looks at what was measured and puts it in force. Weights
    that are not plausible or not as safe are refused, with every reason. Needs Splink.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.commands.progress import counting_steps
    from mash_triage.matching.actions.weights import propose_weights
    from mash_triage.matching.training.on_register import measured_weights

    by, at = Actor.job("people train"), now()
    database = ready_database(at=at)
    with database.look() as session, counting_steps() as tell:
        made = measured_weights(session, m_from, tell=tell, by=by, at=at)
    with database.work() as session:
        model = propose_weights(session, made.weights, made.report, by=by, at=at)
        session.flush()
        name, sha256 = model.name, model.sha256
    safety = made.report["safety"]["new"]
    click.echo(f"Proposed: {name}, {sha256[:12]}. {len(made.report['levels'])} levels changed.")
    click.echo(
        f"On invented families: twin above the child {safety['twin_first']} of {safety['twins']}, "
        f"twin likely {safety['twin_likely']}, brother or sister likely "
        f"{safety['sibling_likely']} of {safety['off_register']}."
    )
    click.echo("They are in force once a policy lead activates them: page Matching model.")


@click.command(epilog="Example: mash-triage people duplicates")
@database_option
def duplicates() -> None:
    """List records that may be of one child, for people to work through on the page Duplicates.

    Nothing is linked by this, and no record is changed. Needs Splink.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.commands.progress import counting_steps
    from mash_triage.matching.actions.duplicates import list_duplicates
    from mash_triage.matching.training.on_register import suspicions

    by, at = Actor.job("people duplicates"), now()
    database = ready_database(at=at)
    with database.look() as session, counting_steps() as tell:
        found, model = suspicions(session, tell=tell, by=by)
    with database.work() as session:
        new = list_duplicates(session, found, model, by=by, at=at)
    click.echo(f"{len(found):,} pairs may be of one child, {new:,} of them new: page Duplicates.")


@click.command(epilog="Example: mash-triage people features register.parquet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option
def features(file: Path) -> None:
    """Write the register as Splink reads it (.parquet or .csv), for a machine with Spark.

    The file holds personal data of every child; only its owner can read it. See docs/matching.md.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.commands.progress import counting
    from mash_triage.matching.training.features import export_features

    by, at = Actor.job("people features"), now()
    with ready_database(at=at).work() as session, counting("Writing the register") as progress:
        count = export_features(session, file, progress=progress, by=by, at=at)
    click.echo(f"{count:,} children written to {file}.")


@click.command(epilog="Example: MASH_MATCHING_KEY=... mash-triage people refile")
@database_option
def refile() -> None:
    """File every child anew, after MASH_MATCHING_KEY was changed.

    Stop the service first: it searches by the key that it was started with. In one transaction; the
    records themselves are not touched.
    """
    from mash_triage.access.actor import Actor
    from mash_triage.commands.progress import counting
    from mash_triage.db.many import look_over
    from mash_triage.matching.filing import FILED_IN
    from mash_triage.matching.reindex import refile as file_anew

    by, at = Actor.job("people refile"), now()
    database = ready_database(at=at)
    with database.work() as session, counting("Filing the register") as progress:
        count = file_anew(session, progress=progress, by=by, at=at)
    look_over(database, *FILED_IN)
    click.echo(f"{count:,} children filed anew.")


@click.command(epilog="Example: mash-triage people models")
@database_option
def models() -> None:
    """List the weights that were proposed: digest, name, when, and which are in force."""
    from mash_triage.access.actor import Actor
    from mash_triage.matching.models_in_force import proposed_models, weights_in_force
    from mash_triage.matching.weights import shipped_weights

    with ready_database(at=now()).look() as session:
        proposed = proposed_models(session, by=Actor.job("people models"))
        is_shipped = weights_in_force(session).sha256 == shipped_weights().sha256
    for each in proposed:
        state = "in force" if each.in_force else "-"
        click.echo("\t".join((each.sha256[:12], each.name, f"{each.created_at:%Y-%m-%d}", state)))
    state = "in force" if is_shipped else "-"
    click.echo("\t".join(("shipped", shipped_weights().name, "-", state)))


@click.command(
    epilog="Example: mash-triage people activate 3fa9c1d20b77 --by pat@rivermead.example "
    "--because 'Measured after the July import; twins as before.'"
)
@click.argument("digest")
@click.option("--by", "email", required=True, help="The e-mail address of the policy lead.")
@click.option("--because", required=True, help="Why, in a sentence.")
@database_option
def activate(digest: str, email: str, because: str) -> None:
    """Put proposed weights in force, or with `shipped` those that came with the service."""
    from mash_triage.matching.actions.weights import activate_weights

    at = now()
    with ready_database(at=at).work() as session:
        by = _person(session, email)
        name = activate_weights(session, digest, reason=because, by=by, at=at)
    click.echo(f"In force now: {name}.")


def _person(session: "Session", email: str) -> "Actor":
    from mash_triage.access.queries import actor_for, open_account
    from mash_triage.access.rules import plain_email
    from mash_triage.errors import NotFound

    user = session.scalars(open_account(plain_email(email))).first()
    if user is None:
        raise NotFound("There is no open account with this e-mail address.")
    return actor_for(user)


COMMANDS = (train, duplicates, features, refile, models, activate)
