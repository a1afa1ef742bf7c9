"""A small mail server for tests: it speaks enough SMTP to take a message, or to refuse it."""

import asyncio
import base64
import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Post:
    """What a server does and what it was told. `refuse` are recipients that it does not take."""

    refuse: tuple[str, ...] = ()
    password: str = ""
    tls: ssl.SSLContext | None = None
    hang_up: bool = False
    port: int = 0
    messages: list[tuple[str, EmailMessage]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    encrypted: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass  # the other side went away, as some tests want it to
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(words: str) -> None:
            writer.write(f"{words}\r\n".encode())
            await writer.drain()

        if self.hang_up:
            return
        await say("220 test ready")
        recipient, inside = "", False
        while line := await reader.readline():
            said = line.decode().strip()
            self.heard.append(said)
            verb = said.split(" ")[0].upper()
            if verb == "EHLO":
                offers = ["test"]  # its name, which stands before what it offers
                offers += ["STARTTLS"] * bool(self.tls and not inside)
                offers += ["AUTH PLAIN"] * bool(self.password)
                for offer in offers:
                    await say(f"250-{offer}")
                await say("250 SIZE 1000000")
            elif verb == "STARTTLS" and self.tls:
                await say("220 go on")
                await writer.start_tls(self.tls)
                inside = self.encrypted = True
            elif verb == "AUTH":
                given = base64.b64decode(said.split(" ")[-1]).decode().split("\0")[-1]
                await say("235 welcome" if given == self.password else "535 who are you")
            elif verb == "RCPT":
                recipient = said[said.index("<") + 1 : said.index(">")]
                await say("550 nobody here" if recipient in self.refuse else "250 fine")
            elif verb == "DATA":
                await say("354 tell me")
                content = await reader.readuntil(b"\r\n.\r\n")
                message = message_from_bytes(content[:-3], policy=policy.default)
                assert isinstance(message, EmailMessage)
                self.messages.append((recipient, message))
                await say("250 taken")
            elif verb == "QUIT":
                await say("221 bye")
                return
            else:
                await say("250 fine")


@contextmanager
def serving(post: Post) -> Iterator[Post]:
    """The server on a free port of this machine, in a thread of its own."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    stop = asyncio.Event()

    async def run() -> None:
        server = await asyncio.start_server(post.serve, "127.0.0.1", 0)
        post.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert started.wait(10)
    try:
        yield post
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1 that signs itself: for the server, and as a file to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now, day = dt.datetime.now(dt.UTC), dt.timedelta(days=1)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "trusted.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
