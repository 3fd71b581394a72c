"""A request carries the place of its case, so that lists need not ask the case for it."""

import importlib
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from decisions.models import Request
from infosharing.audit import triggers
from tests.factories import a_case, a_request


def test_a_request_and_its_history_have_the_place_of_the_case(cast):
    case = a_case(by=cast.staff, organisation=cast.school)
    request = a_request(case=case, by=cast.staff)
    assert request.organisation == cast.school
    assert [row.organisation for row in request.history.all()] == [cast.school]


def test_old_requests_and_their_history_get_it_when_the_product_is_upgraded(cast):
    request = a_request(case=a_case(by=cast.staff, organisation=cast.school), by=cast.staff)
    past = request.history.model
    table = past._meta.db_table
    Request.objects.update(organisation=cast.other_school)
    triggers.remove(connection, [table])
    past.objects.update(organisation=None)
    triggers.install(connection, [table])

    editor = SimpleNamespace(connection=connection, execute=connection.cursor().execute)
    importlib.import_module("decisions.migrations.0002_place_of_requests").fill(apps, editor)

    assert list(Request.objects.values_list("organisation", flat=True)) == [cast.school.pk]
    assert list(past.objects.values_list("organisation", flat=True)) == [cast.school.pk]
    assert triggers.missing(connection, [table]) == []
