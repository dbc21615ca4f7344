"""How to validate: the options of a run, for the command line and for callers."""

from dataclasses import dataclass, field

from semstat.interop.counting import Limits
from semstat.interop.watching import Progress
from semstat.validators.diagnostics import Severity
from semstat.validators.producer_conventions import USUAL, Conventions
from semstat.validators.selection import EVERYTHING, Selection
from semstat.validators.structural import Sums

__all__ = ["DdiOptions", "MicrodataOptions", "Options"]


@dataclass(frozen=True, slots=True)
class MicrodataOptions:
    """How data files are read that documentation of microdata describes, and how their producer counts.

    ``described`` gives, by data file, the identifier of the described file that it is; others are matched by their names.
    ``encoding`` and ``separator`` are those of plain text. ``conventions`` say what counts as invalid and which lists are
    complete.
    """

    described: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    separator: str | None = None
    conventions: Conventions = USUAL


@dataclass(frozen=True, slots=True)
class DdiOptions:
    """What documents of DDI are judged by beside the rules on what they describe.

    ``schemas`` is a folder with the XML schemas of the DDI Alliance, which are not brought along. ``profiles`` are profiles
    that the documents have to keep to: files, or names of those that are brought along.
    """

    schemas: str | None = None
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate; the defaults suit people, not machines.

    ``max_findings`` places are listed in full for each rule and component (0: all); totals are always exact. ``fail_on`` is
    the least severity that fails the run. ``against`` names the structure to judge by, whatever the data name; ``format``
    the data's format, if it is not to be recognised. ``memory`` and ``threads`` bound the engine (``"2GB"``, 2), which spills
    to a temporary folder. ``selection`` says which rules are checked and how grave each is. ``progress`` is told now and
    then what is being done. ``languages`` are those in which every name in a structure must be given (BCP 47 tags).
    ``lint`` has the structures that only serve to judge data judged as well. ``schema`` adds what the official schemas of
    the formats say. ``as_one`` has the datasets of one structure, in whatever files, judged as one: keys, constancy, gaps and
    the order of series are looked at across them. ``sums`` says along which dimensions figures have to add up,
    ``sender_areas`` which reference areas a sender may report on (others: any). ``microdata`` says how
    files that documentation describes are read and counted. ``ddi`` says what documents of DDI are judged by.
    """

    max_findings: int = 10
    fail_on: Severity = Severity.ERROR
    against: str | None = None
    format: str | None = None
    memory: str | None = None
    threads: int | None = None
    limits: Limits = Limits()
    selection: Selection = EVERYTHING
    progress: Progress | None = None
    languages: tuple[str, ...] = ()
    lint: bool = False
    schema: bool = False
    as_one: bool = False
    sums: tuple[Sums, ...] = ()
    sender_areas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    microdata: MicrodataOptions = field(default_factory=MicrodataOptions)
    ddi: DdiOptions = field(default_factory=DdiOptions)
