"""Bindings, constants, verdicts and the codes in use: an endpoint says and does, step by step, what a folder says and does."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_catalogue import EndpointCatalogue
from semstat.interop.catalogue.runs import record_run
from tests.command import Outcome, semstat
from tests.sparql_servers import ENGINES, engine, stub

OFFICE = Path(__file__).resolve().parents[2] / "examples" / "office"
SOURCES = ("structures.xml", "study", "runs", "governance", "mappings")
REGION = "NSO:CL_REGION(2.0.0).E1"

Both = Callable[..., Outcome]


@pytest.fixture(scope="module", params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An engine, into which the example office was loaded without its data and its table of bindings; we are in its folder."""
    home = tmp_path_factory.mktemp("made") / "office"
    shutil.copytree(OFFICE, home)
    for name in ("bindings.csv", "semstat.toml"):
        (home / name).unlink()
    with pytest.MonkeyPatch.context() as patch, engine(request.param, tmp_path_factory.mktemp("engine")) as address:
        patch.setenv("SEMSTAT_ENDPOINT_USER", "dba")
        patch.setenv("SEMSTAT_ENDPOINT_PASSWORD", "dba")
        patch.chdir(home)
        assert semstat("init").code == 0
        for place in (("--catalogue", "."), ("--endpoint", address)):
            loaded = semstat("load", *SOURCES, *place)
            assert (loaded.code, loaded.out.splitlines()[-1]) == (0, "11 added"), loaded
        yield address


@pytest.fixture
def both(url: str) -> Both:
    """Runs a command on the folder and on the endpoint, and wants the same of both."""

    def run(*words: object) -> Outcome:
        here, there = semstat(*words, "--catalogue", "."), semstat(*words, "--endpoint", url)
        assert (there.code, there.err, there.out) == (here.code, here.err, here.out)
        return here

    return run


@pytest.mark.parametrize("words", [(), ("--kind", "component", "--all"), ("--format", "csv"), ("--format", "json")])
def test_what_is_bound_and_what_is_suggested(both: Both, words: tuple[str, ...]) -> None:
    assert "rv-region-2" in both("catalogue", "bindings", *words).out


def test_suggestions_bind_once_accepted_and_do_not_come_again_once_rejected(both: Both) -> None:
    command = ("catalogue", "bindings", "--kind", "component")
    table = Path("bindings.csv")
    assert "suggestions written" in both(*command, "--write", table).out
    both("load", table)
    assert both(*command).out.startswith("component: 0 bound, 12 not\n"), "nothing is bound by a suggestion"
    decided = [
        line.replace(
            "suggested", "accepted" if "PEOPLE," in line else "rejected" if ".REG,org" in line else "suggested"
        )
        for line in table.read_text(encoding="utf-8").splitlines(keepends=True)
    ]
    table.write_text("".join(decided), encoding="utf-8")
    assert both("load", table).out.endswith("1 replaced\n")
    bound = both(*command).out
    assert bound.startswith("component: 1 bound, 11 not\n")
    assert "rv-region-1" not in bound.partition(".REG\n")[2].partition(".AREA\n")[0]
    assert "DSD_POPULATION" in both("lineage", "rv-people", "--down").out
    table.write_text("artefact,concept,relation\nDSD_POPULATION,nothing-there,componentVariable\n", encoding="utf-8")
    assert "CAT001" in both("load", table).out
    both("catalogue", "remove", "bindings.csv")
    table.unlink()


def test_a_table_is_looked_up_again_when_what_it_names_changes_or_goes(both: Both) -> None:
    variable = "<urn:x-place> a <https://w3id.org/semstat/information#RepresentedVariable> ; {} 'place' ."
    text = variable.format("<https://w3id.org/semstat/core#identifier>")
    Path("place.ttl").write_text(text, encoding="utf-8")
    Path("place.csv").write_text("artefact,concept\nNSO.AIR:DSD_EMISSIONS(1.0.0).REG,place\n", encoding="utf-8")
    assert both("load", "place.ttl", "place.csv").out.endswith("2 added\n")
    assert "REG" in both("why", "NSO.AIR:DSD_EMISSIONS(1.0.0)", "urn:x-place").out
    Path("place.ttl").write_text(text.replace("x-place", "x-area"), encoding="utf-8")
    assert both("load", "place.ttl").out.endswith("2 replaced\n")
    assert "REG" in both("why", "NSO.AIR:DSD_EMISSIONS(1.0.0)", "urn:x-area").out
    both("catalogue", "remove", "place.ttl")
    assert both("catalogue", "show", "urn:x-area").code == 2
    assert "CAT001" in both("load", "place.csv").out
    both("catalogue", "remove", "place.csv")


def test_constants_stand_for_what_is_there(both: Both) -> None:
    words = [word for name in ("B4", "C8", "E3", "F3") for word in ("--question", name)]
    kept = [line for line in Path("constants.csv").read_text("utf-8").splitlines(keepends=True) if "data/" not in line]
    Path("kept.csv").write_text("".join(kept), encoding="utf-8")
    answered = both("cq", "run", *words, "--constants", "kept.csv")
    assert (answered.err, "not checked" in answered.out) == ("", False)
    assert answered.out != both("cq", "run", *words).out
    Path("wrong.csv").write_text("constant,here\noffice:list/region/2,CL_REGOIN\n", encoding="utf-8")
    wrong = both("cq", "run", "--constants", "wrong.csv")
    assert (wrong.code, "wrong.csv, line 2: nothing in the catalogue is called 'CL_REGOIN'" in wrong.err) == (2, True)


def test_a_verdict_is_kept_with_the_codes_in_use_and_goes_when_the_data_are_mended(both: Both) -> None:
    change = ("impact", REGION, "--change", "code-removed")
    assert "observation" not in both(*change).out, "no data were looked at"
    data, verdict = Path("data/population.csv"), Path("verdicts/data/population.csv.ttl")
    whole = data.read_text(encoding="utf-8")
    data.write_text(whole.replace(",E1,", ",E9,"), encoding="utf-8")
    assert both("validate", data, "--at", "2025-02-09").code == 1
    found = both("cq", "run", "--question", "F6").out
    assert "population.csv" in found
    assert "DF004 code-not-in-codelist: `REGION` = `E9` is not a code" in found
    assert "(3 findings)" in found
    assert "2025-02-09" in both("query", "SELECT ?d { ?r a sh:ValidationReport ; dcterms:date ?d }").out
    assert "used in" not in both(*change).out, "nothing uses the code"
    data.write_text(whole, encoding="utf-8")
    assert both("validate", data).code == 0
    assert "population.csv" not in both("cq", "run", "--question", "F6").out
    assert "used in 1 dataset, 3 observations" in both(*change).out
    assert both("catalogue", "remove", data, verdict).out == "2 removed\n"


def test_records_of_microdata_are_counted(both: Both) -> None:
    for name in ("codebook.xml", "households.csv"):
        shutil.copy(OFFICE.parent / "households" / name, name)
    both("load", "codebook.xml")
    judged = both("validate", "households.csv", "--structure", "codebook.xml")
    assert (judged.code, judged.err) == (0, "")
    found = both("impact", "codebook.xml#V2-codes-code-2", "--change", "code-removed")
    assert found.out.endswith("used in 1 dataset, 14 observations\n")
    both("catalogue", "remove", "codebook.xml", "households.csv", "verdicts/households.csv.ttl")


def test_what_two_versions_differ_in_is_passed_on(both: Both) -> None:
    Path("changed.xml").write_text(Path("structures.xml").read_text(encoding="utf-8").replace('"E1"', '"E7"'), "utf-8")
    assert "tell people-unit" in both("diff", "structures.xml", "changed.xml").out
    assert both("diff", "NSO:CL_REGION(1.0.0)", "NSO:CL_REGION(2.0.0)", "--format", "json").code == 1


def test_all_statements_are_written(both: Both, url: str) -> None:
    both("catalogue", "export", "--output", "there.nq")
    assert semstat("catalogue", "export", "--output", "here.nq").code == 0
    here, there = (Path(name).read_text(encoding="utf-8").lower().splitlines() for name in ("here.nq", "there.nq"))
    assert sorted(there) == sorted(here), "but for the case of the tags of languages"


def test_a_pipeline_records_its_runs_at_an_endpoint(url: str) -> None:
    catalogue = EndpointCatalogue(Endpoint(url))
    with record_run(catalogue, step="5.7", inputs=["register"], outputs=["NSO.PEOPLE:DF_POPULATION(1.0.0)"]) as run:
        pass
    assert "5.7" in semstat("lineage", "NSO.PEOPLE:DF_POPULATION(1.0.0)", "--up", "--endpoint", url).out
    assert catalogue.remove([f"runs/{run.id}.json", "no-such"]) == ("no-such",)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("catalogue", "verify"), "not on an endpoint: semstat load --again --endpoint reads every source anew"),
        (("catalogue", "backup", "copy"), "not on an endpoint: semstat catalogue export writes its statements"),
        (("validate", "a.csv", "--catalogue", "."), "--catalogue and --endpoint exclude each other"),
    ],
)
def test_what_only_a_folder_can_do_is_said(words: tuple[str, ...], said: str) -> None:
    outcome = semstat(*words, "--endpoint", "http://127.0.0.1:9/")
    assert (outcome.code, said in outcome.err) == (2, True), outcome


@pytest.mark.parametrize("command", ["load", "validate"])
def test_a_place_for_changes_needs_an_endpoint(command: str, tmp_path: Path) -> None:
    outcome = semstat(command, tmp_path, "--update-endpoint", "http://127.0.0.1:9/")
    assert (outcome.code, "it goes with --endpoint" in outcome.err) == (2, True), outcome


def test_data_are_judged_by_the_files_of_the_structures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(OFFICE / "structures.xml", tmp_path / "structures.xml")
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(OFFICE / "data" / "population.csv", tmp_path / "elsewhere" / "population.csv")
    with stub() as server:
        place = ("--endpoint", server.url)
        monkeypatch.chdir(tmp_path)
        semstat("load", "structures.xml", *place)
        monkeypatch.chdir("elsewhere")
        refused = semstat("validate", "population.csv", *place)
        assert (refused.code, "run from the folder from which it was loaded" in refused.err) == (2, True), refused
        named = semstat("validate", "population.csv", "--structure", "../structures.xml", *place)
        assert (named.code, named.err) == (0, ""), named
        server.answer = lambda handler: bool(handler.say(b"", "text/plain", 503)) or True
        failed = semstat("validate", "population.csv", "--structure", "../structures.xml", *place)
        assert (failed.code, "PASS" in failed.out, "503" in failed.err) == (2, True, True), "the verdict is given"
