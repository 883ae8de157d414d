"""On a decided child's page: the way to visits, who has the work, and later dates."""

import streamlit as st

from mash_triage.thresholds.routes import REFERRAL_OUTCOMES
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def show(_visit: Visit, whole: WholeChild) -> None:
    """For a child decided for section 17 or 47."""
    if whole.decision is not None and whole.decision.outcome in REFERRAL_OUTCOMES:
        st.html(
            f'<p><a href="/after_decision?child={whole.id}" target="_self">'
            "After the decision: visits, who has the work, later dates</a></p>"
        )
