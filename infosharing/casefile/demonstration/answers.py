"""Answers that several stories share."""

SAFEGUARDING = "safeguarding_of_children_and_individuals_at_risk"
USUAL = {
    "immediate_danger": "no",
    "purpose": "yes",
    "identifiable": "yes",
    "confidential": "yes",
    "significant_harm": "no",
    "serious_crime": "no",
    "legal_duty": "no",
}
UNDERSTOOD = {
    "knows_what_happens": True,
    "knows_who_is_told": True,
    "knows_onward_sharing": True,
    "knows_why": True,
    "consequences_explained": True,
    "freely_given": True,
    "understood": True,
}
HARM = {**USUAL, "significant_harm": "yes"}
