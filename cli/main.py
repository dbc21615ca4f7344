"""The command group, its global options, and the way out: every exit code is decided here or in :mod:`exits`."""

import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from semstat.cli.configuration import configure
from semstat.cli.everywhere import COLOURS
from semstat.cli.exits import BROKEN_PIPE, BUG, INTERRUPTED, USAGE, crash_report, silence_pipe
from semstat.cli.lazy import LazyGroup
from semstat.cli.output import Settings
from semstat.cli.startup import own_the_process, with_pandas
from semstat.cli.suggest import sentence
from semstat.ontology.errors import SemstatError

__all__ = ["cli", "main", "run"]

_COMMANDS = {
    "validate": "semstat.cli.validate:validate",
    "convert": "semstat.cli.convert:convert",
    "describe": "semstat.cli.describe:describe",
    "shapes": "semstat.cli.shapes:shapes",
    "xsd": "semstat.cli.xsd:xsd",
    "init": "semstat.cli.loading:init",
    "load": "semstat.cli.loading:load",
    "catalogue": "semstat.cli.stored:catalogue",
    "diff": "semstat.cli.diff:diff",
    "find": "semstat.cli.find:find",
    "lineage": "semstat.cli.lineage:lineage",
    "impact": "semstat.cli.impact:impact",
    "why": "semstat.cli.lineage:why",
    "query": "semstat.cli.query:query",
    "explain": "semstat.cli.catalogue:explain",
    "rules": "semstat.cli.catalogue:rules",
    "profiles": "semstat.cli.catalogue:profiles",
    "formats": "semstat.cli.catalogue:formats",
    "ontology": "semstat.cli.ontology:ontology",
    "cq": "semstat.cli.cq:cq",
    "fetch": "semstat.cli.fetch:fetch",
    "config": "semstat.cli.config:config",
}


_YES = {"true", "1", "yes", "on", "t", "y"}


@click.group(cls=LazyGroup, commands_at=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "--version", package_name="semstat", prog_name="semstat", message="%(prog)s %(version)s")
@click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")
@click.option(
    "--color",
    type=COLOURS,
    default="auto",
    show_default=True,
    help="Colour in text output.",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="SEMSTAT_CONFIG",
    metavar="FILE",
    help="Take settings from FILE, not from the files that are found.",
)
@click.option("--isolated", is_flag=True, help="Take no settings from files or the environment.")
@click.option("--traceback", is_flag=True, help="Show the full traceback of an error of semstat itself.")
@click.pass_context
def cli(context: click.Context, quiet: bool, color: str, config: Path | None, isolated: bool, traceback: bool) -> None:
    """Semantic metadata and interoperability toolkit for statistical offices.

    Everything works offline but fetch, and what --endpoint asks for. Results go to standard output, progress to standard
    error. Exit codes: 0 pass, 1 fail, 2 usage, 3 unreadable input, 4 incomplete (something could not be checked), 70 an
    error of semstat itself.

    The options below may also stand after a command.
    """
    configured = configure(context, config, isolated=isolated)
    given = {name for name in configured if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    own = {"quiet": quiet, "color": color} | {name: configured[name] for name in configured if name not in given}
    context.obj = Settings(quiet=str(own["quiet"]).lower() in _YES, color=str(own["color"]))


def main() -> None:
    """Run the command line and exit with the documented code."""
    own_the_process()
    try:
        code = run(sys.argv[1:])
    finally:
        with_pandas()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silence_pipe()
        code = BROKEN_PIPE
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line with arguments and return the exit code; nothing but a programming error leaves a traceback."""
    try:
        return _invoke(arguments)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as usage:
        click.echo(usage.format_message(), err=True)
        return USAGE
    except click.ClickException as problem:
        click.echo(f"error: {sentence(problem)}", err=True)
        return USAGE
    except SemstatError as problem:
        click.echo(f"error: {problem}" + (f"; {problem.hint}" if problem.hint else ""), err=True)
        return USAGE
    except BrokenPipeError:
        silence_pipe()
        return BROKEN_PIPE
    except Exception as bug:
        click.echo(crash_report(bug, arguments, full="--traceback" in arguments), err=True)
        return BUG


def _invoke(arguments: list[str]) -> int:
    """Run a command without click's own way out, which takes a closed pipe for 1 and any end of file for an interrupt."""
    if "_SEMSTAT_COMPLETE" in os.environ:
        cli.main(arguments, prog_name="semstat")
    with cli.make_context("semstat", list(arguments)) as context:
        outcome = cli.invoke(context)
    return outcome if isinstance(outcome, int) else 0
