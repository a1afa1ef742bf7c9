"""Pictures for a guide: the part of a page that matters, below the notice that its figures are
invented, in few colours."""

import io

from PIL import Image
from playwright.sync_api import Locator, Page

WIDTH = 1280
MOST_BYTES = 60_000
_ROOM, _TALLEST = 16, 900
# A picture of a whole page stretches the window for a moment, and the page scrolls back after it:
# a click at that moment goes astray.
_SETTLE = """() => new Promise(done => {
    scrollTo({top: 0, behavior: "instant"});
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""
_GREY = (177, 180, 182)


def take(page: Page, first: Locator, last: Locator) -> bytes:
    """A PNG from the top of one thing on the page to the foot of another, at most 900 pixels
    high, below the page's notice of invented figures if it has one."""
    page.mouse.move(0, 0)
    notices = page.locator(".notice, .invented")
    notice = _edges(notices.first) if notices.count() else (0.0, 0.0)
    top = max(_edges(first)[0] - _ROOM, 0)
    foot = min(_edges(last)[1] + _ROOM, top + _TALLEST)
    if top <= notice[1]:
        parts = [_part(page, 0, foot)]
    else:
        parts = [_part(page, *ends) for ends in (notice, (top, foot)) if ends[1]]
    page.evaluate(_SETTLE)
    return _in_few_colours(_below_each_other(parts))


def _edges(thing: Locator) -> tuple[float, float]:
    """Where it begins and ends on the whole page, in pixels from its top."""
    thing.wait_for()
    where = "box => { const b = box.getBoundingClientRect();"
    top, foot = thing.evaluate(where + "return [b.top + scrollY, b.bottom + scrollY] }")
    return float(top), float(foot)


def _part(page: Page, top: float, foot: float) -> Image.Image:
    clip = {"x": 0.0, "y": top, "width": float(WIDTH), "height": foot - top}
    shot = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    return Image.open(io.BytesIO(shot)).convert("RGB")


def _below_each_other(parts: list[Image.Image]) -> Image.Image:
    """With a grey line where something of the page is left out."""
    height = sum(part.height for part in parts) + 2 * (len(parts) - 1)
    whole = Image.new("RGB", (WIDTH, height), _GREY)
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height + 2
    return whole


def _in_few_colours(picture: Image.Image) -> bytes:
    """As many colours as fit into what a picture may weigh."""
    for colours in (64, 32, 16):
        stream = io.BytesIO()
        few = picture.quantize(colours, dither=Image.Dither.NONE)
        few.save(stream, "PNG", optimize=True)
        if stream.tell() < MOST_BYTES:
            break
    return stream.getvalue()
