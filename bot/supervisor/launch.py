"""First code of every child process: `python launch.py LIFELINE MODULE:FUNCTION [ARGUMENT...]`.

LIFELINE is the number of an inherited pipe whose other end only the supervisor holds. When the
supervisor is gone, however it ended (`kill -9` too), the pipe closes and the child ends its whole
process group. Works on every POSIX system; needs only the standard library and Python 3.10.
"""

import importlib
import os
import signal
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GRACE = 8.0
"""Seconds between asking a process group to end and ending it."""


def _end_with_supervisor(lifeline: int) -> None:
    os.read(lifeline, 1)  # nobody writes: returns when the last writer is gone
    alone = os.getpgrp() != os.getpid()
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if alone:  # started by hand in somebody else's group: end only this process
            os.kill(os.getpid(), sign)
        else:
            os.killpg(os.getpgrp(), sign)
        time.sleep(GRACE)


def main(arguments: list[str]) -> None:
    """Tie this process to its supervisor, then call the function that the process is for.

    Args:
        arguments: the pipe's number, `module:function`, and what the function sees as `sys.argv`.
    """
    lifeline, target, *rest = arguments
    threading.Thread(
        target=_end_with_supervisor, args=(int(lifeline),), daemon=True, name="lifeline"
    ).start()
    module, _, function = target.partition(":")
    # The root as import path, instead of this file's folder.
    sys.path[0] = str(ROOT)
    sys.argv = [module, *rest]
    result = getattr(importlib.import_module(module), function)()
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
