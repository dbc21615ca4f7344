"""What a process costs, beside what its peers cost on the same file, as a Markdown table."""

import importlib.metadata
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds on the clock, seconds of processor time, megabytes at the peak."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what ran on what, its cost or why there is none, and the bar that it is held to."""

    what: str
    cost: Cost | None
    note: str = ""


def run(script: str, **names: object) -> Cost | str:
    """Run a script in a fresh interpreter; return its cost, or the last line of what it complained of.

    The parent must stay small: Linux counts the parent's peak memory towards a child that it starts. Modules may keep
    their bytecode, as those of an installed package do: a variable that forbids it would have the interpreter compile
    ours and the peers' anew in every run.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = Template(script).substitute({name: str(value) for name, value in names.items()})
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-P", "-W", "ignore", "-c", code], stdout=subprocess.DEVNULL,
                                   stderr=complaints, env=environment)  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            lines = complaints.read().decode("utf-8", "replace").strip().splitlines() or ["killed"]
            return lines[-1][:160]
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(script: str, *, times: int, **names: object) -> Cost | str:
    """Return the run with the median processor time."""
    costs = []
    for _ in range(times):
        cost = run(script, **names)
        if isinstance(cost, str):
            return cost
        costs.append(cost)
    return sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def version(package: str) -> str | None:
    """Return the installed version of a distribution, or ``None``."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def measure(what: str, script: str, *, package: str | None = None, times: int = 3, **names: object) -> Line:
    """Measure one peer, or say why it could not be."""
    if package is not None and version(package) is None:
        return Line(what, None, f"{package} is not installed")
    print(f"… {what}", file=sys.stderr, flush=True)
    cost = best(script, times=times, **names)
    return Line(what, None, cost) if isinstance(cost, str) else Line(what, cost)


def files(folder: Path, observations: int, *, forms: Iterable[str], clean: bool = False) -> None:
    """Write the bench, or its clean files only, in a process of its own."""
    command = [sys.executable, "-P", str(HERE / "generate.py"), str(folder), f"--observations={observations}"]
    command += [f"--faults={min(700, observations // 200)}", *(f"--form={form}" for form in forms)]
    subprocess.run([*command, *(["--clean"] if clean else [])], check=True, stdout=subprocess.DEVNULL)


def table(title: str, lines: list[Line], *, bars: dict[str, float] | None = None) -> Iterator[str]:
    """Yield a Markdown table whose first line is ours; the ratios are of processor times.

    ``bars`` gives, per peer, what the ratio ours : its must not exceed, and under ``peak MB`` what our memory must not.
    """
    ours = lines[0].cost
    yield f"\n### {title}\n"
    yield "| what | wall s | CPU s | peak MB | ours : it | it : ours | bar |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    for line in lines:
        if line.cost is None:
            yield f"| {line.what} | – | – | – | – | – | {line.note} |"
            continue
        cost = line.cost
        cells = f"| {line.what} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |"
        if ours is None or line is lines[0]:
            most = (bars or {}).get("peak MB")
            met = "" if most is None else f"≤ {most:g} MB {'met' if cost.peak <= most else '**missed**'}"
            yield f"{cells} | | {met} |"
            continue
        ratio = ours.cpu / cost.cpu
        yield f"{cells} {ratio:.2f} | {1 / ratio:.1f} | {verdict(ratio, (bars or {}).get(line.what))} |"


def verdict(ratio: float, bar: float | None) -> str:
    """Say whether a bar is met: a bar from 1 up limits ours : theirs, one below 1 is the same, stated the other way."""
    if bar is None:
        return ""
    met = "met" if ratio <= bar else "**missed**"
    return f"≤ {bar:g}× {met}" if bar >= 1 else f"≥ {1 / bar:g}× cheaper {met}"
