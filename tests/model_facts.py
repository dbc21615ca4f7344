"""Machine-readable facts about GSBPM, GAMSO and GSIM to compare the ontology with; absent on most machines."""

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

FACTS = Path(os.environ.get("SEMSTAT_FACTS", Path(__file__).parents[2] / "shared" / "facts"))
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts about GSBPM, GAMSO and GSIM are not there")


@lru_cache
def facts(name: str) -> Mapping[str, Any]:
    """Return one file of facts."""
    found: Mapping[str, Any] = json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8"))
    return found
