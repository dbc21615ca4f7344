"""Writes RDF Data Cubes: the structure, its code lists, and the observations, as N-Triples or Turtle."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rdflib import Graph, URIRef

from semstat.interop.formats.outgoing import Losses, Outgoing, Settings
from semstat.interop.formats.spool import DELETE, OBSERVATION, column, kinds_of
from semstat.interop.formats.text_columns import map_text
from semstat.interop.formats.text_output import each_distinct, glue, payload, plain, replaced
from semstat.interop.formats.write_cube_structure import structure_lines, term
from semstat.interop.formats.write_keys import repeated
from semstat.interop.formats.write_limits import first_dataset, lost_kinds, lost_languages, lost_unknown
from semstat.ontology.access import iris, text
from semstat.ontology.iri import dataset_iri, item_namer, key_part, name_of
from semstat.ontology.terms import DCTERMS, QB, RDF, SKOS, SST, XSD
from semstat.validators.observations import PART_SEPARATOR
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.view import ComponentView

__all__ = ["write_cube_n_triples", "write_cube_turtle"]

_SPECIAL = '["\\\\\n\r]'
_REPLACEMENTS = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"))
_ABSENT = "~"
_ROWS = 10_000
"""Observations that are text at once: they take a kilobyte or two each."""


def write_cube_n_triples(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write the first dataset as an RDF Data Cube in N-Triples.

    Properties are the components of the structure, under the IRIs that they have everywhere in semstat; a coded value is
    the code's IRI, any other a literal with the datatype of its text type. All attributes stand on the observations. An
    observation's IRI is made of its dataset's and its key. A record without a value, or with a partial key, is no observation
    (IC-11, IC-14): it is a set of attributes, a part of the dataset. An observation with some of several measures breaks
    IC-14, as the data do.

    Findings:
        IO222 (languages), IO223 (actions), IO226 (repeated keys), IO227 (unknown columns), IO229 (further datasets).

    Source:
        W3C RDF Data Cube Vocabulary, 5 to 7; W3C RDF 1.1 N-Triples.
    """
    _write(datasets, sink, settings, losses, whole=True)


def write_cube_turtle(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses) -> None:
    """Write the first dataset as an RDF Data Cube in Turtle: the same triples as in N-Triples, grouped by observation.

    Source:
        W3C RDF 1.1 Turtle.
    """
    _write(datasets, sink, settings, losses, whole=False)


def _write(datasets: Sequence[Outgoing], sink: BinaryIO, settings: Settings, losses: Losses, *, whole: bool) -> None:
    dataset = first_dataset(datasets, losses, "A data cube")
    lost_kinds(dataset, losses, "A data cube", partial_keys=True)
    lost_languages(dataset, losses)
    lost_unknown(dataset, losses, "A data cube")
    for line in structure_lines(dataset):
        sink.write(line.encode())
    doubled = repeated(dataset, losses, "A data cube", settings.folder)
    names = _Names({} if whole else _prefixes(dataset))
    sink.write(names.declarations().encode())
    writer = _Observations(dataset, names, whole=whole)
    row = 0
    for batch in dataset.records.batches():
        kept = _kept(batch, doubled - row)
        row += batch.num_rows
        for start in range(0, kept.num_rows, _ROWS):
            part = kept.slice(start, _ROWS)
            sink.write(payload(writer.lines(part)))
            sink.write("".join(writer.further(part)).encode())


def _kept(batch: pa.RecordBatch, doubled: np.ndarray) -> pa.RecordBatch:
    """Return the records but those that repeat a key or are to be deleted."""
    mask = np.ones(batch.num_rows, bool)
    mask[doubled[(doubled >= 0) & (doubled < batch.num_rows)]] = False
    mask &= kinds_of(batch).to_numpy(zero_copy_only=False) != DELETE
    return batch if mask.all() else batch.filter(pa.array(mask))


class _Observations:
    """Makes the triples of observations, a batch at a time.

    Args:
        dataset: The dataset.
        names: How IRIs are written.
        whole: Whether each triple is a line of its own, or the triples of an observation share their subject.
    """

    def __init__(self, dataset: Outgoing, names: "_Names", *, whole: bool) -> None:
        self._dataset, self._names, self._whole = dataset, names, whole
        self._iri = str(dataset_iri(dataset.named))
        self._dimensions = [item.id for item in dataset.of("dimension", "time")]
        self._terms: Mapping[str, Callable[[pa.Array], pa.Array]] = {
            item.id: _terms_of(dataset.graph, item, names) for item in dataset.view.components
        }

    def _subjects(self, batch: pa.RecordBatch) -> pa.Array:
        parts: list[pa.Array | str] = [f"<{self._iri}"]
        for name in self._dimensions:
            encoded = plain(map_text(column(batch, name), key_part))
            parts += ["/", encoded.fill_null(_ABSENT) if encoded.null_count else encoded]
        return glue(pa.array([parts[0]] * batch.num_rows, pa.string()), *parts[1:], ">")

    def lines(self, batch: pa.RecordBatch) -> pa.Array:
        """Return the triples of each observation, but those of components that hold several values."""
        subjects = self._subjects(batch)
        kind, link = self._nature(batch)
        parts = [glue(subjects, kind, " .\n" if self._whole else " ;\n  ")]
        parts.append(glue(subjects, link, " .\n") if self._whole else link)
        for item in self._dataset.view.components:
            if item.id in self._dataset.multivalued or item.id not in batch.schema.names:
                continue
            objects = self._terms[item.id](column(batch, item.id))
            lead = f" {self._names.of(item.iri)} "
            parts.append(glue(subjects, lead, objects, " .\n") if self._whole else glue(" ;\n  ", lead, objects))
        if not self._whole:
            parts.append(pa.array([" .\n"] * batch.num_rows))
        return pc.binary_join_element_wise(*parts, "", null_handling="skip")

    def _nature(self, batch: pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
        """Return what each record is: an observation of the dataset, or attributes that are a part of it (IC-11, IC-14)."""
        valued = np.zeros(batch.num_rows, bool)
        measures = [item.id for item in self._dataset.of("measure")]
        for name in measures:
            valued |= column(batch, name).is_valid().to_numpy(zero_copy_only=False)
        if not measures:
            valued[:] = True
        valued &= kinds_of(batch).to_numpy(zero_copy_only=False) == OBSERVATION
        mask = pa.array(valued)
        names = self._names
        observation, attributes = (f" {term(RDF.type)} {names.of(cls)}" for cls in (QB.Observation, SST.AttributeSet))
        member, part = (f" {names.of(link)} <{self._iri}>" for link in (QB.dataSet, DCTERMS.isPartOf))
        return pc.if_else(mask, observation, attributes), pc.if_else(mask, member, part)

    def further(self, batch: pa.RecordBatch) -> list[str]:
        """Return the triples of components that hold several values, one for each value."""
        found: list[str] = []
        several = [item for item in self._dataset.view.components if item.id in self._dataset.multivalued]
        present = [item for item in several if item.id in batch.schema.names]
        subjects = self._subjects(batch).to_pylist() if present else []
        for item in present:
            for subject, cell in zip(subjects, column(batch, item.id).to_pylist(), strict=True):
                parts = pa.array(dict.fromkeys(cell.split(PART_SEPARATOR)) if cell is not None else [], pa.string())
                found += [
                    f"{subject} {term(item.iri)} {value} .\n" for value in self._terms[item.id](parts).to_pylist()
                ]
        return found


def _terms_of(graph: Graph, item: ComponentView, names: "_Names") -> Callable[[pa.Array], pa.Array]:
    """Return what makes terms of a component's values: IRIs of codes, or typed literals."""
    scheme = name_of(item.codelist) if item.codelist is not None else None
    if scheme is not None:
        known = {
            text(graph, code, SKOS.notation): names.of(code) for code in iris(graph, None, SKOS.inScheme, item.codelist)
        }
        # A code that the list lacks has the IRI that it would have: IC-19 finds it, and nothing is lost.
        name = item_namer(scheme, "Code")
        return lambda values: plain(map_text(values, lambda code: known.get(code) or names.of(name(code)[0])))
    stated = TEXT_TYPES.get(item.text_type or "String")
    # A string needs no datatype, and an unknown text type is no reason to claim one.
    suffix = "" if stated is None or stated.datatype == XSD.string else f"^^{names.of(stated.datatype)}"
    return partial(_literals, suffix=suffix)


def _literals(values: pa.Array, *, suffix: str) -> pa.Array:
    escaped = each_distinct(values, partial(replaced, special=_SPECIAL, replacements=_REPLACEMENTS))
    return glue('"', escaped, f'"{suffix}')


class _Names:
    """How IRIs are written: with a prefix where one is declared and the rest needs no escape, else in full.

    Args:
        prefixes: The prefix of each namespace.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def declarations(self) -> str:
        """Return the declarations of the prefixes, in Turtle."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for namespace, prefix in self._prefixes.items())

    def of(self, iri: URIRef) -> str:
        """Return an IRI as it is written."""
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix, local = self._prefixes.get(iri[:end]), iri[end:]
        return f"{prefix}:{local}" if prefix is not None and _LOCAL.fullmatch(local) else term(iri)


_LOCAL = re.compile("[A-Za-z0-9_][A-Za-z0-9_-]*")
"""Names that need no escape in Turtle (PN_LOCAL allows more)."""


def _prefixes(dataset: Outgoing) -> dict[str, str]:
    found = {str(QB): "qb", str(XSD): "xsd"}
    for item in dataset.view.components:
        found.setdefault(item.iri[: item.iri.rfind("/") + 1], f"c{len(found)}")
        for code in iris(dataset.graph, None, SKOS.inScheme, item.codelist)[:1] if item.codelist is not None else []:
            found.setdefault(code[: code.rfind("/") + 1], f"l{len(found)}")
    return found
