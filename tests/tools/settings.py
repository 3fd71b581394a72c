"""The product's settings, and what only tests have: models to try the log's guard on."""

from infosharing.settings import *  # noqa: F403 all of them, under their own names
from infosharing.settings import DATABASES, INSTALLED_APPS

if "tests.audit.sampleapp" not in INSTALLED_APPS:
    INSTALLED_APPS.append("tests.audit.sampleapp")

# Looking for the best way to ask takes PostgreSQL longer than asking, where tables are as small as
# in tests. Tests of how it asks take this back: tests.engines.planned_as_in_production.
HARDLY_PLANNED = {
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # In memory: pytest-xdist would number the file's whole path, as it knows Django's engine only.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    # A busy machine takes its time to make and to drop a database.
    DATABASES["default"].pop("ANSWER_WITHIN", None)
    DATABASES["default"]["OPTIONS"]["options"] = " ".join(
        [
            "-c lock_timeout=3000 -c statement_timeout=60000 -c jit=off -c random_page_cost=1.1",
            "-c max_parallel_workers_per_gather=0",
            *(f"-c {name}={value}" for name, value in HARDLY_PLANNED.items()),
        ]
    )
