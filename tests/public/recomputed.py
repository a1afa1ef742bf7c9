"""The numbers of the family pages worked out a second time, simply, from the published figures."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease

# What ends the sentence; its figure; the figure it is divided by, where that is another.
SHARES = {
    " plans were ready on time.": ("ehcp_20w_excl", "all", "all"),
    " children have waited more than 2 years.": ("nd_over_104w", "all", "all", "nd_waiting"),
    " children with a plan were sent home.": ("pupils_suspended_pct", "sen_status", "ehc_plan"),
    " children with other help were sent home.": (
        "pupils_suspended_pct",
        "sen_status",
        "sen_support",
    ),
    " other children were sent home.": ("pupils_suspended_pct", "sen_status", "no_sen"),
    " children with a plan missed a lot of school.": (
        "persistent_absence_pct",
        "sen_status",
        "ehc_plan",
    ),
    " children with other help missed a lot of school.": (
        "persistent_absence_pct",
        "sen_status",
        "sen_support",
    ),
    " other children missed a lot of school.": ("persistent_absence_pct", "sen_status", "no_sen"),
    " requests were refused.": ("ehcna_refused_of_decided_pct", "all", "all"),
    " children with a plan go to a mainstream school.": ("ehcp_mainstream_pct", "all", "all"),
    " children with a plan go to a special school.": ("ehcp_special_pct", "all", "all"),
    " places in special schools are taken.": ("special_occupancy_pct", "all", "all"),
    " families got an answer in time.": ("ar_decision_4w_pct", "all", "all"),
    " reviews took place when they were due.": ("ar_completed_pct", "all", "all"),
}
# The same words on two pages.
THERAPY = " children have waited up to 4 months."
THERAPIES = {
    "speech-and-language-waits": ("salt_within_18w", "all", "all"),
    "occupational-therapy-waits": ("ot_within_18w", "all", "all"),
}
COUNTS = {
    ("plans", " children and young people have a plan."): ("ehcp_active", "all", "all"),
    ("plans", " plans were new in this term."): ("ehcp_new", "all", "all"),
    ("plans-on-time", " families are still waiting for a late plan."): (
        "ehcp_open_over_20w",
        "all",
        "all",
    ),
    ("autism-adhd-waits", " children and young people are waiting."): ("nd_waiting", "all", "all"),
    ("speech-and-language-waits", " children are waiting for a first meeting."): (
        "salt_waiting",
        "all",
        "all",
    ),
    ("occupational-therapy-waits", " children are waiting for a first meeting."): (
        "ot_waiting",
        "all",
        "all",
    ),
    ("asking-for-an-assessment", " requests came to the council."): (
        "ehcna_requests",
        "all",
        "all",
    ),
    ("disagreeing", " families made an appeal."): ("send_tribunal_appeals", "all", "all"),
    ("disagreeing", " families had mediation."): ("send_mediation", "all", "all"),
    ("growing-up", " young people aged 16 to 18 have a plan."): ("ehcp_active", "phase", "post16"),
    ("growing-up", " young people aged 19 to 25 have a plan."): ("ehcp_active", "phase", "post19"),
    ("out-of-school", " children with a plan learn at home by choice."): (
        "ehe_send",
        "sen_status",
        "ehc_plan",
    ),
    ("out-of-school", " children with a plan had a short school day."): (
        "part_time_timetable",
        "sen_status",
        "ehc_plan",
    ),
    ("out-of-school", " children with a plan had no school or teacher."): (
        "cme_send",
        "sen_status",
        "ehc_plan",
    ),
}
WAITS = {
    "Half of the plans took less than ": ("ehcp_weeks_median", "all", "all", 1),
    "Half of the children have waited less than ": ("nd_wait_median_days", "all", "all", 7),
    "Half of the children under 5 have waited less than ": (
        "nd_wait_median_days",
        "age_band",
        "under5",
        7,
    ),
    "Half of older children have waited less than ": (
        "nd_wait_median_days",
        "age_band",
        "5plus",
        7,
    ),
}


def figure_of(release: PublicRelease, about: tuple[str, ...]) -> PublicFigure | None:
    """The figure of the release's term, found by looking at every one."""
    found = [
        one
        for one in release.own
        if (one.measure_id, one.breakdown, one.category) == about[:3]
        and one.period == release.term.label
        and one.basis in ("in_term", "snapshot")
        and one.symbol is None
    ]
    return found[0] if found else None


def tenths(part: float, whole: float) -> tuple[int, str]:
    """How many of ten, and how a sentence that says so begins."""
    ten = Decimal(str(part)) * 10 / Decimal(str(whole))
    if ten == 0:
        return 0, "No"
    if ten == 10:
        return 10, "All"
    if ten < Decimal("0.5"):
        return 0, "Fewer than 1 out of 10"
    if ten > Decimal("9.5"):
        return 10, "Nearly all"
    number = min(9, int(ten.to_integral_value(ROUND_HALF_UP)))
    about = "" if abs(ten - number) <= Decimal("0.05") else "About "
    return number, f"{about}{number} out of 10"


def rounded(count: float) -> str:
    """How a sentence about a count begins."""
    if count == 0:
        return "No"
    if count < 10:
        return "Fewer than 10"
    step = 10 if count < 1_000 else 100 if count < 1_000_000 else 1_000_000
    near = int((Decimal(str(count)) / step).to_integral_value(ROUND_HALF_UP)) * step
    return f"About {near // 1_000_000} million" if near >= 1_000_000 else f"About {near:,}"


def wait(weeks: Decimal) -> str:
    """A number of weeks in words."""
    near = max(1, int(weeks.to_integral_value(ROUND_HALF_UP)))
    if near < 4:
        return "1 week" if near == 1 else f"{near} weeks"
    if near < 104:
        months = int((near / Decimal("4.345")).to_integral_value(ROUND_HALF_UP))
        return "1 month" if months == 1 else f"{months} months"
    halves = int((Decimal(near) / 26).to_integral_value(ROUND_HALF_UP))
    return f"{halves // 2}{' and a half' if halves % 2 else ''} years"


def expected(release: PublicRelease, slug: str) -> Iterator[tuple[str, int | None]]:
    """Every sentence with a number that a page should have, and the pictures filled, if any."""
    therapy = {THERAPY: THERAPIES[slug]} if slug in THERAPIES else {}
    for end, about in (SHARES | therapy).items():
        top = figure_of(release, about)
        below = figure_of(release, (about[3], *about[1:3])) if len(about) > 3 else None
        part = (top.value if below else top.numerator) if top else None
        whole = (below.value if below else top.denominator) if top else None
        if part is not None and whole:
            filled, start = tenths(part, whole)
            yield start + end, filled
    for (page, end), about in COUNTS.items():
        one = figure_of(release, about)
        if page == slug and one and one.value is not None:
            yield rounded(one.value) + end, None
    for start, (*names, days) in WAITS.items():
        one = figure_of(release, tuple(str(name) for name in names))
        if one and one.value is not None:
            yield start + wait(Decimal(str(one.value)) / int(days)), None
