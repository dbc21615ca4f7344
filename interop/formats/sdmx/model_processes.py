"""Processes as read: steps, what goes in and out, computations and transitions.

Source:
    SDMX 3.0, Section 2 (Information Model), 13 *Process and Transitions*.
"""

from dataclasses import dataclass, field

from semstat.interop.formats.sdmx.model_facts import Annotation, Facts, Maintainable, Reference, Text

__all__ = ["Computation", "Process", "ProcessArtefact", "ProcessStep", "Transition"]


@dataclass(frozen=True, slots=True)
class ProcessArtefact:
    """An artefact that goes into a step or comes out of it; 2.0 names only its class (``object_class``)."""

    line: int | None = field(compare=False)
    local_id: str | None = None
    artefact: Reference | None = None
    object_class: str | None = None
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Computation:
    """What a step computes, in words, and the software that does it."""

    line: int | None = field(compare=False)
    local_id: str | None = None
    software_package: str | None = None
    software_language: str | None = None
    software_version: str | None = None
    descriptions: tuple[Text, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """A step that may come next (its dotted id), and the condition for it."""

    facts: Facts
    local_id: str | None = None
    target_step: str | None = None
    conditions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A step of a process, with the steps that it consists of."""

    facts: Facts
    inputs: tuple[ProcessArtefact, ...] = ()
    outputs: tuple[ProcessArtefact, ...] = ()
    computation: Computation | None = None
    transitions: tuple[Transition, ...] = ()
    steps: tuple["ProcessStep", ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """A process and its steps, in order."""

    head: Maintainable
    steps: tuple[ProcessStep, ...] = ()
