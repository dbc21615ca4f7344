"""Other software reads what we write, and sees the same keys and values."""

import io
from collections import Counter
from contextlib import redirect_stdout

import pytest
from corpora import CORPORA, needs_corpora
from round_trips import only_dataset, records, written

from semstat.interop.reading import read
from semstat.interop.structures import Structures

pytestmark = needs_corpora

EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"


def sample(design: str, layout: str = "ts_gf"):
    folder = CORPORA / EXR.format(design)
    structure = folder / f"ecb_exr_{design}_full.xml"
    structures = Structures(read(structure).graph, "ECB_EXR_CG" if design == "rg" else None)
    dataset = only_dataset(folder / "structured" / f"ecb_exr_{design}_{layout}.xml", structures)
    assert dataset.records.rows == 12
    return dataset, structure


def keys_and_values(dataset) -> Counter:
    names = [item.id for item in dataset.of("dimension", "time", "measure")]
    return Counter(
        tuple(dict(values).get(name) for name in names) for _, values in records(dataset.records.batches()).elements()
    )


@pytest.mark.parametrize("design", ["ng", "sg", "rg"])
@pytest.mark.parametrize("at", [None, "AllDimensions"])
def test_sdmx1_reads_messages(design, at) -> None:
    sdmx = pytest.importorskip("sdmx")
    dataset, structure = sample(design)
    message, _ = written([dataset], "sdmx-ml-2.1-structure-specific-data", at=at)
    with redirect_stdout(io.StringIO()):
        described = sdmx.read_sdmx(io.BytesIO(structure.read_bytes()))
        (definition,) = described.structure.values()
        (found,) = sdmx.read_sdmx(io.BytesIO(message), structure=definition).data
    names = [item.id for item in dataset.of("dimension", "time")]
    seen = Counter(
        (*(str(obs.key[name].value) for name in names), None if obs.value is None else str(obs.value))
        for obs in found.obs
    )
    assert seen == keys_and_values(dataset)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, in pysdmx
@pytest.mark.parametrize("design", ["ng", "sg", "rg"])
@pytest.mark.parametrize(
    ("target", "at"),
    [
        ("sdmx-ml-2.1-structure-specific-data", None),
        ("sdmx-ml-2.1-structure-specific-data", "AllDimensions"),
        ("sdmx-ml-3.0-structure-specific-data", "AllDimensions"),
        ("sdmx-ml-3.1-structure-specific-data", "AllDimensions"),
        ("sdmx-csv-1.0", None),
        ("sdmx-csv-2.0", None),
        ("sdmx-csv-2.1", None),
    ],
)
def test_pysdmx_reads_messages(design, target, at) -> None:
    pysdmx = pytest.importorskip("pysdmx.io")
    dataset, _ = sample(design)
    message, _ = written([dataset], target, at=at)
    (found,) = pysdmx.read_sdmx(message.decode(), validate=False).data
    names = [item.id for item in dataset.of("dimension", "time", "measure")]
    rows = found.data[names].astype(str).itertuples(index=False)
    assert Counter(tuple(row) for row in rows) == keys_and_values(dataset)
