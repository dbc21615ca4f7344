"""A catalogue that an endpoint holds: the same questions and the same loads as of one in a folder.

Source:
    SPARQL 1.1 Protocol; SPARQL 1.1 Update (W3C, 2013), 3: *operations of one request are to be carried out together*.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from semstat.interop.catalogue.backends import MOST_BYTES, Answered
from semstat.interop.catalogue.endpoint import Endpoint
from semstat.interop.catalogue.endpoint_quads import EndpointSeen
from semstat.interop.catalogue.endpoint_shelf import EndpointShelf
from semstat.interop.catalogue.guard import QueryRefused, graphs_named, guarded, query_form, without_escapes
from semstat.interop.catalogue.loading import Load, Loaded
from semstat.interop.catalogue.querying import checked_query, with_prefixes
from semstat.interop.catalogue.records import SourceRecord
from semstat.interop.counting import Limits
from semstat.interop.inputs import inputs
from semstat.interop.sources import Source
from semstat.interop.watching import Progress, Step

__all__ = ["EndpointCatalogue"]


class EndpointCatalogue:
    """A catalogue behind a SPARQL 1.1 endpoint; sources are named by their paths as seen from a folder.

    Args:
        endpoint: The endpoint.
        folder: Where paths of sources begin; by default where the process is.
    """

    def __init__(self, endpoint: Endpoint, folder: str | os.PathLike[str] = ".") -> None:
        self.endpoint, self._folder = endpoint, Path(folder)
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
        """Return the names of the sources."""
        return tuple(item.name for item in self.sources())

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

        Raises:
            EndpointFailed: the endpoint does not answer, or does not take changes.

        Findings:
            Those of reading, by source.
        """
        items = list(inputs(paths, Limits()))
        shelf = EndpointShelf(self.endpoint)
        known = {item.name: item for item in shelf.sources}
        if anew:
            shelf.drop(list(known))
            known = {}
        load = Load(self.name_of, known, shelf, self.reader, again=again)
        for number, item in enumerate(items, start=1):
            if progress and isinstance(item, Source):
                progress(Step(f"source {number} of {len(items)}: {item.name}"))
            load.add(item)
        load.finish()
        load.drop_vanished(paths, drop)
        load.bind(self.path_of)
        return tuple(load.done)

    def name_of(self, path: str) -> str:
        """Return the name of a source: its path as seen from the folder, with ``/`` between the parts."""
        place, mark, member = path.partition("!")
        if place == "-":
            return path
        return PurePosixPath(os.path.relpath(place, self._folder).replace(os.sep, "/")).as_posix() + mark + member

    def path_of(self, name: str) -> str:
        """Return the path of a source by its name."""
        place, mark, member = name.partition("!")
        return os.path.normpath(self._folder / place) + mark + member
