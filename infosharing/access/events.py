"""What the log is told about signing in, being refused, members and roles."""

from infosharing.audit.events import EventCode


class AccessEvent(EventCode):
    """Codes are stored for ever: add, never rename."""

    SIGNED_IN = "access.signed_in", "Signed in"
    SIGNED_OUT = "access.signed_out", "Signed out"
    SIGN_IN_REFUSED = "access.sign_in_refused", "Sign-in refused"
    PASSWORD_LINK_MADE = "access.password_link_made", "Link for a new password made"
    PASSWORD_CHANGED = "access.password_changed", "Password changed"
    REFUSED = "access.refused", "Refused"
    ORGANISATION_SET_UP = "access.organisation_set_up", "Organisation set up"
    PACK_CHOSEN = "access.pack_chosen", "Checklist chosen"
    MEMBER_INVITED = "access.member_invited", "Member invited"
    INVITATION_WITHDRAWN = "access.invitation_withdrawn", "Invitation withdrawn"
    INVITATION_ACCEPTED = "access.invitation_accepted", "Invitation accepted"
    MEMBER_ADDED = "access.member_added", "Member added"
    ROLE_GIVEN = "access.role_given", "Role given"
    ROLE_ENDED = "access.role_ended", "Role ended"
    MEMBERS_SEEN = "access.members_seen", "Members looked at"
