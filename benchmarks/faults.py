"""Validate the injected-fault bench and compare what is found with the truth: all, on the exact line, none invented.

Run ``python benchmarks/faults.py`` (1 000 000 observations, 700 faults) or, quicker, with ``--observations 20000
--faults 70``. Exits with 1 unless every fault of every form is found where it stands, nothing else is, and the clean
files pass.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from semstat.interop import validate
from semstat.validators.diagnostics import Diagnostic, Verdict


def sibling(name: str) -> ModuleType:
    """Import a module of this folder by its path: the folder is no package, and need not be on the path."""
    spec = importlib.util.spec_from_file_location(f"semstat_benchmarks_{name}", Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


generate = sibling("generate")
Fault = tuple[str, str | None, int | None, int | None]
"""Rule, component, line (record, for Parquet), line of the first of two."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one form gave: findings expected and found per class, and what was found beside them."""

    form: str
    expected: Counter[int]
    found: Counter[int]
    missed: tuple[Fault, ...]
    invented: tuple[Fault, ...]
    clean: Verdict

    @property
    def exact(self) -> bool:
        """Whether all was found, nothing invented, and the clean file passes."""
        return not self.missed and not self.invented and self.clean is Verdict.PASS


def truth(folder: Path, form: str) -> dict[Fault, int]:
    """Return the faults of one form, each with its class."""
    listed = json.loads((folder / f"truth-{form}.json").read_text(encoding="utf-8"))
    return {(*generate.CLASSES[kind][1:], line, first): kind for line, kind, first in listed}


def fault(finding: Diagnostic, form: str) -> Fault:
    """Return a finding in the form of the truth."""
    attribute = "record" if form == "parquet" else "line"
    place = getattr(finding.location, attribute)
    if finding.rule in {"DF009", "DF018"}:
        first = getattr(finding.related[0], attribute) if finding.related else None
        return (finding.rule, None, place, first)
    return (finding.rule, finding.location.path, place, None)


def compare(folder: Path, form: str) -> Comparison:
    """Validate the clean and the faulty file of one form."""
    structure = folder / "structure.xml"
    clean = validate([folder / f"clean-{generate.FORMS[form]}"], structure=[structure], max_findings=0)
    faulty = validate([folder / f"faulty-{generate.FORMS[form]}"], structure=[structure], max_findings=0)
    expected = truth(folder, form)
    found = [fault(item, form) for item in faulty.diagnostics]
    surplus = Counter(found) - Counter(expected.keys())
    return Comparison(
        form=form,
        expected=Counter(expected.values()),
        found=Counter(expected[item] for item in set(found) & expected.keys()),
        missed=tuple(sorted(expected.keys() - set(found), key=str)),
        invented=tuple(sorted(surplus.elements(), key=str)),
        clean=clean.verdict,
    )


def table(comparisons: Iterable[Comparison]) -> str:
    """Return a Markdown table: found of expected, per class and form."""
    parts = list(comparisons)
    lines = ["| fault | rule | " + " | ".join(part.form for part in parts) + " |"]
    lines.append("|---|---|" + "--:|" * len(parts))
    for kind, (name, rule, component) in enumerate(generate.CLASSES):
        cells = " | ".join(f"{part.found[kind]}/{part.expected[kind]}" for part in parts)
        lines.append(f"| {name} | {rule} {component or ''} | {cells} |")
    lines.append("| all | | " + " | ".join(f"{part.found.total()}/{part.expected.total()}" for part in parts) + " |")
    lines.append("| invented | | " + " | ".join(str(len(part.invented)) for part in parts) + " |")
    lines.append("| clean file | | " + " | ".join(part.clean.value for part in parts) + " |")
    return "\n".join(lines)


def main() -> int:
    """Generate, validate, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=700)
    parser.add_argument("--form", action="append", choices=list(generate.FORMS), help="repeatable (default: all)")
    options = parser.parse_args()
    forms = options.form or list(generate.FORMS)
    with tempfile.TemporaryDirectory(prefix="semstat-bench-") as name:
        folder = Path(name)
        generate.generate(folder, options.observations, faults=options.faults, forms=forms)
        comparisons = [compare(folder, form) for form in forms]
    print(table(comparisons))
    for part in comparisons:
        for title, faults in (("missed", part.missed), ("invented", part.invented)):
            for item in faults[:10]:
                print(f"{part.form}: {title} {item}")
    return 0 if all(part.exact for part in comparisons) else 1


if __name__ == "__main__":
    raise SystemExit(main())
