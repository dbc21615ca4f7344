"""Baselines and profiles on real messages: what is known stays known, a profile finds what the whole catalogue finds."""

from collections import Counter

import pytest
from corpora import CORPORA, needs_corpora

from semstat.interop import Options, validate, validate_with_baseline
from semstat.validators import selection_of
from semstat.validators.plan import YIELDS_TO
from semstat.validators.profiles import NEVER_KNOWN, profiles

pytestmark = needs_corpora

FOLDERS = [CORPORA / "sdmx/mixed/pysdmx-bis", CORPORA / "sdmx/ml21/twg-samples/exr/ecb_exr_ng"] if CORPORA else []
ALL = Options(max_findings=0)


@pytest.fixture(scope="module")
def whole():
    """Return the report on data and structures of two collections, every finding listed."""
    return validate(FOLDERS, options=ALL)


def test_what_a_run_wrote_is_known_to_the_next_and_written_again_alike(whole, tmp_path) -> None:
    print(f"{len(whole.sources)} files, {len(whole.diagnostics)} findings")
    assert len(whole.sources) > 5
    assert len(whole.diagnostics) > 100
    readable = [source for source in whole.sources if source not in whole.unreadable]
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    validate_with_baseline(readable, options=ALL, write=first)
    again = validate_with_baseline(readable, options=ALL, baseline=first, write=second)
    assert {item.rule for item in again.diagnostics if not item.known} <= NEVER_KNOWN
    assert sum(total.findings for total in again.totals) == sum(total.findings for total in whole.totals)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["fmr-like", "publication"])
def test_a_profile_finds_what_the_catalogue_finds_of_its_rules(whole, name) -> None:
    profile = profiles()[name]
    report = validate(FOLDERS, options=Options(max_findings=0, selection=selection_of([profile])))
    found, expected = (Counter(item.rule for item in part.diagnostics) for part in (report, whole))
    for rule in profile.rules - set(YIELDS_TO):
        assert found[rule] == expected[rule], rule
    assert set(found) <= profile.rules
