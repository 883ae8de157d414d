"""Which parser reads which kind of file; run as a program, one file in a process of its own.

As a program it is given the kind, reads the file from its input, and writes `+` and what is to be
kept, or `-` and the sentence that says why not. It limits itself before it reads the first byte.
"""

import resource
import sys

from mash_triage.attachments.kinds import Kind
from mash_triage.errors import NotReady

MEMORY = 2 * 1024**3  # bytes of address space; a picture of 50 million points needs 0.6
SECONDS = 20  # of computing

KEPT, REFUSED = b"+", b"-"
NOT_READ = "This file is damaged, or is not what its name says. Save it anew as a PDF or a JPEG."


def clean(content: bytes, kind: Kind) -> bytes:
    """What is kept of a file of this kind. Raises NotReady, in a sentence, and nothing else."""
    try:
        return _read_as(kind, content)
    except NotReady:
        raise
    except Exception:  # whatever a parser says of a hostile file, it is one that nobody can read
        raise NotReady(NOT_READ) from None


def _read_as(kind: Kind, content: bytes) -> bytes:
    """Each parser is loaded only where it is needed."""
    match kind:
        case Kind.PDF:
            from mash_triage.attachments.paper import clean_pdf

            return clean_pdf(content)
        case Kind.DOCX | Kind.XLSX:
            from mash_triage.attachments.office import clean_office

            return clean_office(content, kind)
        case Kind.JPEG | Kind.PNG:
            from mash_triage.attachments.photos import clean_photo

            return clean_photo(content, kind)
        case Kind.TEXT:
            from mash_triage.attachments.plain import clean_text

            return clean_text(content)


def main() -> None:
    """Read, judge, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = KEPT + clean(sys.stdin.buffer.read(), Kind(sys.argv[1]))
    except NotReady as refusal:
        answer = REFUSED + refusal.words.encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
