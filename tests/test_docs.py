"""The documentation is true: commands run and print what is shown, code runs, links lead somewhere, tables agree.

A ``console`` block is run line by line and compared with what it shows; ``console head=12`` shows the first 12 lines of
the output and then ``…``; a block with ``file=NAME`` is that file. ``pytest tests/test_docs.py --update`` writes the blocks anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from semstat.interop.registry import FORMATS

ROOT = Path(__file__).parents[1]
ELLIPSIS = "…"
ENVIRONMENT = {**os.environ, "PYTHONSAFEPATH": "1", "NO_COLOR": "1", "COLUMNS": "120", "LC_ALL": "C.UTF-8"}
SEMSTAT = (sys.executable, "-c", "import sys; from semstat.cli.main import main; sys.argv[0] = 'semstat'; main()")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "examples").rglob("*.md"),
        ROOT / "benchmarks/README.md",
    ]
)
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where it is, what its fence says, what it holds, and what stands right before it."""

    page: Path
    start: int
    end: int
    info: str
    body: str
    before: str

    @property
    def id(self) -> str:
        line = self.page.read_text("utf-8").count("\n", 0, self.start) + 1
        return f"{name(self.page)}:{line}"


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(language: str) -> list[Block]:
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in BLOCK.finditer(text):
            if match["info"].split()[:1] == [language] and "reference" not in page.parts:  # those are generated
                before = text[: match.start()].rstrip().rpartition("\n")[2]
                found.append(Block(page, match.start("body"), match.end("body"), match["info"], match["body"], before))
    return found


def marked(mark: str) -> str:
    (block,) = [block for block in blocks("sh") if block.before == f"<!-- {mark} -->"]
    return block.body.strip()


def run(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line that starts with ``semstat`` by the semstat of this interpreter; its two streams come as one."""
    program, *arguments = shlex.split(command)
    assert program == "semstat", command
    return subprocess.run([*SEMSTAT, *arguments], cwd=cwd, env=ENVIRONMENT, text=True, encoding="utf-8", timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip


@pytest.fixture
def desk(tmp_path) -> Path:
    """A folder with the examples, where commands may write."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


def played(block: Block, desk: Path) -> str:
    """Return the block as it would read now."""
    head = re.search(r"head=(\d+)", block.info)
    lines, code = [], 0
    for line in block.body.splitlines():
        if not line.startswith("$ "):
            continue
        lines.append(line)
        if line == "$ echo $?":
            lines.append(str(code))
            continue
        done = run(line[2:], desk)
        code = done.returncode
        assert "Traceback" not in done.stdout, done.stdout
        shown = [text.rstrip() for text in done.stdout.splitlines()]
        lines += [*shown[: int(head[1])], ELLIPSIS] if head and len(shown) > int(head[1]) else shown
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("page", sorted({block.page for block in blocks("console")}), ids=name)
def test_consoles_show_what_is_printed(page, desk, update) -> None:
    """The blocks of a page are played in order, in one folder: a later one may use what an earlier one wrote."""
    text = page.read_text("utf-8")
    for match in BLOCK.finditer(text):
        for file in re.findall(r" file=(\S+)", match["info"]):
            (desk / file).write_text(match["body"], "utf-8")
    fresh, position = [], 0
    for block in (block for block in blocks("console") if block.page == page):
        fresh += [text[position : block.start], played(block, desk)]
        position = block.end
    now = "".join([*fresh, text[position:]])
    if update:
        page.write_text(now, encoding="utf-8")
    else:
        assert now == text, f"run: pytest tests/test_docs.py --update ({name(page)})"


@pytest.mark.parametrize("page", sorted({block.page for block in blocks("python")}), ids=name)
def test_python_runs(page, desk, monkeypatch, capsys) -> None:
    """The blocks of a page run in order, in one namespace."""
    monkeypatch.chdir(desk)
    namespace: dict[str, object] = {"__name__": "__documentation__"}
    for block in (block for block in blocks("python") if block.page == page):
        exec(compile(block.body, block.id, "exec"), namespace)
    assert "Traceback" not in capsys.readouterr().out


def test_the_main_command_of_the_readme_gives_its_verdict(desk) -> None:
    *preparation, command = marked("main command").split(" && ")

    assert preparation == ["python3 -m venv .venv", ".venv/bin/pip install -q ."]
    assert command.startswith(".venv/bin/semstat validate examples/")
    done = run(command.removeprefix(".venv/bin/"), desk)
    assert done.returncode == 1, done.stdout
    assert "population-faulty.csv" in done.stdout
    assert "Traceback" not in done.stdout


def test_the_test_command_of_the_readme_sets_up_and_tests() -> None:
    *preparation, command = marked("test command").split(" && ")

    assert preparation == ["python3 -m venv .venv", '.venv/bin/pip install -q -e ".[dev]"']
    assert command.split()[0] == ".venv/bin/pytest"


def commands() -> dict[str, click.Command]:
    import semstat.cli.main as entry

    (group,) = [value for value in vars(entry).values() if isinstance(value, click.Group)]
    context = click.Context(group)
    return {item: command for item in group.list_commands(context) if (command := group.get_command(context, item))}


def test_every_command_is_documented_and_helps(desk) -> None:
    words = "\n".join(page.read_text("utf-8") for page in PAGES if "reference" not in page.parts)
    for command in commands():
        assert re.search(rf"semstat\s+{command}\b", words), f"`semstat {command}` is nowhere but in the reference"
        done = run(f"semstat {command} --help", desk)
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_no_documented_command_is_missing() -> None:
    known = set(commands())
    for page in PAGES:
        for word in re.findall(r"(?:`|\$ )semstat ([a-z][a-z-]*)", page.read_text("utf-8")):
            assert word in known, f"{name(page)}: semstat {word}"


def slug(title: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page) -> None:
    text = BLOCK.sub("", page.read_text("utf-8"))
    for match in LINK.finditer(text):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        reached = (page.parent / target).resolve() if target else page
        assert reached.exists(), f"{target} does not exist"
        assert reached.is_relative_to(ROOT), f"{target} leaves the repository"
        if anchor and reached.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", reached.read_text("utf-8"), re.MULTILINE)
            assert anchor in {slug(title) for title in titles}, f"{target}#{anchor}"


@pytest.mark.parametrize("page", [page for page in PAGES if "reference" not in page.parts], ids=name)
def test_every_page_can_be_reached(page) -> None:
    """From the README or the index: a page that nobody links to is lost."""
    linked = {ROOT / "README.md"}
    for source in PAGES:
        for match in LINK.finditer(source.read_text("utf-8")):
            linked.add((source.parent / match["target"].partition("#")[0]).resolve())
    assert page in linked or page.parent == ROOT


ROWS = {
    "SDMX-ML, structure": ("sdmx-ml-{}-structure",),
    "SDMX-ML, data, structure-specific (in 2.0: compact)": (
        "sdmx-ml-{}-structure-specific-data",
        "sdmx-ml-{}-compact-data",
    ),
    "SDMX-ML, data, generic": ("sdmx-ml-{}-generic-data",),
    "SDMX-ML, registry interface": ("sdmx-ml-{}-registry-interface",),
    "SDMX-JSON, structure": ("sdmx-json-{}-structure",),
    "SDMX-JSON, data": ("sdmx-json-{}-data",),
    "SDMX-CSV": ("sdmx-csv-{}",),
}


def test_the_status_table_agrees_with_the_registry() -> None:
    read = {item.name for item in FORMATS if item.reads}
    if any("2.1" in item.title for item in FORMATS if item.name == "sdmx-csv-2.0"):  # one header, two versions
        read.add("sdmx-csv-2.1")
    rows = [
        line.split("|")[1:-1] for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("|")
    ]
    header = next(row for row in rows if row[0].strip() == "format")
    for label, patterns in ROWS.items():
        row = next(row for row in rows if row[0].strip() == label)
        for version, cell in zip(header[1:], row[1:], strict=True):
            names = {pattern.format(version.strip()) for pattern in patterns}
            assert (cell.strip() == "●") == bool(names & read), (label, version)
