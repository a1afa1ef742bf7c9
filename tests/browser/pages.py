"""The addresses of every kind of page, in every state that looks different."""

OWN = "/dashboard/E06000005/"
NO_FIGURES = "/dashboard/E06000047/"
MEASURE = f"{OWN}measure/ehcp_20w_excl"
COMPARE = f"{MEASURE}/compare"
GAPS = f"{OWN}gaps"

OVERVIEWS = {
    "overview": OWN,
    "overview-core-theme": f"{OWN}?show=core&theme=timeliness",
    "overview-attention": f"{OWN}?show=attention",
    "overview-earlier-term": f"{OWN}?term=2024-25-autumn",
    "overview-published-only": NO_FIGURES,
}
GAP_PAGES = {
    "gaps": GAPS,
    "gaps-target": f"{GAPS}?by=target",
    "gaps-neighbours": f"{GAPS}?by=neighbours",
    "gaps-direction": f"{GAPS}?by=direction",
    "gaps-published-only": f"{NO_FIGURES}gaps",
}
MEASURES = {
    "measure-percent": MEASURE,
    "measure-percent-hidden-lines": f"{MEASURE}?hide=england,region",
    "measure-percent-earlier-year": f"{MEASURE}?year=2023",
    "measure-count": f"{OWN}measure/ehcna_requests",
    "measure-stock-by-band": f"{OWN}measure/ehcp_active",
    "measure-rate-clustered": f"{OWN}measure/suspension_rate",
    "measure-by-choice": f"{OWN}measure/ehcp_active?by=need",
    "measure-missing": f"{OWN}measure/cme_send",
    "measure-missing-two": f"{OWN}measure/part_time_timetable",
    "measure-months": f"{OWN}measure/nd_waiting",
    "measure-weeks": f"{OWN}measure/ehcp_weeks_median",
    "measure-days": f"{OWN}measure/nd_wait_median_days",
    "measure-published-only": f"{NO_FIGURES}measure/ehcp_20w_excl",
    "measure-nothing": f"{NO_FIGURES}measure/cme_send",
}
COMPARISONS = {
    "compare": COMPARE,
    "compare-neighbours": f"{COMPARE}?among=neighbours&method=median",
    "compare-region": f"{COMPARE}?among=region",
    "compare-group": f"{COMPARE}?among=nenc",
    "compare-chosen": f"{COMPARE}?among=chosen&with=E06000047,E06000001",
    "compare-neutral": f"{OWN}measure/sen_support_pct/compare",
    "compare-neutral-ranked": f"{OWN}measure/sen_support_pct/compare?rank=yes",
    "compare-count": f"{OWN}measure/ehcna_requests/compare",
    "compare-nothing": f"{OWN}measure/cme_send/compare",
}
PACKS = {
    "packs": f"{OWN}packs",
    "packs-theme": f"{OWN}packs?template=theme&theme=plans",
    "packs-protected": f"{OWN}packs?numbers=protected",
}
# A plan with something in it: tests/plan/test_plan_in_browser.py.
PLAIN = {"front-door": "/", "plan-nothing": f"{NO_FIGURES}plan"}
PAGES = {**PLAIN, **OVERVIEWS, **GAP_PAGES, **MEASURES, **COMPARISONS, **PACKS}
NOT_FOUND = "/dashboard/nothing"
