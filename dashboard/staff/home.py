"""The first page of the staff side: what this person may do, and where."""

from dashboard.access.local import has_password
from dashboard.releases.waiting import get_waiting
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from schemas.roles import ROLE_WORDS, Role

doors = Doors()


@doors.open("", None)
def home(desk: Desk) -> str:
    areas = [
        (settings, [(role.value, ROLE_WORDS[role]) for role in Role if role in roles])
        for code, settings in desk.site.settings.areas.items()
        if (roles := desk.who.roles_in(code))
    ]
    with desk.database.reading() as connection:
        waiting = {
            area.code: get_waiting(connection, desk.site.settings, desk.who, area)
            for area, _ in areas
        }
    changes = has_password(desk.database, desk.who)
    return desk.page(
        "home.html", "Your areas and roles", areas=areas, waiting=waiting, has_password=changes
    )
