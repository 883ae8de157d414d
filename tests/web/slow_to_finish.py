"""The shipped service on a machine that stands still for a moment just where a run of a page ends:
until another run of the same window has begun, or a second has passed. It is given the port, and a
file that gets a line each time.
"""

import sys
from pathlib import Path
from threading import Event

from streamlit.runtime.state.safe_session_state import SafeSessionState

begun = Event()
begin, finish = SafeSessionState.on_script_will_rerun, SafeSessionState.on_script_finished


def begin_and_say(self, *arguments, **more):
    begin(self, *arguments, **more)
    begun.set()


def finish_late(self, *arguments, **more):
    begun.clear()
    with Path(sys.argv[2]).open("a") as lines:
        lines.write("a run is about to end\n")
    begun.wait(1)
    finish(self, *arguments, **more)


SafeSessionState.on_script_will_rerun = begin_and_say
SafeSessionState.on_script_finished = finish_late

if __name__ == "__main__":
    from mash_triage.web.server import serve

    serve(port=int(sys.argv[1]))
