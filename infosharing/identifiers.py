"""Names for things: random ids for addresses, short references to say aloud.

Neither grants access to anything (design.md "Identifiers").
"""

import secrets

from django.db import models

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 10
PUBLIC_ID_LENGTH = 22


def new_public_id() -> str:
    """Return 128 random bits as 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


def new_reference() -> str:
    """Return ten Crockford characters, for example ``7K3MQ0ZP4T``: easy to say on the telephone."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(REFERENCE_LENGTH))


def spoken(reference: str) -> str:
    """Return a reference in groups, ``7K3 MQ0 ZP4T``, as it is shown on screen and paper."""
    return f"{reference[:3]} {reference[3:6]} {reference[6:]}"


class Identified(models.Model):
    """Anything with an address of its own."""

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False
    )

    class Meta:
        abstract = True


class Referenced(Identified):
    """Anything people speak about by reference."""

    reference = models.CharField(
        max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )

    class Meta:
        abstract = True

    @property
    def spoken_reference(self) -> str:
        """The reference in groups of three and four characters."""
        return spoken(self.reference)
