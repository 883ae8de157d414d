"""What the document on levels of need tells in the same words, whichever partnership's it is."""

DANGER = "If a child is in danger now, call 999. Do not wait to read this."

LEVELS = (
    "A level says how much help a child and the family need now. It can change, both ways, and a "
    "child does not have to pass through one level to reach another."
)
INDICATORS = (
    "Indicators are examples of what people see and hear. They are no list to add up: one may be "
    "enough, and several may not be. Those that are triggers stand first.",
    "An indicator counts for something that is so now, or is credibly suspected, about a child or "
    "about an adult who cares for the child or often sees the child.",
)
RULES = (
    "These rules say where a conversation about a child begins. The highest level and route of "
    "the rules that hold is the suggestion that the people who decide are shown, with the rules "
    "it rests on. What is not known never lowers it.",
)
RULE_PARTS = {
    "floor": (
        "What no edition can change",
        "These stand by law, or are never argued about. Each alone leads to a strategy discussion.",
    ),
    "triggers": (
        "Triggers",
        "Each of these alone leads to a strategy discussion. Nothing cancels one.",
    ),
    "danger": ("When 999 may be needed", "These make a contact urgent and lead to no level alone."),
    "others": ("All other rules", "These lead to a level, or ask the people who decide to look."),
}
LOWERING = (
    "What keeps a child safe may lower what some rules lead to, by one step and never more. It "
    "never touches a trigger, and what is not known never lowers anything."
)
ROUTES = "What may follow from a contact, and what the person who made it is told."
TOLD = "The person who made contact is told one of these:"
WITHOUT_ROUTE = "Some contacts end elsewhere, at whatever level:"
STRENGTHS = (
    "What keeps a child safe is written down with what shows it. It informs the people who decide."
)
CLOCKS = (
    "Every contact is decided within 24 hours and within one working day. A rating says which are "
    "taken up first; it is not a level of need."
)
DECISIONS = (
    "A worker reads the contact, asks what is not known, and proposes a level and a route. A "
    "manager with a social-work qualification, who did not do the screening, decides and writes "
    "down why.",
    "The suggestion of the rules informs them and decides nothing. Agreement of the family is "
    "asked for where that is safe; refusing help never changes a level by itself.",
)
DEPARTURES = (
    "People may set another level or route than the rules suggest. Both are kept, with one of "
    "these reasons and a sentence. How busy anybody is, is never one."
)
OWNER = (
    "The safeguarding partners own it: the local authority, the police and health. An edition is "
    "never changed once it is in force; a change is a new edition, and each contact keeps the one "
    "under which it was judged."
)
