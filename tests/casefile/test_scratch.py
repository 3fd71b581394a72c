from django.utils import timezone
from infosharing.casefile.domain import exporting, working
from infosharing.casefile.enums import ExportKind
from infosharing.casefile.exported import decisions_to_take_away
from infosharing.casefile.pdf import making
from infosharing.casefile import store
from tests.decisions.afterwards import *
from tests.tools import verapdf
def test_it(cast, tmp_path):
    one = a_decision(cast); everything_followed(one, cast.dsl)
    a_refusal(cast); two=a_part_shared(cast)
    draft = an_amendment(two, cast.dsl)
    from tests.factories import save
    save(draft, cast.dsl, {("outcome", 0): draft.pages.get(page="outcome").typed | {"reasons": ["Better reasons."]}})
    signed(draft, cast.dsl)
    wanted = exporting.Wanted(kind=ExportKind.DECISIONS, decisions=list(decisions_to_take_away(cast.auditor)), told=["Outcome: any"], organisation=cast.school)
    exporting.ask_export(wanted=wanted, by=cast.auditor, at=timezone.now())
    export = working.claim_next(claim="x"*22, at=timezone.now())
    made, failed = making.make(export, progress=lambda d,t: True)
    p = store.place_of(made.stored_as)
    import shutil; shutil.copy(p, "/tmp/pdft/decisions.pdf")
    wanted = exporting.Wanted(kind=ExportKind.CASE, cases=[one.case], decisions=[one], organisation=cast.school)
    exporting.ask_export(wanted=wanted, by=cast.auditor, at=timezone.now())
    export = working.claim_next(claim="y"*22, at=timezone.now())
    made, failed = making.make(export, progress=lambda d,t: True)
    p = store.place_of(made.stored_as)
    shutil.copy(p, "/tmp/pdft/case.pdf")
    for r in verapdf.validate(["/tmp/pdft/decisions.pdf", "/tmp/pdft/case.pdf"]): print(r)
    assert 0
