"""Photographs and pictures: read by Pillow and written anew, so that only what is seen remains.

Where and when it was taken, by which telephone, and anything hidden behind the picture are left
behind (EXIF, GPS, XMP, comments, what follows the end).
"""

from io import BytesIO

from PIL import Image, ImageOps

from mash_triage.attachments.kinds import Kind
from mash_triage.errors import NotReady

MOST_PIXELS = 50_000_000
QUALITY = 92  # of 100; a bruise must not fade

DAMAGED = (
    "This picture is damaged or cut off, or is not what its name says. Open it, save it as a JPEG, "
    "and attach that."
)
TOO_LARGE = (
    f"This picture has more than {MOST_PIXELS // 1_000_000} million points. Save it smaller and "
    "attach that."
)

_READ_AS = {Kind.JPEG: ("JPEG", "MPO"), Kind.PNG: ("PNG",)}


def clean_photo(content: bytes, kind: Kind) -> bytes:
    """The picture alone, the right way up. Raises NotReady."""
    Image.MAX_IMAGE_PIXELS = (
        None  # our own limit comes first, and is an error rather than a warning
    )
    with Image.open(BytesIO(content), formats=_READ_AS[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotReady(TOO_LARGE)
        image.load()
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert(_mode(upright, kind))
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())  # carries nothing but points
    written = BytesIO()
    if kind is Kind.JPEG:
        bare.save(written, "JPEG", quality=QUALITY)
    else:
        bare.save(written, "PNG", compress_level=3)
    return written.getvalue()


def _mode(image: Image.Image, kind: Kind) -> str:
    """Grey stays grey; a PNG keeps what is see-through; everything else is red, green and blue."""
    if image.mode == "L" and "transparency" not in image.info:
        return "L"
    if kind is Kind.PNG and ("A" in image.mode or "transparency" in image.info):
        return "RGBA"
    return "RGB"
