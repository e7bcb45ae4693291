"""What a kernel does besides running cells: it begins each notebook as new.

One kernel runs several notebooks, because its imports take longer than their cells. Between two of them it forgets
variables, history and figures, the settings of matplotlib, pandas and numpy, and the folder, arguments, paths, warnings
and environment variables. What else a notebook changes in a module, those after it in the same kernel will meet.
"""

from __future__ import annotations

import os
import sys
import warnings
from copy import deepcopy

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython import get_ipython
from matplotlib_inline.config import InlineBackend

__all__ = ["begin"]

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
