"""The families of the demonstration as `register.csv`, which the service's own import reads."""

import csv
import io
from collections.abc import Iterable, Iterator

from mash_triage.demo.families import DemoFamily

REGISTER_COLUMNS = (
    "child_id",
    "given_names",
    "family_name",
    "dob",
    "dob_quality",
    "expected_date",
    "sex",
    "nhs_number",
    "upn",
    "address_line",
    "postcode",
    "previous_addresses",
    "aliases",
    "mother_name",
    "mother_dob",
)


def register_rows(families: Iterable[DemoFamily]) -> Iterator[dict[str, str]]:
    """The families as rows of `register.csv`, in the columns of `REGISTER_COLUMNS`."""
    for family in families:
        previous = ";".join(f"{address.line}|{address.postcode}" for address in family.previous)
        for child in family.children:
            yield {
                "child_id": child.child_id or "",
                "given_names": child.given_names,
                "family_name": child.family_name,
                "dob": child.born.isoformat(),
                "dob_quality": "exact",
                "expected_date": "",
                "sex": child.sex,
                "nhs_number": child.nhs_number,
                "upn": child.upn,
                "address_line": family.address.line,
                "postcode": family.address.postcode,
                "previous_addresses": previous,
                "aliases": f"{child.name}|{child.alias}" if child.alias else "",
                "mother_name": family.mother.name,
                "mother_dob": family.mother.born.isoformat(),
            }


def register_csv(families: Iterable[DemoFamily]) -> str:
    """The whole `register.csv` as text, header first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, REGISTER_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(register_rows(families))
    return out.getvalue()
