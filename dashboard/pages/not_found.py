"""What is said inside the dashboard when an address leads nowhere."""

from dash import html

from dashboard.address import SITE, overview_path
from dashboard.pages.page import Page
from dashboard.pages.site import Site


def not_found_page(site: Site) -> Page:
    """A plain sentence and ways on."""
    links = [
        html.Li(html.A(f"{area.name}: all measures", href=overview_path(area)))
        for area in site.settings.areas.values()
    ]
    body = [
        html.Main(
            [
                html.H1("There is no page at this address", tabIndex="-1"),
                html.P("It may have been mistyped, or the page may have moved."),
                html.Ul([html.Li(html.A("Home", href="/")), *links]),
            ],
            id="main",
            className="width",
            tabIndex="-1",
        )
    ]
    return Page(f"Page not found – {SITE}", body, "There is no page at this address.")
