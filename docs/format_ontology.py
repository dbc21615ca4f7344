"""Bring the ontology's files into their canonical form, and write the alignments from their crosswalks.

Run it from the root of the checkout after editing a module or a crosswalk. Running it twice changes nothing.
"""

from pathlib import Path

from rdflib import Graph

from semstat.mappings import alignment, crosswalk, crosswalks
from semstat.ontology import load, modules
from semstat.ontology.export import exported
from semstat.ontology.terms import BASE
from semstat.ontology.turtle import canonical

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"


def format_modules() -> None:
    """Rewrite each module, vocabulary and file of links in canonical Turtle."""
    for path in sorted(
        path for folder in ("modules", "vocabularies", "links") for path in (ONTOLOGY / folder).glob("*.ttl")
    ):
        path.write_text(canonical(Graph().parse(path, format="turtle")), encoding="utf-8")


def write_alignments() -> None:
    """Write each alignment from its crosswalk."""
    ours = load(*(name for name in modules() if not name.startswith("alignment/")))
    for mapping_set in map(crosswalk, crosswalks()):
        name = mapping_set.text("mapping_set_id").removeprefix(BASE)
        if name.startswith("alignment/"):
            path = ONTOLOGY / "alignments" / f"{name.removeprefix('alignment/')}.ttl"
            path.write_text(canonical(alignment(mapping_set, ours)), encoding="utf-8")


def write_catalogue() -> None:
    """Write the file that tells Protégé where each module lies."""
    (ONTOLOGY / "catalog-v001.xml").write_text(exported("catalog"), encoding="utf-8")


if __name__ == "__main__":
    format_modules()
    write_alignments()
    write_catalogue()
