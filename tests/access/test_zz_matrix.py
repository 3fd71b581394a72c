import pytest, collections
from django.test import Client
from tests.access.walking import *
from tests.access.world import make_world
from infosharing.accounts.roles import Role
def test_matrix(people, sign_in):
    world = make_world(people, decider=people.dsl, role=Role.DSL, asked=people.colleague)
    clients = {n: sign_in(u) for n,u in people.everybody().items()}; clients["anonymous"]=Client()
    out=open('/tmp/dkmatrix.txt','w')
    for name, pattern in addresses():
        line={}
        for m in METHODS:
            by=collections.defaultdict(list)
            for who,c in clients.items():
                try: s=knock(c,m,path_of(name,world)).status
                except Exception as e: s=repr(e)[:200]
                by[s].append(who)
            line[m]=dict(by)
        print(name, pattern.pattern, file=out)
        for m in ("GET","POST"): print("   ",m,{k:" ".join(v) for k,v in line[m].items()}, file=out)
        if line["HEAD"]!=line["GET"]: print("    HEAD",{k:" ".join(v) for k,v in line["HEAD"].items()}, file=out)
        print("    rest", [ {k:" ".join(v) for k,v in line[m].items()} for m in METHODS[3:] if line[m]!=line["PUT"]] or {k:" ".join(v) for k,v in line["PUT"].items()}, file=out, flush=True)
