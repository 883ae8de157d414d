"""Open children in bands by time and stage, as bars with their numbers in them."""

from collections import Counter
from collections.abc import Iterable

from mash_triage.web.board_filter import Stage, stage_of
from mash_triage.web.plain import Html
from mash_triage.worklists.rows import BoardRow


def bands_html(caption: str, names: Iterable[str], rows: Iterable[tuple[str, BoardRow]]) -> Html:
    """A row for each band, empty or not; each child stands in the one that it comes with."""
    counts = Counter((band, stage_of(row)) for band, row in rows)
    totals = {name: sum(counts[name, stage] for stage in Stage) for name in names}
    longest = max(1, *totals.values())
    key = "".join(
        f'<span class="mash-key mash-stage-{stage.name.lower()}">{stage}</span>' for stage in Stage
    )
    body = "".join(
        f'<tr><th scope="row">{name}</th><td><div>{_bars(counts, name, longest)}</div></td>'
        f'<td class="mash-total">{total}</td></tr>'
        for name, total in totals.items()
    )
    return Html(
        f'<table class="mash-bands"><caption><strong>{caption}</strong>'
        f"{key}</caption><tbody>{body}</tbody></table>"
    )


def _bars(counts: Counter[tuple[str, Stage | None]], band: str, longest: int) -> str:
    return "".join(
        f'<span class="mash-stage-{stage.name.lower()}" title="{band}, {stage}: {count}" '
        f'style="width:{100 * count / longest:.1f}%">{count}</span>'
        for stage in Stage
        if (count := counts[band, stage])
    )
