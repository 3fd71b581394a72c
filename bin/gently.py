"""Runs a file or a module so that Ctrl-C ends it at once, without a traceback.

``python bin/gently.py FILE ARGUMENT...`` or ``python bin/gently.py -m MODULE ARGUMENT...``
"""

import os
import runpy
import signal
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.path[0] = os.getcwd()  # noqa: PTH109 this runs before every start: pathlib takes its time
sys.argv = sys.argv[1:]
if sys.argv[0] == "-m":
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    runpy.run_path(sys.argv[0], run_name="__main__")
