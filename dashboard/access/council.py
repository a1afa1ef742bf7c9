"""The council's own sign-in: from what a tenant says of somebody to the person with an account."""

import hmac
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from dashboard.access.demo_people import MARK
from dashboard.access.person import Person, get_person
from dashboard.access.throttle import Throttle
from dashboard.hosting import OpenId
from dashboard.record import add_act
from schemas.database import Database
from schemas.people_tables import person

HOW = "council account"  # as the record calls this way in


class ClaimsRefused(Exception):
    """What came is not what this tenant says of one of its people; the message says why not."""


class NoAccount(Exception):
    """The tenant knows them, this program does not."""

    def __init__(self) -> None:
        super().__init__(
            "Your council knows you, but you have no account here yet. Ask an administrator of "
            "your area to make one with the name you sign in with at work."
        )


def claims_options(open_id: OpenId) -> dict[str, dict[str, Any]]:
    """What a token has to say, as Authlib asks it. Besides it looks at `exp`, `nbf`, `iat` and
    the nonce; the library alone would take a token meant for another program."""
    return {
        "iss": {"essential": True, "value": open_id.issuer},
        "aud": {"essential": True, "value": open_id.client_id},
        "tid": {"essential": True, "value": open_id.tenant_id},
        "oid": {"essential": True},
        "exp": {"essential": True},
    }


def find_council_person(
    throttle: Throttle, number: int, open_id: OpenId, claims: Mapping[str, Any]
) -> Person:
    """Who somebody is whom the tenant has vouched for: known by tenant and object id. The first
    time, an account that an administrator made for their name at work becomes theirs for good.

    Args:
        number: of the try, as the throttle gave it.

    Raises:
        ClaimsRefused: they were not given the role that lets people in here.
        NoAccount: nobody made them one, or it has ended.
    """
    tenant, known_as = claims.get("tid"), claims.get("oid")
    if not isinstance(known_as, str) or not known_as or not _same(tenant, open_id.tenant_id):
        raise ClaimsRefused("it does not say who it is about")
    roles = claims.get("roles")
    if not isinstance(roles, list) or open_id.app_role not in roles:
        raise ClaimsRefused(f"the role {open_id.app_role} is missing")
    ids = {"tenant_id": open_id.tenant_id, "object_id": known_as}
    with throttle.database.writing() as connection:
        found = connection.scalar(
            select(person.c.id).where(
                person.c.tenant_id == ids["tenant_id"], person.c.object_id == ids["object_id"]
            )
        )
        if found is None:
            found = _bind(connection, ids, claims.get("preferred_username"))
        whom = None if found is None else get_person(connection, found)
        if whom is not None:
            throttle.worked(connection, number)
    if whom is None:
        raise NoAccount
    return whom


def note_refusal(database: Database, why: str) -> None:
    """Puts on the record that nobody was signed in; `why` holds nothing that a stranger wrote."""
    with database.writing() as connection:
        details = {"how": HOW, "why": why}
        subject = "somebody with a council account"
        add_act(connection, None, "sign-in refused", subject=subject, details=details)


def _bind(connection: Connection, ids: Mapping[str, str], name: object) -> int | None:
    if not isinstance(name, str) or name.casefold().startswith(MARK):
        return None
    waiting = connection.scalar(
        select(person.c.id).where(
            person.c.sign_in_name == name.strip().casefold(),
            person.c.kind == "entra",
            person.c.object_id.is_(None),
            person.c.ended_at.is_(None),
        )
    )
    if waiting is None:
        return None
    connection.execute(update(person).where(person.c.id == waiting).values(**ids))
    whom = get_person(connection, waiting)
    add_act(connection, whom, "bound a council account", subject=f"person {waiting}")
    return int(waiting)


def _same(given: object, known: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), known.encode())
