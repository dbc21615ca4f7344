"""Structure maps applied to files: what comes out, what is accounted for, and which maps are refused."""

import io
from pathlib import Path

import pyarrow as pa
import pytest
from command import semstat
from corpora import CORPORA, needs_corpora

from semstat.interop import convert, read
from semstat.mappings.apply_structure import Account, apply_to_columns
from semstat.mappings.read_maps import structure_mapping, structure_maps
from semstat.mappings.structure_maps import ComponentRule, StructureMapping
from semstat.ontology.terms_mapping import SSM

STRUCTURES = Path(__file__).parents[1] / "rules/structures/labour-map.xml"
HEADER = "STRUCTURE,STRUCTURE_ID,ACTION,SEX,TIME_PERIOD,OBS_VALUE"
OLD = "datastructure,SEMSTAT:DSD_OLD(1.0.0),I"


def data(tmp_path: Path, *records: str) -> Path:
    path = tmp_path / "data.csv"
    path.write_text("\n".join((HEADER, *(f"{OLD},{record}" for record in records))) + "\n")
    return path


def mapped(path: Path, structure: Path = STRUCTURES, to: str = "csv", name: str = "SM_LABOUR"):
    stream = io.BytesIO()
    done = convert([path], stream, to=to, structure=[structure], map=name)
    return stream.getvalue().decode().splitlines(), done


def test_what_comes_out_is_of_the_target_and_valid(tmp_path) -> None:
    lines, done = mapped(data(tmp_path, "1,2022,5.10", "2,2022,6"), to="sdmx-csv-2.0")
    assert lines[1:] == [
        "datastructure,SEMSTAT:DSD_NEW(2.0.0),I,M,2022,5.10",
        "datastructure,SEMSTAT:DSD_NEW(2.0.0),I,F,2022,6",
    ]
    assert (done.losses, done.refused) == ((), ())
    out = tmp_path / "out.csv"
    out.write_text("\n".join(lines) + "\n")
    assert semstat("validate", out, "-s", STRUCTURES).code == 0


def test_every_loss_has_its_line_and_its_number(tmp_path) -> None:
    path = data(tmp_path, "1,2022,5", "3,2022,1", "9,2022,2", "3,2023,3", "2,22,4", ",2022,5")
    lines, done = mapped(path)
    assert lines[1:] == ["M,2022,5"]
    found = {(item.rule, item.location.line, item.value, item.count) for item in done.losses}
    assert found == {("MAP007", 3, "3", 2), ("MAP008", 4, "9", 1), ("MAP009", 6, "22", 1)}
    assert done.written == {"records": 1}


def test_keys_that_meet_are_named_with_the_lines_that_they_come_from(tmp_path) -> None:
    text = STRUCTURES.read_text("utf-8").replace(
        "<str:TargetValue>F</str:TargetValue>", "<str:TargetValue>M</str:TargetValue>"
    )
    structure = tmp_path / "all-to-m.xml"
    structure.write_text(text)
    _, done = mapped(data(tmp_path, "1,2022,5", "2,2022,6"), structure)
    (met,) = [item for item in done.findings if item.rule == "DF009"]
    assert met.location.line == 3
    assert "line 2" in met.message


def test_a_map_is_for_its_own_structure(tmp_path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(f"{HEADER}\ndatastructure,SEMSTAT:DSD_NEW(2.0.0),I,M,2022,5\n")
    lines, done = mapped(path)
    assert lines == []
    assert [(item.rule, item.location.line) for item in done.refused] == [("MAP011", 2)]


def test_a_map_that_cannot_be_carried_out_is_refused(tmp_path) -> None:
    structure = tmp_path / "structure.xml"
    structure.write_text(STRUCTURES.read_text("utf-8").replace('sourcePattern="yyyy"', 'sourcePattern="MM"'))
    lines, done = mapped(data(tmp_path, "1,2022,5"), structure)
    assert lines == []
    assert [item.rule for item in done.refused] == ["MAP004"]


def test_the_only_map_needs_no_name(tmp_path) -> None:
    assert mapped(data(tmp_path, "1,2022,5"), name="")[0][1:] == ["M,2022,5"]


SHORT = "SEMSTAT:SM_LABOUR(1.0.0)"


@pytest.mark.parametrize(
    "name", ["SM_LABOUR", SHORT, f"urn:sdmx:org.sdmx.infomodel.structuremapping.StructureMap={SHORT}"]
)
def test_names_of_a_map(tmp_path, name) -> None:
    out = tmp_path / "out.csv"
    done = semstat("convert", data(tmp_path, "1,2022,5"), "-s", STRUCTURES, "--map", name, "-o", out, "--to", "csv")
    assert (done.code, out.read_text().splitlines()[1:]) == (0, ["M,2022,5"])


def test_a_map_that_is_not_there(tmp_path) -> None:
    done = semstat("convert", data(tmp_path, "1,2022,5"), "-s", STRUCTURES, "--map", "X", "-o", tmp_path / "o.csv")
    assert done.code == 2
    assert "no structure map at hand is called 'X'; there are SEMSTAT:SM_LABOUR(1.0.0)" in done.err
    assert not (tmp_path / "o.csv").exists()


def test_many_records_are_mapped_batch_by_batch(tmp_path) -> None:
    path = data(tmp_path, *(f"{1 + number % 2},{1000 + number % 1000},{number}" for number in range(0, 200_000, 2)))
    lines, done = mapped(path)
    assert len(lines) == done.written["records"] + 1 == 100_001


@needs_corpora
def test_every_structure_map_of_the_corpora_can_be_read_as_rules() -> None:
    assert CORPORA is not None
    files = [path for path in sorted((CORPORA / "sdmx").rglob("*")) if path.suffix in {".xml", ".json"}]
    maps = rules = 0
    for path in files:
        if b"StructureMap" not in path.read_bytes() and b"structureMaps" not in path.read_bytes():
            continue
        graph = read(path).graph
        for node in structure_maps(graph):
            mapping = structure_mapping(graph, node)
            stated = sum(
                len(list(graph.objects(node, predicate)))
                for predicate in (SSM.componentMap, SSM.fixedValueMap, SSM.datePatternMap, SSM.epochMap)
            )
            assert len(mapping.rules) + len(mapping.assumed) == stated, path
            maps, rules = maps + 1, rules + stated
    print(f"{len(files)} files, {maps} structure maps, {rules} rules")
    assert maps >= 5


def own_rows(rule: ComponentRule) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What the rows of a rule that name exact values, at any time, say of them; the first that is for a combination counts."""
    rows = rule.rules.rows if rule.rules is not None else ()
    exact = [row for row in rows if not any(term.precision for term in row.sources) and not row.valid_from]
    return {tuple(term.text for term in row.sources): row.targets for row in reversed(exact) if not row.valid_to}


@needs_corpora
def test_every_row_of_the_maps_of_the_corpora_does_what_it_says_and_the_rest_is_accounted_for() -> None:
    assert CORPORA is not None
    files = [path for path in sorted((CORPORA / "sdmx").rglob("*")) if path.suffix in {".xml", ".json"}]
    mapping_files = [path for path in files if b"tructureMap" in path.read_bytes()]
    rules = rows = 0
    for path in mapping_files:
        graph = read(path).graph
        for rule in (item for node in structure_maps(graph) for item in structure_mapping(graph, node).rules):
            stated = own_rows(rule) if isinstance(rule, ComponentRule) else {}
            if not stated:
                continue
            records = [*stated, ("no such value",) * len(rule.sources)]
            batch = pa.RecordBatch.from_pydict(
                {name: [record[place] for record in records] for place, name in enumerate(rule.sources)}
            )
            account = Account()
            alone = StructureMapping("alone", None, None, (rule,))
            (result,) = apply_to_columns(alone, [batch], key=frozenset(), carried=frozenset(), account=account)
            columns = [result.column(name).to_pylist() for name in rule.targets]
            for place, targets in enumerate(stated.values()):
                got = tuple(column[place] for column in columns)
                assert got == (*targets, *[None] * (len(columns) - len(targets))), (path, rule.name, records[place])
            kinds = [entry.kind for entry in account.entries if entry.values == records[-1]]
            assert kinds == ["unmapped"] or all(column[-1] is not None for column in columns), (path, rule.name)
            rules, rows = rules + 1, rows + len(stated)
    print(f"{len(files)} files, {len(mapping_files)} with structure maps, {rules} rules, {rows} rows")
    assert rules >= 3
    assert rows >= 8
