"""The verbs of membership: organisations, invitations, roles, passwords."""
