"""PDF: read whole by qpdf (pikepdf), and refused if it would do anything but show pages."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

import pikepdf

from mash_triage.errors import NotReady

MOST_PAGES = 2_000
MOST_OBJECTS = 300_000

NOT_PDF = "This file is not a PDF, whatever its name says. Print it to a PDF and attach that."
DAMAGED = "This PDF is damaged or cut off. Open it, print it to a new PDF, and attach the new one."
PASSWORD = (
    "This PDF needs a password, so nobody could read it. Save it without one and attach that."  # noqa: S105
)
TOO_LARGE = f"This PDF has more than {MOST_PAGES} pages. Attach the part that matters."
_PRINT = "Print it to a new PDF and attach that."
SCRIPT = f"This PDF holds a script. {_PRINT}"
OPENS = f"This PDF would open another program or file. {_PRINT}"
INSIDE = f"This PDF holds other files. {_PRINT}"
FORM = f"This PDF is a form that runs by itself. {_PRINT}"

_KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/EmbeddedFiles": INSIDE,
    "/EF": INSIDE,
    "/RichMediaContent": INSIDE,
    "/XFA": FORM,
}
_ACTIONS = {
    "/JavaScript": SCRIPT,
    **dict.fromkeys(("/Launch", "/GoToR", "/GoToE", "/ImportData", "/SubmitForm"), OPENS),
    **dict.fromkeys(("/Rendition", "/Movie", "/Sound", "/RichMediaExecute"), OPENS),
}
_ANNOTATIONS = dict.fromkeys(("/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D"), INSIDE)
"""ISO 32000-2: actions (12.6.4), annotations (12.5.6), embedded files (7.11.4), XFA (12.7.8)."""


def clean_pdf(content: bytes) -> bytes:
    """The same PDF, read and found harmless. Raises NotReady."""
    ends_well = content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF")
    if not content.startswith(b"%PDF-"):
        raise NotReady(NOT_PDF)
    if not ends_well or is_zipfile(BytesIO(content)):
        raise NotReady(DAMAGED)
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            if len(pdf.pages) > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
                raise NotReady(TOO_LARGE)
            if not len(pdf.pages):
                raise NotReady(DAMAGED)
            for each in _dictionaries(pdf):
                _check(each)
    except pikepdf.PasswordError:
        raise NotReady(PASSWORD) from None
    return content


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary in the file, those inside others and inside lists too."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    while waiting:
        each = waiting.pop()
        if isinstance(each, kinds):
            yield each
            inside = list(
                each.stream_dict.values() if isinstance(each, pikepdf.Stream) else each.values()
            )
        elif isinstance(each, pikepdf.Array):
            inside = list(each)
        else:
            continue
        waiting += [
            one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect
        ]


def _check(each: Any) -> None:
    for key in _KEYS.keys() & each.keys():
        raise NotReady(_KEYS[key])
    for key, refused in (("/S", _ACTIONS), ("/Subtype", _ANNOTATIONS)):
        value = each.get(key)
        if isinstance(value, pikepdf.Name) and str(value) in refused:
            raise NotReady(refused[str(value)])
