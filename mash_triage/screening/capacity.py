"""Words that name only how busy a team is: never a reason to set another level of need.

Capacity has no code among the reasons for departing from a suggestion; this keeps it out of the
free words as well, where nothing else is said. A sentence that says anything about the child, or
about a parent ("she lacks mental capacity"), passes.
"""

_CAPACITY = """
    capacity full allocate allocated allocation allocations unallocated slot slots waiting wait
    backlog busy busier stretched overstretched overloaded oversubscribed understaffed staffing
    staff shortage caseload caseloads workload workloads resource resources resourcing budget
    budgets funding vacancy vacancies queue queues sickness
"""
"""One of these is in every sentence about capacity."""

_NO_MORE = """
    a about above absence accept additional after again all allow also an and another any anyone
    anything are as assess assessment assessments at available availability away be because been
    before being booked both by can cannot cant case cases centre childrens closed
    constraint constraints could currently day days demand demands do does doesnt don dont down due
    duty early enough even few for free from front going got had has have having hear help
    here high hub i if in insufficient into is isnt issue issues it its just lack lacking lacks
    large last leave left less level levels limit limited limits list lists little locality long
    low lot lots many mash may meet moment month months more most much must need needed new next no
    nobody none nor not nothing now number numbers of off offer on one only open or other our out
    over people place places point present pressure pressures problem problems provide reached
    reason reasons right room rota s service services short shortfall should since so social some
    somebody space spaces still support t take taken taking team teams than that the their them
    then there theres these they thing things this threshold thresholds through time times to today
    tomorrow too two three until till up us used very volume was way we week weeks well were what
    when which while who will with without wont work worker workers working would year years yet
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday christmas easter summer
"""
"""What may stand beside them without saying anything of the child."""


NAMES_CAPACITY = frozenset(_CAPACITY.split())
SAYS_NO_MORE = frozenset(_NO_MORE.split())
OFFERS = ("family help", "family hub", "family support")
"""Names of services that have a word of the child's world in them."""


def names_only_capacity(words: str) -> bool:
    """Do these words speak of capacity, and of nothing else?"""
    said = set(_letters(words).split())
    return bool(said & NAMES_CAPACITY) and said <= NAMES_CAPACITY | SAYS_NO_MORE


def _letters(words: str) -> str:
    """The words in small letters, with only letters kept: no signs, no numbers, no apostrophes."""
    bare = words.lower().replace("'", "").replace("’", "")
    plain = " ".join("".join(sign if sign.isalpha() else " " for sign in bare).split())
    for offer in OFFERS:
        plain = plain.replace(offer, "help")
    return plain
