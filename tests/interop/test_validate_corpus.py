"""Every SDMX-CSV file and SDMX-ML data message of the corpora gets a verdict or a located finding, and its count is right."""

from collections import Counter
from dataclasses import replace

import pytest
from corpora import CORPORA, counts, files_of, needs_corpora

from semstat.interop import validate
from semstat.validators import CheckStatus, Verdict

pytestmark = needs_corpora

DATA = [
    *files_of("CSV"),
    *(name for name in files_of("SDMX-ML") if counts()[name][0].endswith("Data")),
]
STRUCTURES = [
    name for name in files_of("SDMX-ML") if counts()[name][0].endswith("Structure") and "2.0" not in counts()[name][0]
]

EXPECTED = {
    # Data that agree with their structure.
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/structured/ecb_exr_ng_flat.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/structured/ecb_exr_ng_ts.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/structured/ecb_exr_ng_xs.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_sg/structured/ecb_exr_sg_ts_gf_flat.xml": (Verdict.PASS, {}),
    "sdmx/ml30/twg-samples/Data - Simple Data Attributes/ECB_EXR.xml": (Verdict.PASS, {}),
    "sdmx/ml21/pysdmx-bis/estat_data.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/generic/ecb_exr_ng_flat.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/generic/ecb_exr_ng_ts.xml": (Verdict.PASS, {}),
    "sdmx/ml21/twg-samples/exr/ecb_exr_sg/generic/ecb_exr_sg_ts_gf.xml": (Verdict.PASS, {}),
    # The dimension at the observation is misspelt twelve times, and four keys stand twice.
    "sdmx/ml21/twg-samples/exr/ecb_exr_sg/generic/ecb_exr_sg_xs.xml": (Verdict.FAIL, {"DF001": 1, "DF009": 4}),
    # OBS_VALUE is a BigInteger in the structure; 360 of the 1 000 values have decimals.
    "sdmx/mixed/pysdmx-bis/data.xml": (Verdict.FAIL, {"DF005": 360}),
    "sdmx/ml21/pysdmx-bis/str_all.xml": (Verdict.FAIL, {"DF005": 360}),
    # Code lists of the measure dimension and of three attributes are stubs; DECIMALS is mandatory in
    # each of the 18 series and nowhere given.
    "sdmx/ml21/twg-samples/demography/demography_xs.xml": (Verdict.INCOMPLETE, {"DF003": 18}),
    # The sample of the rate group names ECB_EXR_RG; its structure message defines ECB_EXR_CG.
    "sdmx/ml21/twg-samples/exr/ecb_exr_rg/structured/ecb_exr_rg_ts.xml": (Verdict.INCOMPLETE, {"DF013": 1}),
    # Samples that are wrong on purpose.
    "sdmx/ml21/pysdmx-bis/str_dif_ref_and_ID.xml": (Verdict.INCOMPLETE, {"DF013": 1, "DF017": 1}),
    "sdmx/csv/pysdmx-bis/sdmx20/reader/samples/data_v2_invalid_action.csv": (
        Verdict.INCOMPLETE,
        {"DF013": 1, "DF014": 1},
    ),
}
OWN_STRUCTURE = {
    "sdmx/ml21/twg-samples/demography/demography_xs.xml": ["sdmx/ml21/twg-samples/demography/demography.xml"]
}


@pytest.fixture(scope="module")
def report():
    """Return the report on all data files, judged by all structures of the corpora at once."""
    return validate(
        [CORPORA / name for name in DATA], structure=[CORPORA / name for name in STRUCTURES], max_findings=3
    )


def test_every_file_is_counted_as_independently_counted(report):
    found = Counter()
    for item in report.datasets:
        found[item.source] += item.observations
    expected = {str(CORPORA / name): counts()[name][1].get("records", counts()[name][1].get("obs", 0)) for name in DATA}
    differing = {name: (found[name], number) for name, number in expected.items() if found[name] != number}
    print(f"{len(DATA)} data files, {sum(found.values())} observations")
    assert len(DATA) > 150
    assert differing == {}


def test_every_file_has_a_verdict_or_a_located_finding(report):
    judged = {check.source for check in report.checks if check.status is CheckStatus.CHECKED}
    named = {item.location.source for item in report.diagnostics}
    for name in DATA:
        assert str(CORPORA / name) in judged | named, name


def test_nothing_that_was_not_checked_looks_like_a_pass(report):
    judged = {check.source for check in report.checks if check.status is CheckStatus.CHECKED}
    unchecked = [name for name in DATA if str(CORPORA / name) not in judged]
    for name in unchecked:
        reasons = [check.reason for check in report.checks if check.source == str(CORPORA / name)]
        findings = [item for item in report.diagnostics if item.location.source == str(CORPORA / name)]
        assert all(reasons), name
        assert reasons or findings, name


@pytest.mark.parametrize("name", EXPECTED)
def test_known_samples_get_the_verdict_they_deserve(name):
    verdict, rules = EXPECTED[name]
    structure = OWN_STRUCTURE.get(name, STRUCTURES)
    report = validate([CORPORA / name], structure=[CORPORA / item for item in structure], max_findings=1)
    found = Counter()
    for total in report.totals:
        if total.source == str(CORPORA / name):
            found[total.rule] += total.findings
    assert dict(found) == rules
    # The structures have faults of their own; the verdict wanted here is that on the data.
    own = replace(
        report,
        diagnostics=tuple(item for item in report.diagnostics if item.location.source == str(CORPORA / name)),
        totals=tuple(item for item in report.totals if item.source == str(CORPORA / name)),
        unreadable=(),
    )
    assert own.verdict is verdict
