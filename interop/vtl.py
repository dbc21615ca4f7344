"""What a statement of VTL reads and makes: datasets and components, told from its tokens; what is not understood is said.

This is no parser of VTL. It knows names from operators, and of names it knows by their place whether they stand for a dataset (an
operand) or for a component (after ``#``, in the brackets of a clause, in the clauses of a join, after ``group by``). What it
does not know, it names: of the definitions of rulesets the value domains are read that they are for, those of operators not at all.

Source:
    VTL 2.1, Reference Manual, *VTL-DL*: assignment, membership, clause operators, join, aggregate and analytic invocation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["Read", "statements"]

_TOKENS = re.compile(
    r"""
      (?P<blank>\s+|/\*.*?\*/|//[^\n]*)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<quoted>'(?:[^']|'')*')
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d][\w.]*)
    | (?P<mark>:=|<-|->|<=|>=|<>|\|\||[-+*/=<>(){}\[\],;:\#?])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 200_000
"""Characters of a script: what is longer is left alone, and said to be."""

_JOINS = {"inner_join", "left_join", "full_join", "cross_join"}
_JOIN_CLAUSES = {"filter", "apply", "calc", "aggr", "keep", "drop", "rename", "using"}
_COMPONENTS_FOLLOW = {"by", "except", "on"}
_RULESETS = {"check_datapoint", "check_hierarchy", "hierarchy"}
_LANGUAGE = """
    aggr aggregate all always_null always_zero and any apply as asc at attribute between boolean by calc case cast component
    components condition constant count cross_join current data datapoint dataset date day_of_month day_of_year days define desc
    diff drop duration else end errorcode errorlevel except exists_in false filter first first_value following full_join group
    having hierarchical hierarchy identifier if imbalance implicit in inner_join integer intersect invalid is isnull join keep lag
    last last_value lead left_join max measure measures median membership min mod month nonmissing non_null non_zero not not_in null
    number on operator operators or order order_by output over partial_null partial_zero partition persistent pivot points
    preceding range rank rename returns role rule rule_priority ruleset scalar set string sub symdiff then time time_period to
    total true unbounded union unpivot using valuedomain variable viral when with xor year yearduration
    all_measures computed dataset_priority single valid _
"""
_WORDS = frozenset(_LANGUAGE.split())
"""Words of the language, which name nothing of a user's; ``_`` stands for a parameter that is left out."""


@dataclass(slots=True)
class Read:
    """One statement: what it makes, the datasets that it reads, and the components that it reads and makes.

    ``components`` are pairs of a dataset (empty where any of those read may be meant) and the name of a component that is read;
    ``computed`` holds, by the name of a component that is made, the names of those from which; ``operators`` the names that
    are called like functions, ``rulesets`` those of rulesets, ``valuedomains`` those of the value domains that a ruleset is
    defined on; ``unclear`` says what was not understood.
    """

    result: str
    is_persistent: bool = False
    datasets: list[str] = field(default_factory=list)
    components: list[tuple[str, str]] = field(default_factory=list)
    computed: dict[str, list[str]] = field(default_factory=dict)
    operators: list[str] = field(default_factory=list)
    rulesets: list[str] = field(default_factory=list)
    valuedomains: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    is_quoted: bool = False

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "name" else self.text


def statements(script: str) -> tuple[Read, ...]:
    """Return what the statements of a script read and make, in order.

    Args:
        script: Assignments, each ``name := expression`` or ``name <- expression``, with semicolons between them.

    Example:
        >>> found = statements('total <- DS_1[calc rate := births / people] + "DF 2"; ')[0]
        >>> found.datasets, found.computed
        (['DS_1'], {'rate': ['births', 'people']})
    """
    if len(script) > _LONGEST:
        return (Read("", unclear=[f"it is longer than {_LONGEST:,} characters"]),)
    found = [_Reader(tokens).read() for tokens in _split(_tokens(script))]
    return tuple(found)


def _tokens(script: str) -> Iterator[_Token]:
    for match in _TOKENS.finditer(script):
        kind = match.lastgroup or "other"
        if kind == "quoted":
            yield _Token("name", match.group()[1:-1].replace("''", "'"), is_quoted=True)
        elif kind != "blank":
            yield _Token(kind, match.group())


def _split(tokens: Iterator[_Token]) -> Iterator[list[_Token]]:
    """Yield the tokens of every statement; semicolons within a definition separate rules, not statements."""
    statement: list[_Token] = []
    for token in tokens:
        is_definition = bool(statement) and statement[0].word == "define"
        if token.text == ";" and not is_definition:
            if statement:
                yield statement
            statement = []
            continue
        statement.append(token)
        if is_definition and token.word in {"operator", "ruleset"} and "end" in {one.word for one in statement[-3:]}:
            yield statement
            statement = []
    if statement:
        yield statement


class _Reader:
    """Goes through one statement once, with a stack of what every open bracket is about."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._read = Read("")
        self._open: list[str] = ["data"]
        self._aliases: dict[str, str] = {}
        self._target = ""
        self._before = ""

    def read(self) -> Read:
        """Return what the statement reads and makes."""
        tokens = self._tokens
        if tokens[0].word == "define":
            self._define()
            return self._read
        if len(tokens) < 3 or tokens[0].kind != "name" or tokens[1].text not in {":=", "<-"}:
            self._read.unclear.append(f"no assignment: `{' '.join(token.text for token in tokens[:6])}`")
            return self._read
        self._read.result, self._read.is_persistent = tokens[0].text, tokens[1].text == "<-"
        for place in range(2, len(tokens)):
            self._step(place)
        if len(self._open) != 1:
            self._read.unclear.append("brackets that are not closed")
        self._read.datasets = [self._aliases.get(name, name) for name in self._read.datasets]
        self._read.datasets = list(dict.fromkeys(name for name in self._read.datasets if name))
        return self._read

    def _define(self) -> None:
        """Read the signature of a ruleset: the value domains that it is for, without the names that they go by in its rules.

        Source:
            VTL 2.1, Reference Manual, *define datapoint ruleset* and *define hierarchical ruleset*.
        """
        words = [token.word for token in self._tokens]
        if words[2:3] != ["ruleset"] or words[5:6] != ["valuedomain"]:
            self._read.unclear.append("a definition, which is not looked into")
            return
        self._read.unclear.append("the rules of a definition, which are not looked into")
        signature = self._tokens[5 : words.index(")") if ")" in words else 5]
        for before, token in pairwise(signature):
            if token.kind == "name" and before.word != "as" and (token.is_quoted or token.word not in _WORDS):
                self._read.valuedomains.append(token.text)

    def _step(self, place: int) -> None:
        token = self._tokens[place]
        if token.text in "([{" and token.kind == "mark":
            self._enter(token.text)
        elif token.text in ")]}" and token.kind == "mark":
            self._leave()
        elif token.kind == "name":
            self._name(place, token)
        elif token.kind == "other":
            self._read.unclear.append(f"the character `{token.text}`")
        elif token.text == "," and self._open[-1] in {"clause", "join-clause"}:
            self._target = ""
        self._before = token.word

    def _enter(self, mark: str) -> None:
        inner = self._open[-1]
        if mark == "[":
            inner, self._target = "clause", ""
        elif self._before in _JOINS:
            inner = "join"
        elif self._before in _RULESETS:
            inner = "ruleset"
        elif inner == "join":
            inner = "data"
        elif inner == "group":
            inner = "clause"
        self._open.append(inner)

    def _leave(self) -> None:
        if len(self._open) > 1:
            self._open.pop()
        else:
            self._read.unclear.append("a bracket that was not opened")

    def _name(self, place: int, token: _Token) -> None:
        following = self._tokens[place + 1].word if place + 1 < len(self._tokens) else ""
        if self._before == "#":
            return  # taken with the dataset before it
        if following == "(" and token.word not in _WORDS:
            self._read.operators.append(token.text)
        elif following == "#" and place + 2 < len(self._tokens):
            self._member(token.text, self._tokens[place + 2].text)
        elif token.word in _WORDS and not token.is_quoted:
            self._word(token.word, self._open[-1])
        else:
            self._user_name(token.text, following, self._open[-1])

    def _user_name(self, name: str, following: str, here: str) -> None:
        if here == "join" and self._before == "as":
            self._aliases[name] = self._read.datasets[-1] if self._read.datasets else ""
        elif here in {"clause", "join-clause", "group"}:
            self._component(name, following)
        elif here == "ruleset" and self._read.datasets and self._before == ",":
            self._read.rulesets.append(name)
        else:
            self._read.datasets.append(name)

    def _word(self, word: str, here: str) -> None:
        if here == "join" and word in _JOIN_CLAUSES:
            self._open[-1] = "join-clause"
        elif word in _COMPONENTS_FOLLOW and here in {"data", "ruleset"} and len(self._open) > 1:
            self._open[-1] = "group"
        elif word in _JOIN_CLAUSES or word in {"group", "having"}:
            self._target = ""

    def _member(self, dataset: str, component: str) -> None:
        whole = self._aliases.get(dataset, dataset)
        self._read.datasets.append(whole)
        self._read.components.append((whole, component))
        if self._target:
            self._read.computed.setdefault(self._target, []).append(component)

    def _component(self, name: str, following: str) -> None:
        if following == ":=":
            self._target = name
            self._read.computed.setdefault(name, [])
        elif self._before == "to":  # rename a to b
            self._read.computed.setdefault(name, []).extend(one for _, one in self._read.components[-1:])
        else:
            self._read.components.append(("", name))
            if self._target:
                self._read.computed[self._target].append(name)
