"""What a person said about sharing, that they withdrew it, and how they were asked."""

from consent.models.consent import UNDERSTANDING, ConsentRecord, Withdrawal
from consent.models.step import ConsentStep

__all__ = ["UNDERSTANDING", "ConsentRecord", "ConsentStep", "Withdrawal"]
