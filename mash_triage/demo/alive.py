"""What goes on beside the contacts: a newcomer finds a talk, a question that waits, a consultation,
files, an opinion, a disagreement and early help that came back, each on a page that would otherwise
be empty.

Little is written, none of it names anybody, and the town's first referrer has her part in as much
of it as she can.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from fpdf import FPDF
from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for, fetch_user
from mash_triage.access.roles import Permission, Presence, Role
from mash_triage.attachments.actions import attach_to_contact
from mash_triage.attachments.receiving import receive
from mash_triage.attachments.vault import Vault
from mash_triage.contacts.codes import Channel
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.status import Status
from mash_triage.decisions.models import Decision
from mash_triage.demo.first_referrer import first_referrer
from mash_triage.demo.handing_on import leave_some_open
from mash_triage.disagreements.actions import raise_disagreement, rate_experience
from mash_triage.enquiries.actions import ask_agency, reply
from mash_triage.enquiries.models import InformationRequest, RequestPart
from mash_triage.enquiries.queries import AgencyChoice, agencies_to_ask
from mash_triage.enquiries.questions import questions
from mash_triage.enquiries.rules import Answer, RequestFacts
from mash_triage.enquiries.stages import Finding
from mash_triage.enquiries.work import who_answers
from mash_triage.sharing.rules import Basis
from mash_triage.talk.actions import (
    ask_and_wait,
    mark_read,
    open_consultation,
    send_message,
)
from mash_triage.thresholds.routes import Outcome

ASKED = timedelta(minutes=95)  # before now, as all that follow
ANSWERED = timedelta(minutes=80)
CONSULTED = timedelta(minutes=50)
DISAGREED = timedelta(minutes=40)
WAITS = timedelta(minutes=20)
RATED = timedelta(minutes=30)
MOST_LOOKED_AT = 40

FROM_THE_DOOR = "Thank you for telling us. Has anybody at home been reached since you wrote to us?"
FROM_THE_REFERRER = "Yes, by telephone this morning. Our notes of this week say how it went."
QUESTION = "Who collects from school this week, and at what time?"
WORRY = (
    "A pupil in my class has become very quiet since the summer and stays behind after lessons. "
    "Nothing was said to me. How do I ask without doing harm, and is this already for you?"
)
OPINIONS = (
    (5, "A clear answer within the day."),
    (3, "The outcome is clear. I would have liked a call before it."),
)
WHY = "The advice was tried last term and nothing changed. Our attendance record shows it."
WANTED = "Early help with somebody who visits the family."
PURPOSE = "To decide how soon somebody must see the child, and what help fits."
KNOWN = "One call to the address in the last year, for noise. Children were seen and well."
NOTES = """Notes of the week

Monday: came late, had not had breakfast.
Wednesday: did not come; nobody answered the telephone.
Thursday: came in time, tired; asked to stay in the library at lunch.
"""
ATTENDANCE = """Attendance record, four weeks

Week 1: 5 of 5 days
Week 2: 4 of 5 days
Week 3: 3 of 5 days, late twice
Week 4: 3 of 5 days, late three times
"""


def come_alive(session: Session, files: Vault | None, *, at: datetime) -> None:
    """Everything that goes on, shortly before now; what the town has no contact for is left out.

    `files` is where attached files are put; without it there are none.
    """
    talked = _talk(session, at=at)
    if talked is not None and files is not None:
        _attach(session, files, talked, at=at)
    _question(session, talked, at=at)
    _consultation(session, at=at)
    _agencies_asked(session, at=at)
    _opinions(session, but=_disagreement(session, at=at), at=at)
    _handed_on(session, at=at)


# ---------------------------------------------------------------- the talk


def _talk(session: Session, *, at: datetime) -> Contact | None:
    """A worker writes, the referrer answers, and nobody has read the answer yet."""
    taken_up = ContactChild.taken_up_at < at - ASKED
    still_open = _children(session, taken_up, ContactChild.decided_at.is_(None))
    for child in still_open or _children(session, taken_up):
        worker, sender = _worker(session, child), _sender(session, child)
        if not worker.can(Permission.WRITE_TO_REFERRER):
            continue
        asked, answered = at - ASKED, at - ANSWERED
        contact = child.contact.id
        first = send_message(
            session, contact, FROM_THE_DOOR, token=_token(child, "asks"), by=worker, at=asked
        )
        mark_read(session, [first], by=sender, at=answered)
        send_message(
            session, contact, FROM_THE_REFERRER, token=_token(child, "says"), by=sender, at=answered
        )
        return child.contact
    return None


def _attach(session: Session, files: Vault, contact: Contact, *, at: datetime) -> None:
    """The two files of which the referrer speaks."""
    sender = actor_for(fetch_user(session, contact.submitted_by))
    answered = at - ANSWERED
    for name, content in (
        ("Notes of the week.txt", NOTES.encode()),
        ("Attendance.pdf", _page(ATTENDANCE)),
    ):
        kept = receive(files, None, name, content, at=answered)
        attach_to_contact(session, contact.id, kept, by=sender, at=answered)


def _question(session: Session, talked: Contact | None, *, at: datetime) -> None:
    """Another worker waits for an answer."""
    is_screened = (
        ContactChild.status == Status.SCREENING,
        ContactChild.taken_up_at < at - WAITS,
    )
    for child in _children(session, *is_screened):
        worker = _worker(session, child)
        if child.contact is not talked and worker.can(Permission.WRITE_TO_REFERRER):
            token = _token(child, "waits")
            ask_and_wait(session, child.id, QUESTION, token=token, by=worker, at=at - WAITS)
            return


def _consultation(session: Session, *, at: datetime) -> None:
    """A referrer talks something through, and waits for advice."""
    referrers = select(UserAccount).where(UserAccount.role == Role.REFERRER)
    who = session.scalars(referrers.order_by(_first_referrer_first(), UserAccount.name)).first()
    if who is not None:
        token = uuid5(who.id, "talks something through")
        open_consultation(session, WORRY, token=token, by=actor_for(who), at=at - CONSULTED)


def _agencies_asked(session: Session, *, at: datetime) -> None:
    """Two agencies were asked about a child: one has answered, one is waited for."""
    is_rated = (ContactChild.rag_at < at - ASKED, ContactChild.decided_at.is_(None))
    for child in _children(session, *is_rated, ContactChild.taken_up_by.is_not(None)):
        worker = _worker(session, child)
        if not worker.can(Permission.SCREEN_CONTACT):
            continue
        known = agencies_to_ask(session, by=worker)
        asked = [each for each in known if each.presence is Presence.ON_SITE][:2]
        rows = [
            ask_agency(session, child.id, _facts(each), by=worker, at=at - ASKED) for each in asked
        ]
        for row in rows[:1]:
            _answer(session, row, at=at - ANSWERED)
        return


def _facts(agency: AgencyChoice) -> RequestFacts:
    codes = tuple(questions().for_kind(agency.kind).questions)[:2]
    basis = Basis(
        "public_task",
        "substantial_public_interest",
        "ca2004_s16la",
        "public_interest",
        "Only what bears on this worry, and only of this child.",
    )
    return RequestFacts(agency.id, codes, PURPOSE, basis, why_not_asked="undue_delay")


def _answer(session: Session, row: InformationRequest, *, at: datetime) -> None:
    """Somebody of the agency answers: something to the first question, nothing to the others."""
    who = actor_for(fetch_user(session, who_answers(session, row.agency_id)[0]))
    of_row = select(RequestPart.id).where(RequestPart.request_id == row.id)
    parts = session.scalars(of_row.order_by(RequestPart.position)).all()
    answers = [Answer(part, Finding.NOTHING_KNOWN) for part in parts]
    answers[0] = Answer(parts[0], Finding.INFORMATION, KNOWN)
    reply(session, row.id, answers, by=who, at=at)


# ---------------------------------------------------------------- after the decision


def _opinions(session: Session, *, but: UUID | None, at: datetime) -> None:
    """It is said of two contacts how they went; not of the one that is disagreed with."""
    opinions = list(OPINIONS)
    contacts = {but}
    for child in _children(session, ContactChild.decided_at < at - RATED):
        sender = _sender(session, child)
        if not opinions:
            return
        if child.contact_id not in contacts and sender.can(Permission.GIVE_FEEDBACK):
            contacts.add(child.contact_id)
            score, words = opinions.pop(0)
            reference = child.contact.reference
            rate_experience(session, reference, score, words, by=sender, at=at - RATED)


def _disagreement(session: Session, *, at: datetime) -> UUID | None:
    """A referrer disagrees with advice, and waits for the front door's answer; on which contact."""
    advised = select(Decision.contact_child_id).where(
        Decision.outcome.in_((Outcome.ADVICE, Outcome.UNIVERSAL_SIGNPOST))
    )
    is_advised = (ContactChild.decided_at < at - DISAGREED, ContactChild.id.in_(advised))
    for child in _children(session, *is_advised):
        sender = _sender(session, child)
        if sender.can(Permission.GIVE_FEEDBACK):
            raise_disagreement(session, child.id, WHY, WANTED, by=sender, at=at - DISAGREED)
            return child.contact_id
    return None


def _handed_on(session: Session, *, at: datetime) -> None:
    """A manager sends two children's early help on; one comes back."""
    managers = select(UserAccount).where(UserAccount.role == Role.MANAGER)
    who = session.scalars(managers.order_by(UserAccount.name)).first()
    if who is not None:
        leave_some_open(session, by=actor_for(who), at=at - WAITS)


# ---------------------------------------------------------------- who and what


def _children(session: Session, *conditions: ColumnElement[bool]) -> list[ContactChild]:
    """Children on contacts that professionals sent themselves: the first referrer's before others,
    the newest before older ones.
    """
    return list(
        session.scalars(
            select(ContactChild)
            .join(Contact)
            .join(UserAccount, UserAccount.id == Contact.submitted_by)
            .where(Contact.channel == Channel.PORTAL, *conditions)
            .order_by(_first_referrer_first(), Contact.received_at.desc())
            .order_by(Contact.id, ContactChild.position)
            .limit(MOST_LOOKED_AT)
        )
    )


def _first_referrer_first() -> ColumnElement[int]:
    """The order in which whoever is offered first as a referrer comes before all others."""
    return case((UserAccount.email == first_referrer().email, 0), else_=1)


def _sender(session: Session, child: ContactChild) -> Actor:
    return actor_for(fetch_user(session, child.contact.submitted_by))


def _worker(session: Session, child: ContactChild) -> Actor:
    assert child.taken_up_by is not None  # each was asked for with the moment of it
    return actor_for(fetch_user(session, child.taken_up_by))


def _token(child: ContactChild, what: str) -> UUID:
    return uuid5(child.id, what)


def _page(words: str) -> bytes:
    """A page with these words, as a PDF."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.multi_cell(0, 7, words)
    return bytes(paper.output())
