"""Good files of every kind, and bad ones, all made here by libraries."""

import struct
import zlib
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from fpdf import FPDF
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from mash_triage.attachments.kinds import Kind

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test string of the European Institute for Computer Antivirus Research; harmless."""

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = {
    Kind.DOCX: ("word/document.xml", "wordprocessingml.document.main+xml"),
    Kind.XLSX: ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}


@cache
def pdf(pages: int = 1) -> bytes:
    """A letter."""
    letter = FPDF()
    for number in range(pages):
        letter.add_page()
        letter.set_font("helvetica", size=12)
        letter.cell(text=f"Attendance of Mia Thornbury, page {number + 1}")
    return bytes(letter.output())


def changed_pdf(change) -> bytes:
    """A letter to whose inside something was done."""
    with pikepdf.open(BytesIO(pdf())) as letter:
        change(letter)
        written = BytesIO()
        letter.save(written)
    return written.getvalue()


def locked_pdf() -> bytes:
    """A letter that opens only with a password."""
    written = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as letter:
        letter.save(written, encryption=pikepdf.Encryption(owner="o", user="u"))
    return written.getvalue()


def office(kind: Kind = Kind.DOCX, relation: str = "", more=(), main: str | None = None) -> bytes:
    """A document with one more relation, or more parts (name, content)."""
    name, content_type = _MAIN[kind]
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as document:
        document.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Override PartName="/{name}" ContentType="application/'
            f'vnd.openxmlformats-officedocument.{main or content_type}"/></Types>',
        )
        document.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="{name}"/>{relation}</Relationships>',
        )
        document.writestr(name, "<w><p>Mia came without lunch on three days.</p></w>")
        for part, content in more:
            document.writestr(part, content)
    return written.getvalue()


def relation(kind: str, *, outside: bool = False) -> str:
    """One relation of a document, perhaps to somewhere else."""
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r2" Type="{_OFFICE}/{kind}" Target="http://x.invalid/"{mode}/>'


@cache
def photo(kind: Kind = Kind.JPEG, size: tuple[int, int] = (96, 64)) -> bytes:
    """A photograph that says where, when and by what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Telephone of the teacher", 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(51), IFDRational(30), IFDRational(26))
    written = BytesIO()
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    told = {"comment": b"12 Mill Lane"} if kind is Kind.JPEG else {}
    image.save(written, "JPEG" if kind is Kind.JPEG else "PNG", exif=exif, **told)
    return written.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def text() -> bytes:
    """A note."""
    return "Mia: “there is nothing in the cupboard on Thursdays.”\r\n".encode()


GOOD = {
    Kind.PDF: pdf,
    Kind.DOCX: lambda: office(Kind.DOCX),
    Kind.XLSX: lambda: office(Kind.XLSX),
    Kind.JPEG: lambda: photo(Kind.JPEG),
    Kind.PNG: lambda: photo(Kind.PNG),
    Kind.TEXT: text,
}
