"""The referrer's own level beside the decided one, in words of the published levels of need."""

from html import escape

from mash_triage.decisions.telling import LevelsCompared
from mash_triage.web.plain import Html


def levels_html(levels: LevelsCompared, *, who: str = "You") -> Html:
    """`You thought level 3; decided level 2`, and the published words that explain it."""
    decided = f"level {levels.decided}, {escape(levels.decided_words.lower())}"
    if levels.thought is None:
        head = f"Decided: <strong>{decided}</strong>."
    elif levels.differs:
        name = f", {escape(levels.thought_words.lower())}" if levels.thought_words else ""
        head = (
            f"{who} thought <strong>level {levels.thought}{name}</strong>; "
            f"decided <strong>{decided}</strong>."
        )
    else:
        head = f"Decided: <strong>{decided}</strong>, the level that {who.lower()} thought."
    meaning = f'<p class="mash-note">{escape(levels.decided_meaning)}</p>'
    return Html(f"<p>{head}</p>{meaning}{_rule_html(levels)}")


def _rule_html(levels: LevelsCompared) -> str:
    if not levels.rule:
        return ""
    page = f", page {levels.page}" if levels.page else ""
    return (
        f"<p>From the published levels of need{page}:</p>"
        f'<blockquote class="mash-words">{escape(levels.rule)}\n'
        f"{escape(levels.when or '')} {escape(levels.follows or '')}</blockquote>"
    )
