"""The checks Q01 to Q20 of a release version: what must be mended and what must be explained."""

from dashboard.releases.checks.finding import Check, Finding
from dashboard.releases.checks.registry import CHECKS
from dashboard.releases.checks.report import Report, findings_in_the_way, run_checks

__all__ = ["CHECKS", "Check", "Finding", "Report", "findings_in_the_way", "run_checks"]
