"""Where metadata live: a folder with a store of them, and what follows from what. Loaded when first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semstat.interop.catalogue.catalogue import Catalogue, NoSuchCatalogue, Snapshot
    from semstat.interop.catalogue.generations import CatalogueBusy, CatalogueDamaged
    from semstat.interop.catalogue.impact import Hit, Impact, impact_of
    from semstat.interop.catalogue.lineage import Edge, Lineage, Reached
    from semstat.interop.catalogue.loading import Loaded
    from semstat.interop.catalogue.querying import Answered, QueryStopped, ask_catalogue
    from semstat.interop.catalogue.runs import RecordedRun, record_run
    from semstat.interop.catalogue.verifying import Verified, verify

__all__ = [
    "Answered",
    "Catalogue",
    "CatalogueBusy",
    "CatalogueDamaged",
    "Edge",
    "Hit",
    "Impact",
    "Lineage",
    "Loaded",
    "NoSuchCatalogue",
    "QueryStopped",
    "Reached",
    "RecordedRun",
    "Snapshot",
    "Verified",
    "ask_catalogue",
    "impact_of",
    "record_run",
    "verify",
]

_HOMES = {
    "Answered": "querying",
    "Catalogue": "catalogue",
    "CatalogueBusy": "generations",
    "CatalogueDamaged": "generations",
    "Edge": "lineage",
    "Hit": "impact",
    "Impact": "impact",
    "Lineage": "lineage",
    "Loaded": "loading",
    "NoSuchCatalogue": "catalogue",
    "QueryStopped": "querying",
    "Reached": "lineage",
    "RecordedRun": "runs",
    "Snapshot": "catalogue",
    "Verified": "verifying",
    "ask_catalogue": "querying",
    "impact_of": "impact",
    "record_run": "runs",
    "verify": "verifying",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for; the worker that runs queries needs none of them."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
