"""Packages that only some need: imported when they are used, named with the command that installs them.

>>> needed("json", "office").dumps([1])
'[1]'
>>> needed("no_such_package", "office")
Traceback (most recent call last):
analysis.extras.MissingExtra: This needs no_such_package: pip install 'targets-and-results[office]'.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from analysis.errors import UserError

__all__ = ["MissingExtra", "needed"]

DISTRIBUTION = "targets-and-results"


class MissingExtra(UserError, ImportError):
    """A package that belongs to an extra is not installed; the message is one sentence with the command."""


def needed(module: str, extra: str) -> ModuleType:
    """A module of a package that an extra of ``pyproject.toml`` brings.

    Args:
        module: such as ``openpyxl`` or ``openpyxl.styles``.
        extra: such as ``office``.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if (error.name or "").partition(".")[0] != package:
            raise
        raise MissingExtra(f"This needs {package}: pip install '{DISTRIBUTION}[{extra}]'.") from None
