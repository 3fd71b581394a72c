"""The link of an invitation, shown once and e-mailed where e-mail is set up."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from infosharing.accounts.models import Invitation

logger = logging.getLogger(__name__)


def invitation_link(secret: str) -> str:
    """Return the whole address at which an invitation is accepted."""
    return str(settings.PUBLIC_URL) + reverse("access:accept_invitation", kwargs={"secret": secret})


def password_link(key: str) -> str:
    """Return the whole address at which a new password is chosen."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return str(settings.PUBLIC_URL) + path.replace("UID-KEY", key)


def send_invitation(invitation: Invitation, secret: str) -> bool:
    """Send the link by e-mail; return whether it went out. Never raises: the link is shown too."""
    if not settings.SENDS_EMAIL:
        return False
    body = render_to_string(
        "access/email/invitation.txt",
        {"invitation": invitation, "link": invitation_link(secret)},
    )
    message = EmailMessage("Your account for Infosharing", body, to=[invitation.email])
    try:
        return message.send() > 0
    except (SMTPException, OSError) as problem:
        logger.warning("An invitation could not be sent: %s", type(problem).__name__)
        return False
