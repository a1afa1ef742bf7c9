"""Roles: what a person may do in an area, and the words for it."""

from enum import StrEnum


class Role(StrEnum):
    """The roles of sign-off (Aqua Book), the partner who reads, and who looks after accounts."""

    viewer = "viewer"
    analyst = "analyst"
    assurer = "assurer"
    approver = "approver"
    publisher = "publisher"
    administrator = "administrator"


ROLES: tuple[str, ...] = tuple(Role)

ROLE_WORDS: dict[Role, str] = {
    Role.viewer: "reads what is published, as a partner",
    Role.analyst: "sends in an organisation’s figures and explains them",
    Role.assurer: "checks figures that others sent",
    Role.approver: "records that the partnership has agreed, withdraws",
    Role.publisher: "plans and publishes what has been agreed",
    Role.administrator: "looks after accounts and roles",
}
