"""Message groups of SDMX-ML 2.0: several datasets of one layout in a message, each read by itself, with its lines."""

from io import BytesIO
from itertools import permutations

import pytest
from ml20_messages import COMPACT, GENERIC, MESSAGES, V20, message
from ml_reading import reading, source_of
from work_counted import calls_of

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.ml_data import open_ml
from semstat.interop.formats.sdmx.structure import read_structure
from semstat.interop.message_groups import group_layouts
from semstat.interop.registry import format_of, sniff

COMPONENTS = ComponentIds(
    ("FREQ", "TYPE", "AREA", "TIME"),
    "TIME",
    "TYPE",
    attributes=("UNIT", "STATUS", "MULT"),
    measures=("OBS_VALUE",),
    groups={"Sibling": ("TYPE", "AREA")},
    cross_measures={"STOCKS": ("TYPE", "P"), "FLOWS": ("TYPE", "Q")},
)
LAYOUTS = {
    "GenericData": "generic-data",
    "CompactData": "compact-data",
    "UtilityData": "utility-data",
    "CrossSectionalData": "cross-sectional-data",
}
IN_GENERIC = GENERIC.replace("<DataSet", "<g:DataSet").replace("</DataSet", "</g:DataSet")


def read(data: bytes, *, fast: bool = True) -> list:
    return reading(source_of(data), COMPONENTS, fast=fast)


def content(found: dict) -> list:
    """The observations and other records without their lines."""
    rows = (*found["observations"], *found["others"])
    return [{name: value for name, (value, _) in row.items() if not name.startswith("_")} for row in rows]


def findings(found: object) -> list:
    return found["findings"] if isinstance(found, dict) else [found]


def lines(found: dict) -> list:
    return [{name: line for name, (_, line) in row.items() if name[0] != "_"} for row in found["observations"]]


@pytest.mark.parametrize("root", MESSAGES)
def test_the_first_set_tells_the_layout(root: str) -> None:
    data = message("MessageGroup", MESSAGES[root])
    assert sniff(data, "m.xml") == f"sdmx-ml-2.0-{LAYOUTS[root]}"
    assert format_of(source_of(data)).reads


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("root", MESSAGES)
def test_a_group_of_one_is_the_message_and_a_group_of_three_is_three(root: str, fast: bool) -> None:
    (alone,) = read(message(root, MESSAGES[root]), fast=fast)
    body = MESSAGES[root]
    three = read(message("MessageGroup", "\n".join([body] * 3)), fast=fast)
    assert [found["place"][0] for found in three] == [1, 2, 3]
    step = body.count("\n") + 1
    for number, found in enumerate(three):
        assert content(found) == content(alone)
        assert found["place"][1] == alone["place"][1] + number * step
        shifted = [
            {name: line + number * step for name, line in row.items() if isinstance(line, int)} for row in lines(alone)
        ]
        assert [{name: line for name, line in row.items() if isinstance(line, int)} for row in lines(found)] == shifted
        expected = [(item.rule, (item.location.line or 0) + number * step) for item in alone["findings"]]
        assert [(item.rule, item.location.line) for item in found["findings"]] == expected


def test_datasets_in_the_namespace_of_generic_data() -> None:
    found = read(message("MessageGroup", IN_GENERIC + "\n" + IN_GENERIC))
    assert [content(one) for one in found] == [content(read(message("GenericData", GENERIC))[0])] * 2


def test_an_error_stays_in_its_dataset() -> None:
    faulty = COMPACT.replace("</k:Series>", "<k:Odd/></k:Series>")
    first, second, third = read(message("MessageGroup", "\n".join([COMPACT, faulty, COMPACT])))
    assert [item.rule for item in first["findings"]] == [item.rule for item in third["findings"]]
    (odd,) = [item for item in second["findings"] if item.rule == "IO108"]
    assert odd.location.line == 4 + COMPACT.count("\n") + 1 + 5


def test_a_set_of_another_kind_is_found() -> None:
    mixed = message("MessageGroup", IN_GENERIC + '\n<m:MetadataSet xmlns:m="urn:x"/>' + "\n" + COMPACT)
    found = read(mixed)
    rules = [item.rule for one in found for item in one["findings"]]
    assert "IO108" in rules
    assert len(found) == 2


@pytest.mark.parametrize("order", list(permutations(MESSAGES, 3)), ids="-".join)
def test_datasets_of_several_layouts_are_each_read_by_their_own(order: tuple[str, ...]) -> None:
    alone = {root: read(message(root, MESSAGES[root]))[0] for root in MESSAGES}
    data = message("MessageGroup", "\n".join(MESSAGES[root] for root in (*order, order[0])))
    found = read(data)
    assert [content(one) for one in found] == [content(alone[root]) for root in (*order, order[0])]
    line = 4
    for one, root in zip(found, (*order, order[0]), strict=True):
        assert one["place"][1] == line
        step = line - 4
        expected = [(item.rule, (item.location.line or 0) + step) for item in alone[root]["findings"]]
        assert [(item.rule, item.location.line) for item in one["findings"]] == expected
        line += MESSAGES[root].count("\n") + 1


def test_each_dataset_of_a_mixed_group_names_its_format() -> None:
    data = message("MessageGroup", "\n".join(MESSAGES.values()))
    found = [(one.format, [*one.observations.batches][:0]) for one in open_ml(source_of(data), lambda _: COMPONENTS)]
    assert [name for name, _ in found] == [f"sdmx-ml-2.0-{LAYOUTS[root]}" for root in MESSAGES]


def test_a_mixed_group_cut_anywhere_is_found() -> None:
    data = message("MessageGroup", "\n".join(MESSAGES.values()))
    for end in range(data.index(b"DataSet") + 40, len(data) - 5, 29):
        found = read(data[:end])
        assert [item for one in found for item in findings(one) if item.rule == "IO101" and item.location.line], end


def test_a_group_without_sets_is_not_read_as_anything() -> None:
    empty = f'<MessageGroup xmlns="{V20}/message"><Header><ID>X</ID></Header></MessageGroup>'.encode()
    assert sniff(empty, "m.xml") == "sdmx-ml-2.0-message-group"
    assert not format_of(source_of(empty)).reads


@pytest.mark.parametrize("root", MESSAGES)
def test_a_group_cut_anywhere_is_found(root: str) -> None:
    data = message("MessageGroup", "\n".join([MESSAGES[root]] * 2))
    for end in range(data.index(b"DataSet") + 40, len(data) - 5, 41):
        found = read(data[:end])
        broken = [item for one in found for item in findings(one) if item.rule == "IO101"]
        assert [item for item in broken if item.location.line], end


def many(layout: str, number: int) -> bytes:
    """A group of two sets of a layout, with many observations in each."""
    compact = "".join(f'<k:Obs TIME="{place}" OBS_VALUE="1"/>' for place in range(1000, 1000 + number))
    generic = "".join(
        f'<g:Obs><g:Time>{place}</g:Time><g:ObsValue value="1"/></g:Obs>' for place in range(1000, 1000 + number)
    )
    sets = {
        "compact": f'<k:DataSet><k:Series FREQ="A">{compact}</k:Series></k:DataSet>',
        "generic": f"<g:DataSet><g:KeyFamilyRef>DEBT</g:KeyFamilyRef><g:Series>{generic}</g:Series></g:DataSet>",
    }
    return message("MessageGroup", sets[layout] * 2)


@pytest.mark.parametrize("layout", ["compact", "generic"])
def test_to_tell_the_layouts_beforehand_costs_little(layout: str) -> None:
    """A message group is gone through twice; the first time is less than a fifth of the second, however long it is."""
    read(many(layout, 1))
    for number in (1000, 2000):
        data = many(layout, number)
        beforehand = calls_of(lambda data=data: group_layouts(BytesIO(data)))
        whole = calls_of(lambda data=data: [list(one.observations.batches) for one in opened(data)])
        assert 0 < beforehand < whole / 5


def opened(data: bytes):
    return open_ml(source_of(data), lambda _: COMPONENTS)


def test_datasets_are_no_structures_and_said_to_be_data() -> None:
    group = message("MessageGroup", COMPACT + "\n" + IN_GENERIC)
    found = read_structure(group, origin="m.xml").diagnostics
    second = 4 + COMPACT.count("\n") + 1
    assert [(item.rule, item.location.line) for item in found] == [("IO112", 4), ("IO112", second)]
    assert "data and no structure" in found[0].message
