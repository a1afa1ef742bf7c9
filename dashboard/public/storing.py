"""Stores the files of a publication, packed ahead, each body once; whole or not at all."""

import datetime as dt
import gzip
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from dashboard.packing import brotli_form
from dashboard.public.bundle import Bundle
from schemas.public_tables import public_body, public_bundle, public_file, public_source

_TEXTS = ("text/", "application/json", "image/svg+xml")
_LONG = 60_000  # bytes: of 4 MB, brotli’s last step takes 8 s in place of 0.2 for a sixth less
_AT_ONCE = 500  # of what one statement names


class PackedBody(NamedTuple):
    """A body as it is kept; a packed form is None when it is no shorter."""

    sha256: str
    body: bytes
    gzip: bytes | None
    brotli: bytes | None


class Packed(NamedTuple):
    """A publication that only needs to be written down."""

    bundle: Bundle
    bodies: tuple[PackedBody, ...]


def keep_bundle(connection: Connection, bundle: Bundle) -> int:
    """`prepare` and `keep` at once, where nobody waits to write."""
    return keep(connection, prepare(bundle))


def prepare(bundle: Bundle) -> Packed:
    """Packs every body, on all cores. It takes seconds and needs no database: do it before the
    transaction."""
    kinds = {hash_body(file.body): (file.body, file.kind) for file in bundle.files}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        packed = pool.map(lambda item: _pack(item[0], *item[1]), sorted(kinds.items()))
        return Packed(bundle, tuple(packed))


def keep(connection: Connection, packed: Packed) -> int:
    """Writes a publication in the caller's transaction.

    Returns:
        Its id.

    Raises:
        IntegrityError: the area has one of this name already; see `next_name`.
    """
    bundle = packed.bundle
    _keep_bodies(connection, packed.bodies)
    facts = {
        "area_code": bundle.area_code,
        "release_version_id": bundle.release_version_id,
        "name": bundle.name,
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "algorithm": bundle.algorithm,
        "content_sha256": bundle.content_sha256,
        "figures": bundle.figures,
        "report": bundle.report,
    }
    made = connection.execute(insert(public_bundle).values(facts)).inserted_primary_key
    assert made is not None
    number = int(made[0])
    sources = [{"bundle_id": number, "release_version_id": one} for one in bundle.sources]
    connection.execute(insert(public_source), sources)
    connection.execute(insert(public_file), [*_files(number, bundle)])
    return number


def next_name(connection: Connection, area_code: str, base: str) -> str:
    """`base`, or the first of `base-2`, `base-3` that the area has not used: what is published
    anew, because something it rests on was withdrawn, has an address of its own."""
    used = set(
        connection.scalars(
            select(public_bundle.c.name).where(public_bundle.c.area_code == area_code)
        )
    )
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if name not in used)


def hash_body(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _pack(sha256: str, body: bytes, kind: str) -> PackedBody:
    if not kind.startswith(_TEXTS) and not kind.endswith(("+json", "+xml")):
        return PackedBody(sha256, body, None, None)
    zipped = gzip.compress(body, 9, mtime=0)
    shortest = brotli_form(body, 11 if len(body) < _LONG else 9)
    return PackedBody(sha256, body, _if_shorter(zipped, body), _if_shorter(shortest, body))


def _if_shorter(packed: bytes, body: bytes) -> bytes | None:
    return packed if len(packed) < len(body) else None


def _keep_bodies(connection: Connection, bodies: Sequence[PackedBody]) -> None:
    """Those that no earlier publication brought. Writers take turns, so nobody else adds one."""
    there = set(_already_there(connection, [one.sha256 for one in bodies]))
    missing = [one._asdict() for one in bodies if one.sha256 not in there]
    if missing:
        connection.execute(insert(public_body), missing)


def _already_there(connection: Connection, hashes: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(hashes), _AT_ONCE):
        some = hashes[start : start + _AT_ONCE]
        query = select(public_body.c.sha256).where(public_body.c.sha256.in_(some))
        yield from connection.scalars(query)


def _files(bundle_id: int, bundle: Bundle) -> Iterator[dict[str, object]]:
    for file in bundle.files:
        yield {
            "bundle_id": bundle_id,
            "path": file.path,
            "kind": file.kind,
            "sha256": hash_body(file.body),
        }
