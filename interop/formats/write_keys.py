"""Which observations repeat a key, for targets that address observations by their keys."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.write_grouped import Grouped
from semstat.interop.formats.write_stage import Stage, names_of

__all__ = ["drop_repeated", "repeated"]


def repeated(dataset: Outgoing, losses: Losses, title: str, folder: str | None = None) -> npt.NDArray[np.int64]:
    """Return the numbers of the records, from 0, whose key an earlier observation has, and note them (IO226).

    Example:
        >>> import pyarrow as pa
        >>> from semstat.interop.formats.spool import Spool
        >>> from semstat.ontology.iri import SdmxName
        >>> from semstat.validators.structural.view import ComponentView, StructureView
        >>> name = SdmxName("datastructure", "DataStructure", "A", "B", "1.0")
        >>> view = StructureView(name.iri, name.short, (ComponentView(name.iri, "AREA", "dimension", mandatory=True),))
        >>> spool = Spool([pa.record_batch({"AREA": ["NA", "FR", "NA"]})])
        >>> repeated(Outgoing(name, name, None, view, spool, "data.csv"), Losses(), "JSON").tolist()
        [2]
    """
    key = [item.id for item in dataset.of("dimension", "time")]
    if not key:
        return np.zeros(0, np.int64)
    with Stage(dataset, key, folder) as stage:
        names = names_of(key)
        (several,) = stage.one(
            f"SELECT count(*) FROM (SELECT 1 FROM records WHERE _kind = 0 GROUP BY {names} HAVING count(*) > 1)"  # noqa: S608
        )
        if not several:
            return np.zeros(0, np.int64)
        numbered = (
            f"SELECT _row, row_number() OVER (PARTITION BY {names} ORDER BY _row) AS n FROM records WHERE _kind = 0"  # noqa: S608
        )
        found = [
            batch.column(0).to_numpy(zero_copy_only=False)
            for batch in stage.batches(f"SELECT _row FROM ({numbered}) WHERE n > 1 ORDER BY _row")  # noqa: S608
        ]
    rows: npt.NDArray[np.int64] = np.concatenate(found)
    message = f"{title} addresses observations by their key; observations left out that repeat one: {len(rows)}"
    losses.add("IO226", len(rows), message, source=dataset.source, records=True)
    return rows


def drop_repeated(rows: Grouped, key: Sequence[str]) -> int:
    """Take observations of the current action out of the records whose key an earlier one has; return how many."""
    names, condition = names_of(key), f"{rows.condition} AND {rows.observed}"
    several = f"SELECT 1 FROM records WHERE {condition} GROUP BY {names} HAVING count(*) > 1"  # noqa: S608
    (number,) = rows.one(f"SELECT count(*) FROM ({several})")  # noqa: S608
    if not number:
        return 0
    numbered = (
        f"SELECT _row, row_number() OVER (PARTITION BY {names} ORDER BY _row) AS n FROM records WHERE {condition}"  # noqa: S608
    )
    (before,) = rows.one("SELECT count(*) FROM records")
    rows.run(f"DELETE FROM records WHERE _row IN (SELECT _row FROM ({numbered}) WHERE n > 1)")  # noqa: S608
    (after,) = rows.one("SELECT count(*) FROM records")
    return int(str(before)) - int(str(after))
