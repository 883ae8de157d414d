"""Figures of the reading, by code, with every miss and false alarm and its sentences.

python -m benchmarks.reading --files tuning_1,tuning_2 --codes persistent_hunger,self_harm
python -m benchmarks.reading --files tuning_3 --brief          the totals alone
python -m benchmarks.reading --files tuning_3 --wordings       without the weighed words
"""

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from mash_triage.reading.about import About
from mash_triage.reading.found import Reading
from mash_triage.reading.read import read_text
from mash_triage.reading.weighed import weights_in
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "narratives"
CLOSED = "untouched"


def contacts(files: list[str]) -> list[dict[str, Any]]:
    """The contacts of the files named."""
    read = [yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) for name in files]
    return [contact for each in read for contact in each["vignettes"]]


def about(contact: dict[str, Any]) -> About:
    """The structured facts of one contact."""
    child = contact["child"]
    return About(
        age_years=child.get("age_years"),
        age_months=child.get("age_months"),
        unborn=child.get("unborn", False),
        non_mobile=child.get("non_mobile"),
        disability=child.get("disability"),
        other_ages=tuple(contact.get("other_children") or ()),
        agency=contact["source"]["agency_type"],
        prior_contacts_12m=contact.get("prior_contacts_12m") or 0,
    )


def main() -> None:
    """Reads all contacts of the files and prints what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", default="tuning_1,tuning_2,worked_contacts")
    asked.add_argument("--codes", default="")
    asked.add_argument("--brief", action="store_true")
    asked.add_argument("--wordings", action="store_true", help="the wordings alone")
    given = asked.parse_args()
    files = given.files.split(",")
    folder = settings().levels_of_need / "worries"
    worries, weights = worries_in(folder), None if given.wordings else weights_in(folder)
    chosen = set(given.codes.split(",")) - {""}
    read_text("warm", About(), worries, weights)
    began = time.perf_counter()
    read = [
        (each, read_text(each["narrative"], about(each), worries, weights))
        for each in contacts(files)
    ]
    spent = (time.perf_counter() - began) / max(len(read), 1) * 1000
    brief = given.brief or CLOSED in files
    tell(read, chosen, brief)
    tell_danger(read, brief)
    print(f"{spent:.1f} ms a narrative")


def tell(read: list[tuple[dict[str, Any], Reading]], chosen: set[str], brief: bool) -> None:
    """Micro-F1, precision and recall, by code unless brief, and false alarms."""
    hit, missed, alarm = Counter[str](), Counter[str](), Counter[str]()
    not_alarms = nots = 0
    for contact, reading in read:
        wanted, found = set(contact["expected"]["indicators"]), set(reading.codes)
        if chosen:
            wanted, found = wanted & chosen, found & chosen
        denied = set(contact["expected"]["not_indicators"])
        denied = denied & chosen if chosen else denied
        nots += len(denied)
        not_alarms += len(denied & found)
        hit.update(wanted & found)
        missed.update(wanted - found)
        alarm.update(found - wanted)
        if not brief:
            _tell_contact(contact, reading, wanted, found, denied)
    for code in sorted(hit | missed | alarm) if not brief else ():
        print(f"{code:34} hit {hit[code]:3} missed {missed[code]:3} alarm {alarm[code]:3}")
    tp, fn, fp = hit.total(), missed.total(), alarm.total()
    print(f"micro-F1 {2 * tp / max(2 * tp + fn + fp, 1):.3f}", end=" ")
    print(f"precision {tp / max(tp + fp, 1):.3f} recall {tp / max(tp + fn, 1):.3f}", end=" ")
    print(f"(hit {tp} missed {fn} alarms {fp}); not_indicators raised {not_alarms}/{nots}")


def _tell_contact(
    contact: dict[str, Any], reading: Reading, wanted: set[str], found: set[str], denied: set[str]
) -> None:
    if wanted == found:
        return
    print(f"## {contact['id']} {contact['child']}")
    if wanted - found:
        print(" ".join(contact["narrative"].split()))
        print("   MISSED", sorted(wanted - found))
        for each in reading.set_aside:
            if each.code in wanted:
                print(f"   set aside {each.code}: {each.why}: {each.sentence!r}")
    for proposal in reading.proposals:
        if proposal.code in found - wanted:
            loud = "NOT-INDICATOR" if proposal.code in denied else "ALARM"
            words = [contact["narrative"][start:end] for start, end in proposal.words]
            print(f"   {loud} {proposal.code}: {words} in {proposal.sentence!r}")


def tell_danger(read: list[tuple[dict[str, Any], Reading]], brief: bool) -> None:
    """Recall and false alarms of immediate danger."""
    pairs = [(contact["expected"]["immediate_danger"], r, contact) for contact, r in read]
    wanted = sum(danger for danger, _r, _c in pairs)
    caught = sum(danger and r.immediate_danger for danger, r, _c in pairs)
    alarms = [(c, r) for danger, r, c in pairs if r.immediate_danger and not danger]
    print(f"immediate danger: caught {caught} of {wanted}, false alarms {len(alarms)}/{len(read)}")
    for danger, reading, contact in pairs if not brief else ():
        if danger != reading.immediate_danger:
            what = "missed" if danger else reading.danger[0].sentence
            print(f"   {contact['id']} danger {what!r}")


if __name__ == "__main__":
    main()
