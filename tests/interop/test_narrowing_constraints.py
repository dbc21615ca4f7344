"""Constraints narrow from the structure to the dataflow to the provision agreement: data keep to those of what they cite."""

from pathlib import Path

import pytest

from semstat.interop import Options, validate

EXAMPLE = Path(__file__).parents[2] / "examples" / "population"
V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
AREAS = ("KE", "FR", "150", "FJ")
"""FR is what the structure excludes, 150 outside what the dataflow allows, FJ outside what the agreement allows."""


def constraint(name: str, attached: str, region: str, kind: str = 'type="Allowed"') -> str:
    return f"""<s:ContentConstraint id="{name}" agencyID="SEMSTAT" version="1.0" {kind}><c:Name>{name}</c:Name>
<s:ConstraintAttachment>{attached}</s:ConstraintAttachment>{region}</s:ContentConstraint>"""


def attachment(element: str, identifier: str) -> str:
    return f'<s:{element}><Ref id="{identifier}" version="1.0" agencyID="SEMSTAT"/></s:{element}>'


def areas(*codes: str, included: bool = True) -> str:
    values = "".join(f"<c:Value>{code}</c:Value>" for code in codes)
    stated = str(included).lower()
    return f'<s:CubeRegion include="true"><c:KeyValue id="REF_AREA" include="{stated}">{values}</c:KeyValue></s:CubeRegion>'


STRUCTURE = constraint("C_DSD", attachment("DataStructure", "DSD_POPULATION"), areas("FR", included=False))
AGREEMENT = constraint("C_PA", attachment("ProvisionAgreement", "PA_POPULATION_WB"), areas("KE", "FR", "150"))


def outside(folder: Path, cited: str, *constraints: str, rule: str = "DF011") -> list[str]:
    """The areas of the records that lie outside a region, or outside a key set."""
    head = '<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00</m:Prepared><m:Sender id="X"/></m:Header>'
    more, data = folder / "more.xml", folder / "data.csv"
    more.write_text(
        f'<m:Structure xmlns:m="{V21}/message" xmlns:s="{V21}/structure" xmlns:c="{V21}/common">{head}'
        f"<m:Structures><s:Constraints>{''.join(constraints)}</s:Constraints></m:Structures></m:Structure>"
    )
    header = (EXAMPLE / "population.csv").read_text().splitlines()[0]
    records = [f"{cited},I,A,{area},POP,2010,1,Population of selected countries,PS,0,A," for area in AREAS]
    data.write_text("\n".join([header, *records, ""]))
    report = validate([data], structure=[EXAMPLE / "structure.xml", more], options=Options(max_findings=0))
    return [AREAS[(item.location.line or 2) - 2] for item in report.diagnostics if item.rule == rule]


CITED = {
    "datastructure,SEMSTAT:DSD_POPULATION(1.0)": ["FR"],
    "dataflow,SEMSTAT:DF_POPULATION(1.0)": ["FR", "150"],
    "dataprovision,SEMSTAT:PA_POPULATION_WB(1.0)": ["FR", "150", "FJ"],
}


@pytest.mark.parametrize("cited", CITED)
def test_each_level_narrows_those_above_it(tmp_path, cited) -> None:
    assert outside(tmp_path, cited, STRUCTURE, AGREEMENT) == CITED[cited]


@pytest.mark.parametrize("kind", ['type="Actual"', ""])
def test_what_is_there_is_no_rule_and_is_what_a_constraint_without_a_type_says(tmp_path, kind) -> None:
    actual = constraint("C_DSD", attachment("DataStructure", "DSD_POPULATION"), areas("KE"), kind)
    assert outside(tmp_path, "datastructure,SEMSTAT:DSD_POPULATION(1.0)", actual) == []


def test_several_regions_are_a_union_and_what_they_exclude_is_excluded_together(tmp_path) -> None:
    both = areas("KE") + areas("FJ")
    cited, attached = "datastructure,SEMSTAT:DSD_POPULATION(1.0)", attachment("DataStructure", "DSD_POPULATION")
    assert outside(tmp_path, cited, constraint("C_DSD", attached, both)) == ["FR", "150"]
    joint = areas("FR").replace(
        "</c:KeyValue>", '</c:KeyValue><c:KeyValue id="INDICATOR"><c:Value>POP_IX</c:Value></c:KeyValue>'
    )
    excluded = joint.replace('<s:CubeRegion include="true"', '<s:CubeRegion include="false"')
    assert outside(tmp_path, cited, constraint("C_DSD", attached, excluded)) == [], "FR is there, POP_IX is not"
    assert outside(tmp_path, cited, constraint("C_DSD", attached, excluded.replace("POP_IX", "POP"))) == ["FR"]


def test_an_absent_include_is_true(tmp_path) -> None:
    cited, attached = "datastructure,SEMSTAT:DSD_POPULATION(1.0)", attachment("DataStructure", "DSD_POPULATION")
    region = areas("KE", "FJ").replace(' include="true"', "")
    assert outside(tmp_path, cited, constraint("C_DSD", attached, region)) == ["FR", "150"]


def test_cube_regions_and_key_sets_hold_both(tmp_path) -> None:
    cited, attached = "datastructure,SEMSTAT:DSD_POPULATION(1.0)", attachment("DataStructure", "DSD_POPULATION")
    key = '<s:Key><c:KeyValue id="REF_AREA"><c:Value>KE</c:Value></c:KeyValue></s:Key>'
    keys = f'<s:DataKeySet isIncluded="true">{key}</s:DataKeySet>'
    both = constraint("C_DSD", attached, keys + areas("KE", "FR"))
    assert outside(tmp_path, cited, both) == ["150", "FJ"]
    assert outside(tmp_path, cited, both, rule="DF012") == ["FR", "150", "FJ"], (
        "a key leaves open what it does not name"
    )
    without = constraint("C_DSD", attached, keys.replace('"true"', '"false"'))
    assert outside(tmp_path, cited, without, rule="DF012") == ["KE"]
