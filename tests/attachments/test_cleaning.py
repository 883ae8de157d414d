"""What may be attached is read whole; what would do more than be read is refused in a sentence."""

import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
from PIL import Image

from mash_triage.attachments import office, paper, photos, plain
from mash_triage.attachments.apart import TOO_HARD, cleaned_apart
from mash_triage.attachments.cleaning import NOT_READ, clean
from mash_triage.attachments.kinds import ENDINGS, Kind, kind_of
from mash_triage.attachments.names import shown_name
from mash_triage.errors import NotReady
from tests.attachments import samples
from tests.attachments.samples import changed_pdf, relation

JS = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def sentence(content: bytes, kind: Kind) -> str:
    with pytest.raises(NotReady) as refusal:
        clean(content, kind)
    return refusal.value.words


@pytest.mark.parametrize("kind", Kind)
def test_a_good_file_of_every_kind_is_taken(kind):
    assert cleaned_apart(samples.GOOD[kind](), kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("other", Kind)
def test_a_file_is_what_it_is_whatever_its_name_says(kind, other):
    if kind is not other:
        assert sentence(samples.GOOD[other](), kind) or other is Kind.TEXT


# ---------------------------------------------------------------- PDF


def runs_when_opened(letter):
    letter.Root.OpenAction = JS


def runs_when_a_page_is_shown(letter):
    letter.pages[0].obj.AA = pikepdf.Dictionary(O=JS)


def starts_a_program(letter):
    letter.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe")


def holds_a_file(letter):
    letter.attachments["x.exe"] = b"MZ"


def pins_a_file_to_a_page(letter):
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment)
    letter.pages[0].obj.Annots = pikepdf.Array([note])


def is_a_form_by_itself(letter):
    letter.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("x"), Fields=pikepdf.Array())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (runs_when_opened, paper.SCRIPT),
        (runs_when_a_page_is_shown, paper.SCRIPT),
        (starts_a_program, paper.OPENS),
        (holds_a_file, paper.INSIDE),
        (pins_a_file_to_a_page, paper.INSIDE),
        (is_a_form_by_itself, paper.FORM),
    ],
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(change, words):
    assert sentence(changed_pdf(change), Kind.PDF) == words


def test_a_pdf_that_leads_to_a_website_is_taken():
    def links(letter):
        site = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/")
        letter.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(A=site)])

    assert clean(changed_pdf(links), Kind.PDF)


def test_a_pdf_that_nobody_could_read_is_refused():
    assert sentence(samples.locked_pdf(), Kind.PDF) == paper.PASSWORD
    assert sentence(samples.pdf()[:-300], Kind.PDF) == paper.DAMAGED
    assert sentence(samples.pdf(3).replace(b"startxref\n", b"startxref\n9"), Kind.PDF)


def test_a_pdf_that_is_something_else_too_is_refused():
    behind = samples.pdf() + samples.office()
    assert sentence(behind, Kind.PDF) == paper.DAMAGED
    hidden = samples.pdf() + samples.office()[:-2] + b"\x06\x00" + b"\n%%EOF"
    assert sentence(hidden, Kind.PDF) == paper.DAMAGED
    assert sentence(b"GIF89a" + samples.pdf(), Kind.PDF) == paper.NOT_PDF


# ---------------------------------------------------------------- Word and Excel


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"more": [("word/vbaProject.bin", b"x")]}, office.MACRO),
        ({"relation": relation("vbaProject")}, office.MACRO),
        ({"main": "ms-word.document.macroEnabled.main+xml"}, office.MACRO),
        ({"more": [("word/embeddings/oleObject1.bin", b"x")]}, office.INSIDE),
        ({"relation": relation("oleObject")}, office.INSIDE),
        ({"relation": relation("aFChunk")}, office.INSIDE),
        ({"relation": relation("attachedTemplate", outside=True)}, office.FETCHES),
        ({"relation": relation("image", outside=True)}, office.FETCHES),
        ({"more": [("../../etc/passwd", b"x")]}, office.BOMB),
        ({"more": [("/word/x.xml", b"<x/>")]}, office.BOMB),
        ({"more": [(f"word/{n}.xml", b"<x/>") for n in range(1_000)]}, office.BOMB),
        ({"more": [("word/zeros.xml", bytes(30_000_000))]}, office.BOMB),
        ({"more": [("word/x.xml", b"<x>")]}, office.DAMAGED),
        ({"more": [("word/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')]}, office.BOMB),
        (
            {"more": [("word/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16"))]},
            office.BOMB,
        ),
    ],
)
def test_a_document_that_does_more_than_be_read_is_refused(told, words):
    assert sentence(samples.office(**told), Kind.DOCX) == words


def test_a_document_may_hold_a_link():
    assert clean(samples.office(relation=relation("hyperlink", outside=True)), Kind.DOCX)


def test_an_archive_that_says_a_part_is_smaller_than_it_is_is_refused():
    whole = bytearray(samples.office(more=[("word/media/x.bin", bytes(range(256)) * 400)]))
    place = whole.rindex(b"PK\x01\x02", 0, whole.rindex(b"word/media/x.bin"))
    whole[place + 24 : place + 28] = (10).to_bytes(4, "little")
    assert sentence(bytes(whole), Kind.DOCX) in {NOT_READ, office.DAMAGED, office.BOMB}


def test_half_a_gigabyte_in_half_a_megabyte_is_refused_unopened():
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as bomb, bomb.open("x.xml", "w") as part:
        for _ in range(500):
            part.write(bytes(1_000_000))
    content = written.getvalue()
    assert len(content) < 1_000_000
    begun = time.process_time()
    assert sentence(content, Kind.DOCX) == office.BOMB
    assert time.process_time() - begun < 1, "it was unpacked"


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG])
def test_a_photograph_no_longer_says_where_it_was_taken(kind):
    sent = samples.photo(kind)
    kept = clean(sent, kind)
    assert b"Telephone" in sent
    assert b"Telephone" not in kept
    assert b"Mill Lane" not in kept
    with Image.open(BytesIO(sent)) as before, Image.open(BytesIO(kept)) as after:
        assert before.getexif().get_ifd(0x8825)
        assert not after.getexif()
        assert "exif" not in after.info
        assert after.size == before.size[::-1], "it lies on its side"


def test_what_hides_behind_a_picture_is_left_behind():
    assert b"PK\x03\x04" not in clean(samples.photo() + samples.office(), Kind.JPEG)


def test_of_a_telephones_several_pictures_in_one_the_first_is_kept():
    written = BytesIO()
    first, second = Image.new("RGB", (8, 6), "white"), Image.new("RGB", (8, 6), "black")
    first.save(written, "MPO", save_all=True, append_images=[second])
    with Image.open(BytesIO(clean(written.getvalue(), Kind.JPEG))) as kept:
        assert (kept.format, kept.getpixel((0, 0))) == ("JPEG", (255, 255, 255))


def test_what_is_see_through_stays_so():
    written = BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(BytesIO(clean(written.getvalue(), Kind.PNG))) as kept:
        assert kept.getpixel((0, 0))[3] == 0


def test_a_picture_that_says_it_is_huge_is_refused():
    content = samples.png_that_says(30_000, 30_000)
    assert sentence(content, Kind.PNG) == photos.TOO_LARGE
    assert sentence(samples.png_that_says(6_000, 6_000), Kind.PNG) in {NOT_READ, photos.DAMAGED}


def test_a_photograph_that_was_cut_off_is_refused():
    assert sentence(samples.photo()[:-200], Kind.JPEG)


# ---------------------------------------------------------------- text and names


def test_text_is_kept_as_utf8_whatever_it_came_in():
    for way in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert clean("“naïve” £5\n".encode(way), Kind.TEXT).decode() == "“naïve” £5\n"
    assert sentence(b"MZ\x90\x00\x03", Kind.TEXT) == plain.NOT_TEXT


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Letter home.PDF", "Letter home.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\amara\\x.pdf", "x.pdf"),
        ("x\u202efdp.exe.pdf", "xfdp.exe.pdf"),
        ("\u200b.pdf", "file.pdf"),
        ("a\n\tb\x00.pdf", "a b.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
        ("é" * 400 + ".pdf", "é" * 115 + ".pdf"),
        ("Ärztlicher Bericht 😀.pdf", "Ärztlicher Bericht 😀.pdf"),
    ],
)
def test_a_name_is_shown_and_never_a_path(name, shown):
    assert shown_name(name, Kind.PDF) == shown


@pytest.mark.parametrize("name", ["x.exe", "x", "x.docm", "x.svg", "x.html", "x.zip", "x.heic", ""])
def test_another_kind_is_refused_with_what_to_do_instead(name):
    with pytest.raises(NotReady, match=r"^This kind of file cannot be attached\. .+\.$"):
        kind_of(name)


def test_every_ending_leads_to_a_kind():
    assert {kind_of(f"X.{ending.upper()}") for ending in ENDINGS} == set(Kind)


# ---------------------------------------------------------------- in a process of its own


def test_a_reader_that_crashes_is_answered_in_a_sentence(monkeypatch):
    monkeypatch.setattr("mash_triage.attachments.apart.sys.executable", "/bin/false")
    with pytest.raises(NotReady, match=TOO_HARD):
        cleaned_apart(b"x", Kind.TEXT)


def test_the_reader_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("MASH_DATABASE_KEY", "7e" * 32)
    from mash_triage.attachments.apart import _bare

    assert "7e" * 32 not in str(_bare())
