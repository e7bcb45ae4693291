"""Programs that end with this process, in whatever way it ends, and with them all that they have started.

Nobody hears a SIGKILL, and a program that is busy does not look for its parent. So a shell beside each program reads
from a pipe that nobody writes to: the pipe ends when this process does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

__all__ = ["leash", "on_leash"]

# The program takes the place of the first shell. The second kills the process group of both, which is their own.
_SCRIPT = 'exec 3<&0 </dev/null; (read -r _ <&3; rm -rf -- "$0"; kill -KILL 0) >/dev/null 2>&1 & exec 3<&-; exec "$@"'


@contextmanager
def leash() -> Iterator[int]:
    """What programs on a leash get as their input; they are killed at the end of the block, if they still run."""
    held, holds = os.pipe()
    try:
        yield held
    finally:
        os.close(holds)
        os.close(held)


def on_leash(command: Sequence[str], folder: str = "") -> list[str]:
    """The command that starts a program on a leash, given that as its input and a session of its own.

    On Windows it is the program alone.

    Args:
        command: the program and its arguments.
        folder: a folder to remove with it.
    """
    return ["/bin/sh", "-c", _SCRIPT, folder, *command] if os.name == "posix" else list(command)
