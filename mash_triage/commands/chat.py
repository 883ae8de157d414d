"""`mash-triage chat`: conversations played through the guided chat, and the names of its facts."""

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def chat() -> None:
    """The guided chat."""


@chat.command(epilog="Example: mash-triage chat replay conversations.yaml --out facts.jsonl")
@click.argument("conversations", type=FILE)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def replay(conversations: Path, out: Path) -> None:
    """Play what people typed through the guided chat. Needs no database.

    One line of JSON a conversation: what was understood, with the words it came from. What is
    expected of a conversation is never read.
    """
    import json

    import yaml

    from mash_triage.chat.replay import replay as play
    from mash_triage.commands.progress import counting

    try:
        read = yaml.load(conversations.read_text("utf-8"), yaml.CSafeLoader)
        told = read["conversations"] if isinstance(read, dict) else list(read)
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as fault:
        raise click.ClickException(f"{conversations} holds no conversations.") from fault
    lines = []
    with counting("Conversations") as done:
        for number, one in enumerate(told, start=1):
            try:
                lines.append(json.dumps(play(one), ensure_ascii=False))
            except (KeyError, TypeError, ValueError) as fault:
                message = f"Conversation {number} lacks its id, referrer, today or turns."
                raise click.ClickException(message) from fault
            done(number, len(told))
    out.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    click.echo(f"{len(lines)} conversations, written to {out}.", err=True)


@chat.command(epilog="Example: mash-triage chat fields")
def fields() -> None:
    """The names of the fields of a contact, as `chat replay` writes them."""
    from mash_triage.chat.fields import field_names

    for name in field_names():
        click.echo(name)
