"""Runs a module as a child that stops by itself when its parent closes the pipe, or is gone.

`python -m thamthan.cli.leash MODULE ARGUMENT …`. The same on every system, and however the
parent ends: no child is left behind that holds the port.
"""

import os
import runpy
import signal
import sys
import threading


def stop_when_let_go() -> None:
    """Waits for the end of the standard input, then asks this process to stop."""
    while os.read(0, 1024):
        pass
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGTERM)
    else:
        signal.raise_signal(signal.SIGINT)


def main() -> None:
    sys.argv = sys.argv[1:]
    threading.Thread(target=stop_when_let_go, daemon=True).start()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
