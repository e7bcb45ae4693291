"""The process that kernels are copied from; ``analysis.exporting.kernels`` starts it and gives it orders over a socket.

It loads what the notebooks load and then only waits, with a single thread: such a process can be copied safely.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from importlib import import_module
from io import BytesIO
from typing import Any

__all__ = ["main"]

_LOADED = (
    "analysis.charts",
    "analysis.display.story",
    "analysis.extraction.exclusions",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas.core.methods.to_dict",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
)
_WARM = "In 2023 Xa An district admitted 12 members, reaching 120% of the plan."


def main(socket_number: int) -> None:
    """Load, then fork a kernel for every order until the other end closes."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends itself when this process has gone
    _load()
    gc.collect()
    gc.freeze()  # the copies share this memory as long as the collector leaves it alone
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a kernel ended
    with socket.socket(fileno=socket_number) as line, line.makefile("rb") as orders:
        while order := orders.readline():
            pid = os.fork()
            if not pid:
                break
            line.sendall(str(pid).encode())
    if order:
        _be_kernel(**json.loads(order))


def _load() -> None:
    """Everything that notebooks take long to load, the words of the first sentence, the fonts of the first chart."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody debugs an export; this takes as long as the rest
    for name in _LOADED:
        import_module(name)
    del sys.modules["debugpy"]
    from matplotlib.figure import Figure

    from analysis import charts, extract_figures

    # Into axes of its own: pyplot must meet its backend in the kernel, which tells it where to show figures.
    drawn = Figure()
    charts.coverage(extract_figures(_WARM), drawn.add_subplot())
    drawn.savefig(BytesIO(), format="svg")


def _be_kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Become a kernel as ``python -m ipykernel_launcher`` is one."""
    from ipykernel import kernelapp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment | {"JPY_PARENT_PID": str(os.getppid())})
    launch: Any = kernelapp.launch_new_instance
    launch(argv=arguments)


if __name__ == "__main__":
    main(int(sys.argv[1]))
