"""What the audit has to say as SARIF 2.1.0 (OASIS), the form that editors and code hosts take findings in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.checks.findings import RULES
from analysis.reading.reports import Failure
from analysis.writing.remarks import Remark

__all__ = ["as_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = ("error", "warning", "note")
_AGREES = ("yes", "by rounding")


def as_sarif(told: Iterable[Remark], version: str, failed: Sequence[Failure] = ()) -> dict[str, Any]:
    """The log of one run, to be written as JSON.

    Args:
        told: what to report; a recomputation that agrees has passed, one that does not and makes no finding is left
            for review.
        version: of this library.
        failed: the files that could not be read.
    """
    results = [_result(one) for one in told]
    rules = [_rule(check) for check in RULES]
    notes = [{"level": "error", "message": {"text": one.message}, "locations": [_file(one.path)]} for one in failed]
    driver = {"name": "analysis", "semanticVersion": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notes}],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: str) -> dict[str, Any]:
    rule = RULES[check]
    return {
        "id": check,
        "shortDescription": {"text": rule.rule},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(one: Remark) -> dict[str, Any]:
    kind = "fail" if one.level in _LEVELS else "pass" if one.level in _AGREES else "review"
    place = _file(one.file)
    place["physicalLocation"]["region"] = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
        "snippet": {"text": one.quote},
    }
    return {
        "ruleId": one.check,
        "ruleIndex": list(RULES).index(one.check),
        "kind": kind,
        "level": one.level if kind == "fail" else "none",
        "message": {"text": f"{one.message} Another reading: {one.explanation}." if one.explanation else one.message},
        "locations": [place],
        "partialFingerprints": {"findingId/v1": one.id},
    }


def _file(path: str | Path) -> dict[str, Any]:
    """Where a file lies: a path from the folder that the run was started in, or the whole path."""
    address = Path(path).as_uri() if os.path.isabs(path) else quote(os.fsencode(Path(path).as_posix()))
    return {"physicalLocation": {"artifactLocation": {"uri": address}}}
