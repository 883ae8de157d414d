"""What each thing understood is called on the card."""

from datetime import date

from mash_triage.chat.state import Fact

LABELS = {
    "in_danger": "In danger now", "given_names": "Given names", "family_name": "Family name",
    "aliases": "Also known as", "name": "Name", "dob": "Birth date", "age_years": "Age",
    "age_months": "Age in months", "expected": "Expected date", "weeks": "Weeks of pregnancy",
    "sex": "Sex", "gender_identity": "Gender identity", "religion": "Religion",
    "nationality": "Nationality", "upn": "Pupil number", "nhs": "NHS number",
    "language": "Language", "interpreter": "Interpreter needed", "communication": "Communication",
    "disability": "Disability", "mobile": "Moves about alone", "sen": "Special needs",
    "school": "School or nursery", "year_group": "Year", "attendance": "Attendance, per cent",
    "gp": "GP", "legal_status": "Legal status", "cp_plan": "Plan", "worker": "Allocated worker",
    "where_now": "Where now", "with_now": "With", "next": "Next contact", "address_line": "Address",
    "postcode": "Postcode", "since": "There since", "previous": "Lived before at",
    "said": "Said", "said_to": "Said to", "said_when": "Said on", "observed": "Seen",
    "relation": "Is", "lives": "Lives with the child", "pr": "Parental responsibility",
    "phone": "Phone", "work": "Work", "people_needs": "Needs", "whereabouts": "Where",
    "harm": "Worry about them", "told": "Knows of this contact", "agreement": "Agreement",
    "view": "In their words", "worry": "What you told us", "since_worry": "Since",
    "first_hand": "How it is known", "told_by": "Told by", "working_well": "Working well",
    "needs": "What is hoped for", "scale": "How safe, 0 to 10", "level": "Level you think",
    "event": "Event", "injuries": "Injuries", "medical": "Medical", "steps": "Done so far",
    "reference": "Reference", "help_so_far": "Help so far", "staff_risk": "For visitors to know",
    "restricted_text": "Not to be shared", "restricted_from": "Keep from",
    "lead_informed": "Safeguarding lead knows", "not_told_reason": "Why not told",
    "parents_view": "The parents' view", "child_view": "The child's wishes",
    "referrer.name": "Name", "referrer.job_title": "Job", "referrer.organisation": "Organisation",
    "referrer.team": "Team", "referrer.telephone": "Phone", "referrer.email": "E-mail",
    "referrer.relationship": "You are the child's", "referrer.last_seen": "Last saw the child",
    "referrer.anonymous": "Wishes to stay anonymous", "referrer.why_anonymous": "Why anonymous",
}  # fmt: skip
CODES = {
    "saw_or_heard": "Saw or heard it", "told_by_child": "The child told", "mixed": "Both",
    "told_by_other": "Somebody told", "M": "Male", "F": "Female", "U": "Not known",
    "yes": "Yes", "no": "No", "not_known": "Not known", "given": "Agrees",
    "refused": "Does not agree",
}  # fmt: skip


def value_words(fact: Fact) -> str:
    """A value as a person reads it."""
    value = fact.value[1] if isinstance(fact.value, list) else fact.value
    if fact.what in {"dob", "expected", "said_when", "referrer.last_seen"}:
        try:
            day = date.fromisoformat(str(value))
            return f"{day.day} {day:%B %Y}"
        except ValueError:
            return str(value)
    return CODES.get(str(value), str(value))
