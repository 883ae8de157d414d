"""My contacts: a list that stops says so, older ones are found by reference, drafts have a day."""

from datetime import timedelta

import pytest

from mash_triage.contacts.drafts import start_draft
from mash_triage.contacts.reference import new_reference, show_reference
from mash_triage.web.form import mine
from tests import stories
from tests.stories import MONDAY_NINE


@pytest.fixture
def references(service_database, amara):
    """Three contacts, the oldest first."""
    with service_database.work() as session:
        return [
            stories.a_receipt(
                session, {"given_names": name}, sent_by=amara, at=MONDAY_NINE - days * timedelta(1)
            ).reference
            for days, name in ((3, "Ava"), (2, "Leo"), (1, "Mia"))
        ]


def search(app, typed):
    app.text_input(key="find_contact").set_value(typed)
    return next(each for each in app.button if each.label == "Find").click().run()


def test_an_older_one_is_found_by_its_reference(
    open_page_as, drawn, amara, references, monkeypatch
):
    monkeypatch.setattr(mine, "SHOWN", 2)
    app = open_page_as(amara, "my_contacts")
    assert "The latest 2 of 3. Find an older one by its reference." in drawn(app)
    assert "Ava" not in drawn(app)

    html = drawn(search(app, show_reference(references[0]).lower()))
    assert "Ava" in html
    assert "Leo" not in html


def test_what_is_not_hers_is_as_unknown_as_none(
    open_page_as, service_database, drawn, dev, references
):
    with service_database.work() as session:
        stories.a_receipt(session, sent_by=dev)
    said = set()
    for typed in (references[0], new_reference(), "rubbish"):
        html = drawn(search(open_page_as(dev, "my_contacts"), typed))
        assert "Ava" not in html
        said.add(html.split('role="alert">')[1].split("<")[0])
    assert said == {"We could not find that, or it is not yours to see."}


def test_a_list_that_is_whole_says_nothing_of_it(open_page_as, drawn, amara, references):
    assert "The latest" not in drawn(open_page_as(amara, "my_contacts"))


def test_a_draft_says_until_which_day_it_is_kept(open_page_as, service_database, drawn, amara):
    with service_database.work() as session:
        start_draft(session, by=amara, at=MONDAY_NINE)
    assert "kept until Mon 26 Jan" in drawn(open_page_as(amara, "my_contacts"))
