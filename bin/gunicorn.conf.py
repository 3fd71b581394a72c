"""How bin/serve runs the web server, and what it says when the pages can be opened."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
# A browser opens connections it does not use yet; each would hold up a worker without threads.
worker_class = "gthread"
threads = 8
preload_app = True  # "ready" is said only of an application that has loaded
loglevel = "warning"
accesslog = None
control_socket_disable = True


MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
DURABILITY = ("check", "--deploy", "--tag", "durability", "--database", "default")


def on_starting(server):
    """In production, ask the database whether it keeps what it says it has kept; else stop.

    In a process of its own, so that no connection is open when the workers are made.
    """
    if os.environ.get("INFOSHARING_MODE") != "production":
        return
    if subprocess.run([sys.executable, str(MANAGE), *DURABILITY], check=False).returncode:  # noqa: S603
        sys.exit("Infosharing does not start: the database would lose what it says it has kept.")


def start_worker():
    """Start what makes PDFs in the background; it ends by itself when this server does."""
    subprocess.Popen([sys.executable, str(MANAGE), "work_exports", "--with-parent"])  # noqa: S603


def when_ready(server):
    """Open the lock that bin/serve took, and say where the pages are and who may sign in."""
    start_worker()
    lock = int(os.environ["INFOSHARING_LOCK_FD"])
    fcntl.flock(lock, fcntl.LOCK_UN)
    os.close(lock)
    lines = [
        "",
        f"Infosharing is ready: http://{bind}/",
        os.environ.get("INFOSHARING_SIGN_INS", ""),
        "Stop it with Ctrl-C.",
    ]
    print("\n".join(line for line in lines), flush=True)
