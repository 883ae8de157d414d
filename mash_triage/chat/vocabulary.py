"""Words that the reader knows: common English ones, given names, who is what to a child."""


import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mash_triage.matching.nicknames import other_forms

DATA = Path(__file__).parent / "data"

MALE, FEMALE = "M", "F"
NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TITLES = frozenset(
    "mr mrs ms miss dr prof sir rev fr insp sgt pc ps ds dc di dci wpc pcso cllr".split()
)
LANGUAGES = (
    "urdu|punjabi|polish|romanian|farsi|dari|pashto|arabic|somali|bengali|sylheti|gujarati|turkish|"
    "kurdish|tigrinya|amharic|portuguese|spanish|french|italian|lithuanian|latvian|russian|"
    "ukrainian|albanian|vietnamese|mandarin|cantonese|tamil|hindi|swahili|yoruba|igbo|shona|"
    "slovak|czech|hungarian|bulgarian|bsl|makaton|welsh|greek|nepali|tagalog|persian"
)
NATIONALITIES = (
    "british|polish|romanian|lithuanian|latvian|somali|nigerian|ghanaian|pakistani|indian|"
    "bangladeshi|afghan|iraqi|iranian|syrian|eritrean|ethiopian|sudanese|vietnamese|albanian|"
    "ukrainian|bulgarian|portuguese|turkish|jamaican|irish|kurdish|slovak|czech|hungarian"
)
RELIGIONS = "muslim|christian|catholic|hindu|sikh|jewish|buddhist|jehovah'?s witness(?:es)?"
SCHOOLS = (
    "school primary junior juniors infants infant academy college high nursery preschool "
    "pre-school secondary comprehensive grammar kindergarten"
).split()
NOT_NAMES = frozenset(
    (
        "im ive dont didnt doesnt isnt hes shes theyre theres thats its whats cant wont idk dunno "
        "yeah yep nah nope ok okay hi hello hey hiya yo sup pls plz thx ta cos coz bc ur u r n ya "
        "omg lol tbh btw imo asap rn atm tmrw tho thru mhm hmm um umm er erm wtf ffs fckin "
        "something someone nobody unknown none nan anon anonymous monday tuesday "
        "wednesday thursday "
        "friday saturday sunday january february march april june july august september october "
        "november december easter christmas xmas mon tues tue wed weds thurs thu fri sat sun jan "
        "feb mar apr jun jul aug sept sep oct nov dec dsl dob edd nhs upn cp cin sgo lac "
        "dv da hv gp "
        "sw mash lado camhs epds ehcp sen send senco salt nrm cse ppn cad rui pr cps iro cafcass "
        "fgm npas fcr npt rhi mfh dbs hcp aa pwits cgl nnu hr mot mispers misper urgent danger "
        "child children kids baby adult subject student pupil sibling location circs grade re ref "
        "english council police hospital school nursery college facetime snapchat tiktok whatsapp "
        "instagram xbox playstation fortnite roblox red amber green high medium low god jesus"
    ).split()
)


@dataclass(frozen=True)
class Kin:
    """A relationship to a child, with the sex that the word says."""

    relation: str
    sex: str
    pattern: re.Pattern[str]


@cache
def common_words() -> frozenset[str]:
    """English words that are no names unless a name is asked for or said to be one."""
    return frozenset((DATA / "words.txt").read_text("utf-8").split())


@cache
def kin() -> tuple[Kin, ...]:
    """The relationships, the longer wordings first."""
    table: dict[str, Any] = tomllib.loads((DATA / "people.toml").read_text("utf-8"))
    return tuple(
        Kin(
            each["relation"],
            each["sex"],
            re.compile(rf"\b(?:{each['words']})(?:'s)?(?![\w'])", re.IGNORECASE),
        )
        for each in table["kin"]
    )


def is_given_name(word: str) -> bool:
    """Is this word a known English given name or a pet form of one?"""
    return bool(other_forms(word.lower()))


def is_common(word: str) -> bool:
    """Is this an ordinary word, as far as a list can tell?"""
    low = word.lower().strip("'")
    bare = re.sub(r"'(?:s|d|ll|re|ve|m)$", "", low)
    plural = bare[:-1] if bare.endswith("s") and len(bare) > 3 else bare
    words = common_words()
    return low in words or bare in words or plural in words or bare in NOT_NAMES or low in NOT_NAMES
