"""Real mail servers for tests: one that takes mail, and some that misbehave."""

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class PostOffice:
    """What one server took, and what it answers: by recipient, or to every mail."""

    port: int
    mails: list[Message] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    answer_to_all: str = ""

    async def handle_RCPT(self, _server, _session, envelope: Envelope, address: str, _options):
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope: Envelope) -> str:
        if self.answer_to_all:
            return self.answer_to_all
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def letters_to(self, address: str) -> list[Message]:
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def post_office(port: int | None = None, **more) -> Iterator[PostOffice]:
    """A mail server that takes mail as long as the block lasts."""
    office = PostOffice(port or free_port())
    server = Controller(office, hostname="127.0.0.1", port=office.port, **more)
    server.start()
    try:
        yield office
    finally:
        server.stop()


def one_password(user: bytes, password: bytes):
    """Lets in whoever has these."""

    def check(_server, _session, _envelope, _mechanism, told) -> AuthResult:
        fits = (told.login, told.password) == (user, password)
        return AuthResult(success=fits, handled=fits)

    return check


@contextmanager
def answering(*, greeting: bytes = b"", drip: bytes = b"", every: float = 0.2) -> Iterator[int]:
    """A port that greets with this, then lets one byte fall now and then, and never ends."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(line: socket.socket) -> None:
        with suppress(OSError), line:
            line.sendall(greeting)
            while not over.wait(every):
                line.sendall(drip)

    def listen() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=talk, args=listener.accept()[:1], daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.close()


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, ssl.SSLContext]:
    """A certificate that only those trust who are given its file, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    with suppress(ValueError):
        names.append(x509.IPAddress(ip_address(name)))
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / f"{name}.pem", folder / f"{name}.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key_file)
    return file, context


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
