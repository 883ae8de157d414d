"""Which days the front door counts, against the calendar as England published it."""

from datetime import date

import pytest

from mash_triage.clocks.working_days import (
    BankHolidays,
    HolidayFault,
    is_working_day,
    next_working_day,
)

MONDAY_TO_FRIDAY = frozenset(range(5))
ENGLAND = BankHolidays()


def working(day: date, holidays: BankHolidays = ENGLAND) -> bool:
    return is_working_day(day, week=MONDAY_TO_FRIDAY, holidays=holidays)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 11, 23), True, id="an ordinary Monday"),
        pytest.param(date(2026, 11, 21), False, id="a Saturday"),
        pytest.param(date(2026, 4, 3), False, id="Good Friday"),
        pytest.param(date(2026, 4, 6), False, id="Easter Monday"),
        pytest.param(date(2026, 12, 28), False, id="the Monday after Boxing Day on a Saturday"),
        pytest.param(date(2026, 12, 29), True, id="the day after that"),
        pytest.param(date(2027, 12, 27), False, id="substitute for Christmas Day"),
        pytest.param(date(2027, 12, 28), False, id="substitute for Boxing Day"),
        pytest.param(date(2022, 9, 19), False, id="the Queen's funeral"),
        pytest.param(date(2020, 5, 4), True, id="May Day moved to the 8th in 2020"),
        pytest.param(date(2020, 5, 8), False, id="VE Day in 2020"),
        pytest.param(date(2026, 1, 2), True, id="2 January, a holiday in Scotland only"),
        pytest.param(date(2026, 3, 17), True, id="17 March, a holiday in Northern Ireland only"),
    ],
)
def test_england_counts_this_day(day, expected):
    assert working(day) is expected


def test_a_holiday_has_its_name_and_an_ordinary_day_has_none():
    assert ENGLAND.name_of(date(2026, 4, 3)) == "Good Friday"
    assert ENGLAND.name_of(date(2026, 4, 7)) is None


def test_christmas_and_its_substitute_are_stepped_over():
    after = next_working_day(date(2026, 12, 24), week=MONDAY_TO_FRIDAY, holidays=ENGLAND)
    assert after == date(2026, 12, 29)


def test_an_area_open_on_saturdays_counts_them():
    six_days = frozenset(range(6))
    assert is_working_day(date(2026, 11, 21), week=six_days, holidays=ENGLAND)


@pytest.fixture
def local_file(tmp_path):
    def write(text: str):
        file = tmp_path / "holidays.toml"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return file

    return write


def test_a_local_file_adds_a_closure_day_and_opens_on_a_bank_holiday(local_file):
    file = local_file('[add]\n2026-12-29 = "Offices closed"\n[remove]\n2026-05-04 = "Election"\n')
    holidays = BankHolidays.from_file(file)

    assert holidays.name_of(date(2026, 12, 29)) == "Offices closed"
    assert not working(date(2026, 12, 29), holidays)
    assert working(date(2026, 5, 4), holidays)
    assert not working(date(2026, 5, 25), holidays)


def test_an_empty_local_file_and_no_file_change_nothing(local_file):
    assert BankHolidays.from_file(local_file("")) == ENGLAND
    assert BankHolidays.from_file(None) == ENGLAND


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[extra]\n", "extra: this key is not known"),
        ("add = 3\n", "add: must be a table"),
        ('[add]\n2026-13-01 = "x"\n', "add.2026-13-01: must be a day"),
        ('[add]\nyesterday = "x"\n', "add.yesterday: must be a day"),
        ("[remove]\n2026-12-29 = 5\n", "remove.2026-12-29: must be the holiday's name"),
        ('[remove]\n2026-12-29 = " "\n', "remove.2026-12-29: must be the holiday's name"),
        ("[add\n", "cannot be read as TOML"),
        ("\udcff", "cannot be read as TOML"),
    ],
)
def test_a_faulty_local_file_is_named_with_its_key(local_file, text, words):
    file = local_file(text)
    with pytest.raises(HolidayFault) as fault:
        BankHolidays.from_file(file)
    assert words in str(fault.value)
    assert str(file) in str(fault.value)


def test_a_local_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(HolidayFault, match=r"nowhere\.toml"):
        BankHolidays.from_file(tmp_path / "nowhere.toml")
