"""SSSOM tables are read with nothing lost, written the same way each time, inverted, and refused with a line."""

import pytest
from corpora import CORPORA, counts, needs_corpora
from hypothesis import given, settings
from hypothesis import strategies as st

from semstat.mappings import Mapping, MappingSet, SssomError, invert, read, write

EXAMPLES = None if CORPORA is None else CORPORA / "sssom" / "examples"
FILES = [] if EXAMPLES is None else sorted(str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*.tsv"))
# The schema of SSSOM requires the slot; the example leaves it out.
INVALID = {"schema/version.sssom.tsv": "line 1: the header lacks `mapping_set_id`"}
HEAD = """#mapping_set_id: https://example.org/set
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  ex: https://example.org/
"""
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tauthor_label\n"
ROW = "ex:a\tskos:broadMatch\tex:b\tsemapv:ManualMappingCuration\t0.9\tAda|Bo\\|b\n"


def read_example(name: str) -> MappingSet:
    assert EXAMPLES is not None
    path = EXAMPLES / name
    beside = path.with_suffix(".yml")
    external = beside.read_text(encoding="utf-8") if beside.exists() else None
    return read(path.read_text(encoding="utf-8"), metadata=external)


@needs_corpora
@pytest.mark.parametrize("name", [name for name in FILES if name not in INVALID])
def test_published_examples_are_read_whole_and_written_back(name: str) -> None:
    found = read_example(name)
    expected = counts()[f"sssom/examples/{name}"][1]
    assert (len(found.mappings), len(found.columns)) == (expected["records"], expected["columns"])
    again = read(write(found))
    assert again == found
    assert write(again) == write(found)


@needs_corpora
@pytest.mark.parametrize(("name", "message"), INVALID.items())
def test_an_invalid_example_is_refused_with_its_line(name: str, message: str) -> None:
    with pytest.raises(SssomError) as caught:
        read_example(name)
    assert (str(caught.value), caught.value.line) == (message, 1)


@needs_corpora
def test_all_examples_were_tried() -> None:
    external = [name for name in FILES if EXAMPLES is not None and (EXAMPLES / name).with_suffix(".yml").exists()]
    print(f"{len(FILES)} tables and {len(external)} external headers, {len(INVALID)} invalid")
    assert len(FILES) + len(external) == 33


@needs_corpora
def test_embedded_and_external_headers_say_the_same() -> None:
    embedded = read_example("embedded/mp-hp-exact-0.0.1.sssom.tsv")
    assert read_example("external/mp-hp-exact-0.0.1.sssom.tsv") == embedded


@needs_corpora
def test_escaped_separators_are_understood() -> None:
    rows = read_example("schema/pipe-escaping.sssom.tsv").mappings
    labels = [row.slots["author_label"] for row in rows]
    assert labels == [("Alice|Bob", "Charlie"), ("Alice\\Bob", "Charlie\\", "David\\|Eve\\")]


@needs_corpora
def test_literals_and_absences_are_told_apart_from_terms() -> None:
    assert read_example("schema/literals.sssom.tsv").mappings[0].subject == "alice"
    absences = [row.is_absence for row in read_example("schema/cardinality-with-unmapped-entities.sssom.tsv").mappings]
    assert absences == [True, False, True, True]


def test_what_a_set_says_holds_of_its_mappings_unless_they_say_otherwise() -> None:
    columns = COLUMNS.replace("confidence", "object_source")
    rows = ROW.replace("0.9", "") + ROW.replace("0.9", "ex:other")
    found = read(HEAD + "#object_source: ex:set\n#comment: of the set\n" + columns + rows)
    assert [found.value(row, "object_source") for row in found.mappings] == ["ex:set", "ex:other"]
    assert found.value(found.mappings[0], "comment") == ""
    assert found.expand("skos:Concept") == "http://www.w3.org/2004/02/skos/core#Concept"


def test_short_rows_end_in_empty_cells() -> None:
    short = "\t".join(ROW.split("\t")[:4]) + "\n"
    assert "confidence" not in read(HEAD + COLUMNS + short).mappings[0].slots


BROKEN = {
    "empty": ("", "line 1: the table has no row with the names of the columns"),
    "no-columns": (HEAD, "line 5: the table has no row with the names of the columns"),
    "column-missing": (
        HEAD + COLUMNS.replace("predicate_id", "relation") + ROW,
        "line 5: the table has no column `predicate_id`",
    ),
    "column-twice": (
        HEAD + COLUMNS.replace("object_id", "subject_id") + ROW,
        "line 5: the table has the column `subject_id` twice, or one without a name",
    ),
    "row-too-long": (
        HEAD + COLUMNS + ROW + ROW[:-1] + "\tmore\n",
        "line 7: the row has 7 cells where the table has 6 columns",
    ),
    "subject-empty": (HEAD + COLUMNS + ROW.replace("ex:a", ""), "line 6: the row has no `subject_id`"),
    "predicate-empty": (HEAD + COLUMNS + ROW.replace("skos:broadMatch", ""), "line 6: the row has no `predicate_id`"),
    "prefix-unknown": (
        HEAD + COLUMNS + ROW.replace("ex:b", "foo:b"),
        "line 6: the prefix of `foo:b` in `object_id` is not declared",
    ),
    "no-curie": (
        HEAD + COLUMNS + ROW.replace("ex:b", "b"),
        "line 6: the prefix of `b` in `object_id` is not declared",
    ),
    "not-a-number": (
        HEAD + COLUMNS + ROW.replace("0.9", "high"),
        "line 6: `high` is not a number, as `confidence` has to be",
    ),
    "out-of-bounds": (
        HEAD + COLUMNS + ROW.replace("0.9", "1.1"),
        "line 6: `1.1` is outside 0 to 1, the bounds of `confidence`",
    ),
    "not-a-word": (
        HEAD + COLUMNS.replace("confidence", "subject_type") + ROW.replace("0.9", "thing"),
        "line 6: `thing` is not a word that `subject_type` may have",
    ),
    "quotation": (
        HEAD + COLUMNS + ROW.replace("Ada|Bo\\|b", '"Ada'),
        "line 6: the table has a cell with a broken quotation (unexpected end of data)",
    ),
    "licence-missing": (HEAD.replace("#license", "#licence") + COLUMNS + ROW, "line 1: the header lacks `license`"),
    "prefix-bent": (
        HEAD + "#  skos: https://example.org/\n" + COLUMNS + ROW,
        "line 1: the header gives the built-in prefix `skos` another namespace",
    ),
    "curie-map-is-text": (
        HEAD.replace("#curie_map:\n#  ex: https://example.org/", "#curie_map: ex") + COLUMNS + ROW,
        "line 1: the header's `curie_map` is not a map from prefix to namespace",
    ),
    "header-without-key": (
        HEAD + "#nonsense\n" + COLUMNS + ROW,
        "line 5: the header has a line without a key: `nonsense`",
    ),
    "header-key-twice": (HEAD + "#license: again\n" + COLUMNS + ROW, "line 5: the header states `license` twice"),
    "header-indentation": (
        HEAD.replace("#m", "#  m") + COLUMNS + ROW,
        "line 2: the header has a line that is not indented as it should be: "
        "`license: https://creativecommons.org/publicdomain/zero/1.0/`",
    ),
    "header-flow": (
        HEAD + "#see_also: [a, b]\n" + COLUMNS + ROW,
        "line 5: the header uses a form of YAML that SSSOM tables do without: `[a, b]`",
    ),
    "header-quotation": (
        HEAD + '#comment: "a\n' + COLUMNS + ROW,
        'line 5: the header has a quoted value that does not end: `"a`',
    ),
    "header-escape": (
        HEAD + '#comment: "\\q"\n' + COLUMNS + ROW,
        'line 5: the header has an escape that is not known: `"\\q"`',
    ),
}


@pytest.mark.parametrize(("table", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_tables_are_refused_with_the_line(table: str, message: str) -> None:
    with pytest.raises(SssomError) as caught:
        read(table)
    assert str(caught.value) == message


CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00\r")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=20)
KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
METADATA = st.recursive(
    TEXTS | st.just(""),
    lambda inner: (
        st.lists(inner.filter(lambda value: not isinstance(value, tuple)), min_size=1, max_size=3).map(tuple)
        | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(KEYS.map("x_{}".format), METADATA, max_size=4), TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_whatever_the_texts_writing_and_reading_gives_them_back(
    extra: dict[str, object], comment: str, authors: list[str]
) -> None:
    base = read(HEAD + COLUMNS + ROW)
    slots = {**base.mappings[0].slots, "comment": comment, "author_label": tuple(authors)}
    made = MappingSet({**base.metadata, **extra}, (*base.columns, "comment"), (Mapping(slots),))  # type: ignore[dict-item]
    assert read(write(made)) == made


def test_a_slot_without_a_column_is_not_dropped_in_silence() -> None:
    base = read(HEAD + COLUMNS + ROW)
    with pytest.raises(SssomError, match="slots without a column: comment"):
        write(MappingSet(base.metadata, base.columns, (Mapping({**base.mappings[0].slots, "comment": "x"}),)))


def test_inverting_turns_the_predicate_and_both_ends() -> None:
    columns = COLUMNS.replace("confidence", "mapping_cardinality").replace("author_label", "subject_label")
    base = read(HEAD + columns + ROW.replace("0.9", "1:n").replace("Ada|Bo\\|b", "Apple"))
    turned = invert(base, mapping_set_id="https://example.org/turned")
    row = turned.mappings[0]
    assert (row.subject, row.predicate, row.object) == ("ex:b", "skos:narrowMatch", "ex:a")
    assert (row.text("object_label"), row.text("mapping_cardinality")) == ("Apple", "n:1")
    assert turned.text("mapping_set_id") == "https://example.org/turned"
    assert read(write(turned)) == turned


@needs_corpora
@pytest.mark.parametrize("name", [name for name in FILES if name not in INVALID and "predicate-types" not in name])
def test_inverting_twice_gives_the_mappings_back(name: str) -> None:
    base = read_example(name)
    back = invert(invert(base, mapping_set_id="https://example.org/a"), mapping_set_id=base.text("mapping_set_id"))
    slots = [{slot: value for slot, value in row.slots.items() if slot != "record_id"} for row in base.mappings]
    assert back.mappings == tuple(map(Mapping, slots))
    assert set(back.columns) == set(base.columns) - {"record_id"}
    assert back.metadata == base.metadata


def test_a_predicate_without_inverse_is_refused_unless_the_caller_gives_one() -> None:
    base = read(HEAD + COLUMNS + ROW.replace("skos:broadMatch", "rdfs:subPropertyOf"))
    with pytest.raises(SssomError, match="line 6: the predicate `rdfs:subPropertyOf` has no inverse"):
        invert(base, mapping_set_id="https://example.org/a")
    pairs = {"rdfs:subPropertyOf": "ex:superPropertyOf"}
    turned = invert(base, mapping_set_id="https://example.org/a", inverses=pairs)
    assert turned.mappings[0].predicate == "ex:superPropertyOf"
    assert invert(turned, mapping_set_id=base.text("mapping_set_id"), inverses=pairs).mappings == base.mappings
