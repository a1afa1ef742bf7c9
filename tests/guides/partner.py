"""The partner's guide, walked: from the front page to Power BI, by a member of the partnership."""

import re

from playwright.sync_api import expect

from tests.guides.walk import Walk

MEASURE = "New EHC plans finished within 20 weeks, leaving out exceptions"


def walk_partners_guide(walk: Walk) -> None:
    """Every task of the guide in its order."""
    with walk.signed_in("partner") as page:
        page.goto(walk.home)
        _get_in(walk)
        _look_first(walk)
        _read_measure(walk)
        with walk.task("How sure can we be?"):
            pass
        _compare(walk)
        _see_gaps(walk)
        _see_plan(walk)
        _project(walk)
        _take_paper(walk)
        _be_told(walk)
        _make_token(walk)
        page.goto(f"{walk.home}/dashboard/E06000005/")
        _look_as_families(walk)
    with walk.task("What do the words and signs mean?"):
        pass


def _get_in(walk: Walk) -> None:
    with walk.task("How do I get in?"):
        walk.step(1)
        walk.follow("The partners’ dashboard")
        walk.step(2)
        walk.see("link", "Staff")


def _look_first(walk: Walk) -> None:
    with walk.task("Where do I look first?"):
        walk.step(1)
        walk.follow("Overview")
        walk.step(2)
        walk.follow("Needs attention")
        expect(walk.page.locator(".attention").first).to_be_visible()
        walk.picture("partner-attention", ".showing", "table.overview >> nth=0")
        walk.step(3)
        walk.follow("Core measures")
        walk.follow("All measures")
        walk.step(4)
        walk.follow("Questions people ask")


def _read_measure(walk: Walk) -> None:
    with walk.task("How do I read the page of a measure?"):
        walk.step(1)
        walk.follow(MEASURE)
        walk.step(2)
        walk.see("heading", "What we can say")
        walk.picture("partner-measure", "section.headline", "dl.statements > div >> nth=2")
        walk.step(3)
        _wait_for_live_chart(walk)
        walk.picture("partner-chart", "#over-time", "#chart")
        walk.follow("England")
        walk.page.wait_for_url(re.compile("hide=england"))
        walk.follow("England")
        walk.step(4)
        walk.unfold("Show the data as a table")
        walk.see("link", "Download the data")
        walk.see("link", "Download the chart")
        walk.step(5)
        for name in ("What the owner says", "What this number cannot tell you"):
            walk.see("heading", name)
        walk.see("heading", "How good the figures are")


def _compare(walk: Walk) -> None:
    with walk.task("How do we compare with other areas?"):
        walk.step(1)
        walk.follow("Compared with other areas")
        _wait_for_live_chart(walk)
        walk.picture("partner-compare", "#strip", "#strip-said")
        walk.step(2)
        walk.follow("Statistical neighbours")
        walk.follow("North East")
        walk.follow("All English councils")
        walk.unfold("Choose areas yourself")
        walk.step(3)
        expect(walk.page.locator("main")).to_contain_text("not distinguishable from 6 others")
        walk.step(4)
        walk.follow("Median")
        walk.follow("Pooled")
        walk.follow("Mean")


def _wait_for_live_chart(walk: Walk) -> None:
    """It holds its own lines and none of the chart before it."""
    walk.page.locator("#chart[data-live=yes]").wait_for()
    wanted = walk.page.evaluate("document.querySelector('.js-plotly-plot').layout.shapes.length")
    expect(walk.page.locator("#chart .shape-group")).to_have_count(wanted)


def _see_gaps(walk: Walk) -> None:
    with walk.task("Where are the gaps?"):
        walk.step(1)
        walk.follow("Where are the gaps?")
        walk.picture("partner-gaps", "nav.choices", "ol.gaps >> nth=1")
        for name in ("Statistical neighbours", "The target", "A year before"):
            walk.follow(name)
        walk.step(2)
        walk.step(3)
        walk.follow("the SEND gap")


def _see_plan(walk: Walk) -> None:
    with walk.task("Does the improvement plan work?"):
        walk.step(1)
        walk.follow("Improvement plan")
        walk.picture("partner-plan", "h1", "main h2 >> nth=1 >> xpath=following::li[1]")
        walk.step(2)
        walk.follow("Overdue")
        walk.follow("All actions")
        walk.step(3)
        walk.page.locator(".plan-figures a").first.wait_for()


def _project(walk: Walk) -> None:
    with walk.task("What if growth goes on?"):
        walk.step(1)
        walk.follow("What if?")
        walk.picture("partner-planner", "#goes-on", "#goes-on >> xpath=../figure")
        walk.step(2)
        walk.write("Growth of plans, per cent a year", "5")
        walk.write("Of all plans, per cent in special schools", "30")
        walk.write("Extra special school places", "30")
        walk.see("button", "Work it out").click()
        walk.page.get_by_role("heading", name="What your numbers come to").wait_for()


def _take_paper(walk: Walk) -> None:
    with walk.task("How do I get a paper for a meeting?"):
        walk.step(1)
        walk.follow("Packs for meetings")
        walk.step(2)
        for name in ("Every measure", "One theme", "JSNA SEND profile", "Exceptions"):
            walk.follow(name)
        walk.step(3)
        walk.follow("Protected figures, as everyone may see them")
        walk.follow("True figures, for the partnership")
        walk.picture("partner-packs", "h1", "ul.pack-files")
        walk.step(4)
        for name in ("PowerPoint (.pptx)", "Word (.docx)"):
            walk.see("link", name)
        assert walk.download("PDF (.pdf)").read_bytes().startswith(b"%PDF")


def _be_told(walk: Walk) -> None:
    with walk.task("How am I told of changes?"):
        walk.step(1)
        walk.follow("Staff")
        walk.follow("What I am told of in Darlington")
        walk.step(2)
        walk.choose("Tell me of", "Everything in Darlington")
        walk.press("Tell me of it")


def _make_token(walk: Walk) -> None:
    with walk.task("How do I use the figures in Power BI?"):
        walk.step(1)
        walk.follow("Power BI")
        walk.step(2)
        walk.write("What it is for", "Performance report")
        walk.field("How long it works")
        walk.press("Make the token")
        walk.page.get_by_role("heading", name="Your new token").wait_for()
        walk.step(3)


def _look_as_families(walk: Walk) -> None:
    with walk.task("What do families see?"):
        walk.step(1)
        walk.follow("Easy read")
        walk.step(2)
        walk.follow("Plans on time")
        walk.picture("partner-families", "main h2 >> nth=1", "main h2 >> nth=2")
        walk.page.goto(f"{walk.home}/dashboard/E06000005/")
        walk.step(3)
        walk.follow("Open data")
