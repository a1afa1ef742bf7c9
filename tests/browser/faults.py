"""What can be wrong with a page as it stands in the browser; each answers with what it found."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "resultTypes": ["violations"],  # the rest would be written out for every cell of a table
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
            "best-practice",
        ],
    },
}
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
)


def violations(page: Page) -> list[Any]:
    """What axe objects to, best practice included."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def not_fitting(page: Page) -> list[Any]:
    """What is wider than the window, except inside a region that scrolls by itself."""
    wide: list[Any] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const clipped = (one) => one.closest("thead")?.offsetWidth === 1;
          const out = [...document.querySelectorAll("body *")]
            .filter((one) => !one.closest(".scroll, .unseen, .skip, .explore, svg"))
            .filter((one) => !clipped(one))
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => one.outerHTML.slice(0, 120));
          const scrolls = document.documentElement.scrollWidth > width;
          return scrolls ? out.concat("scrolls sideways") : out;
        }"""
    )
    return wide


def overlapping(page: Page) -> list[Any]:
    """Lines of text that lie on one another, outside charts."""
    found: list[Any] = page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const lines = [];
          while (walk.nextNode()) {
            const node = walk.currentNode, own = node.parentElement;
            if (!node.data.trim() || !own.checkVisibility()) { continue; }
            if (own.closest("svg, script, .unseen, .skip, .scroll, .explore, thead")) { continue; }
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
              lines.push({ box, words: node.data.trim().slice(0, 40) });
            }
          }
          lines.sort((a, b) => a.box.top - b.box.top);
          const found = [];
          lines.forEach((one, i) => {
            for (let j = i + 1; j < lines.length; j += 1) {
              const a = one.box, b = lines[j].box;
              if (b.top > a.bottom) { break; }
              const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
              const down = Math.min(a.bottom, b.bottom) - b.top;
              if (across > 2 && down > Math.min(a.height, b.height) * 0.35) {
                found.push(`${one.words} / ${lines[j].words}`);
              }
            }
          });
          return found;
        }"""
    )
    return found


def vendor_parts(page: Page) -> int:
    """Buttons of Plotly's, among them the one that sends the data away."""
    return page.locator(".modebar, .modebar-btn").count() + page.get_by_text("Share chart").count()
