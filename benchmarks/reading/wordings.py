"""Figures of the reading on short contacts in many voices, with every miss and false alarm.

python -m benchmarks.reading.wordings c --domains child_development,parenting_capacity
"""

import argparse
import tomllib
from collections import Counter
from typing import Any

import yaml

from benchmarks.reading.__main__ import FOLDER
from mash_triage.reading.about import About
from mash_triage.reading.read import read_text
from mash_triage.reading.worries import Worries, worries_in
from mash_triage.settings import settings

WORDINGS = FOLDER.parent / "wordings"


def main() -> None:
    """Reads each short contact of the files named and prints what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("files", nargs="+")
    asked.add_argument("--domains", default="", help="of the default edition; all when not given")
    asked.add_argument("--brief", action="store_true")
    given = asked.parse_args()
    counts = _codes(set(given.domains.split(",")) - {""})
    worries = worries_in(settings().levels_of_need / "worries")
    figures = Counter[str]()
    for name in given.files:
        for contact in yaml.safe_load((WORDINGS / f"{name}.yaml").read_text("utf-8")):
            figures += _read(contact, worries, counts, given.brief)
    hit, missed, alarms = figures["hit"], figures["missed"], figures["alarms"]
    print(f"micro-F1 {2 * hit / max(2 * hit + missed + alarms, 1):.3f}", end=" ")
    print(f"precision {hit / max(hit + alarms, 1):.3f} recall {hit / max(hit + missed, 1):.3f}")
    print(f"hit {hit} missed {missed} alarms {alarms}", end=" ")
    print(f"({figures['calm alarms']} in {figures['calm']} contacts that support nothing)")


def _codes(domains: set[str]) -> set[str]:
    """The indicators of the domains, as the default edition arranges them."""
    edition = settings().levels_of_need / "default" / "edition.toml"
    indicators = tomllib.loads(edition.read_text("utf-8"))["indicator"]
    return {each["code"] for each in indicators if not domains or each["domain"] in domains}


def _read(contact: dict[str, Any], worries: Worries, counts: set[str], brief: bool) -> Counter[str]:
    """What was hit, missed and raised falsely in one contact, and prints it unless brief."""
    text = contact["text"]
    reading = read_text(text, About(**contact.get("about", {})), worries)
    wanted, found = set(contact["codes"]) & counts, set(reading.codes) & counts
    if wanted != found and not brief:
        print(f"## {text}")
        aside = {each.code: each.why for each in reading.set_aside}
        for code in sorted(wanted - found):
            print(f"   MISSED {code}", f"(set aside: {aside[code]})" if code in aside else "")
        for each in reading.proposals:
            if each.code in found - wanted:
                print(f"   ALARM {each.code}: {[text[first:last] for first, last in each.words]}")
    alarms = len(found - wanted)
    calm = not contact["codes"]
    return Counter(
        {
            "hit": len(wanted & found),
            "missed": len(wanted - found),
            "alarms": alarms,
            "calm": calm,
            "calm alarms": alarms * calm,
        }
    )


if __name__ == "__main__":
    main()
