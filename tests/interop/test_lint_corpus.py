"""What the rules on structures say of real structures, file by file; each finding was looked at and is true."""

from collections import Counter

from corpora import CORPORA, counts, files_of, needs_corpora

from semstat.interop import Options, read, validate
from semstat.validators.diagnostics import CheckStatus, Severity
from semstat.validators.lint import lint

WELL_MADE = {
    "sdmx/ml21/agencies/ECB_EXR/1/structure-full.xml": {"DSD013": 1},  # OBS_VALUE has neither format nor code list
    "sdmx/ml21/agencies/ESTAT/apro_mk_cola-structure.xml": {"DSD012": 5, "DSD013": 1},  # five lists are not final
    "sdmx/ml21/twg-samples/exr/ecb_exr_ng/ecb_exr_ng_full.xml": {"CL006": 1},  # CL_CURRENCY is partial, and says so
    "sdmx/ml21/twg-samples/demography/demography.xml": {"CL006": 2},
    "sdmx/ml21/agencies/UNSD/codelist_partial.xml": {
        "CL003": 2,
        "DSD013": 1,
        "DSD015": 1,
    },  # its dimensions were cut off
}


def rules_of(name: str) -> dict[str, int]:
    assert CORPORA is not None
    return {item.rule: len(item.findings) for item in lint(read(CORPORA / name).graph) if item.findings}


@needs_corpora
def test_well_made_structures_get_no_false_alarm() -> None:
    assert {name: rules_of(name) for name in WELL_MADE} == WELL_MADE


@needs_corpora
def test_no_structure_that_its_schema_accepts_has_an_error(record_property) -> None:
    assert CORPORA is not None
    looked_at, found = 0, Counter[str]()
    for name in files_of("SDMX-ML"):
        graph = read(CORPORA / name).graph
        if not len(graph):
            continue
        looked_at += 1
        for item in lint(graph):
            found.update(finding.rule for finding in item.findings)
            if counts()[name][2] == "valid":
                assert not [finding for finding in item.findings if finding.severity is Severity.ERROR], name
    record_property("files", looked_at)
    print(f"{looked_at} files, findings {dict(found)}")
    assert looked_at >= 150
    assert found["DSD012"] == 5
    assert found["DSD024"] == 2


@needs_corpora
def test_structures_that_only_serve_are_left_alone_unless_asked() -> None:
    assert CORPORA is not None
    structure = CORPORA / "sdmx/ml21/agencies/ESTAT/apro_mk_cola-structure.xml"
    quiet = validate(["no-such-file.csv"], structure=[structure])
    asked = validate(["no-such-file.csv"], structure=[structure], options=Options(lint=True))
    assert {item.rule for item in quiet.checks} == set()
    assert {item.rule for item in asked.diagnostics} - {item.rule for item in quiet.diagnostics} == {"DSD012", "DSD013"}
    skipped = {item.rule: item.reason for item in asked.checks if item.status is CheckStatus.NOT_APPLICABLE}
    assert skipped["CL005"] == "no language is required"
