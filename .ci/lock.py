"""Writes requirements.lock, which users install, and requirements-test.lock, what the tests need beyond it.

`make lock` runs it; `--upgrade` takes the newest versions. It needs uv.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USERS, TESTS = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
COMMAND = [
    *("uv", "pip", "compile", "pyproject.toml", "--extra", "all", "--quiet"),
    *("--universal", "--fork-strategy", "fewest", "--python-version", "3.11"),
]


def main() -> None:
    """Write both."""
    options = [*sys.argv[1:], "--generate-hashes", "--no-header", "--group", "lock"]
    before = blocks(USERS) | (blocks(TESTS) if TESTS.exists() else {})
    TESTS.write_text("".join(before.values()), encoding="utf-8")  # the versions to keep
    compile_to(TESTS, [*options, "--group", "test"])
    both = blocks(TESTS)
    # The tests run what users run: of what both need, the versions are the same.
    USERS.write_text("".join(both.values()), encoding="utf-8")
    compile_to(USERS, [option for option in options if option != "--upgrade"])
    users = blocks(USERS)
    TESTS.write_text("".join(block for name, block in both.items() if name not in users), encoding="utf-8")


def compile_to(lock: Path, options: list[str]) -> None:
    """Let uv resolve what the project asks for."""
    subprocess.run([*COMMAND, *options, "--output-file", str(lock)], cwd=ROOT, check=True)


def blocks(lock: Path) -> dict[str, str]:
    """Return each requirement of a lock, with its hashes and remarks, by its name and marker."""
    text = lock.read_text(encoding="utf-8")
    found = re.findall(r"^\S.*\n(?:[ ]+.*\n)*", text, re.MULTILINE)
    return {block.partition("\\")[0].strip(): block for block in found}


if __name__ == "__main__":
    main()
