"""Competency questions: what a graph of metadata should answer, as SPARQL with a header that says how to read the answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["READINGS", "Question", "iris_used", "put_to", "question_of", "questions", "suites", "terms_asked"]

READINGS = ("answer", "worklist", "health check")
"""How a result is read. An *answer* without a row means that the graph cannot answer; the rows of a *worklist* are work,
and none is good; the rows of a *health check* are failures."""

_HEADER = re.compile(r"^# ([a-z ]+): (.+)$", re.MULTILINE)
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]+)>", re.IGNORECASE)
_NAMED = re.compile(r"(?<![\w:])([\w-]*):([A-Za-z_][\w.-]*)")
_IRI = re.compile(r"<([^<>\s]+)>")
_REQUIRED = ("id", "theme", "who asks", "question", "reading", "constants")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its header and its text.

    ``constants`` are the terms of the demonstration graph that are written into the text, to be replaced on another
    graph; without any, the question runs anywhere. ``note`` says where the pattern ends. ``parameters`` are the places that
    can be filled, each with what goes there: ``thing`` or ``text``.
    """

    id: str
    theme: str
    asked_by: str
    question: str
    reading: str
    constants: tuple[str, ...]
    text: str
    note: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def is_anchored(self) -> bool:
        """Whether the text names things of one graph."""
        return bool(self.constants)


def question_of(text: str) -> Question:
    """Return a question from the text of its file.

    Raises:
        ValueError: the header lacks a field, or names a reading that there is none of.

    Example:
        >>> question_of("SELECT * {}")
        Traceback (most recent call last):
        ValueError: the header of the question has no `id`
    """
    header = dict(_HEADER.findall(text))
    for field in _REQUIRED:
        if field not in header:
            raise ValueError(f"the header of the question has no `{field}`")
    if header["reading"] not in READINGS:
        raise ValueError(f"there is no reading `{header['reading']}`: it is one of {', '.join(READINGS)}")
    stated = () if header["constants"] == "none" else tuple(header["constants"].split(", "))
    return Question(
        header["id"],
        header["theme"],
        header["who asks"],
        header["question"],
        header["reading"],
        stated,
        text,
        header.get("note", ""),
        _parameters(header.get("parameters", "none")),
    )


def put_to(question: Question, here: Mapping[str, str]) -> Question:
    r"""Return a question with other things in the place of its constants; those that are not named stay, and are still named.

    A text that nothing is said of means itself; once something is said of all others, the question is anchored no more.

    Args:
        question: The question.
        here: By constant, as the header names it, the IRI that is meant; in the place of a text (``'CL_REGION'``), a text.

    Example:
        >>> asked = Question("X1", "", "", "", "answer", ("a:b/c",), "SELECT * { ?s ?p a:b\\/c }")
        >>> put_to(asked, {"a:b/c": "urn:x"}).text
        'SELECT * { ?s ?p <urn:x> }'
    """
    text = question.text
    for constant in sorted(set(question.constants) & here.keys(), key=len, reverse=True):
        is_text = constant.startswith("'")
        said = here[constant].replace("\\", "\\\\").replace("'", "\\'")
        meant = f"'{said}'" if is_text else f"<{here[constant]}>"
        written = re.escape(constant if is_text else constant.replace("/", "\\/"))
        found = re.compile(rf"(?<![\w:]){written}(?![\w\\]|\.\w)")
        lines = text.splitlines(keepends=True)
        text = "".join(line if line.startswith("#") else found.sub(meant.replace("\\", "\\\\"), line) for line in lines)
    if text == question.text:
        return question
    left = tuple(item for item in question.constants if item not in here and not item.startswith("'"))
    return replace(question, text=text, constants=left)


def _parameters(stated: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair.partition(" ") for pair in stated.split(", ") if pair != "none")
    return tuple((name, kind) for name, _, kind in pairs)


def suites() -> tuple[str, ...]:
    """Return the names of the suites that come with the package."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if entry.is_dir()))


@lru_cache(maxsize=8)
def questions(suite: str = "core") -> tuple[Question, ...]:
    """Return the questions of a suite, by theme and number.

    Raises:
        KeyError: there is no suite of that name.
    """
    if suite not in suites():
        raise KeyError(suite)
    texts = (entry.read_text(encoding="utf-8") for entry in _folder().joinpath(suite).iterdir())
    return tuple(sorted((question_of(text) for text in texts), key=lambda item: _place(item.id)))


def iris_used(text: str) -> frozenset[str]:
    """Return the IRIs that a query mentions, written out or by prefix; comments are not looked at.

    Example:
        >>> sorted(iris_used("PREFIX a: <urn:a#> SELECT * { ?s a:b <urn:c> }"))
        ['urn:a#b', 'urn:c']
    """
    body = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    prefixes = dict(_PREFIX.findall(body))
    rest = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", _PREFIX.sub("", body))
    found = _NAMED.findall(_IRI.sub("", rest))
    named = (prefixes[prefix] + local.rstrip(".") for prefix, local in found if prefix in prefixes)
    return frozenset([*named, *_IRI.findall(rest)])


@lru_cache(maxsize=1)
def terms_asked() -> frozenset[str]:
    """Return every IRI that a competency question of the package uses, in the suites or beside them."""
    return frozenset(iri for text in _texts(files(__package__).joinpath("competency")) for iri in iris_used(text))


def _texts(folder: "Traversable") -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith(".rq"):
            yield entry.read_text(encoding="utf-8")


def _folder() -> "Traversable":
    return files(__package__).joinpath("competency", "suite")


def _place(name: str) -> tuple[str, int]:
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0)
