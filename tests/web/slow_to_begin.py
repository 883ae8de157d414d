"""The shipped service on a machine that stands still for a moment just where a page begins to be
drawn: until the same window is touched again, or five seconds have passed. It is given the port,
and a file: while that is there, the next drawing takes it away and waits.
"""

import sys
from pathlib import Path
from threading import Event

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState

touched = Event()
ask, begin = ScriptRequests.request_rerun, SafeSessionState.on_script_will_rerun


def ask_and_say(self, *arguments, **more):
    answer = ask(self, *arguments, **more)
    touched.set()
    return answer


def begin_and_wait(self, *arguments, **more):
    begin(self, *arguments, **more)
    waits = Path(sys.argv[2])
    if waits.exists():
        touched.clear()
        waits.unlink()
        touched.wait(5)


ScriptRequests.request_rerun = ask_and_say
SafeSessionState.on_script_will_rerun = begin_and_wait

if __name__ == "__main__":
    from mash_triage.web.server import serve

    serve(port=int(sys.argv[1]))
