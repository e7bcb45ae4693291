"""What a kernel does besides running cells: it begins each notebook as new, and ends with the process that started it.

One kernel runs several notebooks, because its imports take longer than their cells. Between two of them it forgets
variables, history and figures, the settings of matplotlib, pandas and numpy, and the folder, arguments, paths, warnings
and environment variables. What else a notebook changes in a module, those after it in the same kernel will meet.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import warnings
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython import get_ipython
from matplotlib_inline.config import InlineBackend

__all__ = ["begin", "end_with_parent"]

_SECONDS = 0.5  # between two looks at the parent

# How everything is when the kernel starts and has run no cell.
_ARGUMENTS, _PATH, _VARIABLES, _FILTERS = sys.argv[:], sys.path[:], dict(os.environ), warnings.filters[:]
_FIGURES = InlineBackend.instance(parent=get_ipython())
_SHOWN = {name: deepcopy(getattr(_FIGURES, name)) for name in _FIGURES.trait_names(config=True)}
_PRINTED = np.get_printoptions()


def begin(folder: str) -> None:
    """Leave the kernel as a new one would be that starts in the folder."""
    shell = get_ipython()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(_VARIABLES)
    sys.argv[:], sys.path[:] = _ARGUMENTS, _PATH
    plt.close("all")
    matplotlib.rc_file_defaults()
    shell.run_line_magic("matplotlib", "inline")
    for name, value in deepcopy(_SHOWN).items():
        setattr(_FIGURES, name, value)
    with warnings.catch_warnings(action="ignore"):  # about options that pandas will drop
        pd.reset_option("all")
    warnings.filters = _FILTERS[:]
    np.set_printoptions(**_PRINTED)
    shell.reset()


def end_with_parent() -> None:
    """Let this kernel end, and all that its cells have started, when the process that started it has gone.

    ipykernel ends when its parent changes. Where the parent goes before it looks for the first time, it stays for good,
    unless orphans fall to process 1, which they need not. On Windows it waits for the parent itself.
    """
    from ipykernel.kernelapp import IPKernelApp

    if os.name == "posix":
        kernel = IPKernelApp.instance()
        kernel.poller = None
        threading.Thread(target=_watch, args=(Path(kernel.abs_connection_file),), daemon=True).start()


def _watch(connection_file: Path) -> None:
    """End everything as soon as the parent is another than it was."""
    parent = int(os.environ["JPY_PARENT_PID"])
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    connection_file.unlink(missing_ok=True)
    with suppress(ProcessLookupError):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
