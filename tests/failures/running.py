"""A product that runs, with the people who use it."""

from dataclasses import dataclass

from decisions.models import Draft, Request
from infosharing.cases.models import Case
from tests.factories import a_case, a_complete_draft, a_draft, a_request
from tests.failures.person import Person
from tests.failures.product import Product
from tests.people import Cast
from tests.tools.postgres import Server


@dataclass
class Running:
    """A product that runs, with the people who use it; ``server`` is its PostgreSQL, if any."""

    product: Product
    cast: Cast
    server: Server | None = None

    def dsl(self) -> Person:
        """Seat the DSL at a browser of their own."""
        return Person(self.product.port, self.product.cookies_of(self.cast.dsl))

    def a_draft(self, *, complete: bool = False) -> Draft:
        """A draft of the DSL: complete to be signed, or with nothing typed yet."""
        make = a_complete_draft if complete else a_draft
        return self.product.see(lambda: make(case=self._case(), by=self.cast.dsl))

    def a_request(self) -> Request:
        """A request in a case of the DSL."""
        return self.product.see(lambda: a_request(case=self._case(), by=self.cast.dsl))

    def _case(self) -> Case:
        return a_case(by=self.cast.dsl, organisation=self.cast.school)
