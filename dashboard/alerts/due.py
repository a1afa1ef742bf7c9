"""What there is to tell is looked for and sent by the server itself, as long as it runs."""

import logging
import threading

from dashboard.alerts.making import make_digests
from dashboard.alerts.sending import send_digests
from dashboard.hosting import Hosting
from dashboard.settings import Settings
from schemas.database import Database
from schemas.turn import try_turn

_LOOKS = 30  # seconds between two looks
_logger = logging.getLogger(__name__)


def keep_telling(
    database: Database, settings: Settings, hosting: Hosting, every: float = _LOOKS
) -> threading.Event:
    """Looks again and again in the background, until what it returns is set. Any number of servers
    may do this beside each other: one at a time does the work, and a digest is made, and a message
    begun, in one transaction by whoever is first."""
    stop = threading.Event()
    threading.Thread(
        target=_look, args=(database, settings, hosting, stop, every), name="alerts", daemon=True
    ).start()
    return stop


def _look(
    database: Database, settings: Settings, hosting: Hosting, stop: threading.Event, every: float
) -> None:
    while not stop.wait(every):
        try:
            tell_all(database, settings, hosting)
        except Exception:  # whatever it was: a look that fails must not be the last
            _logger.exception("What there is to tell could not be told; it is tried again")


def tell_all(database: Database, settings: Settings, hosting: Hosting) -> None:
    """Makes what digests there are to make in every area, and sends them where a mail server is
    set; nothing while another server is at it."""
    with try_turn(database, "alerts") as ours:
        if ours:
            _tell_all(database, settings, hosting)


def _tell_all(database: Database, settings: Settings, hosting: Hosting) -> None:
    for area in settings.areas.values():
        for kept in make_digests(database, settings, area):
            _logger.info("%s: there is something to tell: %s", area.code, kept.digest.occasion)
        if hosting.mail and (site := hosting.site_of(area.code)):
            for one in send_digests(database, area, hosting.mail, site):
                _logger.info("%s: alert %s: %s", area.code, one.numbers, one.problem or "sent")
