"""Word and Excel documents: a zip of XML. Its list is judged before anything in it is unpacked.

Refused are bombs (too many parts, too large, packed too tightly, overlapping), macros, embedded
files and controls, and everything that would be fetched from elsewhere when it is opened; a link
that somebody must press herself may stay.
"""

from io import BytesIO
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile, ZipInfo

from mash_triage.attachments.kinds import Kind
from mash_triage.errors import NotReady

MOST_PARTS = 1_000
MOST_UNPACKED = 100 * 1024 * 1024  # bytes
MOST_PACKED = 100  # times smaller
SMALL = 64 * 1024  # bytes; a part of blanks packs tightly and harms nobody
PIECE = 1024 * 1024  # bytes

_AS_PDF = "Save it as a PDF and attach that."
DAMAGED = f"This document is damaged, or is not what its name says. {_AS_PDF}"
BOMB = f"This document is packed in a way that documents are not. {_AS_PDF}"
MACRO = f"This document holds a macro. {_AS_PDF}"
INSIDE = f"This document holds other files. {_AS_PDF}"
FETCHES = f"This document would fetch something from elsewhere when it is opened. {_AS_PDF}"

_MAIN = {
    Kind.DOCX: ("word/document.xml", "wordprocessingml.document.main+xml"),
    Kind.XLSX: ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
_PARTS = {
    "vbaproject": MACRO,
    "vbadata": MACRO,
    "macrosheets": MACRO,
    "activex": INSIDE,
    "embeddings": INSIDE,
    "externallinks": FETCHES,
}
"""Words in the names of parts."""

_RELATIONS = {
    **dict.fromkeys(("vbaProject", "xlMacrosheet", "wordVbaData"), MACRO),
    **dict.fromkeys(("oleObject", "package", "control", "aFChunk", "activeXControlBinary"), INSIDE),
    **dict.fromkeys(("attachedTemplate", "frame", "subDocument", "externalLink"), FETCHES),
}
"""ECMA-376 part 1: kinds of relation between parts, by the last word of their type."""

_HARMLESS_OUTSIDE = "hyperlink"
_ENCIPHERED = 0x1


def clean_office(content: bytes, kind: Kind) -> bytes:
    """The same document, read whole and found harmless. Raises NotReady."""
    if not content.startswith(b"PK\x03\x04"):
        raise NotReady(DAMAGED)
    with ZipFile(BytesIO(content)) as document:
        parts = document.infolist()
        _check_list(parts, kind)
        for part in parts:
            _check_part(document, part, kind)
    return content


def _check_list(parts: list[ZipInfo], kind: Kind) -> None:
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    tight = any(p.file_size > SMALL + MOST_PACKED * p.compress_size for p in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or tight:
        raise NotReady(BOMB)
    for part in parts:
        place = PurePosixPath(part.filename)
        leads_out = place.is_absolute() or ".." in place.parts or "\\" in part.filename
        if leads_out or part.flag_bits & _ENCIPHERED:
            raise NotReady(BOMB)
        for word, refusal in _PARTS.items():
            if word in part.filename.lower():
                raise NotReady(refusal)
    if len({name.lower() for name in names}) < len(names) or _MAIN[kind][0] not in names:
        raise NotReady(DAMAGED)


def _check_part(document: ZipFile, part: ZipInfo, kind: Kind) -> None:
    """Unpack a part, which proves its checksum, and read it if it is XML."""
    name = part.filename.lower()
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    reader = _Reader(name, kind)
    with document.open(part) as opened:
        while piece := opened.read(PIECE):
            if is_xml:
                reader.read(piece)
    if is_xml:
        reader.end()


class _Reader:
    """Reads one part: well made, without a document type (where entities come from), and with no
    relation that is refused.
    """

    def __init__(self, name: str, kind: Kind) -> None:
        self._parser = ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._has_doctype
        self._has_main = name != "[content_types].xml"
        self._main = _MAIN[kind][1]
        if name.endswith(".rels"):
            self._parser.StartElementHandler = self._relation
        elif not self._has_main:
            self._parser.StartElementHandler = self._type

    def read(self, piece: bytes) -> None:
        self._parse(piece, last=False)

    def end(self) -> None:
        self._parse(b"", last=True)
        if not self._has_main:
            raise NotReady(DAMAGED)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except ExpatError:
            raise NotReady(DAMAGED) from None

    def _has_doctype(self, *_told: object) -> None:
        raise NotReady(BOMB)

    def _relation(self, _name: str, told: dict[str, str]) -> None:
        kind = told.get("Type", "").rsplit("/", 1)[-1]
        if kind in _RELATIONS:
            raise NotReady(_RELATIONS[kind])
        if told.get("TargetMode") == "External" and kind != _HARMLESS_OUTSIDE:
            raise NotReady(FETCHES)

    def _type(self, _name: str, told: dict[str, str]) -> None:
        content = told.get("ContentType", "")
        if "macroEnabled" in content:
            raise NotReady(MACRO)
        self._has_main = self._has_main or content.endswith(self._main)
