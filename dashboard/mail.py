"""E-mail by a council's own server: plain text, encrypted where the server offers it."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from dashboard.hosting import Mail

_PATIENCE = 20  # seconds
_HERE = ("localhost", "127.0.0.1", "::1")


class MailProblem(Exception):
    """A message was not sent; says why without naming who it was for."""


def send_mail(mail: Mail, to: str, subject: str, text: str, way_out: str = "") -> None:
    """Sends one message of plain text.

    Args:
        way_out: the address of the page where its reader ends such messages, "" for a message
            that comes with a role.

    Raises:
        MailProblem: the server cannot be reached or will not take it.
    """
    message = _message(mail, to, subject, text)
    if way_out:
        message["List-Unsubscribe"] = f"<{way_out}>"
    domain = mail.sender.rpartition("@")[2]
    try:
        with smtplib.SMTP(mail.host, mail.port, domain, timeout=_PATIENCE) as server:
            _greet(server, mail)
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise MailProblem(_why(error, mail)) from error


def is_address(name: str) -> bool:
    """Whether a sign-in name is an address that can be written to."""
    before, at, after = name.partition("@")
    sound = name.isascii() and name.isprintable() and " " not in name and "@" not in after
    return bool(at and before and "." in after.strip(".") and sound)


def _message(mail: Mail, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence notice answers it
    message.set_content(text)
    return message


def _greet(server: smtplib.SMTP, mail: Mail) -> None:
    """A password never crosses a network in the open."""
    server.ehlo()
    encrypted = server.has_extn("starttls")
    if encrypted:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if not mail.user:
        return
    if not encrypted and mail.host not in _HERE:
        raise MailProblem(
            f"{mail.host} offers no encryption, so the password for it was not sent. "
            "Use another port or server, or one that needs no password."
        )
    server.login(mail.user, mail.password)


def _why(error: Exception, mail: Mail) -> str:
    where = f"{mail.host}, port {mail.port}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _ in error.recipients.values()})
        return f"The mail server {where} refused the address it was for ({', '.join(codes)})."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server {where} did not accept SEND_SMTP_USER and SEND_SMTP_PASSWORD."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server {where} refused the message ({error.smtp_code})."
    if isinstance(error, ssl.SSLError):
        return f"The mail server {where} has no certificate that is trusted here."
    if isinstance(error, smtplib.SMTPException):
        return f"The mail server {where} broke off the conversation."
    return f"The mail server {where} cannot be reached."
