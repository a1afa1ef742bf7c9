"""The first sheet: whose paper it is, of which edition, and who may see its numbers."""

from dashboard.packs.document.drawings import Drawings
from dashboard.packs.document.styles import Styles
from dashboard.packs.document.wording import address, para, run
from dashboard.packs.pack import Pack
from schemas.resources import resource_folder

_LOGO_TALL = 62.0  # points


def cover(pack: Pack, styles: Styles, drawings: Drawings) -> str:
    parts = [
        para("", _logo(pack, drawings)) if pack.logo else "",
        para(styles["Pack Partnership"], run(pack.partnership)),
        para(styles["Title"], run(pack.title)),
        para(styles["Subtitle"], run(pack.subtitle)),
        para("", run(pack.edition, bold=True)),
        para(styles["Pack Marking"], run(pack.marking)),
        para(styles["Pack Notice"], run(pack.invented, bold=True)) if pack.invented else "",
        para(styles["Pack Small"], run("Permanent address: "), address(pack.url)),
    ]
    return "".join(parts)


def _logo(pack: Pack, drawings: Drawings) -> str:
    """A file of `assets/`, as the area's settings name it."""
    file = resource_folder("assets") / pack.logo
    if file.suffix == ".svg":
        return drawings.svg_as_tall(file.read_text(encoding="utf-8"), pack.logo_words, _LOGO_TALL)
    return drawings.png(file.read_bytes(), pack.logo_words, _LOGO_TALL)
