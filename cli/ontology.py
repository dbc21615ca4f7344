"""``semstat ontology``: check an ontology, reason over it, look a term up, take it away in another form."""

import sys
from pathlib import Path

import click

from semstat.cli.exits import INCOMPLETE, UNREADABLE, exit_code
from semstat.cli.output import Settings, refuse_unwritable, report_targets, say, write_file, write_reports
from semstat.cli.suggest import Named

__all__ = ["ontology"]

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
        hint = f", did you mean {' or '.join(close)}?" if close else ""
        raise click.UsageError(
            f"there is no term {term!r}{hint}" if term.strip() else "a term has a name: none is given"
        )
    graph = around(terms)
    say("\n".join(describe(graph, one) for one in terms))
    return 0


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
