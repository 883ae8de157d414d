"""A file from outside is read in a process of its own: a parser that crashes, runs on or swells
takes nothing of the service with it, and nothing of the service's secrets is near it.
"""

import os
import subprocess
import sys
from threading import BoundedSemaphore

from mash_triage.attachments.cleaning import KEPT, REFUSED
from mash_triage.attachments.kinds import Kind
from mash_triage.errors import NotReady

PATIENCE = 60  # seconds, waiting for a busy machine; computing is limited more narrowly
AT_ONCE = 2  # files; each may need half a gigabyte for a moment

TOO_HARD = (
    "This file could not be checked: it is too large or too tangled. Save it anew as a PDF or a "
    "JPEG, or attach a part of it."
)

_turn = BoundedSemaphore(AT_ONCE)


def cleaned_apart(content: bytes, kind: Kind) -> bytes:
    """What is kept of a file. Raises NotReady, in a sentence."""
    command = [sys.executable, "-P", "-m", "mash_triage.attachments.cleaning", kind.value]
    with _turn:
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                env=_bare(),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotReady(TOO_HARD) from None
    answer = done.stdout
    if done.returncode == 0 and answer.startswith(KEPT):
        return answer[len(KEPT) :]
    if done.returncode == 0 and answer.startswith(REFUSED):
        raise NotReady(answer[len(REFUSED) :].decode())
    raise NotReady(TOO_HARD)


def _bare() -> dict[str, str]:
    """Where Python finds its modules, and nothing else of what this process was told."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONNOUSERSITE": "1"}
