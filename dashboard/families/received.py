"""Keeps what somebody says of the pages for families, without anything that tells who they are."""

import datetime as dt
import hashlib
import hmac
import ipaddress

from sqlalchemy import Connection, delete, func, insert, select

from dashboard.families.taken_out import take_out
from dashboard.public.tell_us.told import Told, TooMany
from dashboard.releases.uk_time import uk_day
from schemas.database import Database
from schemas.public_tables import feedback, feedback_sent

BY_SENDER, BY_AREA = 5, 200  # an hour
REMEMBERED = dt.timedelta(hours=1)
_NETWORK = 64  # bits of a newer address that stay the same for one home


def keep_feedback(
    database: Database,
    secret: str,
    area_code: str,
    told: Told,
    sender: str,
    now: dt.datetime | None = None,
) -> int:
    """Keeps it with personal data taken out, and the day only; returns how often something was
    taken out.

    Args:
        secret: the server's own; without it nobody can tell what address stands behind a hash.
        sender: the network address it came from, which is kept as a hash for an hour.

    Raises:
        TooMany: this sender or this area has had its share; nothing is kept.
    """
    now = now or dt.datetime.now(dt.UTC)
    at = now.isoformat(timespec="seconds")
    kept = take_out(told.words)
    row = {
        "area_code": area_code,
        "topic": told.topic,
        "edition": told.edition,
        "easy": told.easy,
        "words": kept.words,
        "removed": kept.removed,
        "sent_on": uk_day(at).isoformat(),
        "state": "new",
    }
    # The area stands among the senders, so that all of it together has a ceiling too.
    shares = {
        _hashed(secret, now, home_of(sender)): BY_SENDER,
        _hashed(secret, now, area_code): BY_AREA,
    }
    with database.writing() as connection:
        _forget(connection, now)
        for who, most in shares.items():
            if _sent(connection, who) >= most:
                raise TooMany
        rows = [{"sender_sha256": who, "sent_at": at} for who in shares]
        connection.execute(insert(feedback_sent), rows)
        connection.execute(insert(feedback).values(row))
    return kept.removed


def forget_senders(database: Database, now: dt.datetime | None = None) -> None:
    """Forgets who sent something more than an hour ago, whether or not anybody sends more."""
    with database.writing() as connection:
        _forget(connection, now or dt.datetime.now(dt.UTC))


def home_of(address: str) -> str:
    """One home or office: a whole older address, the first half of a newer one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _NETWORK), strict=False))


def _hashed(secret: str, now: dt.datetime, who: str) -> str:
    """Another one each day: what was sent on two days cannot be put together."""
    return hmac.new(secret.encode(), f"{now:%Y-%m-%d} {who}".encode(), hashlib.sha256).hexdigest()


def _forget(connection: Connection, now: dt.datetime) -> None:
    early = (now - REMEMBERED).isoformat(timespec="seconds")
    connection.execute(delete(feedback_sent).where(feedback_sent.c.sent_at <= early))


def _sent(connection: Connection, who: str) -> int:
    query = select(func.count()).where(feedback_sent.c.sender_sha256 == who)
    return connection.scalar(query) or 0
