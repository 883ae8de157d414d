"""The weights in force and those proposed: what was measured, how reliable, old beside new."""

from typing import Any

import streamlit as st

from mash_triage.matching.actions.weights import activate_weights
from mash_triage.matching.models_in_force import (
    ModelPicture,
    activations,
    proposed_models,
    weights_in_force,
)
from mash_triage.matching.weights import Weights, shipped_weights
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit

M_FROM = {
    "decisions": "decisions that people took",
    "em": "expectation maximisation over reported children, without labels",
    "none": "not measured; as before",
}
SAFETY = (
    ("Twin placed above the child", "twin_first", "twins"),
    ("Twin called likely", "twin_likely", "twins"),
    ("Not on the register, brother or sister called likely", "sibling_likely", "off_register"),
    ("Not on the register, brother or sister at even odds", "sibling_probable", "off_register"),
    ("The child placed first", "right_first", "known"),
    ("The child called likely", "right_likely", "known"),
)
COLOURS = ("#1d70b8", "#4c2c92")
SERIES = ("In force when measured", "Proposed")
AXIS = {"labelFontSize": 13, "labelColor": "#0b0c0c", "titleFontSize": 13, "titleColor": "#0b0c0c"}


def show(visit: Visit) -> None:
    """What is in force, what is proposed, and who changed it when."""
    with visit.look() as session:
        in_force = weights_in_force(session)
        proposed = proposed_models(session, by=visit.by)
        changes = activations(session, by=visit.by)
    _in_force(in_force)
    if not proposed:
        st.html(
            "<p>No measured weights are proposed. An operator measures them with "
            "<code>mash-triage people train</code>.</p>"
        )
    else:
        _proposed(visit, proposed)
    if in_force.sha256 != shipped_weights().sha256:
        with st.expander("Return to the weights that came with the service"):
            _activate(visit, "shipped", "Return to them")
    if changes:
        st.header("Changes", anchor=False)
        components.history(
            [
                components.HistoryLine(
                    f"In force: {each.name or shipped_weights().name}",
                    each.by_name,
                    each.at,
                    each.reason,
                )
                for each in changes
            ]
        )


def _in_force(weights: Weights) -> None:
    st.header("In force", anchor=False)
    st.html(
        "<p>These weights say how much each likeness between a reported child and a record speaks "
        "for the two being one child. A person always decides.</p>"
    )
    components.summary([("Name", weights.name), ("Digest", weights.sha256[:16])])


def _proposed(visit: Visit, models: list[ModelPicture]) -> None:
    st.header("Measured on this register", anchor=False)
    named = {str(each.id): each for each in models}
    chosen = st.selectbox(
        "Weights",
        list(named),
        format_func=lambda key: _name(named[key]) if key in named else "",
        key="model",
    )
    model = named[chosen]
    report = model.report
    components.summary(
        [
            ("Proposed by", f"{model.created_by}, {wording.moment_words(model.created_at)}"),
            ("Digest", model.sha256[:16]),
            ("Children on the register", f"{report['register']:,}"),
            ("Pairs of strangers compared", f"{report['random_pairs']:,}"),
            ("Pairs of brothers and sisters", f"{report['sibling_pairs']:,}"),
            ("What true pairs have in common", M_FROM[report["m_from"]]),
            ("Born on a 1 January", f"{10_000 * report['first_january']:.0f} in 10,000"),
        ]
    )
    _safety(report)
    _reliability(report)
    _levels(report)
    st.subheader("Put in force", anchor=False)
    if model.in_force:
        st.html("<p><strong>These weights are in force.</strong></p>")
    else:
        _activate(visit, model.sha256, "Put these weights in force")


def _name(model: ModelPicture) -> str:
    state = ", in force" if model.in_force else ""
    return f"{model.name}, {model.sha256[:8]}{state}"


def _activate(visit: Visit, sha256: str, words: str) -> None:
    with st.form(f"activate {sha256}", border=False, enter_to_submit=False):
        reason = st.text_input("Why?", key=f"reason {sha256}", autocomplete="off")
        pressed = st.form_submit_button(words)
    if pressed:
        with visit.work() as session:
            name = activate_weights(session, sha256, reason=reason, by=visit.by, at=visit.at)
        visit.leave(f"In force now: {name}.", to="matching_model")


# ---------------------------------------------------------------- what was found


def _safety(report: dict[str, Any]) -> None:
    old, new = report["safety"]["old"], report["safety"]["new"]
    st.subheader("Twins, brothers and sisters", anchor=False)
    st.html(
        table(
            "On invented families, always the same",
            ("", *SERIES, "Of"),
            ((words, str(old[key]), str(new[key]), str(new[of])) for words, key, of in SAFETY),
        )
    )


def _reliability(report: dict[str, Any]) -> None:
    """Said and come true, by tenths; points on the line are right."""
    points = [
        {"Weights": words, "Said": each["said"], "Came true": each["came_true"]}
        for key, words in zip(("old", "new"), SERIES, strict=True)
        for each in report["curve"][key]
    ]
    of = "decisions" if report["curve_of"] == "decisions" else "invented families"
    st.subheader("Does what is said come true?", anchor=False)
    st.html(
        f"<p>On {of}: of candidates said to be the child with 90 in 100, 90 in 100 should be. "
        "Points on the dashed line are right; below it, too much was promised.</p>"
    )
    if points:
        st.vega_lite_chart(points, _chart(), width="stretch", height=340)
    st.html(
        table(
            "The same as a table",
            ("Weights", "Candidates", "Said", "Came true"),
            (
                (
                    words,
                    f"{each['candidates']:,}",
                    _percent(each["said"]),
                    _percent(each["came_true"]),
                )
                for key, words in zip(("old", "new"), SERIES, strict=True)
                for each in report["curve"][key]
            ),
        )
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _chart() -> dict[str, Any]:
    scale = {"domain": [0, 1]}
    said = {"field": "Said", "type": "quantitative", "scale": scale,
            "axis": {**AXIS, "format": "%", "title": "Said"}}  # fmt: skip
    true = {"field": "Came true", "type": "quantitative", "scale": scale,
            "axis": {**AXIS, "format": "%", "title": "Came true"}}  # fmt: skip
    return {
        "description": "What was said against what came true; the table below has the numbers.",
        "layer": [
            {
                "data": {"values": [{"Said": 0, "Came true": 0}, {"Said": 1, "Came true": 1}]},
                "mark": {"type": "line", "strokeDash": [6, 4], "color": "#505a5f"},
                "encoding": {"x": said, "y": true},
            },
            {
                "mark": {"type": "line", "point": {"size": 70}, "strokeWidth": 3},
                "encoding": {
                    "x": said,
                    "y": true,
                    "color": {
                        "field": "Weights",
                        "type": "nominal",
                        "scale": {"domain": list(SERIES), "range": list(COLOURS)},
                        "legend": {"orient": "top", "title": None, "labelFontSize": 13,
                                   "labelColor": "#0b0c0c", "labelLimit": 400},
                    },
                    "shape": {"field": "Weights", "type": "nominal"},
                },
            },
        ],
    }  # fmt: skip


def _levels(report: dict[str, Any]) -> None:
    """The weights in bits, old beside new; the shares they come from are in the file."""
    with st.expander(f"Weights that change ({len(report['levels'])})", expanded=False):
        st.html(
            "<p>In bits: each doubles the odds. A name counts here as one that 2 children in 1,000 "
            "carry.</p>"
            + table(
                "Against a stranger, and against a brother or sister",
                ("Answer", "Stranger before", "Stranger now", "Sibling before", "Sibling now"),
                (
                    (
                        f"{row['field']}: {row['level']}",
                        *(
                            f"{row[when]['bits'][which]:+.1f}"
                            for which in (0, 1)
                            for when in ("old", "new")
                        ),
                    )
                    for row in report["levels"]
                ),
            )
        )
