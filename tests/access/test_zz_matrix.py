import pytest, collections, json
from django.test import Client
from tests.access.walking import *
from tests.access.world import make_world
from infosharing.accounts.roles import Role


def test_matrix(people, sign_in):
    world = make_world(people, decider=people.dsl, role=Role.DSL, asked=people.colleague)
    clients = {n: sign_in(u) for n, u in people.everybody().items()}
    clients["anonymous"] = Client()
    res = {}
    for name, pattern in addresses():
        line = {}
        for m in ("GET", "HEAD", "POST", "PUT"):
            line[m] = {}
            for who, c in clients.items():
                try:
                    s = knock(c, m, path_of(name, world)).status
                except Exception as e:
                    s = repr(e)[:200]
                line[m][who] = s
        res[name] = line
        with open("/tmp/dkmatrix.json", "w") as out:
            json.dump(res, out)
