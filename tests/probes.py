"""Values to try on data types: examples of each, and what lies at the edge of one."""

from semstat.validators.structural.datatypes import TEXT_TYPES

LISTED = (
    "1 10 10.0 -0 +5 1.25 1e3 12.5 NaN INF 32768 -32769 2147483648 99999999999999999999 1_0 n/a true False",
    "é abc1 Zürich ab#cd --02-29 --02-30 --04-31 --12-31Z ---31 ---32 --13 24:00:00 24:00:01 12:00:00+14:00",
    "12:00:00+14:01 2024-02-29T24:00:00 2023-02-29T00:00:00 1900-02-29 2000-02-29 2000-02-29Z 12024-02-29T12:00:00",
    "-0044-03-15T12:00:00 02024-01-01T00:00:00 2024-01-01T25:00:00 2024-04-31T00:00:00Z 2020-W53 2021-W53 2023-D366",
    "2024-06 2024-Q2 2024-13 P1Y P P1YT PT1S -P1M urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:B urn:isbn:1 <p>a</p>",
)
EDGES = [word for line in LISTED for word in line.split()]
PROBES = [
    *dict.fromkeys([*(text for kind in TEXT_TYPES.values() for text in kind.examples), *EDGES]),
    "",
    "a b",
    "true\n",
    "#N/A",
]
