"""Every English and ISO form of a date is one date; what is no date stays no date."""

from datetime import date

import pytest

from mash_triage.web.form.date_words import read_date, real_date

MONDAY = date(2026, 1, 12)
NINTH = date(2017, 3, 9)


@pytest.mark.parametrize(
    "written",
    [
        *("2017-03-09", "20170309", "2017/3/9", "2017-03-09T00:00:00", "2017 Mar 9"),
        *("9/3/2017", "09/03/17", "9.3.2017", "9-3-17", "9 3 2017", "9 - 3 - 2017"),
        *("9 March 2017", "9th March 2017", "the 9th of March, 2017", "9 MAR '17", "9Mar2017"),
        *("March 9, 2017", "Mar. 9th 2017", "Thursday 9 March 2017", "Thu, 9 mar 2017"),
        *("  9  march  2017 ", "9 March 2017 14:30"),
    ],
)
def test_one_day_however_it_is_written(written):
    assert read_date(written, on=MONDAY) == NINTH


@pytest.mark.parametrize(
    "written",
    ["", "Mia", "31/2/2017", "13/13/2017", "12 Mill Lane", "about Easter", "9 Ma 2017", "5", "٣"],
)
def test_what_is_no_day_is_not_guessed(written):
    assert read_date(written, on=MONDAY) is None


def test_two_digits_of_a_year_are_the_latest_that_can_be():
    assert real_date("1", "6", "85", on=MONDAY) == date(1985, 6, 1)
    assert real_date("1", "june", "17", on=MONDAY) == date(2017, 6, 1)
