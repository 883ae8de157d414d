"""The register file: good rows kept, bad ones named, whatever state the file is in."""

import csv
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.people.models import Person, PersonAddress, PersonAlias
from mash_triage.people.register import LONGEST, RegisterRow, read_register, row_sha
from mash_triage.people.register_file import (
    CELL_LIMIT,
    COLUMNS,
    LINE_LIMIT,
    RefusedRow,
    RegisterFault,
    examine,
    rejected_path,
    write_rejected,
)

SAMPLE = Path(__file__).parents[1] / "data" / "register_sample.csv"
TODAY = date(2026, 11, 20)
HEADER = ",".join(COLUMNS)
GOOD = {
    "child_id": "C1", "given_names": "Aaron", "family_name": "Quill", "dob": "2015-02-28",
    "dob_quality": "exact", "sex": "M",
}  # fmt: skip


def a_file(tmp_path, *rows, header=HEADER, end="\n", start=b""):
    path = tmp_path / "register.csv"
    lines = [header, *(row if isinstance(row, str) else a_row(row) for row in rows)]
    text = end.join(lines) + end
    path.write_bytes(start + text.encode("utf-8", "surrogateescape"))
    return path


def a_row(changes):
    cells = [str((GOOD | changes).get(column, "")) for column in COLUMNS]
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def read(path):
    return list(read_register(path, today=TODAY))


def the_one_row(tmp_path, **changes):
    (row,) = read(a_file(tmp_path, changes))
    return row


def test_the_sample_register_is_taken_whole():
    rows = read(SAMPLE)
    assert len(rows) == 100
    assert all(isinstance(row, RegisterRow) for row in rows)
    assert rows[0].child_id == "C1021036"
    assert rows[0].previous_addresses == (("83 Chapel Close", "ZA5 7TR"),)
    assert examine(SAMPLE).lines == 101


def test_a_row_is_read_field_by_field(tmp_path):
    row = the_one_row(
        tmp_path, sex="f", dob_quality="", previous_addresses="1 Mill Lane|ZA1 1AA; |;2 Elm Rd",
        aliases="Aron|Quill;|Hale", nhs_number="999 000 0018", upn="l201060514834",
        mother_name="Ada  Quill", mother_dob="1990-01-02",
    )  # fmt: skip
    assert row.sex == "F"
    assert row.dob == date(2015, 2, 28)
    assert row.dob_quality == "exact"
    assert row.previous_addresses == (("1 Mill Lane", "ZA1 1AA"), ("2 Elm Rd", ""))
    assert row.aliases == (("Aron", "Quill"), ("", "Hale"))
    assert (row.nhs_number, row.upn) == ("9990000018", "L201060514834")
    assert (row.mother_name, row.mother_dob) == ("Ada Quill", date(1990, 1, 2))
    assert row.notes == ()


@pytest.mark.parametrize(
    ("given", "dob", "expected", "quality"),
    [
        ("", "", "2027-01-20", "expected"),
        ("Ada", "", "", "unknown"),
        ("Ada", "2012-01-01", "", "exact"),
    ],
)
def test_an_empty_quality_is_worked_out(tmp_path, given, dob, expected, quality):
    row = the_one_row(
        tmp_path, given_names=given, dob=dob, expected_date=expected, dob_quality=""
    )  # fmt: skip
    assert row.dob_quality == quality


@pytest.mark.parametrize(
    "name",
    ["O'Neill", "Zoë", "Łukasz", "محمد", "‏שרה", "小明", "🦊 Fox", "X", "Null", "<b>Ann</b>"],
)
def test_names_of_every_kind_are_kept_as_written(tmp_path, name):
    assert the_one_row(tmp_path, given_names=name, family_name="").given_names == name


REFUSED = [
    ({"child_id": ""}, "child_id is empty"),
    ({"child_id": "C" * 41}, "child_id is longer than 40 characters"),
    ({"given_names": "A" * 301}, "given_names is longer than 300 characters"),
    ({"postcode": "not yet known"}, "postcode is longer than 12 characters"),
    ({"aliases": "A|" + "B" * 301}, "aliases holds a part longer than 300|300"),
    ({"previous_addresses": "1 Elm Road|Sometown, ZA1 1AA"},
     "previous_addresses holds a part longer than 300|12"),
    ({"given_names": "", "family_name": ""}, "there is no name"),
    ({"dob": "2019-02-31"}, "dob is not a day of the calendar"),
    ({"dob": "2023-02-29"}, "dob is not a day of the calendar"),
    ({"dob": "31/02/2019"}, "dob is not of the form YYYY-MM-DD"),
    ({"dob": "20190228"}, "dob is not of the form YYYY-MM-DD"),
    ({"dob": "2026-11-21"}, "dob is in the future"),
    ({"dob": "1899-12-31"}, "dob is before 1900"),
    ({"mother_dob": "2030-01-01"}, "mother_dob is in the future"),
    ({"dob": "", "dob_quality": "expected", "expected_date": "2028-01-01"},
     "expected_date is more than a year away"),
    ({"dob_quality": "sure"},
     "dob_quality is not exact, estimated, placeholder, unknown, expected"),
    ({"dob": ""}, "dob_quality is exact and dob is empty"),
    ({"dob_quality": "unknown"}, "dob_quality is unknown and there is a dob"),
    ({"dob_quality": "expected"}, "dob_quality is expected and there is a dob"),
    ({"dob": "", "dob_quality": "expected"}, "dob_quality is expected and expected_date is empty"),
    ({"sex": "X"}, "sex is not M, F or U"),
    ({"given_names": "A" * (CELL_LIMIT + 1)}, "given_names is longer than 10,000 characters"),
    ({"mother_name": "A" * 200_000}, "mother_name is longer than 10,000 characters"),
    ({"family_name": "A\x00B"}, "family_name holds a NUL character"),
    ({"family_name": "A\udcffB"}, "family_name holds bytes that are not UTF-8"),
    ({"family_name": "A\x1bB"}, "family_name holds a control character"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), REFUSED)
def test_a_bad_row_is_refused_with_line_and_reason(tmp_path, changes, reason):
    path = a_file(tmp_path, {"child_id": "C0"}, changes, {"child_id": "C9"})
    first, refused, last = read(path)
    assert (first.child_id, last.child_id) == ("C0", "C9")
    assert (refused.line, refused.reason) == (3, reason)


def test_there_is_room_in_the_record_for_whatever_is_taken():
    columns = (Person.__table__, PersonAlias.__table__, PersonAddress.__table__)
    room = {c.name: c.type.length for table in columns for c in table.columns if c.name in LONGEST}
    room["child_id"] = Person.__table__.c.register_id.type.length
    assert {name: LONGEST[name] for name in room} == room


def test_a_leap_day_is_a_birthday(tmp_path):
    assert the_one_row(tmp_path, dob="2024-02-29").dob == date(2024, 2, 29)


@pytest.mark.parametrize("again", ["C1", "c1", " C1 ", "Ｃ1"])
def test_the_first_of_two_rows_with_one_id_is_kept(tmp_path, again):
    first, second = read(a_file(tmp_path, {}, {"child_id": again, "given_names": "Ben"}))
    assert first.given_names == "Aaron"
    assert second.reason == "the same child_id is on line 2, which was kept"


def test_a_refused_row_does_not_use_up_its_id(tmp_path):
    refused, kept = read(a_file(tmp_path, {"sex": "X"}, {}))
    assert isinstance(refused, RefusedRow)
    assert kept.child_id == "C1"


def test_a_wrong_check_digit_keeps_the_row_with_a_note(tmp_path):
    row = the_one_row(tmp_path, nhs_number="999 000 0019", upn="ask school")
    assert (row.nhs_number, row.upn) == ("9990000019", "ask school")
    assert row.notes == (
        "nhs_number has a wrong check digit and is kept, but recognises nobody",
        "upn is not such a number and is kept, but recognises nobody",
    )


def test_a_formula_is_kept_as_the_text_it_is(tmp_path):
    row = the_one_row(tmp_path, address_line="=HYPERLINK(A1)")
    assert row.address_line == "=HYPERLINK(A1)"
    assert row.notes == ("address_line looks like a formula and is kept as text",)


# ---------------------------------------------------------------- the file as a whole


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path, end, start):
    path = a_file(tmp_path, {}, "", {"child_id": "C2"}, end=end, start=start)
    assert [row.child_id for row in read(path)] == ["C1", "C2"]


def test_columns_may_stand_in_any_order_with_others_between(tmp_path):
    header = ",".join(("Ward", *reversed(COLUMNS)))
    cells = ["Hill", *(GOOD.get(column, "") for column in reversed(COLUMNS))]
    (row,) = read(a_file(tmp_path, ",".join(cells), header=header))
    assert (row.child_id, row.family_name) == ("C1", "Quill")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no header row"),
        (b"\xef\xbb\xbf\n", "no header row"),
        (b"child_id,dob\n", "lacks these columns: given_names, family_name, dob_quality"),
        (b'child_id,"dob\n', "lacks these columns: child_id"),
        (HEADER.replace(",", ";").encode(), "lacks these columns: child_id"),
        ((HEADER + ",dob\n").encode(), "these columns twice: dob"),
        (HEADER.encode("utf-16-le"), "lacks these columns: child_id"),
        (b"x" * (LINE_LIMIT + 5), "no header row"),
    ],
)
def test_a_header_that_is_not_right_is_one_sentence(tmp_path, content, words):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(RegisterFault, match=words):
        read(path)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_refused_whole(tmp_path, encoding):
    path = tmp_path / "register.csv"
    path.write_bytes((HEADER + "\n" + a_row({"given_names": "Zoë"}) + "\n").encode(encoding))
    with pytest.raises(RegisterFault, match="not in UTF-8"):
        examine(path)


def test_one_damaged_line_among_good_accents_costs_only_itself(tmp_path):
    path = a_file(tmp_path, {"given_names": "Zoë"}, {"given_names": "Zo\udceb", "child_id": "C2"})
    assert examine(path).lines == 3
    kept, refused = read(path)
    assert kept.given_names == "Zoë"
    assert refused.reason == "given_names holds bytes that are not UTF-8"


def test_the_hash_names_the_file(tmp_path):
    one, other = a_file(tmp_path, {}), SAMPLE
    assert examine(one).sha256 != examine(other).sha256
    assert examine(one) == examine(one)


@pytest.mark.parametrize("missing", ["nowhere.csv", ""])
def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path, missing):
    with pytest.raises(RegisterFault, match="cannot be opened"):
        examine(tmp_path / missing)


# ---------------------------------------------------------------- lines in disorder


def test_a_ten_megabyte_cell_costs_one_row(tmp_path):
    huge = a_row({"given_names": "é" * 5_000_000})
    path = a_file(tmp_path, {}, huge, {"child_id": "C2"})
    assert examine(path).lines == 4
    first, refused, last = read(path)
    assert (refused.line, refused.reason) == (3, "the line is longer than 1,000,000 bytes")
    assert (first.child_id, last.child_id) == ("C1", "C2")


def test_an_enormous_last_line_without_an_end_is_refused(tmp_path):
    path = a_file(tmp_path, {}, "x" * (2 * LINE_LIMIT), end="\n")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert [getattr(row, "line", None) for row in read(path)] == [None, 3]


def test_an_address_may_run_over_two_lines(tmp_path):
    row, after = read(a_file(tmp_path, {"address_line": "Flat 2\n9 Mill Lane"}, {"child_id": "C2"}))
    assert row.address_line == "Flat 2 9 Mill Lane"
    assert after.child_id == "C2"


@pytest.mark.parametrize(
    "broken",
    [
        'C7,"Ann,Quill,2015-01-01,exact,,F,,,,,,,,',
        'C7,Ann "Annie,Quill,2015-01-01,exact,,F,,,,,,,,',
        'C7,"Ann"x,Quill,2015-01-01,exact,,F,,,,,,,,',
    ],
)
def test_a_stray_quotation_mark_costs_only_its_own_row(tmp_path, broken):
    others = [{"child_id": f"C{n}"} for n in range(30, 60)]
    rows = read(a_file(tmp_path, {}, broken, *others))
    refused = [row for row in rows if isinstance(row, RefusedRow)]
    assert [row.line for row in refused] == [3]
    assert "quotation mark" in refused[0].reason
    assert len(rows) == 32


def test_two_stray_quotation_marks_do_not_take_the_rows_between(tmp_path):
    broken = 'C7,"Ann,Quill,2015-01-01,exact,,F,,,,,,,,'
    rows = read(a_file(tmp_path, broken, {}, {"child_id": "C2"}, broken.replace("C7", "C8")))
    assert [row.child_id for row in rows if isinstance(row, RegisterRow)] == ["C1", "C2"]


def test_two_lines_that_only_seem_to_be_one_row_are_each_named(tmp_path):
    rows = read(a_file(tmp_path, 'C7,"Ann', 'Quill",2015-01-01', {}))
    assert [row.line for row in rows[:2]] == [2, 3]
    assert rows[2].child_id == "C1"


def test_an_open_quotation_before_an_enormous_line_or_the_end_costs_its_row(tmp_path):
    broken = 'C7,"Ann'
    rows = read(a_file(tmp_path, broken, "x" * (LINE_LIMIT + 9), {}, broken))
    assert [row.line for row in rows if isinstance(row, RefusedRow)] == [2, 3, 5]


def test_a_row_of_the_wrong_width_is_named(tmp_path):
    _, refused = read(a_file(tmp_path, {}, "C7,Ann,Quill"))
    assert refused.reason == "the row has 3 cells and the header has 15"
    assert refused.cells == ("C7", "Ann", "Quill")


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=300))
def test_no_bytes_after_the_header_stop_the_reading(tmp_path_factory, rubbish):
    path = tmp_path_factory.mktemp("any") / "register.csv"
    before, after = a_row({}), a_row({"child_id": "C2"})
    path.write_bytes(f"{HEADER}\n{before}\n".encode() + rubbish + f"\n{after}\n".encode())
    rows = read(path)
    assert rows[0].child_id == "C1"
    assert {"C1", "C2"} <= {getattr(row, "child_id", None) for row in rows}


# ---------------------------------------------------------------- fingerprints and refusals


def test_the_same_row_has_the_same_fingerprint_and_a_changed_one_another(tmp_path):
    same = the_one_row(tmp_path), the_one_row(tmp_path, given_names=" Aaron ")
    assert row_sha(same[0]) == row_sha(same[1])
    assert row_sha(same[0]) != row_sha(the_one_row(tmp_path, given_names="Aron"))


def test_refused_rows_are_written_beside_for_the_owner_only(tmp_path):
    path = a_file(tmp_path, {"sex": "X", "address_line": "=1+1", "given_names": "Zo\udceb"})
    rejected_path(path).write_text("an older one")
    target = write_rejected(path, [row for row in read(path) if isinstance(row, RefusedRow)])
    assert target == tmp_path / "register.rejected.csv"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["line"], row["reason"]) == ("2", "given_names holds bytes that are not UTF-8")
    assert (row["address_line"], row["given_names"]) == ("'=1+1", "Zo?")
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name, target.name]


def test_a_mended_file_of_refused_rows_can_be_imported(tmp_path):
    path = a_file(tmp_path, {"sex": "X"})
    target = write_rejected(path, read(path))
    target.write_text(target.read_text(encoding="utf-8-sig").replace(",X,", ",F,"))
    assert [row.sex for row in read(target)] == ["F"]


def test_nothing_refused_leaves_no_older_file_behind(tmp_path):
    path = a_file(tmp_path, {})
    rejected_path(path).write_text("an older one")
    assert write_rejected(path, []) is None
    assert not rejected_path(path).exists()
