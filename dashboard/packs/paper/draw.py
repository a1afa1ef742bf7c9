"""A pack as tagged A4 PDF."""

from dashboard.packs.pack import Pack
from dashboard.packs.paper.data import pack_on_paper
from dashboard.typesetting import set_paper
from schemas.resources import resource_folder


def draw_paper(pack: Pack) -> bytes:
    """The whole paper, A4: cover, contents, then each section; tables of all measures across."""
    root = resource_folder("assets")
    return set_paper("packs/pack.typ", root, pack_on_paper(pack), pack.published_on)
