"""A catalogue that an endpoint holds: the same questions and the same loads as of one in a folder.

Source:
    SPARQL 1.1 Protocol; SPARQL 1.1 Update (W3C, 2013), 3: *operations of one request are to be carried out together*.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from semstat.interop.catalogue.backends import MOST_BYTES, Answered
from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_seen import EndpointSeen
from semstat.interop.catalogue.endpoint_shelf import EndpointShelf
from semstat.interop.catalogue.guard import QueryRefused, graphs_named, guarded, query_form, without_escapes
from semstat.interop.catalogue.loading import Load, Loaded
from semstat.interop.catalogue.querying import checked_query, with_prefixes
from semstat.interop.catalogue.records import SOURCES, SourceRecord, name_in
from semstat.interop.options import MicrodataOptions
from semstat.interop.watching import Progress

__all__ = ["EndpointCatalogue"]


class EndpointCatalogue:
    """A catalogue behind a SPARQL 1.1 endpoint; sources are named by their paths as seen from a folder.

    Args:
        endpoint: The endpoint.
        folder: Where the paths of sources begin; by default where the process is.
    """

    def __init__(self, endpoint: Endpoint, folder: str | os.PathLike[str] = ".") -> None:
        self.endpoint, self.folder = endpoint, Path(folder)
        self.reader = version("semstat")

    @contextmanager
    def snapshot(self) -> Iterator[EndpointSeen]:
        """Hand out what the endpoint holds; unlike that of a folder it may change while it is looked at.

        Raises:
            EndpointFailed: it does not answer.
        """
        yield EndpointSeen(self.endpoint)

    def sources(self) -> tuple[SourceRecord, ...]:
        """Return what is known of each source, in the order of their names.

        Raises:
            EndpointFailed: the endpoint does not answer.
        """
        return EndpointSeen(self.endpoint).sources

    def listed(self) -> tuple[str, ...]:
        """Return the names of the sources, those too whose records are not whole."""
        rows = self.endpoint.all_rows(f"SELECT DISTINCT ?s {{ GRAPH <{SOURCES}> {{ ?s ?p ?o }} }}")
        names = {name_in(row.get("s", {}).get("value", "")) for row in rows}
        return tuple(sorted(filter(None, names)))

    def ask(self, query: str, *, seconds: float = 30.0, most_bytes: int = MOST_BYTES) -> Answered:
        """Return what a query finds; it passes the guard, and is read by the engine of semstat first, which runs nothing.

        Raises:
            QueryRefused: the guard does not let it pass, or it names a graph that the endpoint does not hold, which some
                engines would fetch.
            QueryInvalid: it is no SPARQL query.
            EndpointFailed: the endpoint does not answer.
        """
        text = without_escapes(checked_query(with_prefixes(guarded(query)), seconds=seconds))
        asked = self.endpoint.within(seconds, most_bytes)
        named = graphs_named(text)
        for name in named:
            if not asked.select(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}").holds:
                raise QueryRefused(f"the endpoint holds no graph <{name}>, and nothing is fetched")
        fields = () if named else EndpointSeen(asked).store.union
        is_table = query_form(text) in {"SELECT", "ASK"}
        return asked.select(text, fields=fields) if is_table else asked.graph(text, fields=fields)

    def load(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        again: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
        drop: Sequence[str] = (),
        microdata: MicrodataOptions | None = None,
    ) -> tuple[Loaded, ...]:
        """Read sources into the endpoint, one after the other, each in the place of what was stored of it before.

        Unlike in a folder, a source is visible as soon as it is stored, and a load that breaks off leaves those that were
        stored. How safe a single source is, depends on the engine.

        Args:
            paths: Files, folders or archives, of every format with metadata.
            again: Whether to read also what has not changed.
            anew: Whether to take out first what is stored of all sources.
            progress: Told now and then which source is being read.
            drop: The names of stored sources that go.
            microdata: Which described file a data file is, where names do not decide; how text is read.

        Raises:
            EndpointFailed: the endpoint does not answer, or does not take changes.

        Findings:
            Those of reading, by source.
        """
        if anew:
            EndpointShelf(self.endpoint).drop(self.listed())
        return self._changing(again=again, microdata=microdata).read(paths, drop=drop, progress=progress)

    def remove(self, names: Sequence[str]) -> tuple[str, ...]:
        """Take sources out of the endpoint; return those among ``names`` that are not in it.

        Raises:
            EndpointFailed: the endpoint does not answer, or does not take changes.
        """
        return self._changing().remove(names)

    def _changing(self, *, again: bool = False, microdata: MicrodataOptions | None = None) -> Load:
        known = {item.name: item for item in self.sources()}
        shelf = EndpointShelf(self.endpoint)
        return Load(self.folder, known, shelf, self.reader, again=again, microdata=microdata)
