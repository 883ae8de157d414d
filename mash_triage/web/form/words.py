"""The form's words: the choices of each question, and what to do about a missing answer."""

import re

YES_NO = {"yes": "Yes", "no": "No", "not_known": "Not known"}
PROTECTION = {
    "none": "No",
    "police_protection": "Yes, police protection (section 46)",
    "emergency_protection_order": "Yes, an emergency protection order (section 44)",
    "not_known": "Not known",
}
AGE = {
    "born": "I know the birth date",
    "age": "I do not know the birth date",
    "unborn": "Not born yet",
}
HAD_HELP = {"yes": "Yes", "no": "None that I know of", "not_known": "Not known"}
HELP_BEFORE = {
    "early_help": "Early help",
    "child_in_need": "A child in need plan",
    "child_protection": "A child protection plan",
    "looked_after": "Looked after by a council",
}
SEX = {"F": "Female", "M": "Male", "U": "Not known"}
CHANNEL = {
    "telephone": "Telephone",
    "letter": "Letter",
    "email": "E-mail",
    "walk_in": "In person",
    "out_of_hours": "From the out-of-hours team",
}
KIND = {
    "professional": "Through their work",
    "family": "Family or friend of the family",
    "neighbour": "Neighbour or member of the public",
    "self": "The child or young person",
    "anonymous": "Wishes to stay anonymous",
}
AGREEMENT = {
    "given": "Agreed",
    "refused": "Did not agree",
    "not_asked": "Not asked",
    "not_able": "Could not be asked",
}
AGREED_TO = {
    "contact": "This contact being made",
    "sharing": "Sharing with agencies that can help",
    "early_help": "Early help",
    "assessment": "An assessment of the child's needs",
}
WHY_NOT = {
    "risk_to_child": "Asking would put the child at more risk",
    "risk_to_another": "Asking would put somebody else at risk",
    "evidence_or_crime": "Asking could harm evidence or a police enquiry",
    "undue_delay": "Asking would take too long",
    "cannot_contact": "They could not be reached",
    "lacks_capacity": "They are not able to decide",
    "alleged_abuser": "They are said to have caused the harm",
    "child_objects": "The child understands and objects",
    "statutory_duty": "The law requires us to share",
    "anonymous_source": "The source wishes to stay anonymous",
    "not_yet": "Not asked yet",
}
HOW_TOLD = {"in_person": "In person", "telephone": "By telephone", "in_writing": "In writing"}
NOT_ASKED_TOO = {**YES_NO, "not_asked": "Not asked"}
EDUCATION = {
    "at_school": "At school",
    "at_nursery": "At nursery or with a childminder",
    "at_college": "At college",
    "at_home": "Taught at home",
    "missing_education": "Missing education",
    "excluded": "Excluded",
    "not_of_age": "Not of school age",
}
DISABILITIES = {
    "MOB": "Moving about",
    "HAND": "Using the hands",
    "PC": "Washing, dressing and eating",
    "INC": "Continence",
    "COMM": "Speaking and being understood",
    "LD": "Learning",
    "HEAR": "Hearing",
    "VIS": "Seeing",
    "BEH": "Behaviour",
    "CON": "Losing consciousness, such as epilepsy",
    "AUT": "Autism",
    "DDA": "Another long-lasting condition",
}
"""Disability codes of the children in need census, in words."""
STAFF_RISK = {
    "violence": "Violence or threats",
    "weapons": "Weapons",
    "dogs": "Dogs or other animals",
    "substances": "Drugs or alcohol",
    "mental_health": "Somebody who may be very unwell",
    "hazards": "Dangers in the home, such as needles",
    "two_workers": "Go as two",
}
SIBLING = (
    *("Brother or sister", "Half-brother or half-sister", "Step-brother or step-sister"),
    *("Foster brother or sister", "Cousin", "Other relative", "Parent", "Child", "Friend"),
    *("Not related", "Not known"),
)
SAFE = {
    0: "0: not safe at all",
    **{n: str(n) for n in range(1, 10)},
    10: "10: safe enough, nothing more is needed",
}
FIRST_HAND = {
    "saw_or_heard": "I saw or heard it",
    "told_by_child": "The child told me",
    "told_by_other": "Somebody else told me",
    "mixed": "Partly seen, partly told",
}
NO_VOICE = {
    "too_young": "Too young to say",
    "not_seen": "I have not seen the child",
    "not_safe_to_ask": "It was not safe to ask",
    "did_not_wish": "The child did not wish to say",
    "could_not_communicate": "We could not understand each other yet",
    "unborn": "Not born yet",
}

ASKED: dict[str, str] = {
    "danger.in_danger_now": "Say whether anybody is in danger now",
    "referrer.name": "Enter a name",
    "children": "Say who the contact is about",
    "children[].age": "Say how old the child is, or that the child is not born yet",
    "children[].age.date_of_birth": "Enter the birth date, or say that you do not know it",
    "children[].age.age_years": "Enter an age in whole years, your best guess",
    "children[].sex": "Choose the child's sex, or not known",
    "children[].where_now": "Say where the child is now, or tick that you do not know",
    "household[].name": "Enter a name, or who it is: mother's partner, name not known",
    "household[].relationship": "Say how they are related to the children",
    "children[].home.previous[].address_line": "Say where that was, or leave the whole row empty",
    "children[].attendance": "Enter a number from 0 to 100",
    "children[].age.age_months": "Enter the age in whole months, up to 23",
    "children[].age.gestation_weeks": "Enter a number of weeks from 1 to 44",
    "household[].age_years": "Enter an age in whole years",
    "chronology[].what": "Say what happened, or leave the whole row empty",
    "kept_from[].words": "Say what must be kept apart, or leave the whole row empty",
    "handed_over.to": "Say which authority you told",
    "concern": "Say what you are worried about",
    "concern.main": "Choose the main worry",
    "concern.worry": "Say what you are worried about",
    "concern.working_well": "Say what works well, or tick that you do not know of anything",
    "concern.child_voice": "Give the child's own words, or say why you cannot",
    "received_at": "Say on which day and at what time this reached us",
}
"""What is asked for at each path when there is no answer yet."""

_NOT_KNOWN = (
    *("not known", "unknown", "don't know", "dont know", "do not know", "i don't know", "idk"),
    *("dunno", "nk", "n/k", "dk", "no idea", "not sure", "unsure"),
)
_DOES_NOT_APPLY = ("n/a", "na", "not applicable", "does not apply")
_NOT_ASKED = ("not asked", "didn't ask", "did not ask")
SAID_GAPS = {
    **dict.fromkeys(_NOT_KNOWN, "not_known"),
    **dict.fromkeys(_DOES_NOT_APPLY, "not_applicable"),
    **dict.fromkeys(_NOT_ASKED, "not_asked"),
}
"""What people write in a short field when they have no answer, and the gap that it means."""

_EMPTY = frozenset({"Answer this question", "Choose one of the answers", "Enter a date"})
_NUMBER = frozenset({"Enter a whole number"})
_ROW = re.compile(r"\[\d+\]")


def problem_words(path: str, words: str) -> str:
    """What to do about an answer, in the words of its own question where nothing was answered."""
    place = _ROW.sub("[]", path)
    asked = ASKED.get(place, words)
    if words in _EMPTY or (words in _NUMBER and place in ASKED):
        return asked
    return words
