"""Writes sbom.json, with the licence of each package that users install, and asks a vulnerability service about them.

`make audit` runs it, with `.venv` as users have it. It ends with 1 where a vulnerability is known or a licence is not,
and with 2 where the service knew nothing of a package or could not be reached: pip-audit calls that "none found".
Its two tools, pip-audit and cyclonedx-bom (both Apache-2.0), go into an environment of their own.
It needs the standard library alone.
"""

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, SBOM = ROOT / "requirements.lock", ROOT / "sbom.json"
VENV, TOOLS = ROOT / ".venv", ROOT / ".venv" / "audit"
FOLDER = "Scripts" if os.name == "nt" else "bin"
ASKED = ["--disable-pip", "--require-hashes", "-r", str(LOCK), "-f", "json", "--progress-spinner", "off"]


def main() -> int:
    """Print what is known, and return the code to end with."""
    if not TOOLS.exists():
        venv.create(TOOLS, with_pip=True)
        install = [TOOLS / FOLDER / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*install, "pip-audit", "cyclonedx-bom"], check=True)
    wanted = pinned(LOCK.read_text(encoding="utf-8"))
    listing = [TOOLS / FOLDER / "cyclonedx-py", "environment", VENV / FOLDER / "python", "--of", "JSON", "-o", SBOM]
    subprocess.run(listing, check=True)
    bill = only(json.loads(SBOM.read_text(encoding="utf-8")), wanted)
    SBOM.write_text(json.dumps(bill, indent=1), encoding="utf-8")
    for line in listed(bill):
        print(line)
    asked = subprocess.run([TOOLS / FOLDER / "pip-audit", *ASKED], capture_output=True, text=True, check=False)
    code, told = judged(asked.stdout, wanted)
    print(told, file=sys.stderr if code else sys.stdout)
    return code


def pinned(lock: str) -> set[str]:
    """Return the names that a lock pins, as indexes write them."""
    return {plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", lock, re.MULTILINE)}


def plain(name: str) -> str:
    """Return a name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def only(bill: dict, wanted: set[str]) -> dict:
    """Return a bill of materials without what users do not install."""
    kept = [one for one in bill.get("components", []) if plain(one["name"]) in wanted]
    known = {one["bom-ref"] for one in kept}
    links = [one for one in bill.get("dependencies", []) if one["ref"] in known]
    links = [{**one, "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in known]} for one in links]
    return {**bill, "components": kept, "dependencies": links}


def listed(bill: dict) -> list[str]:
    """Return each package with its version and licence."""
    return [f"{one['name']} {one['version']}: {licence(one) or '(in its files)'}" for one in bill["components"]]


def licence(component: dict) -> str:
    """Return what a package says of its licence, in one line."""
    said = [one.get("expression") or one["license"].get("id") or one["license"]["name"] for one in licences(component)]
    return ", ".join(dict.fromkeys(" ".join(one.split())[:60] for one in said))


def licences(component: dict) -> list[dict]:
    """Return what a component lists as its licences."""
    return [one for one in component.get("licenses", []) if "expression" in one or "license" in one]


def judged(answer: str, wanted: set[str]) -> tuple[int, str]:
    """Return the code to end with and what to say of pip-audit's answer, which has to cover all that is wanted."""
    try:
        found = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        found = []
    known = {plain(one["name"]): one["vulns"] for one in found if "skip_reason" not in one}
    bad = [f"{name}: {vuln['id']}" for name, vulns in sorted(known.items()) for vuln in vulns]
    unknown = len(wanted - known.keys())
    if bad:
        rest = f"; of {unknown} more nothing is known" if unknown else ""
        return 1, f"Known vulnerabilities: {', '.join(bad)}{rest}."
    if unknown:
        why = "no vulnerability service could be reached" if not known else "the service does not know them"
        return 2, f"Of {unknown} of {len(wanted)} packages nothing is known: {why}. {SBOM.name} lists them."
    return 0, f"No vulnerability is known of the {len(wanted)} packages that users install. {SBOM.name} lists them."


if __name__ == "__main__":
    sys.exit(main())
