"""ClamAV over its own protocol, against a small daemon that speaks it; and against none."""

import socket
import struct
from contextlib import contextmanager
from threading import Thread

import pytest

from mash_triage.attachments.models import ScanState
from mash_triage.attachments.receiving import scanned
from mash_triage.attachments.scanner import ClamAV, NoAnswer, scanner_at
from mash_triage.errors import NotAvailable
from tests.attachments.samples import EICAR

FOUND = b"stream: Win.Test.EICAR_HDB-1 FOUND"
MOST = 1_000_000  # bytes, as clamd's StreamMaxLength


def wholly(link, count):
    got = b""
    while len(got) < count:
        got += link.recv(count - len(got)) or pytest.fail("the stream ended early")
    return got


def answer_as_clamd(link):
    """One INSTREAM conversation, as clamd 1.4 holds it."""
    assert wholly(link, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack("!L", wholly(link, 4))[0]:
        content += wholly(link, size)
        if len(content) > MOST:
            link.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    link.sendall((FOUND if EICAR in content else b"stream: OK") + b"\0")


def hang_up(link):
    link.close()


def talk_nonsense(link):
    wholly(link, 10)
    link.sendall(b"x" * 10_000)


@contextmanager
def daemon(kind, folder, conversation=answer_as_clamd):
    """A daemon on a socket of this kind; gives its address."""
    if kind == "unix":
        server, address = socket.socket(socket.AF_UNIX), f"unix:{folder}/clamd.ctl"
        server.bind(f"{folder}/clamd.ctl")
        server.listen()
    else:
        server = socket.create_server(("127.0.0.1", 0))
        address = f"tcp:127.0.0.1:{server.getsockname()[1]}"

    def serve():
        try:
            while True:
                link, _ = server.accept()
                with link:
                    conversation(link)
        except OSError:
            return

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_it_says_clean_or_infected(kind, tmp_path):
    with daemon(kind, tmp_path) as address:
        assert ClamAV(address).is_clean(b"words " * 50_000)
        assert not ClamAV(address).is_clean(b"words " * 50_000 + EICAR)


def test_a_file_with_a_virus_is_kept_closed_and_says_so(tmp_path, take_in):
    with daemon("unix", tmp_path) as address:
        assert take_in("eicar.txt", EICAR, ClamAV(address)).state is ScanState.INFECTED
        kept = take_in("note.txt", scanner=ClamAV(address))
        assert (kept.state, kept.scanned_at is not None) == (ScanState.CLEAN, True)


@pytest.mark.parametrize("conversation", [hang_up, talk_nonsense])
def test_a_scanner_that_does_not_say_so_calls_nothing_clean(conversation, tmp_path, take_in):
    with daemon("unix", tmp_path, conversation) as address:
        assert take_in(scanner=ClamAV(address)).state is ScanState.NOT_SCANNED


def test_a_file_that_is_too_much_for_it_is_not_called_clean(tmp_path):
    with daemon("unix", tmp_path) as address, pytest.raises(NoAnswer):
        ClamAV(address).is_clean(bytes(2 * MOST))


def test_without_a_scanner_nothing_is_called_clean(tmp_path, take_in):
    assert scanner_at("") is None
    assert take_in("eicar.txt", EICAR).state is ScanState.NOT_SCANNED
    assert scanned(ClamAV(f"unix:{tmp_path}/nobody"), b"x") is ScanState.NOT_SCANNED
    with pytest.raises(NotAvailable, match="address"):
        scanner_at("somewhere")
