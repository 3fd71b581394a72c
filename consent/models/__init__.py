"""What a person said about sharing, and that they withdrew it."""

from consent.models.consent import ConsentRecord, Withdrawal

__all__ = ["ConsentRecord", "Withdrawal"]
