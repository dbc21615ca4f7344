"""``semstat ontology``: check an ontology, reason over it, list, search and show terms, take it away in another form."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from semstat.cli.exits import INCOMPLETE, UNREADABLE, exit_code
from semstat.cli.output import Settings, refuse_unwritable, report_targets, say, write_file, write_reports
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from semstat.ontology.listing import Listed

__all__ = ["ontology"]

_KINDS = ["module", "vocabulary", "link", "alignment", "class", "property", "individual", "concept"]
_SHOWN = ("kind", "name", "code", "label", "terms", "module", "status", "evidence")
_COLUMNS = ("kind", "name", "code", "label", "module", "status", "evidence", "terms", "definition", "iri")
_LONGEST = 80
_FORMATS = ["full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html", "csv", "shacl"]


@click.group(short_help="Check, query and export the ontology.")
def ontology() -> None:
    """Work with the ontology of semstat, or check one of your own."""


@ontology.command(short_help="Judge an ontology: hygiene, OWL 2 DL, consistency.")
@click.argument("paths", nargs=-1, metavar="[FILE]…")
@click.option("--lang-required", "languages", metavar="TAGS", default="", help="Languages of labels, such as en,fr.")
@click.option(
    "--questions", multiple=True, metavar="FILE", help="Competency questions in SPARQL (or a folder of them)."
)
@click.option("--no-reasoning", is_flag=True, help="Do not ask the reasoner; consistency then counts as not checked.")
@click.option("-f", "--output-format", "output", type=Named("format", _FORMATS), default="full", show_default=True,
              help="Format on standard output.")  # fmt: skip
@click.option("--report", "reports", multiple=True, metavar="FORMAT=PATH", help="Also write a report; repeatable.")
@click.option("--max-findings", type=click.IntRange(min=0), default=10, show_default=True,
              help="Places listed for each rule; 0 for all.")  # fmt: skip
@click.option("--fail-on", type=Named("severity", ["error", "warning", "info"]), default="error", show_default=True,
              help="The least severity that fails.")  # fmt: skip
@click.option("--allow-incomplete", is_flag=True, help="Let what was checked decide.")
@click.pass_obj
def check(
    settings: Settings,
    *,
    paths: tuple[str, ...],
    languages: str,
    questions: tuple[str, ...],
    no_reasoning: bool,
    output: str,
    reports: tuple[str, ...],
    max_findings: int,
    fail_on: str,
    allow_incomplete: bool,
) -> int:
    """Judge the ontology in FILEs (Turtle, N-Triples, RDF/XML), or that of semstat when none is named.

    Labels, definitions, sources, links; whether it stays within OWL 2 DL, is consistent, and is read alike by every
    parser. The reasoner needs Java; without it the verdict is incomplete (4), not a pass.
    """
    from semstat.interop import Options
    from semstat.interop.ontologies import check_ontology
    from semstat.validators import Severity

    targets = report_targets(reports)
    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    options = Options(max_findings=max_findings, fail_on=Severity(fail_on), languages=tags)
    report = check_ontology(paths, questions=questions, reasoning=not no_reasoning, options=options)
    write_reports(report, output, targets, color=settings.coloured(sys.stdout))
    return exit_code(report, allow_incomplete=allow_incomplete)


@ontology.command(short_help="Write the types that follow from an ontology and data.")
@click.argument("paths", nargs=-1, metavar="[FILE]…")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="By default standard output.")
def reason(*, paths: tuple[str, ...], output: Path | None) -> int:
    """Write, in Turtle, the types and the classes above that follow from FILEs and the ontology of semstat.

    What is stated already is not written again. Exits with 1 when there is a contradiction, with 4 without a reasoner.
    """
    from semstat.interop.reasoning import inferred

    if output is not None:
        refuse_unwritable(output)
    outcome = inferred(paths)
    for problem in outcome.problems:
        click.echo(problem, err=True)
    if outcome.turtle is None:
        return {"unreadable": UNREADABLE, "contradiction": 1}.get(outcome.state, INCOMPLETE)
    if output is None:
        say(outcome.turtle)
    else:
        write_file(output, outcome.turtle)
    return 0


@ontology.command(short_help="Say what a term means.")
@click.argument("term", metavar="TERM")
def show(*, term: str) -> int:
    """Say what TERM means, what is above and below it, how it is linked, and where it comes from.

    TERM is a prefixed name (sst:Codelist), an IRI, or a label in English, French or Spanish.
    """
    from semstat.ontology.describe import describe, nearest
    from semstat.ontology.lookup import around, find, names

    terms = find(term)
    if not terms:
        close = nearest(names(), term)
        hint = f", did you mean {' or '.join(close)}?" if close else "; semstat ontology search looks for words"
        raise click.UsageError(
            f"there is no term {term!r}{hint}" if term.strip() else "a term has a name: none is given"
        )
    graph = around(terms)
    say("\n".join(describe(graph, one) for one in terms))
    return 0


@ontology.command("list", short_help="List modules, classes, properties, vocabularies, concepts.")
@click.option("--kind", "kinds", multiple=True, type=Named("kind", _KINDS), help="Only this kind; repeatable.")
@click.option("--module", "names", multiple=True, metavar="NAME", help="Only what stands in this module; repeatable.")
@click.option(
    "--status", type=Named("status", ["unstable", "testing", "stable", "archaic"]), help="How firm terms are."
)
@click.option("--evidence", type=Named("evidence", ["published", "second-hand", "proposal"]),
              help="On whose authority terms stand.")  # fmt: skip
@click.option("--lang", "language", metavar="TAG", default="en", show_default=True, help="Language of the labels.")
@click.option("--format", "form", type=Named("format", ["table", "csv", "json"]), default="table", show_default=True,
              help="A table for people; CSV and JSON also have definitions and addresses.")  # fmt: skip
def list_(
    *,
    kinds: tuple[str, ...],
    names: tuple[str, ...],
    status: str | None,
    evidence: str | None,
    language: str,
    form: str,
) -> int:
    """List what the ontology holds: its modules, vocabularies, links and alignments, or the terms that options choose.

    \b
    semstat ontology list --kind class --module information
    semstat ontology list --module gsbpm-5.2 --lang fr --format csv
    """  # noqa: D301 - \b is click's mark for a block that is not wrapped
    from semstat.ontology.listing import PARTS, listed

    is_open = not (kinds or names or status or evidence)
    rows = listed(
        kinds=PARTS if is_open else kinds or tuple(kind for kind in _KINDS if kind not in PARTS),
        within=_modules(names),
        status=status,
        evidence=evidence,
        language=language,
    )
    say(_rows(rows, form))
    return 0


@ontology.command(short_help="Find terms by words in their names and definitions.")
@click.argument("words", nargs=-1, required=True, metavar="TEXT…")
@click.option("--kind", "kinds", multiple=True, type=Named("kind", _KINDS), help="Only this kind; repeatable.")
@click.option("--module", "names", multiple=True, metavar="NAME", help="Only what stands in this module; repeatable.")
@click.option("--lang", "language", metavar="TAG", help="Only texts in this language.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many terms.")
@click.option("--format", "form", type=Named("format", ["table", "csv", "json"]), default="table", show_default=True,
              help="A table for people, CSV and JSON for programs.")  # fmt: skip
def search(
    *,
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    names: tuple[str, ...],
    language: str | None,
    limit: int,
    form: str,
) -> int:
    """Find terms by the words in their names, labels, synonyms, codes and definitions, in all languages, best first.

    Case and accents do not count, and a misspelt word is taken for the nearest one. Exits with 1 when nothing is found.
    """
    from semstat.ontology.listing import listed, searched

    found = searched(" ".join(words), listed(kinds=kinds, within=_modules(names)), language=language, limit=limit)
    if form != "table":
        said = [
            {"score": one.score, "field": one.field, "text": one.text, "language": one.language} for one, _ in found
        ]
        say(_rows([item for _, item in found], form, beside=said))
    elif found:
        say(_aligned([(item.name, item.kind, f"{one.field} {one.language}".rstrip(), one.text) for one, item in found]))
    else:
        say("nothing is called so\n")
    return 0 if found else 1


def _modules(names: Sequence[str]) -> list[str]:
    from semstat.cli.suggest import meant
    from semstat.ontology import modules
    from semstat.ontology.listing import module_named

    full = {name: module_named(name) for name in names}
    for name, module in full.items():
        if module is None:
            raise click.UsageError(f"there is no module {name!r}{meant(name, modules())}")
    return [module for module in full.values() if module is not None]


def _rows(rows: "Sequence[Listed]", form: str, *, beside: Sequence[dict[str, object]] = ()) -> str:
    cells = [
        {**more, **{name: getattr(item, name) for name in _COLUMNS}}
        for item, more in zip(rows, beside or [{}] * len(rows), strict=True)
    ]
    if form == "json":
        said = [{key: value if value != "" else None for key, value in row.items()} for row in cells]
        return json.dumps({"found": said}, indent=2, ensure_ascii=False) + "\n"
    if form == "csv":
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(cells[0] if cells else _COLUMNS)
        table.writerows(row.values() for row in cells)
        return out.getvalue()
    used = [name for name in _SHOWN if any(row[name] not in {"", None} for row in cells)]
    if {row["name"] for row in cells} == {row["module"] for row in cells}:
        used = [name for name in used if name != "module"]
    lines = [used, *([str(row[name] or "") for name in used] for row in cells)] if cells else []
    return _aligned(lines) + f"{len(cells)} rows\n"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    from semstat.interop.catalogue.drawing import aligned

    return aligned([[_cut(cell) for cell in row] for row in rows])


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


@ontology.command(short_help="Write the ontology in another form.")
@click.option("--format", "form", required=True, type=Named("format", ["turtle", "rdfxml", "jsonld-context", "catalog"]),
              help="The form.")  # fmt: skip
@click.option("--module", "names", multiple=True, metavar="NAME", help="Only this module; repeatable.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="By default standard output.")
def export(*, form: str, names: tuple[str, ...], output: Path | None) -> int:
    """Write the ontology as one Turtle or RDF/XML file, as a JSON-LD context, or as a catalogue file for Protégé."""
    from semstat.cli.suggest import meant
    from semstat.ontology import modules
    from semstat.ontology.export import exported

    for name in names:
        if name not in modules():
            raise click.UsageError(f"there is no module {name!r}{meant(name, modules())}")
    if output is not None:
        refuse_unwritable(output)
    text = exported(form, names)
    if output is None:
        say(text)
    else:
        write_file(output, text)
    return 0
