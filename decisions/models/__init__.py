"""Requests, drafts, signed versions, and what follows them."""

from decisions.models.advice import Advice, AdviceRequest, AdviceTried, MayHaveAdvised
from decisions.models.breach import Breach, BreachStep
from decisions.models.decision import ConsentConsidered, Decision
from decisions.models.draft import Draft, DraftEditor, DraftPage
from decisions.models.following import (
    AfterAnswer,
    DisclosedItem,
    Disclosure,
    Progress,
    Receipt,
    Telling,
)
from decisions.models.reaction import ConsentReaction
from decisions.models.request import (
    Request,
    RequestCorrection,
    RequestDocument,
    RequestPerson,
    SameRequest,
    Undecided,
)
from decisions.models.review import (
    LookBack,
    Review,
    ReviewQuestion,
    ReviewReply,
    ReviewSetting,
    SecondReview,
)
from decisions.models.version import Item, ItemPerson, PackVersion, Recipient, SignedVersion

__all__ = [
    "Advice",
    "AdviceRequest",
    "AdviceTried",
    "AfterAnswer",
    "Breach",
    "BreachStep",
    "ConsentConsidered",
    "ConsentReaction",
    "Decision",
    "DisclosedItem",
    "Disclosure",
    "Draft",
    "DraftEditor",
    "DraftPage",
    "Item",
    "ItemPerson",
    "LookBack",
    "MayHaveAdvised",
    "PackVersion",
    "Progress",
    "Receipt",
    "Recipient",
    "Request",
    "RequestCorrection",
    "RequestDocument",
    "RequestPerson",
    "Review",
    "ReviewQuestion",
    "ReviewReply",
    "ReviewSetting",
    "SameRequest",
    "SecondReview",
    "SignedVersion",
    "Telling",
    "Undecided",
]
