"""The pages there are, who may open each, and where each role begins."""

from collections.abc import Callable
from dataclasses import dataclass

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission as P
from mash_triage.settings import ROOT, settings

FOLDER = ROOT / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One file of `pages/`: its address, its title, who may open it, and is it in the header.

    `headed_by` are those who have it in the header, where these are not all who may open it.
    """

    path: str
    title: str
    needs: tuple[P, ...]
    visible: bool = True
    headed_by: tuple[P, ...] = ()
    offered: Callable[[], bool] = lambda: True

    @property
    def file(self) -> str:
        """The page's script."""
        return str(FOLDER / f"{self.path}.py")

    def is_for(self, by: Actor) -> bool:
        """May this person open it? The page itself asks again."""
        return any(by.can(permission) for permission in self.needs)

    def is_headed_for(self, by: Actor) -> bool:
        """Is it in this person's header?"""
        heads = self.headed_by or self.needs
        return (
            self.visible
            and self.offered()
            and self.is_for(by)
            and any(by.can(each) for each in heads)
        )


PAGES: tuple[PageEntry, ...] = (
    PageEntry("board", "Live board", (P.SEE_FRONT_DOOR,)),
    PageEntry("in_hand", "Work in hand", (P.SEE_FRONT_DOOR,)),
    PageEntry("decisions", "Decisions", (P.SEE_DECISION_QUEUE,)),
    PageEntry("submit_contact", "Tell us about a child", (P.SUBMIT_CONTACT, P.ENTER_FOR_OTHERS)),
    PageEntry(
        "chat", "Tell us in a chat", (P.SUBMIT_CONTACT,), offered=lambda: settings().guided_chat
    ),
    PageEntry("my_contacts", "My contacts", (P.SEE_OWN_CONTACTS, P.SEE_AGENCY_CONTACTS)),
    PageEntry(
        "disagreements",
        "Disagreements",
        (P.SEE_FRONT_DOOR, P.GIVE_FEEDBACK),
        headed_by=(P.SEE_AGENCY_CONTACTS,),
    ),
    PageEntry("requests", "Requests", (P.ANSWER_REQUESTS, P.SCREEN_CONTACT)),
    PageEntry("agency", "My agency", (P.SEE_AGENCY_CONTACTS,)),
    PageEntry("talk_it_through", "Talk it through", (P.CONSULT,)),
    PageEntry("duplicates", "Duplicates", (P.LINK_RECORDS,)),
    PageEntry("levels", "Levels of need", (P.SEE_FRONT_DOOR, P.KEEP_LEVELS_OF_NEED)),
    PageEntry("measures", "Measures", (P.SEE_MEASURES,)),
    PageEntry(
        "departures",
        "Departures",
        (P.SEE_MEASURES,),
        headed_by=(P.KEEP_LEVELS_OF_NEED,),
    ),
    PageEntry(
        "backtest",
        "Try on past contacts",
        (P.KEEP_LEVELS_OF_NEED, P.SEE_DECISION_QUEUE),
        headed_by=(P.KEEP_LEVELS_OF_NEED,),
    ),
    PageEntry("matching_model", "Matching model", (P.KEEP_MATCHING_MODEL,)),
    PageEntry("teams", "Teams", (P.KEEP_TEAMS,)),
    PageEntry("accounts", "Accounts", (P.MANAGE_ACCOUNTS,)),
    PageEntry("promises", "Promises", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("after_decision", "After the decision", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("handed_on", "Handed on", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("missing", "Missing children", (P.SEE_FRONT_DOOR, P.SEE_MEASURES), visible=False),
    PageEntry("hours", "Where the time went", (P.SEE_MEASURES,), visible=False),
    PageEntry("messages", "Messages", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("receipt", "Receipt", (P.SUBMIT_CONTACT, P.ENTER_FOR_OTHERS), visible=False),
    PageEntry(
        "add_to_contact",
        "Change or add to a contact",
        (P.SUBMIT_CONTACT, P.ENTER_FOR_OTHERS),
        visible=False,
    ),
    PageEntry("child", "Child on a contact", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("strategy", "Strategy discussions", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("sharing", "Sharing ledger", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("together", "Children on one contact", (P.SEE_FRONT_DOOR,), visible=False),
    PageEntry("decide", "Decide", (P.SEE_DECISION_QUEUE, P.DECIDE_AT_NIGHT), visible=False),
    PageEntry("chronology", "Chronology", (P.SEE_FRONT_DOOR,), visible=False),
)
"""In the order of the header. The first page that a role may open is where it begins, except those
who send contacts: they begin with their own."""

BEGIN_WITH = ("my_contacts", *(entry.path for entry in PAGES if entry.visible))


def first_page(by: Actor) -> PageEntry | None:
    """Where this person begins after signing in, or None when her role has no page."""
    allowed = {entry.path: entry for entry in present() if entry.is_for(by)}
    return next((allowed[path] for path in BEGIN_WITH if path in allowed), None)


def present() -> tuple[PageEntry, ...]:
    """The entries whose script is there."""
    return tuple(entry for entry in PAGES if (FOLDER / f"{entry.path}.py").exists())
