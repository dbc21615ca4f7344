"""The page on what other readers make of the same files, written from ``tests/compared.toml``, which the tests hold true."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1] / "tests" / "compared.toml"
PEERS = ("sdmx1", "pysdmx")
INTRODUCTION = """# Compared with other readers

Every SDMX file of a collection of real ones (agencies' messages, the samples of the standard, the test files of other
software) is read by semstat, sdmx1 and pysdmx, in the tests. What is compared where a peer reads a file:

| | of structures | of data |
|---|---|---|
| sdmx1 | ids, names and parents of items; dimensions; again on what we write | observations; of generic data every key and value |
| pysdmx | – | observations; every cell of each |

"""


def compared_page(note: str) -> str:
    """Return the page: how many files each reads, and each difference with its reason."""
    stated = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    parts = [
        f"{note}\n\n{INTRODUCTION}",
        "\n".join(_readers(stated)),
        "\n\n## Differences\n\n",
        "\n".join(_reasons(stated)),
    ]
    return "".join(parts) + "\n"


def _readers(stated: Mapping[str, Any]) -> Iterator[str]:
    versions = [f"{peer} {stated['versions'][peer]}" for peer in PEERS]
    yield "## Who reads what\n"
    yield f"| form | files | semstat | {' | '.join(versions)} |"
    yield "|---|--:|--:|--:|--:|"
    rows = stated["readers"]
    for form, item in rows.items():
        yield f"| {form} | {item['files']} | {item['files']} | {item['sdmx1']} | {item['pysdmx']} |"
    files, *theirs = (sum(item[key] for item in rows.values()) for key in ("files", *PEERS))
    yield f"| all | **{files}** | **{files}** | **{theirs[0]}** | **{theirs[1]}** |"


def _reasons(stated: Mapping[str, Any]) -> Iterator[str]:
    yield "Where a peer finds something else, ours agrees with counts that were made independently of all three."
    yield "\n| what | file | reason |\n|---|---|---|"
    for peer, files in stated["data"].items():
        for file, item in files.items():
            found = f"{item['observations']} observations by {peer}" if "observations" in item else f"cells by {peer}"
            yield f"| {found} | `{file}` | {item['reason']} |"
    for peer, files in stated["written"].items():
        yield from (f"| what we write, read by {peer} | `{file}` | {item['reason']} |" for file, item in files.items())
    for file, item in stated["counted"].items():
        yield f"| {item['codes']} codes by semstat | `{file}` | {item['reason']} |"
