"""The second step of signing in with a password: a code of the person's authenticator app.

Codes are TOTP (RFC 6238): six digits for each half minute, made of a secret that the app was given
once. One half minute before and after is taken too, and each code once.
"""

import base64
import datetime as dt
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp import TOTP, OTPVerificationError, random_base32
from sqlalchemy import Connection, delete, insert, select, update

from dashboard.access.person import Person, get_person
from dashboard.access.secret import hash_secret, new_secret
from dashboard.access.throttle import Throttle
from dashboard.record import add_act, now_text
from schemas.people_tables import second_step, sign_in_begun

GOOD_FOR = dt.timedelta(minutes=10)  # from the right password to the right code
DIGITS = 6
_ISSUER = "SEND dashboard"  # how apps call these codes
_EITHER_SIDE = 1  # half minutes that two clocks may differ
_KEPT = dt.timedelta(days=1)
_NONCE = 12


class StepOver(Exception):
    """No password was right in this browser within ten minutes; begin anew."""

    def __init__(self) -> None:
        super().__init__("That took more than ten minutes. Please enter your password again.")


class CodeRefused(Exception):
    """The code is not right, too old, or was used before."""

    def __init__(self) -> None:
        super().__init__(
            "That code is not right, or was used before. Wait for the next one, and check that "
            "the time on your device is right."
        )


class SecretLost(Exception):
    """What is kept was sealed with another secret of the server."""

    def __init__(self) -> None:
        super().__init__(
            "This server can no longer read what your codes are made from, because its own secret "
            "was changed. An administrator of your area can send you a new link."
        )


@dataclass(frozen=True)
class Begun:
    """Whose password was right. `new_secret` (base 32) is for the app of somebody who has none
    yet, else ""."""

    person: Person
    new_secret: str = field(repr=False)

    @property
    def address(self) -> str:
        """What an app reads from a square code or a link."""
        name = self.person.sign_in_name
        return TOTP(self.new_secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def begin(throttle: Throttle, who: Person) -> str:
    """After a right password: not signed in, but asked for a code.

    Returns:
        The token for the browser's cookie; only its hash is kept.
    """
    token, now = new_secret(), dt.datetime.now(dt.UTC)
    early = (now - _KEPT).isoformat(timespec="seconds")
    row = {"token_sha256": hash_secret(token), "person_id": who.id, "began_at": now_text()}
    sealed = _seal(throttle.secret, who.id, random_base32())
    with throttle.database.writing() as connection:
        connection.execute(delete(sign_in_begun).where(sign_in_begun.c.began_at < early))
        connection.execute(insert(sign_in_begun).values(row | {"sealed_secret": sealed}))
    return token


def find_begun(throttle: Throttle, token: str) -> Begun:
    """Whose turn it is to type a code.

    Raises:
        StepOver: nobody's, or not any more.
        SecretLost: what their codes are made of cannot be read.
    """
    with throttle.database.reading() as connection:
        who, secret, counter = _find(connection, throttle.secret, token)
    return Begun(who, secret if counter is None else "")


def finish(throttle: Throttle, token: str, code: str, address: str) -> Person:
    """Takes a code; the first one that is right also sets the second step up.

    Args:
        code: as it was typed; blanks do not count.
        address: where it was typed, for slowing guesses down.

    Raises:
        StepOver, SecretLost: as for `find_begun`.
        CodeRefused: which is on the record.
        Wait: too many tries failed just now.
    """
    whose = find_begun(throttle, token).person
    # The capital keeps it apart from every sign-in name that a stranger could type.
    number = throttle.begin(f"Second step of {whose.id}", address)
    with throttle.database.writing() as connection:
        who, secret, last = _find(connection, throttle.secret, token)
        counter = _counter_of(secret, re.sub(r"\s", "", code))
        right = counter is not None and (last is None or counter > last)
        if right:
            throttle.worked(connection, number)
            this = sign_in_begun.c.token_sha256 == hash_secret(token)
            connection.execute(update(sign_in_begun).where(this).values(used_at=now_text()))
            _keep(connection, throttle.secret, who, secret, counter, last is None)
        else:
            add_act(connection, None, "code refused", subject=f"person {who.id}")
    if not right:
        raise CodeRefused
    return who


def has_codes(connection: Connection, person_id: int) -> bool:
    """Whether an app makes codes for here for this person."""
    query = select(second_step.c.person_id).where(second_step.c.person_id == person_id)
    return connection.scalar(query) is not None


def forget(connection: Connection, person_id: int) -> None:
    """In the caller's transaction: their app's codes are worth nothing any more."""
    connection.execute(delete(second_step).where(second_step.c.person_id == person_id))


def _find(connection: Connection, key: str, token: str) -> tuple[Person, str, int | None]:
    """The person, what their codes are made of, and the half minute of the last one; None when
    this is to be their first."""
    now = dt.datetime.now(dt.UTC)
    begun = connection.execute(
        select(sign_in_begun).where(
            sign_in_begun.c.token_sha256 == hash_secret(token),
            sign_in_begun.c.used_at.is_(None),
            sign_in_begun.c.began_at >= (now - GOOD_FOR).isoformat(timespec="seconds"),
            # Another copy's clock may be ahead, but not so far that it would last for long.
            sign_in_begun.c.began_at <= (now + GOOD_FOR).isoformat(timespec="seconds"),
        )
    ).first()
    who = get_person(connection, begun.person_id) if begun else None
    if begun is None or who is None:
        raise StepOver
    known = connection.execute(
        select(second_step.c.sealed_secret, second_step.c.last_counter).where(
            second_step.c.person_id == who.id
        )
    ).first()
    sealed = known.sealed_secret if known else begun.sealed_secret
    return who, _unseal(key, who.id, sealed), known.last_counter if known else None


def _counter_of(secret: str, code: str) -> int | None:
    """The half minute that a code is of, when it is one of now."""
    if not re.fullmatch(rf"[0-9]{{{DIGITS}}}", code):
        return None
    try:
        return TOTP(secret).verify_and_get_timecode(code, valid_window=_EITHER_SIDE)
    except OTPVerificationError:
        return None


def _keep(
    connection: Connection, key: str, who: Person, secret: str, counter: int | None, first: bool
) -> None:
    if not first:
        this = second_step.c.person_id == who.id
        connection.execute(update(second_step).where(this).values(last_counter=counter))
        return
    row = {"person_id": who.id, "sealed_secret": _seal(key, who.id, secret)}
    row |= {"last_counter": counter, "set_up_at": now_text()}
    connection.execute(insert(second_step).values(row))
    add_act(connection, who, "set up codes")


def _seal(key: str, person_id: int, secret: str) -> str:
    """AES-256-GCM; good for this person and under this secret of the server only."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = _cipher(key).encrypt(nonce, secret.encode(), str(person_id).encode())
    return base64.b64encode(nonce + sealed).decode()


def _unseal(key: str, person_id: int, sealed: str) -> str:
    whole = base64.b64decode(sealed)
    try:
        opened = _cipher(key).decrypt(whole[:_NONCE], whole[_NONCE:], str(person_id).encode())
    except InvalidTag as error:
        raise SecretLost from error
    return opened.decode()


def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"send-dashboard second step").derive(key.encode()))
