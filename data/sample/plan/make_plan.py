"""Makes the sample improvement plan: Darlington's published areas and actions, in shortened words,
with invented leads, statuses, notes and paths; the same bytes every time."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[2])]  # so that it runs as a plain script

from loaders.plan_dates import find_window  # noqa: E402
from loaders.plan_workbook import plan_workbook  # noqa: E402
from schemas.area_settings import load_area_settings  # noqa: E402
from schemas.measure import load_measures  # noqa: E402
from schemas.plan import AgreedPoint, PlanAction, PlanArea, PlanBook  # noqa: E402

AREA = "E06000005"
NAME = "darlington_improvement_plan.xlsx"
_AGREED = "Invented for the demonstration"

AREAS = (
    PlanArea(
        "1",
        "Governance and data",
        "Leaders use one set of figures, know what works and act on it together.",
    ),
    PlanArea(
        "2",
        "Health waits",
        "Children are assessed sooner, and families have help while they wait.",
    ),
    PlanArea(
        "3",
        "Quality of EHC plans",
        "Plans are right, on time and reviewed each year, and families can see where theirs is.",
    ),
    PlanArea(
        "4",
        "Learning disability",
        "A learning disability is found earlier, and young people are healthier for it.",
    ),
)

# Number, task, lead, other resources, start, finish, evidence, status, note, measures.
_Row = tuple[str, str, str, str, str, str, str, str, str, str]
_BI = "SEND data and performance lead"
_HEALTH = "Head of children’s commissioning, NHS"
_SEND = "Head of SEND"
_LD = "Designated Clinical Officer"
ACTIONS: tuple[_Row, ...] = (
    (
        "1.1a", "Dashboard fully reviewed and refreshed, updated and published each term", _BI,
        "Council performance team; NHS analysts", "", "April 2025",
        "The refreshed dashboard went to the Board in April 2025.", "done", "", "",
    ),
    (
        "1.1b", "Quality assurance and agreement of the termly dashboard; changes agreed by the "
        "Local Area Partnership Group and the Board", _BI, "Partnership Group; Board",
        "April 2025", "April 2026", "Four terms were checked, agreed and minuted.", "done", "", "",
    ),
    (
        "1.1c", "Power BI dashboard in place", _BI, "Council ICT", "", "April 2026", "", "late",
        "The connector works; reports for schools are still to be built.", "",
    ),
    (
        "1.1d", "A refreshed SEND needs assessment (JSNA) in use", "Public health principal",
        "Council performance team", "April 2025", "April 2026", "", "at_risk",
        "A draft has gone to the Director of Public Health.", "",
    ),
    (
        "1.2a", "Dashboard used by the assurance group, the implementation group and joint "
        "commissioning", "Assistant Director, education", "", "", "May 2025",
        "It is a standing item of all three groups.", "done", "", "",
    ),
    (
        "1.2b", "Easy-read dashboard on the Local Offer, updated routinely", "Local Offer lead",
        "Parent Carer Forum", "", "April 2026", "Families find it on the Local Offer.", "done",
        "", "",
    ),
    (
        "1.3a", "New sixth-form centre for a special academy, freeing 30 secondary SEND places",
        "Head of school place planning", "Special academy trust", "May 2025", "September 2025",
        "The centre opened in September 2025.", "done", "",
        "special_places; special_occupancy_pct; ehcp_out_of_area_pct",
    ),
    (
        "2.1a", "Capacity and demand of occupational therapy; waits within the national 18 weeks",
        _HEALTH, "Therapy services", "May 2025", "April 2026", "", "late",
        "Two posts are filled; a third is advertised again.",
        "ot_within_18w; ot_waiting; ot_wait_mean_days",
    ),
    (
        "2.2a", "More autism and ADHD assessments; fewer children waiting 2 years and more",
        _HEALTH, "Neurodevelopmental service", "March 2025", "April 2026", "", "at_risk",
        "More clinics run. Referrals still come faster than was planned for.",
        "nd_over_104w; nd_waiting; nd_completed; nd_within_18w_pct",
    ),
    (
        "2.2b", "The voice of young people in the neurodevelopmental pathway", _HEALTH,
        "Youth forum", "", "", "", "not_started", "", "",
    ),
    (
        "2.2c", "A graduated response in schools, with training of the workforce", _SEND,
        "Schools; educational psychology", "", "", "", "on_track",
        "Training has reached two schools in three.", "sen_support_pct; ehcna_requests",
    ),
    (
        "2.3a", "Speech and language therapy: average wait for assessment within 126 days "
        "(18 weeks)", _HEALTH, "Speech and language service", "April 2025", "March 2026",
        "The average has been under 126 days for two terms.", "done", "",
        "salt_wait_mean_days; salt_within_18w",
    ),
    (
        "2.3b", "New Tees Valley speech and language service", _HEALTH, "Tees Valley councils",
        "April 2025", "March 2026", "The new service began in April 2025.", "done", "",
        "salt_waiting; salt_within_18w; salt_seen",
    ),
    (
        "2.3c", "Joint commissioning of therapies", "Joint commissioning manager",
        "Council; NHS", "September 2026", "September 2027", "", "on_track", "",
        "salt_within_18w; ot_within_18w",
    ),
    (
        "2.w", "“Waiting well”: support for families while they wait", _HEALTH,
        "Parent Carer Forum; SENDIASS", "", "", "", "on_track",
        "The plan gives this action no number of its own.", "",
    ),
    (
        "3.1", "One information system for EHC plans", _SEND, "Council ICT", "", "", "",
        "at_risk", "Old records are still being moved.", "ehcp_20w_excl; ehcp_weeks_median",
    ),
    (
        "3.2", "Portals for partners and families", _SEND, "Parent Carer Forum",
        "February 2025", "September 2025", "Both portals are open.", "done", "",
        "ehcp_20w_excl; ehcna_6w_pct",
    ),
    (
        "3.3", "Multi-agency deep dives into plans each term", "Designated Social Care Officer",
        "Designated Clinical Officer", "Spring 2025", "Ongoing on termly basis", "", "on_track",
        "", "send_tribunal_appeals; send_mediation",
    ),
    (
        "3.4", "A new process for annual reviews", _SEND, "Schools", "April 2025", "July 2025",
        "Schools use the new forms.", "done", "", "ar_completed_pct; ar_decision_4w_pct",
    ),
    (
        "4.1", "Business case for psychology time", _LD, "NHS finance", "", "", "", "stopped",
        "Taken into the business case of the whole service.", "",
    ),
    (
        "4.2", "Earlier identification of a learning disability", _LD, "Schools; paediatrics",
        "September 2025", "April 2026", "", "late", "The screening tool is being tried.",
        "sen_support_pct",
    ),
    (
        "4.4", "A process for diagnosis", _LD, "Paediatrics; psychology", "April 2026",
        "April 2027", "", "on_track", "", "",
    ),
    (
        "4.h", "Annual health checks from 14 and the Dynamic Support Register",
        "Primary care commissioner", "GP practices", "", "", "", "on_track",
        "The plan gives this action no number of its own.", "",
    ),
)  # fmt: skip

# Measure → its value in each term of the path.
PATHS = {
    "salt_wait_mean_days": {
        "2024-25 summer": 135, "2025-26 autumn": 130, "2025-26 spring": 128,
        "2025-26 summer": 126, "2026-27 autumn": 126, "2026-27 spring": 126,
        "2026-27 summer": 126,
    },
    "nd_over_104w": {
        "2025-26 autumn": 330, "2025-26 spring": 270, "2025-26 summer": 200,
        "2026-27 autumn": 130, "2026-27 spring": 60, "2026-27 summer": 0,
    },
    "ot_within_18w": {
        "2025-26 autumn": 60, "2025-26 spring": 64, "2025-26 summer": 68,
        "2026-27 autumn": 72, "2026-27 spring": 76, "2026-27 summer": 80,
    },
}  # fmt: skip


def sample_plan() -> PlanBook:
    """The plan as records."""
    points = (
        AgreedPoint(measure, term, float(value), _AGREED)
        for measure, terms in PATHS.items()
        for term, value in terms.items()
    )
    return PlanBook(AREAS, tuple(map(_action, ACTIONS)), tuple(points))


def make_plan(folder: Path) -> Path:
    """Writes the workbook into the folder."""
    settings = load_area_settings()[AREA]
    path = folder / NAME
    path.write_bytes(plan_workbook(settings, [*load_measures().values()], sample_plan()))
    return path


def _action(row: _Row) -> PlanAction:
    number, task, lead, others, start, finish, evidence, status, note, measures = row
    begins, ends = find_window(start), find_window(finish)
    return PlanAction(
        number,
        number[0],
        task,
        lead,
        others,
        start,
        begins.start.isoformat() if begins else "",
        finish,
        ends.end.isoformat() if ends else "",
        evidence,
        status,
        note,
        tuple(one.strip() for one in measures.split(";") if one.strip()),
    )


if __name__ == "__main__":
    print(make_plan(HERE))
