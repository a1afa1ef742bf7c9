"""Ways in which 3 children can be worked out: a publication, and the figure that hides them."""

from tests.public.attacker.knowledge import Knowledge
from tests.public.attacker.weak import hidden, rate, shown, weak

SPRING, SUMMER = "2025-26 spring", "2025-26 summer"

WEAK: dict[str, tuple[Knowledge, str]] = {
    "a total and all its other parts": (
        weak(
            shown(f"suspensions/{SPRING}/in_term/all/all", 100),
            hidden(f"suspensions/{SPRING}/in_term/sen_status/ehc_plan"),
            shown(f"suspensions/{SPRING}/in_term/sen_status/sen_support", 40),
            shown(f"suspensions/{SPRING}/in_term/sen_status/no_sen", 57),
        ),
        f"suspensions/{SPRING}/in_term/sen_status/ehc_plan",
    ),
    "a table with one hidden in every row and column but one": (
        weak(
            *(
                hidden(f"perm_excl/{SPRING}/in_term/sen_status+school_phase/{one}")
                for one in ("ehc_plan+primary", "ehc_plan+secondary", "sen_support+secondary")
            ),
            *(
                shown(f"perm_excl/{SPRING}/in_term/sen_status+school_phase/{one}", number)
                for one, number in (
                    ("ehc_plan+special", 6),
                    ("sen_support+primary", 9),
                    ("sen_support+special", 0),
                )
            ),
            shown(f"perm_excl/{SPRING}/in_term/sen_status/ehc_plan", 14),
            shown(f"perm_excl/{SPRING}/in_term/sen_status/sen_support", 12),
            shown(f"perm_excl/{SPRING}/in_term/sen_status/no_sen", 0),
            shown(f"perm_excl/{SPRING}/in_term/school_phase/secondary", 8),
        ),
        f"perm_excl/{SPRING}/in_term/sen_status+school_phase/ehc_plan+primary",
    ),
    "the year to date less the last": (
        weak(
            shown(f"send_mediation/{SPRING}/ytd/all/all", 20),
            shown(f"send_mediation/{SUMMER}/ytd/all/all", 23),
            hidden(f"send_mediation/{SUMMER}/in_term/all/all"),
        ),
        f"send_mediation/{SUMMER}/in_term/all/all",
    ),
    "three terms less the other two": (
        weak(
            shown("send_mediation/2025-26 autumn/in_term/all/all", 12),
            shown(f"send_mediation/{SPRING}/in_term/all/all", 9),
            hidden(f"send_mediation/{SUMMER}/in_term/all/all"),
            shown(f"send_mediation/{SUMMER}/rolling3/all/all", 24),
        ),
        f"send_mediation/{SUMMER}/in_term/all/all",
    ),
    "a sibling measure": (
        weak(
            hidden(f"suspensions/{SPRING}/in_term/sen_status/ehc_plan"),
            shown(f"suspension_rate/{SPRING}/in_term/sen_status/ehc_plan", 3, 400),
        ),
        f"suspensions/{SPRING}/in_term/sen_status/ehc_plan",
    ),
    "published elsewhere": (
        weak(
            hidden(f"perm_excl/{SPRING}/in_term/all/all"),
            theirs=[shown(f"perm_excl/{SPRING}/in_term/all/all", 3)],
        ),
        f"perm_excl/{SPRING}/in_term/all/all",
    ),
    "published elsewhere for the calendar year": (
        weak(
            shown("ehcna_requests/2024-25 spring/in_term/all/all", 50),
            shown("ehcna_requests/2024-25 summer/in_term/all/all", 40),
            hidden("ehcna_requests/2025-26 autumn/in_term/all/all"),
            theirs=[shown("ehcna_requests/2025/calendar_year/all/all", 93)],
        ),
        "ehcna_requests/2025-26 autumn/in_term/all/all",
    ),
    "a rate with one of its counts": (
        weak(rate(f"perm_excl_rate/{SPRING}/in_term/all/all", 0.75, 400)),
        f"perm_excl/{SPRING}/in_term/all/all",
    ),
    "what came and went": (
        weak(
            shown(f"ehcp_opening/{SPRING}/snapshot/phase/post19", 50),
            shown(f"ehcp_new/{SPRING}/in_term/phase/post19", 0),
            shown(f"ehcp_transferred_in/{SPRING}/in_term/phase/post19", 5),
            hidden(f"ehcp_transferred_out/{SPRING}/in_term/phase/post19"),
            shown(f"ehcp_ceased/{SPRING}/in_term/phase/post19", 8),
            shown(f"ehcp_active/{SPRING}/snapshot/phase/post19", 44),
        ),
        f"ehcp_transferred_out/{SPRING}/in_term/phase/post19",
    ),
    "a closing stock that the next term opens with": (
        weak(
            hidden(f"ehcp_active/{SPRING}/snapshot/phase/post19"),
            shown(f"ehcp_opening/{SUMMER}/snapshot/phase/post19", 3),
        ),
        f"ehcp_active/{SPRING}/snapshot/phase/post19",
    ),
}
