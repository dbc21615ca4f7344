"""Plant one fault at a time into real datasets, and see whether its rule is found where it stands, and nothing else.

Run ``python benchmarks/mutations.py CORPORA``. Every operator edits the text of a message that is right, at one place, and
says which rule that breaks, for which component, on which line, and which other findings follow from the fault. Exits with
1 unless each fault is found there and nothing else is.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import duckdb

from semstat.interop.judging import Run
from semstat.interop.options import Options
from semstat.interop.reading import read_sources
from semstat.interop.sources import Source, sources
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import Report
from semstat.validators.structural import StructureView
from semstat.validators.structural.view import ComponentView

_EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"
_SIMPLE = "sdmx/ml30/twg-samples/Data - Simple Data Attributes/ECB_EXR.xml"
_FULL = "sdmx/ml21/agencies/ECB_EXR/1/structure-full.xml"
_BIS = "sdmx/mixed/pysdmx-bis/"
WRONG = "NO_SUCH"
"""A code that no list of the corpora has."""


@dataclass(frozen=True, slots=True)
class Case:
    """A real dataset, the structures at its side, the layout of its text, and the structure's identifier."""

    data: str
    structures: tuple[str, ...]
    layout: str
    structure: str


def _exr(design: str, folder: str, layout: str, name: str) -> Case:
    place = _EXR.format(design)
    data = f"{place}{folder}/ecb_exr_{design}_{name}.xml"
    return Case(data, (f"{place}ecb_exr_{design}_full.xml",), layout, f"ECB_EXR_{design.upper()}")


CASES = (
    *(_exr("ng", "structured", "specific", name) for name in ("flat", "ts", "xs")),
    _exr("ng", "generic", "generic", "xs"),
    _exr("sg", "structured", "specific", "ts_gf_flat"),
    _exr("sg", "generic", "generic", "ts"),
    Case(_SIMPLE, (_FULL,), "specific", "ECB_EXR1"),
    Case("sdmx/ml31/pysdmx/ECB_EXR_data.xml", (_FULL,), "specific", "ECB_EXR1"),
    Case("sdmx/ml21/agencies/ECB_EXR/1/M.USD.EUR.SP00.A.xml", (_FULL,), "generic", "ECB_EXR1"),
    Case("sdmx/ml21/pysdmx-bis/estat_data.xml", ("sdmx/ml21/pysdmx-bis/estat_metadata.xml",), "specific", "NRG_BAL_S"),
    Case("sdmx/ml21/agencies/INSEE/IPI-2010-A21.xml", ("sdmx/ml21/agencies/INSEE/IPI-2010-A21-structure.xml",),
         "generic", "IPI-2010-A21"),
    Case(f"{_BIS}data.xml", (f"{_BIS}datastructure.xml",), "specific", "BIS_DER"),
    Case(f"{_BIS}data_v1.csv", (f"{_BIS}dataflow_structure_children.xml",), "csv", "BIS_DER"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text states a component: the pattern of a statement (its value a group), of an observation, of the data."""

    statement: Callable[[str], str]
    observation: str
    data: str


def _in_generic(component: str) -> str:
    own = {"TIME_PERIOD": "ObsDimension", "OBS_VALUE": "ObsValue"}.get(component)
    valued = rf'<generic:Value id="{component}" value="([^"]*)"/>|<generic:Value value="([^"]*)" id="{component}"/>'
    return rf'{valued}|<generic:{own} value="([^"]*)"/>' if own else valued


LAYOUTS = {
    "specific": Layout(lambda name: rf'\s{name}="([^"]*)"', r"<Obs\b[^>]*/>", r"<[\w:]*DataSet\s"),
    "generic": Layout(_in_generic, r"<generic:Obs>.*?</generic:Obs>", r"<[\w:]*DataSet\s"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Where a value is stated: the span of the whole statement, of the value, and the line."""

    whole: tuple[int, int]
    value: tuple[int, int]
    line: int


@dataclass(frozen=True, slots=True)
class Message:
    """The text of a message that is right, and what its structure says."""

    text: str
    layout: str
    view: StructureView
    structure: str

    @property
    def start(self) -> int:
        """Where the data begin."""
        if self.layout == "csv":
            return self.text.index("\n") + 1
        found = re.search(LAYOUTS[self.layout].data, self.text)
        return found.start() if found else 0

    def line(self, place: int) -> int:
        """Return the line of a place, counted from 1."""
        return self.text.count("\n", 0, place) + 1

    def observations(self) -> list[tuple[int, int]]:
        """Return the spans of the observations, in order."""
        pattern = r"[^\n]+\n" if self.layout == "csv" else LAYOUTS[self.layout].observation
        return [found.span() for found in re.compile(pattern, re.DOTALL).finditer(self.text, self.start)]

    def stated(self, component: str, within: tuple[int, int] | None = None) -> Statement | None:
        """Return the first statement of a component that has a value, in the data or in a part of them."""
        begin, end = within or (self.start, len(self.text))
        if self.layout == "csv":
            return self._in_record(component, begin, end)
        pattern = re.compile(LAYOUTS[self.layout].statement(re.escape(component)))
        found = pattern.search(self.text, begin, end)
        if found is None:
            return None
        group = found.lastindex or 0
        element = self.text.rindex("<", 0, found.start() + 1)
        return Statement(found.span(), found.span(group), self.line(element))

    def _in_record(self, component: str, begin: int, end: int) -> Statement | None:
        columns = self.text[: self.start].rstrip().split(",")
        for found in re.compile(r"[^\n]+").finditer(self.text, begin, end):
            if component not in columns:
                return None
            fields = found[0].split(",")
            before = columns.index(component)
            place = found.start() + sum(len(item) + 1 for item in fields[:before])
            if fields[before]:
                span = (place, place + len(fields[before]))
                return Statement(span, span, self.line(place))
        return None

    def replaced(self, span: tuple[int, int], text: str) -> str:
        """Return the text with a span of it replaced."""
        return self.text[: span[0]] + text + self.text[span[1] :]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A message with one fault: the rule it breaks, the component and line, and the rules whose findings follow from it."""

    rule: str
    component: str | None
    line: int
    text: str
    follows: frozenset[str] = frozenset()


Found = Counter[tuple[str, str | None, int | None]]
"""Findings by rule, component and line."""
Operator = Callable[[Message], Mutant | None]
_KEY = frozenset({"DF003", "DF009", "DF010", "DF018", "DF020", "DF022", "DF023"})
"""What may follow from a key that changed: doubles, gaps, series in pieces, values no longer shared by series or
group, and attributes that the group of the right key states."""


def _first(message: Message, wanted: Callable[[ComponentView], bool]) -> tuple[str, Statement] | None:
    for item in message.view.components:
        place = message.stated(item.id) if wanted(item) else None
        if place is not None:
            return item.id, place
    return None


def _put(
    message: Message, rule: str, wanted: Callable[[ComponentView], bool], value: str, follows: frozenset[str]
) -> Mutant | None:
    found = _first(message, wanted)
    if found is None:
        return None
    component, place = found
    return Mutant(rule, component, place.line, message.replaced(place.value, value), follows)


def _coded(role: str) -> Callable[[ComponentView], bool]:
    return lambda item: item.role == role and item.codes is not None and item.id not in {"FREQ", "OBS_STATUS"}


def _plain_number(item: ComponentView) -> bool:
    return item.role == "measure" and item.text_type not in {None, "String"}


_CARRIERS = ("Obs>", "Series>", "Group ")


def _missing(message: Message, wanted: Callable[[ComponentView], bool], rule: str) -> Mutant | None:
    """Withdraw a value. The finding stands where the element is that should have stated it."""
    found = _first(message, wanted)
    if found is None:
        return None
    component, place = found
    line = place.line
    if message.layout == "generic":
        line = message.line(max(message.text.rfind(f"<generic:{part}", 0, place.whole[0]) for part in _CARRIERS))
    return Mutant(rule, component, line, message.replaced(place.whole, ""), _KEY)


def _again(message: Message, *, other: bool) -> Mutant | None:
    """Give an observation twice, right after itself; ``other`` with another value."""
    span = message.observations()[0]
    copy = message.text[slice(*span)]
    place = message.stated("OBS_VALUE", span)
    if place is None:
        return None
    if other:
        copy = message.text[span[0] : place.value[0]] + "987654" + message.text[place.value[1] : span[1]]
    line = message.line(span[1])
    return Mutant("DF009" if other else "DF018", None, line, message.replaced((span[1], span[1]), copy))


def _gap(message: Message) -> Mutant | None:
    """Take an observation away that has one before and one after it in its series."""
    spans = message.observations()[:3]
    inner = message.text[spans[0][0] : spans[-1][1]] if len(spans) == 3 else ""
    if message.view.time is None or "Series" in inner or message.stated("TIME_PERIOD", spans[0]) is None:
        return None
    stated = [place for span in spans if (place := message.stated("TIME_PERIOD", span))]
    # A gap is named where the observation after it in time stands, whichever way the series runs in the message.
    first, _, last = (message.text[slice(*place.value)] for place in stated)
    line = stated[2].line if first < last else stated[0].line
    if message.layout == "csv":
        return Mutant("DF020", "TIME_PERIOD", line - (first < last), message.replaced(spans[1], ""))
    kept = "\n" * message.text.count("\n", *spans[1])
    return Mutant("DF020", "TIME_PERIOD", line, message.replaced(spans[1], kept))


def _unknown_component(message: Message) -> Mutant | None:
    span = message.observations()[0]
    text = message.text[slice(*span)]
    if message.layout == "specific":
        return Mutant(
            "DF001", WRONG, message.line(span[0]), message.replaced(span, f'{text[:4]} {WRONG}="1"{text[4:]}')
        )
    if message.layout == "csv":
        header = message.text[: message.start - 1]
        renamed = header.replace("COLLECTION", WRONG)
        return Mutant("DF016", WRONG, 1, message.replaced((0, len(header)), renamed), frozenset({"DF003"}))
    at = text.find("</generic:Attributes>")
    if at < 0:
        return None
    place = span[0] + at
    added = f'<generic:Value id="{WRONG}" value="1"/>'
    return Mutant("DF001", WRONG, message.line(place), message.replaced((place, place), added))


def _inconstant(message: Message) -> Mutant | None:
    """Change an attribute of the series on the second of its observations, where each observation states it."""
    spans = message.observations()[:2]
    if "Series>" in message.text[message.start :]:
        return None
    for item in message.view.components:
        places = [message.stated(item.id, span) for span in spans if item.level == "series" and item.codes is None]
        if len(places) == 2 and places[0] and places[1]:
            return Mutant("DF010", item.id, places[1].line, message.replaced(places[1].value, "7"))
    return None


def _stated_twice(message: Message) -> Mutant | None:
    """Let an observation contradict its series on a part of the key; the finding stands at the observation."""
    span = message.observations()[0]
    found = _first(message, _coded("dimension"))
    if message.layout != "specific" or found is None or message.stated(found[0], span):
        return None
    place = span[0] + len("<Obs")
    added = message.replaced((place, place), f' {found[0]}="{WRONG}"')
    return Mutant("DF028", found[0], message.line(place), added, _KEY | {"DF004"})


def _scattered(message: Message) -> Mutant | None:
    """Move the second observation of the data behind the last, in a table or where no series hold them."""
    spans = message.observations()
    if message.layout != "csv":
        return None
    moved = message.text[slice(*spans[1])]
    text = message.text[: spans[1][0]] + message.text[spans[1][1] : spans[-1][1]] + moved
    return Mutant("DF022", None, message.line(spans[-1][0]), text)


def _ragged(message: Message) -> Mutant | None:
    if message.layout != "csv":
        return None
    span = message.observations()[1]
    added = message.replaced((span[1] - 1, span[1] - 1), ",x")
    return Mutant("IO109", None, message.line(span[0]), added, frozenset({"DF020"}))


def _header(message: Message, pattern: str, by: str, rule: str) -> Mutant | None:
    """Change a name in the opening tag of the dataset, or of the group, that has the finding's line."""
    found = re.compile(pattern).search(message.text, message.start) if message.layout != "csv" else None
    if found is None:
        return None
    component = None
    return Mutant(
        rule, component, message.line(found.start()), message.replaced(found.span(1), by), frozenset({"DF013"})
    )


def _other_structure(message: Message) -> Mutant | None:
    """Let the message name a structure that is not at hand, wherever it is named before the data."""
    if message.layout == "csv":
        return None
    named = re.compile(r'(?<=id=")' + re.escape(message.structure) + r'(?=")')
    if not named.search(message.text, 0, message.start):
        return None
    text = named.sub(WRONG, message.text[: message.start]) + message.text[message.start :]
    return Mutant("DF013", None, message.line(message.start), text)


OPERATORS: dict[str, Operator] = {
    "unknown component": _unknown_component,
    "dimension withdrawn": partial(_missing, wanted=_coded("dimension"), rule="DF002"),
    "mandatory attribute withdrawn": partial(
        _missing,
        wanted=lambda item: item.role == "attribute" and item.mandatory and item.level in {"series", "observation"},
        rule="DF003",
    ),
    "dimension not in list": partial(_put, rule="DF004", wanted=_coded("dimension"), value=WRONG, follows=_KEY),
    "attribute not in list": partial(_put, rule="DF004", wanted=_coded("attribute"), value=WRONG, follows=_KEY),
    "value no number": partial(_put, rule="DF005", wanted=_plain_number, value="n/a", follows=frozenset()),
    "month 13": partial(_put, rule="DF007", wanted=lambda item: item.role == "time", value="2010-13", follows=_KEY),
    "period of another frequency": partial(
        _put, rule="DF008", wanted=lambda item: item.role == "time", value="2010-W05", follows=_KEY
    ),
    "observation contradicted": partial(_again, other=True),
    "observation repeated": partial(_again, other=False),
    "period taken away": _gap,
    "record with a field too many": _ragged,
    "series attribute differs": _inconstant,
    "component stated twice": _stated_twice,
    "record out of place": _scattered,
    "value withdrawn": partial(_missing, wanted=lambda item: item.role == "measure", rule="DF021"),
    "structure not at hand": _other_structure,
    "action misspelt": partial(_header, pattern=r'<[\w:]*DataSet[^>]*action="(\w+)"', by="Apend", rule="DF014"),
    "group misspelt": partial(
        _header, pattern=r'<(?:generic:)?Group [^>]*type="(?:\w+:)?(\w+)"', by="NoGroup", rule="DF015"
    ),
    "reference misspelt": partial(
        _header, pattern=r'<[\w:]*DataSet[^>]*structureRef="([^"]+)"', by="NOBODY", rule="DF017"
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant: the finding as planted, or missed; and what came beside it that does not follow.

    ``reason`` is what the report on the original says where it does not check that rule for that component, and so does
    not claim that the fault is absent.
    """

    case: Case
    operator: str
    mutant: Mutant
    found: bool
    invented: tuple[str, ...]
    seen: tuple[str, ...]
    reason: str | None = None

    @property
    def right(self) -> bool:
        """Whether the fault is found where it stands and nothing is invented, or the report says that it did not look."""
        return (self.found or self.reason is not None) and not self.invented


def _described(report: Report) -> Found:
    return Counter((item.rule, item.location.path, item.location.line) for item in report.diagnostics)


def _places(found: Found) -> Counter[tuple[str, str | None]]:
    """Return how often each rule is broken for each component, whatever the lines: they move with what is planted."""
    return Counter((rule, component) for rule, component, _ in found.elements())


def _source(name: str, text: str) -> Source:
    data = text.encode()
    return Source(name, lambda: BytesIO(data), len(data))


@dataclass(frozen=True, slots=True)
class Bench:
    """One case ready to be judged: the run, and the message as it came."""

    case: Case
    run: Run
    message: Message

    def judged(self, text: str) -> Report:
        """Return the report on the message with another text."""
        return self.run.judge(_source(self.case.data, text))

    def original(self) -> Found:
        """Return what is found in the message as it came."""
        return _described(self.judged(self.message.text))

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of each mutant of the case, but those whose fault the message has already at that place."""
        original = self.judged(self.message.text)
        before = _described(original)
        for name, operator in OPERATORS.items():
            mutant = operator(self.message)
            if mutant is None or (mutant.rule, mutant.component, mutant.line) in before:
                continue
            yield self._outcome(name, mutant, before, _unchecked(original, mutant))

    def _outcome(self, name: str, mutant: Mutant, before: Found, reason: str | None) -> Outcome:
        found = _described(self.judged(mutant.text))
        hit = any(
            rule == mutant.rule and line == mutant.line and mutant.component in {None, component}
            for rule, component, line in found - before
        )
        beside = _places(found) - _places(before)
        unexplained = sorted({rule for rule, _ in beside} - mutant.follows - {mutant.rule})
        doubled = sum(count for (rule, _), count in beside.items() if rule == mutant.rule) > 1
        if doubled and mutant.rule not in mutant.follows:
            unexplained.append(mutant.rule)
        seen = tuple(map(str, list(found - before)[:6]))
        return Outcome(self.case, name, mutant, hit, tuple(unexplained), seen, None if hit else reason)


def _unchecked(report: Report, mutant: Mutant) -> str | None:
    """Return why a report did not check a rule for a component; ``None`` where it did, or gives no reason."""
    for check in report.checks:
        if check.rule == mutant.rule and check.component in {mutant.component, None} and check.reason:
            return check.reason
    return None


def bench(corpora: Path, case: Case, engine: duckdb.DuckDBPyConnection) -> Bench:
    """Read a case's structures and its data, as text with the line ends of one kind."""
    files = [source for name in case.structures for source in sources(corpora / name)]
    graph = read_sources(files).document.graph
    structures = Structures(graph)
    named = Structures(graph, against=case.structure).resolve(None).structure
    text = (corpora / case.data).read_text(encoding="utf-8-sig")
    run = Run(structures, Options(max_findings=0), engine)
    return Bench(case, run, Message(text, case.layout, structures.view(named), case.structure))


def outcomes(corpora: Path, cases: Sequence[Case] = CASES) -> list[Outcome]:
    """Judge every mutant of every case."""
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        return [item for case in cases for item in bench(corpora, case, engine).outcomes()]


def main() -> int:
    """Judge and print what is not as it should be, and a table of rules."""
    judged = outcomes(Path(sys.argv[1]))
    wrong = [item for item in judged if not item.right]
    for item in wrong:
        wanted = (item.mutant.rule, item.mutant.component, item.mutant.line)
        print(item.case.data, item.operator, wanted, "found" if item.found else "MISSED", item.invented, item.seen)
    for rule, count in sorted(Counter(item.mutant.rule for item in judged).items()):
        print(f"{rule}: {count}")
    print(f"{len({item.case for item in judged})} files, {len(judged)} mutants, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
