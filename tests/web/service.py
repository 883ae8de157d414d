"""The whole service as a process of its own, with the pages of these tests: `service.py PORT`."""

import sys
from pathlib import Path

from mash_triage.access.roles import Permission as P
from mash_triage.web import frame, navigation
from mash_triage.web.navigation import PageEntry

navigation.FOLDER = Path(__file__).parent / "pages"
navigation.PAGES = (
    PageEntry("note", "A note", (P.SUBMIT_CONTACT,)),
    PageEntry("secret", "Secret", (P.SUBMIT_CONTACT, P.SEE_FRONT_DOOR)),
    PageEntry("deep", "Deep", (P.SEE_FRONT_DOOR,)),
)
navigation.BEGIN_WITH = ("note", "deep")
frame.WATCH_EVERY = int(sys.argv[2]) if len(sys.argv) > 2 else 1

if __name__ == "__main__":
    from mash_triage.web.server import serve

    serve(port=int(sys.argv[1]))
