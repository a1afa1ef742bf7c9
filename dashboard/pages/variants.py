"""A measure among its siblings: told apart on every page, never mixed."""

from dashboard.address import Address
from dashboard.pages.shell import Link
from dashboard.pages.site import Site


def variant_links(site: Site, address: Address) -> list[Link]:
    """The same kind of page of each sibling that the area sends, and of the measure itself."""
    measure = address.measure
    assert measure is not None
    sent = {one.id: one for one in site.settings.measures_of(address.area)}
    named = [measure.id, *(name for name in measure.siblings if name in sent)]
    found = sorted((sent[name] for name in named), key=lambda one: (one.order, one.id))
    return [
        Link(one.short_title, address.of_measure(one, address.page).url, one.id == measure.id)
        for one in found
    ]
