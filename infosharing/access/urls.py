"""Addresses for signing in, members and roles.

Those of django-allauth keep its names and stand outside the namespace; each is declared by
``views.account``. What is not listed here does not exist.
"""

from django.urls import include, path, re_path

from infosharing.access.views import (
    account,
    closures,
    health,
    invitations,
    kept,
    members,
    retention,
    roles,
    stand_ins,
)

own = [
    path("health/", health.health, name="health"),
    path("kept/<str:public_id>/", kept.kept, name="kept"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/checklist/", members.checklist, name="checklist"),
    path("members/invitations/<str:public_id>/", members.invitation, name="invitation"),
    path(
        "members/invitations/<str:public_id>/withdraw/",
        members.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("members/roles/new/", roles.give_role, name="give_role"),
    path("members/roles/<str:public_id>/end/", roles.end_role, name="end_role"),
    path("members/how-long-kept/", retention.kept_for, name="kept_for"),
    path("members/closures/", closures.closures, name="closures"),
    path(
        "members/closures/<str:public_id>/remove/", closures.closure_remove, name="closure_remove"
    ),
    path("stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("stand-ins/<str:public_id>/end/", stand_ins.stand_in_end, name="stand_in_end"),
    path("invitations/<str:secret>/", invitations.accept_invitation, name="accept_invitation"),
]

urlpatterns = [
    path("", include((own, "access"))),
    path("sign-in/", account.sign_in, name="account_login"),
    path("sign-out/", account.sign_out, name="account_logout"),
    path("account-closed/", account.account_closed, name="account_inactive"),
    path("password/change/", account.change_password, name="account_change_password"),
    path("password/reset/", account.ask_for_link, name="account_reset_password"),
    path("password/reset/done/", account.link_sent, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.choose_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_chosen,
        name="account_reset_password_from_key_done",
    ),
]
