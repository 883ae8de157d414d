"""What is worked out once for many children is what each would have got alone."""

from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.access.actor import Actor
from mash_triage.backtest.alike import Alike
from mash_triage.backtest.codes import read_by
from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.figures import LISTED
from mash_triage.backtest.past import Past, PastContact
from mash_triage.backtest.trial import Trial
from mash_triage.settings import settings
from mash_triage.thresholds.facts import Consent, FactsForSuggestion, HelpBefore, days_at_age
from mash_triage.thresholds.routes import Answer
from tests.backtest.conftest import DAY, HUNGER, YEAR_ON
from tests.cast import MONDAY_NINE
from tests.facts import any_facts, edition_named

AROUND_BIRTHDAYS = [days_at_age(years) + days for years in range(1, 19) for days in (-1, 0)]
RESTS_ON_AGE = st.sampled_from(
    ["physical_chastisement", "underage_sexual_activity", "previous_child_removed", "self_harm"]
)
NOTHING_KNOWN = dict(FactsForSuggestion())


def nearly_alike(facts):
    """These facts at every age, and each time without one of them."""
    for age in [None, *AROUND_BIRTHDAYS]:
        yield facts.model_copy(update={"age_days": age})
    for name, empty in NOTHING_KNOWN.items():
        yield facts.model_copy(update={name: empty})


def tried(comparison, contacts):
    """A trial over these contacts, without a database."""
    trial = Trial(comparison, Past(MONDAY_NINE - DAY, YEAR_ON, Actor.job("the tests")))
    for contact in contacts:
        trial._count(contact)
    return trial.tally


@pytest.mark.parametrize("name", ["family_help", "split_levels"])
@given(data=st.data())
def test_a_trial_gives_the_sum_of_trials_on_one_child_each(name, data):
    """Nothing that is kept of one child changes what another counts as, however alike they are."""
    old, new = edition_named("default"), edition_named(name)
    maps = [read_by(edition, settings().levels_of_need) for edition in (old, new)]
    comparison = Comparison(old, new, read_by_old=maps[0], read_by_new=maps[1])
    drawn = data.draw(any_facts(old, most=3))
    rests = data.draw(st.lists(RESTS_ON_AGE, max_size=2).map(tuple))
    facts = drawn.model_copy(update={"indicators": drawn.indicators + rests})
    back_at = data.draw(st.sampled_from([None, MONDAY_NINE + 100 * DAY]))
    contacts = [
        PastContact(
            uuid4(), MONDAY_NINE, each.model_dump_json(), "F", "2A", "no", None, "ZA1 4QT", back_at
        )
        for each in nearly_alike(facts)
    ]
    together = tried(comparison, contacts)
    alone = [tried(comparison, [contact]).counts for contact in contacts]
    assert together.counts == sum(alone, Counter())
    for key, places in together.listed.items():
        behind = [
            (place, contact.id)
            for place, contact in enumerate(contacts)
            for _ in range(alone[place][key])
        ]
        assert places == behind[:LISTED]


def test_what_is_kept_of_facts_stays_bounded(monkeypatch):
    monkeypatch.setattr("mash_triage.backtest.alike.MOST_KEPT", 3)
    alike = Alike(Comparison(edition_named("default"), edition_named("family_help")))
    for count in range(20):
        facts = f'{{"indicators": ["{HUNGER[0]}"], "repeat_12_months": {count}}}'
        assert alike.known(facts) == alike.known(facts)
    assert len(alike._kept) <= 3


def test_children_are_alike_only_if_nothing_but_some_days_of_age_differs():
    alike = Alike(Comparison(edition_named("default"), edition_named("family_help")))
    told = dict.fromkeys(
        ("non_mobile", "in_danger_now", "safe_adult_named", "disabled", "cannot_tell"), Answer.YES
    )
    full = FactsForSuggestion(
        **told,
        age_days=days_at_age(3),
        unborn=True,
        police_protection=True,
        indicators=HUNGER,
        strengths=("protective_carer",),
        repeat_3_months=1,
        repeat_12_months=1,
        help_before=(HelpBefore.EARLY_HELP,),
        consent=Consent.GIVEN,
    )
    assert alike._case(full) == alike._case(full.model_copy(update={"age_days": days_at_age(4)}))
    others = [full.model_copy(update={name: empty}) for name, empty in NOTHING_KNOWN.items()]
    assert len({alike._case(facts) for facts in (full, *others)}) == 1 + len(NOTHING_KNOWN)
