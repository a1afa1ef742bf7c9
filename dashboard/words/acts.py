"""What somebody did, as one plain sentence, for the record on screen and in its file."""

import re
from collections.abc import Mapping

from schemas.term import parse_term

# What is done, as a sentence about who did it; `{subject}` is what it was done to.
ACTS: Mapping[str, str] = {
    "signed in": "{who} signed in",
    "signed out": "{who} signed out",
    "signed out everywhere": "{who} signed out everywhere",
    "sign-in refused": "{who} refused a sign-in as {subject}",
    "code refused": "{who} refused a code of {subject}, whose password was right",
    "added an account": "{who} made an account for {subject}",
    "gave a role": "{who} gave a role to {subject}",
    "took a role away": "{who} took a role away from {subject}",
    "ended an account": "{who} ended the account of {subject}",
    "invited": "{who} made a link for {subject} to choose a password",
    "chose a password": "{who} chose a password",
    "set up codes": "{who} set up an app that makes codes for signing in",
    "bound a council account": "{who} signed in with a council account for the first time",
    "refused": "{who} asked to {subject} and was refused",
    "sent in": "{who} sent in {subject}",
    "checked again": "{who} had {subject} checked again",
    "accepted": "{who} accepted {subject}",
    "turned back": "{who} turned back {subject}",
    "restored": "{who} restored the figures of {subject}",
    "returned": "{who} changed figures, so {subject} is a draft again",
    "new version": "{who} changed figures, which began {subject}",
    "downloaded": "{who} downloaded {subject} as it was sent",
    "explained": "{who} explained a finding about {subject}",
    "answered for a file": "{who} answered for a file of {subject}",
    "checked": "{who} checked {subject}",
    "sent back": "{who} sent {subject} back to draft",
    "recorded an agreement": "{who} recorded an agreement of {subject}",
    "agreed": "{who} put {subject} down as agreed",
    "announced": "{who} announced the day of {subject}",
    "planned": "{who} planned the publication of {subject}",
    "plan called off": "{who} called the publication of {subject} off",
    "published": "{who} published {subject}",
    "superseded": "{who} superseded {subject}",
    "began a correction": "{who} began {subject}, which corrects what is published",
    "wrote a notice": "{who} wrote what everyone is told of {subject}",
    "withdrew": "{who} withdrew {subject}",
    "let an early reader in": "{who} let somebody read {subject} early",
    "ended early reading": "{who} ended an early reader’s link to {subject}",
    "read early": "{who} noted the first early reading of {subject}",
    "wrote commentary": "{who} wrote commentary on {subject}",
    "returned commentary": "{who} returned commentary on {subject}",
    "loaded the plan": "{who} loaded the improvement plan ({subject})",
    "added an action": "{who} added {subject} to the improvement plan",
    "changed an action": "{who} changed {subject} of the improvement plan",
    "ended an action": "{who} took {subject} out of the improvement plan",
    "wrote a note": "{who} wrote {subject}",
    "agreed a note": "{who} agreed {subject}",
    "ended a note": "{who} ended {subject}",
    "took back a note": "{who} took back {subject}",
    "chose a heading": "{who} said what the heading {subject} means",
    "forgot a heading": "{who} no longer says what the heading {subject} means",
    "reminded": "{who} reminded {subject} of what is due",
    "could not remind": "{who} could not send a reminder to {subject}",
    "worked out what is hidden": "{who} worked out what {subject} hides from everyone",
    "renewed pages": "{who} made the pages for everyone anew, with the figures of {subject}",
    "could not renew pages": "{who} could not make the pages for everyone anew",
    "read": "{who} read {subject}",
    "set aside": "{who} set {subject} aside",
    "answered families": "{who} wrote {subject}",
    "ended an answer": "{who} ended {subject}",
    "made a token": "{who} made {subject} for a program of theirs",
    "ended a token": "{who} ended {subject}",
    "read with a token": "{who} read tables with {subject}, the first time that day",
    "token refused": "{who} refused tables to {subject}",
    "asked to be told": "{who} asked to be told of {subject}",
    "asked no longer to be told": "{who} asked to be told no longer of {subject}",
    "began an alert": "{who} began to send an alert to {subject}",
    "sent an alert": "{who} sent an alert to {subject}",
    "could not send an alert": "{who} could not send an alert to {subject}",
}
_VERSION = re.compile(r"(20\d\d-\d\d (?:autumn|spring|summer))(?: v(\d+))?")


def act_sentence(what: str, who: str, subject: str) -> str:
    """`Second analyst, who checks (person 3) checked Summer term 2025/26, version 1.` An act
    nobody found words for, as an older program may have left one, is told as it stands."""
    pattern = ACTS.get(what, f"{{who}}: {what}, {{subject}}")
    said = pattern.format(who=who, subject=subject_words(subject))
    return f"{said.rstrip(' ,:')}."


def subject_words(subject: str) -> str:
    """With terms and versions as people call them: `Summer term 2025/26, version 2`."""
    return _VERSION.sub(_version_words, subject)


def _version_words(found: re.Match[str]) -> str:
    term = parse_term(found[1])
    assert term is not None
    return f"{term.title}, version {found[2]}" if found[2] else term.title
