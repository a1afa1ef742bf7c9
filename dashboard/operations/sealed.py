"""Sealing a backup with a key: nobody reads or changes it without the key, and none of it is cut.

AES-256-GCM in pieces, each with its number and whether it is the last (the STREAM construction),
under a key of the file's own derived with HKDF, so no nonce is ever used twice.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PIECE = 1 << 20
_MARK = b"SEND-SEALED-1\n"
_SALT, _TAG = 16, 16


class SealProblem(Exception):
    """The key or what was sealed cannot be used; the message is for a person."""


def make_key(path: Path) -> str:
    """Writes a new key into a file of its own, readable by its owner only; returns its name."""
    key = secrets.token_bytes(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SealProblem(f"{path} is there already. A key is never written over.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return name_key(key)


def read_key(path: Path) -> bytes:
    """The key of 32 bytes that `make_key` wrote."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise SealProblem(f"{path} is not a key that can be read.") from error
    if len(key) != 32:
        raise SealProblem(f"{path} is not a key: it has {len(key)} bytes, not 32.")
    return key


def name_key(key: bytes) -> str:
    """Says which key it is without saying anything of it."""
    return hashlib.sha256(b"the name of " + key).hexdigest()[:16]


def seal(stream: IO[bytes], key: bytes) -> Iterator[bytes]:
    """The sealed bytes of what is read from the stream."""
    salt = secrets.token_bytes(_SALT)
    cipher = _cipher(key, salt)
    yield _MARK + salt
    number, piece = 0, stream.read(_PIECE)
    while True:
        following = stream.read(_PIECE) if len(piece) == _PIECE else b""
        yield cipher.encrypt(_nonce(number, not following), piece, _MARK)
        if not following:
            return
        number, piece = number + 1, following


def unseal(stream: IO[bytes], key: bytes) -> Iterator[bytes]:
    """What was sealed, piece by piece; each is given out only after it was proved.

    Raises:
        SealProblem: the key is another one, or the bytes were changed or cut off.
    """
    if stream.read(len(_MARK)) != _MARK:
        raise SealProblem("The backup is not sealed, or its beginning is damaged.")
    cipher = _cipher(key, stream.read(_SALT))
    number, piece = 0, stream.read(_PIECE + _TAG)
    while True:
        following = stream.read(_PIECE + _TAG) if len(piece) == _PIECE + _TAG else b""
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, _MARK)
        except InvalidTag as error:
            raise SealProblem(
                "The backup cannot be opened with this key, or it was changed or cut off."
            ) from error
        if not following:
            return
        number, piece = number + 1, following


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """What is read from a stream, as it is."""
    while piece := stream.read(_PIECE):
        yield piece


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"send-dashboard backup").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
