"""Who can help a family: the area's contacts, each with what it does in easy words."""

from dashboard.public.easy_read.content import Help
from dashboard.words.easy_read.catalogue import Catalogue
from schemas.area import AreaSettings, Contact

# What a contact's name holds, by what it is; in the order a family needs them.
_KINDS = (
    ("sendiass", ("sendiass", "information, advice and support")),
    ("forum", ("forum",)),
    ("local_offer", ("local offer",)),
)


def helpers(area: AreaSettings, catalogue: Catalogue) -> tuple[Help, ...]:
    """Free advice first, then other parents, then the rest."""
    order = [*(kind for kind, _ in _KINDS), "other"]
    ranked = sorted(area.contacts, key=lambda one: order.index(_kind(one)))
    return tuple(_help(contact, catalogue) for contact in ranked)


def _kind(contact: Contact) -> str:
    name = contact.name.casefold()
    return next((kind for kind, marks in _KINDS if any(mark in name for mark in marks)), "other")


def _help(contact: Contact, catalogue: Catalogue) -> Help:
    said = catalogue.helpers[_kind(contact)]
    if not (contact.phone or contact.email or contact.web):
        said = f"{said} {catalogue.helpers['no_contact']}"
    return Help(contact.name, said, contact.phone, contact.email, contact.web)
