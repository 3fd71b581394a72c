import pytest
from django.urls import path
import decisions.urls as du
from infosharing.access.declared import requires, Access
@requires(Access.SIGNED_IN)
def stub(request, public_id=""):
    raise AssertionError
have={p.name for p in du.urlpatterns}
for n, r in (("practice","practice/"),("decide","requests/<str:public_id>/decide/"),("draft","drafts/<str:public_id>/")):
    if n not in have:
        print("stub", n); du.urlpatterns.append(path(r, stub, name=n))
from django.utils import timezone
from django.test.utils import CaptureQueriesContext
from django.db import connection
from tests.factories import *
from tests.counting import data_statements

def test_pages(cast, sign_in, monkeypatch):
    monkeypatch.setattr("infosharing.casefile.context.how_much_to_do", lambda u: 0)
    case = a_case(by=cast.staff, organisation=cast.school)
    r = a_request(case=case, by=cast.staff, received=True)
    a_draft(case=case, by=cast.dsl, request=a_request(case=case, by=cast.dsl))
    v = a_signed_decision(case=case, by=cast.dsl)
    c = a_consent(case=case, by=cast.staff)
    p = its_person(case).public_id
    client = sign_in(cast.dsl)
    bad=[]
    for url in ["/cases/", "/cases/new/", f"/cases/{case.public_id}/", f"/cases/{case.public_id}/access/", f"/cases/{case.public_id}/people/new/",
      f"/cases/{case.public_id}/people/{p}/change/", f"/cases/{case.public_id}/people/{p}/responsibility/new/", f"/cases/{case.public_id}/judgements/new/",
      f"/cases/{case.public_id}/judgements/new/?person={p}", "/requests/", "/requests/new/", "/requests/new/?origin=received", "/requests/new/?origin=own_initiative",
      f"/requests/{r.public_id}/", f"/requests/{r.public_id}/identity/", f"/cases/{case.public_id}/requests/new/", f"/cases/{case.public_id}/requests/new/?origin=received",
      f"/cases/{case.public_id}/consents/new/", f"/consents/{c.public_id}/", f"/consents/{c.public_id}/withdraw/"]:
        with CaptureQueriesContext(connection) as q:
            try:
                resp = client.get(url)
                print(resp.status_code, len(data_statements(q)), url)
                if resp.status_code!=200: bad.append(url)
            except Exception as e:
                print("EXC", url, type(e).__name__, str(e)[:300]); bad.append(url)
    assert not bad
