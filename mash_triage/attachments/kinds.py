"""The kinds of file that may be attached, and what to do instead with those that may not.

An allow-list by purpose: letters and reports (PDF, DOCX, TXT), tables such as attendance (XLSX),
photographs and pictures of a screen (JPEG, PNG). Each has a parser that must read it whole, so
that its name never decides what it is.
"""

from enum import StrEnum
from pathlib import PurePosixPath

from mash_triage.errors import NotReady

MOST_BYTES = 25 * 1024 * 1024
"""The largest file. `.streamlit/config.toml` says the same for what browsers send."""

MOST_FILES = 20
"""The most files on one draft, or on one contact."""


class Kind(StrEnum):
    """A kind of file; the value is the ending that its name is given."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"
    TEXT = "txt"


ENDINGS: dict[str, Kind] = {**{kind.value: kind for kind in Kind}, "jpeg": Kind.JPEG}

KIND_WORDS: dict[Kind, str] = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word document",
    Kind.XLSX: "Excel table",
    Kind.JPEG: "Photograph",
    Kind.PNG: "Picture",
    Kind.TEXT: "Text",
}

MEDIA_TYPES: dict[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TEXT: "text/plain; charset=utf-8",
}

ALLOWED_WORDS = "PDF, Word (DOCX), Excel (XLSX), JPEG, PNG and text (TXT)"

_AS_PDF = "Save or print it as a PDF and attach that."
_AS_JPEG = "Save it as a JPEG and attach that."
_INSTEAD: dict[str, str] = {
    **dict.fromkeys(("doc", "docm", "dot", "dotm", "odt", "rtf", "pages"), _AS_PDF),
    **dict.fromkeys(("xls", "xlsm", "xlsb", "ods", "csv", "numbers"), _AS_PDF),
    **dict.fromkeys(("ppt", "pptx", "pptm", "odp", "html", "htm", "xps"), _AS_PDF),
    **dict.fromkeys(("eml", "msg", "mht"), "Print the e-mail as a PDF and attach that."),
    **dict.fromkeys(("heic", "heif", "webp", "tif", "tiff", "bmp", "gif", "svg"), _AS_JPEG),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), "Attach the files in it one by one."),
}


def kind_of(name: str) -> Kind:
    """The kind that a file's name says. Raises NotReady, with what to do instead."""
    ending = PurePosixPath(name.strip()).suffix.removeprefix(".").lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    instead = _INSTEAD.get(ending, f"We take {ALLOWED_WORDS}.")
    raise NotReady(f"This kind of file cannot be attached. {instead}")
