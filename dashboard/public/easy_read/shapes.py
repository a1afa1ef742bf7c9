"""The topics of the family pages: what each counts, and whose sentences stand on it."""

from dataclasses import dataclass

from dashboard.public.easy_read.facts import Kind, Number


@dataclass(frozen=True)
class Shape:
    """One page. The first number answers its question; `ages` are further ones by age. `also` are
    measures whose owners' sentences stand on it, though it does not count them. A `core` page is
    there even when nothing was sent."""

    slug: str
    numbers: tuple[Number, ...]
    ages: tuple[Number, ...] = ()
    also: tuple[str, ...] = ()
    core: bool = False

    @property
    def all_numbers(self) -> tuple[Number, ...]:
        return self.numbers + self.ages

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """Of the numbers that stand on the page, each once."""
        return tuple(dict.fromkeys(number.measure_id for number in self.all_numbers))


def _by_status(measure_id: str) -> tuple[Number, ...]:
    """Children with a plan, with other help, and all others: the three beside each other."""
    names = {"with_plan": "ehc_plan", "with_help": "sen_support", "others": "no_sen"}
    return tuple(
        Number(name, Kind.share, measure_id, "child", "sen_status", category)
        for name, category in names.items()
    )


def _with_plan(name: str, measure_id: str, picture: str) -> Number:
    return Number(name, Kind.count, measure_id, picture, "sen_status", "ehc_plan", children=True)


def _middle_wait(name: str, breakdown: str = "all", category: str = "all") -> Number:
    measure_id, of = "nd_wait_median_days", "nd_waiting"
    return Number(name, Kind.wait, measure_id, "calendar", breakdown, category, of=of, so_far=True)


def _therapy(service: str) -> tuple[Number, ...]:
    return (
        Number("within_aim", Kind.share, f"{service}_within_18w", "child"),
        Number("waiting", Kind.count, f"{service}_waiting", "child", children=True),
    )


# In the order in which families ask: how long, who decides, where, and what happens at school.
SHAPES = (
    Shape(
        "plans-on-time",
        (
            Number("on_time", Kind.share, "ehcp_20w_excl", "plan"),
            Number(
                "middle",
                Kind.wait,
                "ehcp_weeks_median",
                "calendar",
                of="ehcp_20w_incl",
                limit_weeks=20,
            ),
            Number("still_waiting", Kind.count, "ehcp_open_over_20w", "waiting"),
        ),
        also=("ehcp_20w_incl", "ehcp_issued_over_1y"),
        core=True,
    ),
    Shape(
        "autism-adhd-waits",
        (
            _middle_wait("middle"),
            Number("waiting", Kind.count, "nd_waiting", "child", children=True),
            Number("over_2_years", Kind.share, "nd_over_104w", "child", of="nd_waiting"),
        ),
        ages=(
            _middle_wait("under_5", "age_band", "under5"),
            _middle_wait("over_5", "age_band", "5plus"),
        ),
        also=("nd_autism_13w", "nd_first_13w", "nd_within_18w_pct", "nd_wait_longest"),
        core=True,
    ),
    Shape(
        "speech-and-language-waits",
        _therapy("salt"),
        also=("salt_wait_mean_days", "salt_wait_longest", "salt_seen"),
        core=True,
    ),
    Shape("occupational-therapy-waits", _therapy("ot"), also=("ot_wait_mean_days", "ot_seen")),
    Shape(
        "asking-for-an-assessment",
        (
            Number("refused", Kind.share, "ehcna_refused_of_decided_pct", "letter"),
            Number("asked", Kind.count, "ehcna_requests", "letter"),
        ),
        also=("ehcna_refused_pct", "ehcna_agreed", "ehcna_6w_pct"),
    ),
    Shape(
        "reviews",
        (
            Number("answered", Kind.share, "ar_decision_4w_pct", "family"),
            Number("held", Kind.share, "ar_completed_pct", "document"),
        ),
    ),
    Shape(
        "where-children-learn",
        (
            Number("mainstream", Kind.share, "ehcp_mainstream_pct", "child"),
            Number("special", Kind.share, "ehcp_special_pct", "child"),
            Number("places", Kind.share, "special_occupancy_pct", "seat"),
        ),
        also=("ehcp_placement", "ehcp_out_of_area_pct", "special_places", "special_roll"),
    ),
    Shape(
        "sent-home",
        _by_status("pupils_suspended_pct"),
        also=("suspension_rate", "suspensions", "perm_excl", "perm_excl_rate"),
        core=True,
    ),
    Shape(
        "missing-school",
        _by_status("persistent_absence_pct"),
        also=("absence_overall_pct", "attendance_pct", "severe_absence_pct"),
        core=True,
    ),
    Shape(
        "out-of-school",
        (
            _with_plan("at_home", "ehe_send", "house"),
            _with_plan("part_of_the_day", "part_time_timetable", "clock"),
            _with_plan("missing", "cme_send", "child"),
        ),
    ),
    Shape(
        "disagreeing",
        (
            Number("appeals", Kind.count, "send_tribunal_appeals", "family"),
            Number("meetings", Kind.count, "send_mediation", "family"),
        ),
        also=("send_appeal_rate",),
    ),
    Shape(
        "growing-up",
        (
            Number("to_18", Kind.count, "ehcp_active", "student", "phase", "post16"),
            Number("to_25", Kind.count, "ehcp_active", "student", "phase", "post19"),
        ),
    ),
    Shape(
        "plans",
        (
            Number("all", Kind.count, "ehcp_active", "plan", children=True),
            Number("new", Kind.count, "ehcp_new", "plan"),
        ),
        core=True,
    ),
)
