"""A progress bar, where somebody is watching a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how much is done of how much; it draws on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def counting_steps() -> Iterator[Callable[[str, int, int], None]]:
    """The same for work in several steps: told which step, how much is done, of how much.

    Without a terminal it says each step once, and then every tenth part of it.
    """
    if not sys.stderr.isatty():
        yield _Spoken().tell
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=of)

        yield tell


class _Spoken:
    """Progress for a log: a line for every tenth."""

    def __init__(self) -> None:
        self._said: set[tuple[str, int]] = set()

    def tell(self, what: str, done: int, of: int) -> None:
        """Say it, if this tenth of this step was not said yet."""
        tenth = done * 10 // max(of, 1)
        if (what, tenth) not in self._said:
            self._said.add((what, tenth))
            click.echo(f"{what}: {done:,} of {of:,}", err=True)
