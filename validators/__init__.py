"""What must hold: rules, shapes, two executors, reports. Graphs and columns in, findings out; no files, no network."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semstat.validators.diagnostics import (
        CheckOutcome,
        CheckStatus,
        Diagnostic,
        Location,
        Report,
        Severity,
        Total,
        Verdict,
    )
    from semstat.validators.memory import validate_data
    from semstat.validators.profiles import Profile
    from semstat.validators.render import render
    from semstat.validators.rules import Rule, catalogue
    from semstat.validators.selection import Selection, selection_of
    from semstat.validators.structural import shapes_of

__all__ = [
    "CheckOutcome",
    "CheckStatus",
    "Diagnostic",
    "Location",
    "Profile",
    "Report",
    "Rule",
    "Selection",
    "Severity",
    "Total",
    "Verdict",
    "catalogue",
    "render",
    "selection_of",
    "shapes_of",
    "validate_data",
]

_HOMES = {
    name: "diagnostics"
    for name in ("CheckOutcome", "CheckStatus", "Diagnostic", "Location", "Report", "Severity", "Total", "Verdict")
} | {
    "Profile": "profiles",
    "Rule": "rules",
    "Selection": "selection",
    "catalogue": "rules",
    "render": "render",
    "selection_of": "selection",
    "shapes_of": "structural",
    "validate_data": "memory",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
