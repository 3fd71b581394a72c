"""Stops a request where a test wants to kill the server, and says that it stands there.

The file ``pause`` in the data folder names the moment: ``answer`` (everything is done, nothing has
been said yet) or the beginning of a statement (it has been carried out, its transaction has not
been committed). A file ``paused-…`` says of each request that it has come there.
"""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

ANSWER = "answer"


def pause_at(folder: Path, moment: str) -> None:
    """Let the next request that comes to a moment wait there."""
    (folder / "pause").write_text(moment, encoding="utf-8")


def paused(folder: Path) -> int:
    """Return how many requests stand there."""
    return len(list(folder.glob("paused-*")))


def forget(folder: Path) -> None:
    """Let nothing wait any more."""
    for path in folder.glob("pause*"):
        path.unlink()


class PausingMiddleware:
    """Stands first, so that everything has been done when it comes to the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        folder = Path(settings.DATA_DIR)
        if request.method != "POST" or not (folder / "pause").exists():
            return self.get_response(request)
        moment = (folder / "pause").read_text(encoding="utf-8")

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            done = execute(sql, params, many, context)
            if sql.startswith(moment):
                _stand_still(folder)
            return done

        with connection.execute_wrapper(watch):
            response = self.get_response(request)
        if moment == ANSWER:
            _stand_still(folder)
        return response


def _stand_still(folder: Path) -> None:
    (folder / f"paused-{secrets.token_hex(8)}").touch()
    while (folder / "pause").exists():
        time.sleep(0.02)
