"""Write the generated pages of ``docs/reference``: rules, formats, command line; ``--check`` compares instead.

Everything comes from the one place where it is stated: the rule catalogue, the tables of formats, the commands.
"""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from semstat.interop.registry import FORMATS
from semstat.ontology.reference import index_page as index_of_modules
from semstat.ontology.reference import module_page, module_picture, pictured
from semstat.validators.render import RENDERERS
from semstat.validators.rules import Rule, catalogue

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))  # pages with a module of their own lie beside this one
from compared import compared_page  # noqa: E402
from facets import facets_page  # noqa: E402

REFERENCE = DOCS / "reference"
FIXTURES = DOCS.parent / "tests" / "rules"
NOTE = "<!-- Written by docs/generate.py; change the source, not this page. -->"
SYNTAX = {".csv": "csv", ".xml": "xml", ".ttl": "turtle"}
FAMILIES = {
    "IO": "Reading and writing",
    "CL": "Code lists",
    "CON": "Concepts",
    "DSD": "Structures",
    "MAP": "Structure maps",
    "DF": "Dataflows and datasets",
    "QB": "RDF Data Cubes",
    "SK": "Concept schemes in SKOS",
    "XK": "Classifications in XKOS",
    "GSIM": "Statistical information (GSIM)",
    "VC": "The cascade of variables",
    "LIN": "Lineage",
    "DDI": "Documentation in DDI",
    "ACT": "Activities",
    "GOV": "Governance of artefacts",
    "PAR": "Partnership records",
    "CAT": "Catalogues",
    "ONT": "Ontologies",
}
WIDTH = 100


def pages() -> dict[Path, str]:
    """Return every generated page by its path; the command line is left out while there is none."""
    rules = catalogue()
    found = {REFERENCE / "rules" / "index.md": index_page(rules), REFERENCE / "formats.md": formats_page()}
    found[REFERENCE / "compared.md"] = compared_page(NOTE)
    found[REFERENCE / "facets.md"] = facets_page(NOTE)
    for rule in rules.values():
        found[REFERENCE / "rules" / f"{rule.id}.md"] = rule_page(rule)
    found |= ontology_pages()
    command = command_line()
    if command is not None:
        found[REFERENCE / "cli.md"] = cli_page(command)
    return found


def ontology_pages() -> dict[Path, str]:
    """Return the page and the picture of each module of the ontology, and the list of all."""
    folder, images = REFERENCE / "ontology", DOCS / "images" / "ontology"
    found = {folder / "index.md": index_of_modules(NOTE)}
    for name in pictured():
        found[folder / f"{name}.md"] = module_page(name, NOTE)
        found[images / f"{name}.svg"] = module_picture(name)
    return found


def rule_page(rule: Rule) -> str:
    """Return the page of one rule, with the same headings on every page."""
    codes = [f"- {product} `{code}`" for product, code in rule.external]
    sections = {
        "What it says": rule.statement,
        "Why it matters": rule.why,
        "What to do": rule.fix,
        "Example": examples(rule),
        "Severity": f"{rule.severity.value.capitalize()}, unless the finding says otherwise.",
        "Clause": rule.source,
        "Codes of other validators": "\n".join(codes) or "None that we know of.",
    }
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in sections.items())
    return f"{NOTE}\n\n# {rule.id} {rule.name}\n\n{body}\n\n`{rule.iri}` · [all rules](index.md)\n"


def examples(rule: Rule) -> str:
    """Return the wrong case, what is said of it, and the right case: the fixtures of the rule."""
    folder = FIXTURES / f"{rule.id}-{rule.name}"
    case = folder / "case.toml"
    stated = tomllib.loads(case.read_text(encoding="utf-8")) if case.is_file() else {}
    structures = [f"[{Path(name).name}]({linked((folder / name).resolve())})" for name in stated.get("structure", [])]
    parts = [f"Wrong:\n\n{shown(folder, 'bad')}"]
    said = (folder / "bad.expected.txt").read_text(encoding="utf-8").strip()
    if f" {rule.id} " in said:
        by_what = f"convert --to {stated['target']}" if "target" in stated else "validate -f concise"
        by_what = "ontology check -f concise" if "ontology" in stated else by_what
        parts.append(f"What `semstat {by_what}` says:\n\n```text\n{said}\n```")
    parts.append(f"Right:\n\n{shown(folder, 'ok')}")
    if "baseline" in stated:
        known = (folder / stated["baseline"]).read_text(encoding="utf-8").strip()
        parts.append(f"Compared with the baseline `{stated['baseline']}`:\n\n```json\n{known}\n```")
    by = f"Judged by {' and '.join(structures)}. " if structures else ""
    parts.append(f"{by}[All cases of this rule]({linked(folder)})")
    return "\n\n".join(parts)


def linked(path: Path) -> str:
    """Return the way from the page of a rule to a file of the repository."""
    return f"../../../{path.relative_to(DOCS.parent).as_posix()}"


def shown(folder: Path, kind: str) -> str:
    """Return the first fixture of a kind as a fenced block, or in words where there is nothing to show."""
    files = sorted(path for path in folder.glob(f"{kind}.*") if path.suffix in SYNTAX)
    if not files:
        return f"There is no file `{kind}.csv`."
    # Bytes that are no UTF-8 are the point of a case: they are shown as escapes.
    text = files[0].read_bytes().decode("utf-8", "backslashreplace").strip()
    if not text:
        return f"`{files[0].name}` is empty."
    return f"```{SYNTAX[files[0].suffix]}\n{text}\n```"


def index_page(rules: Mapping[str, Rule]) -> str:
    """Return the table of all rules, by family."""
    parts = [NOTE, "# Rules", "`semstat rules` lists them, `semstat explain DF004` shows one. Ids are never reused."]
    for family, title in FAMILIES.items():
        lines = [f"## {title} ({family})", "", "| rule | name | severity | what it says |", "|---|---|---|---|"]
        lines += [
            f"| [{rule.id}]({rule.id}.md) | {rule.name} | {rule.severity.value} | {cell(rule.statement)} |"
            for rule in rules.values()
            if rule.id.rstrip("0123456789") == family
        ]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def formats_page() -> str:
    """Return the tables of input formats and of report formats."""
    known = ["| format | name | holds | read | written |", "|---|---|---|---|---|"]
    for entry in FORMATS:
        read = "yes" if entry.reads else "in part" if entry.in_part else "–"
        written = "yes" if entry.writes else "–"
        known.append(f"| {cell(entry.title)} | `{entry.name}` | {entry.kind} | {read} | {written} |")
    reports = ["| report | name | media type | suffix |", "|---|---|---|---|"]
    for name, written in RENDERERS.items():
        reports.append(f"| {cell(written.title)} | `{name}` | `{written.media_type}` | `{written.suffix}` |")
    notes = (
        "A format that is neither read nor written is recognised, and refused with IO112. Of RDF, which is read in part, "
        "`semstat validate` judges what there are rules for, such as cubes and concept schemes, `semstat convert` converts the "
        "structures of cubes and of its own graphs, and `semstat load` takes all.",
        "The JSON report follows `validators/render/report.schema.json`; its `schema_version` tells which one.",
    )
    parts = [NOTE, "# Formats", "## Data and metadata", "\n".join(known), notes[0], "## Reports", "\n".join(reports)]
    return "\n\n".join([*parts, notes[1]]) + "\n"


def command_line() -> click.Command | None:
    """Return the group of commands, or ``None`` in a checkout that has none."""
    try:
        from semstat.cli.main import cli
    except ModuleNotFoundError as error:
        if error.name != "semstat.cli.main":
            raise
        return None
    found: click.Command = cli
    return found


def cli_page(command: click.Command) -> str:
    """Return the help of every command, as the command prints it."""
    parts = [NOTE, "# Command line"]
    pending: list[tuple[str, click.Command, click.Context | None]] = [("semstat", command, None)]
    while pending:
        name, current, parent = pending.pop(0)
        context = click.Context(
            current, info_name=name.split()[-1], parent=parent, max_content_width=WIDTH, **current.context_settings
        )
        context.terminal_width = WIDTH
        shown = "\n".join(line.rstrip() for line in current.get_help(context).splitlines())
        parts.append(f"## {name}\n\n```text\n{shown}\n```")
        if isinstance(current, click.Group):
            names = [child for child in current.list_commands(context) if not _hidden(current, context, child)]
            pending += [(f"{name} {child}", _command(current, context, child), context) for child in names]
    return "\n\n".join(parts) + "\n"


def _command(group: click.Group, context: click.Context, name: str) -> click.Command:
    found = group.get_command(context, name)
    if found is None:
        raise LookupError(f"the command {name} is listed but not there")
    return found


def _hidden(group: click.Group, context: click.Context, name: str) -> bool:
    return _command(group, context, name).hidden


def cell(text: str) -> str:
    """Return text that does not end a cell of a Markdown table."""
    return text.replace("|", "\\|")


def stale(wanted: Mapping[Path, str]) -> list[str]:
    """Return the pages that are missing, differ, or are there without being generated any more."""
    wrong = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for folder in (REFERENCE / "rules", REFERENCE / "ontology", DOCS / "images" / "ontology"):
        wrong += [path for path in sorted(folder.glob("*.*")) if path not in wanted]
    return [path.relative_to(DOCS).as_posix() for path in wrong]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` return 1 and name those that are not as they would be written."""
    wanted = pages()
    if arguments == ["--check"]:
        wrong = stale(wanted)
        sys.stderr.writelines(f"{name} is not as docs/generate.py writes it\n" for name in wrong)
        return 1 if wrong else 0
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in stale(wanted):
        (DOCS / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
