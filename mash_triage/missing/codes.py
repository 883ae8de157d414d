"""The coded answers about a missing episode, in words."""

ANSWERS = {"yes": "Yes", "no": "No", "not_known": "Not known"}
RISK = {"low": "Low", "medium": "Medium", "high": "High"}
RETURNED_HOW = {
    "by_themselves": "Came back alone",
    "by_family": "Found or brought back by family or friends",
    "by_carers": "Found or brought back by carers",
    "by_police": "Found by the police",
    "by_others": "Found by somebody else",
}
ANSWER = {
    "accepted": "Accepted",
    "declined": "Declined",
    "not_able": "Could not be offered or held",
}
RELATION = {
    "own_worker": "The child's own worker",
    "team": "Of the team that has the child's case",
    "placement": "Of the home or the carers where the child lives",
    "police": "Police",
    "youth_service": "Youth service, not involved with the child",
    "voluntary": "Voluntary organisation, not involved with the child",
    "advocate": "Independent advocate or visitor",
}
INDEPENDENT = frozenset({"youth_service", "voluntary", "advocate"})
"""Whoever is not involved in caring for the child, and has not charge of the case (guidance of
2014: the interview is held by somebody independent)."""

PUSH = {
    "conflict_at_home": "Conflict at home",
    "abuse_or_neglect": "Abuse or neglect",
    "violence_at_home": "Violence between adults at home",
    "drink_or_drugs_at_home": "Drink or drugs of somebody at home",
    "unhappy_in_placement": "Unhappy where they are placed",
    "moved_too_often": "Moved too often, or far away",
    "bullying": "Bullying",
    "trouble_at_school": "Trouble at school, or out of school",
    "mental_health": "Low mood, fear or distress",
    "not_heard": "Does not feel heard",
}
PULL = {
    "family_or_friends": "Being with family or friends",
    "partner": "Boyfriend or girlfriend",
    "older_people": "Older people who are a worry",
    "gang_or_county_lines": "A gang, or carrying drugs",
    "sexual_exploitation": "Sexual exploitation",
    "drink_or_drugs": "Drink or drugs",
    "online": "Somebody met online",
    "money_or_gifts": "Money, gifts or a place to stay",
    "excitement": "Freedom or excitement",
}

SAFE_AND_WELL = "A police safe and well check is not a return home interview."
