"""What statements of VTL read and make; and what that says of lineage in a catalogue."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from semstat.interop.catalogue import Catalogue, verify
from semstat.interop.vtl import statements
from semstat.ontology.terms import BASE
from tests.corpora import CORPORA, needs_corpora

LINEAGE = BASE + "lineage#"


@pytest.mark.parametrize(
    ("script", "datasets", "components", "computed"),
    [
        ("A := DS_1 + DS_2 * 3", ["DS_1", "DS_2"], [], {}),
        ("A <- if DS_1 > 3 then DS_2 else nvl(DS_3, 0)", ["DS_1", "DS_2", "DS_3"], [], {}),
        ("A := 'DF 1/X.Y' / DS_2#pop", ["DF 1/X.Y", "DS_2"], [("DS_2", "pop")], {}),
        ("A := DS_1[calc rate := births / people, measure x := 1]", ["DS_1"],
         [("", "births"), ("", "people")], {"rate": ["births", "people"], "x": []}),
        ("A := DS_1[filter a = \"DS_9\" and b > 2][keep c]", ["DS_1"], [("", "a"), ("", "b"), ("", "c")], {}),
        ("A := DS_1[rename a to b]", ["DS_1"], [("", "a")], {"b": ["a"]}),
        ("A := sum(DS_1 group by a, b)", ["DS_1"], [("", "a"), ("", "b")], {}),
        ("A := DS_1[aggr s := sum(x), n := count() group by p having avg(q) > 3]", ["DS_1"],
         [("", "x"), ("", "p"), ("", "q")], {"s": ["x"], "n": []}),
        ("A := inner_join(DS_1 as d, DS_2 as e filter d#x > 3 calc y := d#x + e#z keep y)", ["DS_1", "DS_2"],
         [("DS_1", "x"), ("DS_1", "x"), ("DS_2", "z"), ("", "y")], {"y": ["x", "z"]}),
        ("A := rank(DS_1 over (partition by a order by b desc))", ["DS_1"], [("", "a"), ("", "b")], {}),
        ("A := DS_1 /* DS_2 */ // + DS_3", ["DS_1"], [], {}),
        ("A := time_agg(\"A\", _, DS_1)", ["DS_1"], [], {}),
        ("A := union(DS_1, 'union')", ["DS_1", "union"], [], {}),
    ],
)  # fmt: skip
def test_datasets_and_components_are_told_apart(script, datasets, components, computed) -> None:
    (read,) = statements(script)
    assert (read.result, read.datasets, read.components, read.computed) == ("A", datasets, components, computed)
    assert read.unclear == []
    assert read.is_persistent == ("<-" in script)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("A + B", "no assignment: `A + B`"),
        ("A := (B", "brackets that are not closed"),
        ("A := B)", "a bracket that was not opened"),
        ("A := B § 3", "the character `§`"),
        (
            "define operator f (x integer) returns integer is x + 1 end operator",
            "a definition, which is not looked into",
        ),
        ("A := 1" + " + 1" * 60_000, "it is longer than 200,000 characters"),
    ],
)
def test_what_is_not_understood_is_said(script: str, said: str) -> None:
    (read,) = statements(script)
    assert read.unclear == [said]


def test_rulesets_operators_and_several_statements() -> None:
    script = """define datapoint ruleset R (variable a as x) is when x > 0 then x < 9; x > 1 end datapoint ruleset;
    A := check_datapoint(DS_1, R invalid); B := mine(A)"""
    defined, first, second = statements(script)
    assert defined.unclear == ["a definition, which is not looked into"]
    assert (first.datasets, first.rulesets, second.datasets) == (["DS_1"], ["R"], ["A"])
    assert "mine" in second.operators


@pytest.mark.parametrize(
    ("signature", "names"),
    [
        ("datapoint ruleset R (valuedomain CL_AREA as a, 'CL SEX' as s)", ["CL_AREA", "CL SEX"]),
        ("hierarchical ruleset R (valuedomain condition CL_TIME as t rule CL_AREA)", ["CL_TIME", "CL_AREA"]),
        ("hierarchical ruleset R (valuedomain rule 'rule')", ["rule"]),
        ("hierarchical ruleset R (variable rule AREA)", []),
        ("datapoint ruleset R (valuedomain", []),
    ],
)
def test_the_value_domains_that_a_ruleset_is_for(signature: str, names: list[str]) -> None:
    (read,) = statements(f"define {signature} is A = B + C end ruleset")
    assert read.valuedomains == names
    assert len(read.unclear) == 1, "its rules are not read, and that is said"


RULESET = """</str:VtlMapping>
<str:VtlMapping id="M3" alias="areas"><com:Name>m</com:Name>
<str:Codelist>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=X:CL_AREA(1.0)</str:Codelist></str:VtlMapping>
</str:VtlMappingScheme></str:VtlMappingSchemes>
<str:RulesetSchemes><str:RulesetScheme id="RS" agencyID="X" version="1.0" vtlVersion="2.1"><com:Name>Totals</com:Name>
<str:Ruleset id="R1" rulesetType="hierarchical" rulesetScope="valuedomain"><com:Name>r</com:Name>
<str:RulesetDefinition>define hierarchical ruleset R1 (valuedomain rule areas)
is A = B + C end hierarchical ruleset</str:RulesetDefinition>
</str:Ruleset>
<str:VtlMappingScheme>urn:sdmx:org.sdmx.infomodel.transformation.VtlMappingScheme=X:VMS(1.0)</str:VtlMappingScheme>
</str:RulesetScheme></str:RulesetSchemes>"""


def test_a_ruleset_depends_on_the_list_that_it_is_defined_on(tmp_path: Path) -> None:
    end = "</str:VtlMapping>\n</str:VtlMappingScheme></str:VtlMappingSchemes>"
    assert end in SCHEME
    (tmp_path / "scheme.xml").write_text(SCHEME.replace(end, RULESET), encoding="utf-8")
    catalogue = Catalogue.create(tmp_path)
    (loaded,) = catalogue.load([tmp_path / "scheme.xml"])
    with catalogue.snapshot() as found:
        rows = [row for row in found.edges.to_pylist() if row["dependent"].endswith("RS/1.0/R1")]
    assert [(row["dependency"].removeprefix(LINEAGE), row["on"].rpartition("X/")[2]) for row in rows] == [
        ("valueDomain", "CL_AREA/1.0"),
    ]  # fmt: skip
    said = {item.message for item in loaded.findings if item.rule == "IO114"}
    assert (
        "the VTL of `X:RS(1.0).R1` is kept and not followed: the rules of a definition, which are not looked into"
        in said
    )


@given(some.text("AB:=<-[](){}#,;'\"/* \n.calcsumgroupby", max_size=60))
def test_no_text_breaks_the_reader(script: str) -> None:
    for read in statements(script):
        assert all(isinstance(name, str) and name for name in read.datasets)


SCHEME = """<?xml version="1.0" encoding="UTF-8"?>
<mes:Structure xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"
 xmlns:str="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"
 xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common">
<mes:Header><mes:ID>T</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2026-01-01T00:00:00</mes:Prepared>
<mes:Sender id="X"/></mes:Header>
<mes:Structures>
<str:TransformationSchemes><str:TransformationScheme id="TS" agencyID="X" version="1.0" vtlVersion="2.1">
<com:Name>Rates</com:Name>
<str:Transformation id="T1" isPersistent="false"><com:Name>a</com:Name><str:Expression>births[calc n := OBS_VALUE]</str:Expression>
<str:Result>tmp</str:Result></str:Transformation>
<str:Transformation id="T2" isPersistent="true"><com:Name>b</com:Name><str:Expression>tmp / people</str:Expression>
<str:Result>rates</str:Result></str:Transformation>
<str:Transformation id="T3" isPersistent="true"><com:Name>c</com:Name><str:Expression>tmp / (people</str:Expression>
<str:Result>half</str:Result></str:Transformation>
<str:VtlMappingScheme>urn:sdmx:org.sdmx.infomodel.transformation.VtlMappingScheme=X:VMS(1.0)</str:VtlMappingScheme>
</str:TransformationScheme></str:TransformationSchemes>
<str:VtlMappingSchemes><str:VtlMappingScheme id="VMS" agencyID="X" version="1.0"><com:Name>Names</com:Name>
<str:VtlMapping id="M1" alias="births"><com:Name>m</com:Name>
<str:Dataflow>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=X:DF_BIRTHS(1.0)</str:Dataflow></str:VtlMapping>
<str:VtlMapping id="M2" alias="rates"><com:Name>m</com:Name>
<str:Dataflow>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=X:DF_RATES(1.0)</str:Dataflow></str:VtlMapping>
</str:VtlMappingScheme></str:VtlMappingSchemes>
</mes:Structures></mes:Structure>"""


@pytest.mark.parametrize("name", ["tmp", "'t m/p'"])
def test_a_transformation_scheme_is_lineage(name: str, tmp_path: Path) -> None:
    (tmp_path / "scheme.xml").write_text(SCHEME.replace("tmp", name), encoding="utf-8")
    catalogue = Catalogue.create(tmp_path)
    (loaded,) = catalogue.load([tmp_path / "scheme.xml"])
    with catalogue.snapshot() as found:
        rows = found.edges.to_pylist()
    short = {(row["dependent"].rpartition("X/")[2], row["dependency"].removeprefix(LINEAGE), row["on"].rpartition("X/")[2])
             for row in rows if row["dependency"] in {LINEAGE + "derivedFrom", LINEAGE + "instanceVariable"}}  # fmt: skip
    assert short == {
        ("TS/1.0/T1", "derivedFrom", "DF_BIRTHS/1.0"),
        ("TS/1.0/T1", "instanceVariable", "TS/1.0/T1#n"),
        ("DF_BIRTHS/1.0", "instanceVariable", "DF_BIRTHS/1.0#OBS_VALUE"),
        ("TS/1.0/T1#n", "derivedFrom", "DF_BIRTHS/1.0#OBS_VALUE"),
        ("TS/1.0/T2", "derivedFrom", "TS/1.0/T1"),
        ("TS/1.0/T2", "derivedFrom", "TS/1.0#dataset-people"),
        ("DF_RATES/1.0", "derivedFrom", "TS/1.0/T2"),
        ("TS/1.0/T3", "derivedFrom", "TS/1.0/T1"),
        ("TS/1.0/T3", "derivedFrom", "TS/1.0#dataset-people"),
    }, "a name that no mapping explains is a thing by that name, and no more"
    said = [item.message for item in loaded.findings if item.rule == "IO114"]
    assert said == ["the VTL of `X:TS(1.0).T3` is kept and not followed: brackets that are not closed"]
    assert [item.state for item in verify(catalogue, deep=True)] == ["whole"]


@needs_corpora
def test_the_samples_of_the_standard_lead_from_flow_to_flow(tmp_path: Path) -> None:
    assert CORPORA is not None
    paths = sorted((CORPORA / "sdmx" / "ml30" / "twg-samples" / "VTL Transformations").glob("*.xml"))
    assert len(paths) == 3
    catalogue = Catalogue.create(tmp_path)
    done = catalogue.load(paths)
    said = [item.message for source in done for item in source.findings if item.rule == "IO114"]
    assert sorted(text.split("`")[1] for text in said) == [
        "SDMX:RS1(1.0).DPR1", "SDMX:RS1(1.0).DPR1", "SDMX:RS1(1.0).HR1", "SDMX:RS1(1.0).HR1", "SDMX:UDOS1(1.0).diffperc",
        "SDMX:UDOS1(1.0).percentage",
    ], "the definitions of the samples are not looked into; all transformations are"  # fmt: skip
    from semstat.interop.catalogue import Lineage

    flow = BASE + "sdmx/datastructure.Dataflow/SDMX/"
    with catalogue.snapshot() as found:
        known = Lineage(found.edges)
    assert len(known.path(flow + "DF1R1/1.0", flow + "DF11/1.0") or ()) == 3
    assert len(known.path(flow + "D2R1/1.0", flow + "D21/1.0") or ()) == 3
    assert len(known.path(flow + "DF3R1/1.0", flow + "D31/1.0") or ()) == 2
