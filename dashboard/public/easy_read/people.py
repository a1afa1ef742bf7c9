"""Who can help a family: the area's contacts, each with what it does in easy words."""

from dashboard.public.easy_read.content import Help, Row
from dashboard.words.easy_read.catalogue import Catalogue
from schemas.area_settings import AreaSettings, Contact

# What a contact's name holds, by what it is; in the order a family needs them.
_KINDS = (
    ("sendiass", ("sendiass", "information, advice and support")),
    ("forum", ("forum",)),
    ("local_offer", ("local offer",)),
)
_PICTURES = {"forum": "family"}  # the others are for getting help


def helpers(area: AreaSettings, catalogue: Catalogue) -> tuple[Help, ...]:
    """Free advice first, then other parents, then the rest."""
    order = [*(kind for kind, _ in _KINDS), "other"]
    ranked = sorted(area.contacts, key=lambda one: order.index(_kind(one)))
    return tuple(_help(contact, catalogue) for contact in ranked)


def unreached(area: AreaSettings, catalogue: Catalogue) -> Row | None:
    """Whom to ask for those that nobody told us how to reach; None when all can be reached."""
    if area.contacts and all(one.phone or one.email or one.web for one in area.contacts):
        return None
    said = catalogue.rows["no_contact" if area.contacts else "no_helpers"]
    return Row(said.picture, said.sentences)


def _kind(contact: Contact) -> str:
    name = contact.name.casefold()
    return next((kind for kind, marks in _KINDS if any(mark in name for mark in marks)), "other")


def _help(contact: Contact, catalogue: Catalogue) -> Help:
    kind = _kind(contact)
    picture = _PICTURES.get(kind, "help")
    reached = contact.phone, contact.email, contact.web
    return Help(contact.name, catalogue.helpers[kind], picture, *reached)
