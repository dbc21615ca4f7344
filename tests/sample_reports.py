"""Reports to render: one with something of everything, one clean, one unreadable, one full of hostile text."""

from semstat.validators.diagnostics import (
    CheckOutcome,
    CheckStatus,
    DatasetSummary,
    Diagnostic,
    Location,
    Report,
    Severity,
    Total,
)

SOURCE = "data/population.csv"
STRUCTURE = "structure.xml"

EXCERPTS = {
    (SOURCE, 1): "FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,COMMENT_OBS",
    (SOURCE, 41): "A,UK,2018,66460344,E,",
    (SOURCE, 42): "A,EL,2018,10732882,E,",
    (SOURCE, 77): f'A,CA,2020,"38,028,638",E,"{"a long comment, " * 12}"',
    (SOURCE, 123): "A,JP,2021,125681593,,",
    (STRUCTURE, 88): '    <Ref id="CL_UNIT" agencyID="SEMSTAT" version="1.0"/>',
}

_FOUND = (
    Diagnostic(
        "DF004",
        Severity.ERROR,
        "`UK` is not a code of CL_AREA(1.0)",
        Location(SOURCE, 41, None, 40, "A.UK.2018", "REF_AREA"),
        value="UK",
        expected="a code of CL_AREA(1.0)",
        nearest="GB (United Kingdom)",
        series_key="A.UK",
    ),
    Diagnostic(
        "DF004",
        Severity.ERROR,
        "`EL` is not a code of CL_AREA(1.0)",
        Location(SOURCE, 42, None, 41, "A.EL.2018", "REF_AREA"),
        value="EL",
        expected="a code of CL_AREA(1.0)",
        nearest="GR",
        series_key="A.EL",
        count=12,
    ),
    Diagnostic(
        "DF005",
        Severity.ERROR,
        "`38,028,638` is not a number",
        Location(SOURCE, 77, None, 76, "A.CA.2020", "OBS_VALUE"),
        value="38,028,638",
        expected="a number",
        series_key="A.CA",
    ),
    Diagnostic(
        "DF009",
        Severity.ERROR,
        "this observation has the same key as an earlier one, and another value",
        Location(SOURCE, 240, None, 239, "A.NZ.2021"),
        value="5111400",
        series_key="A.NZ",
        related=(Location(SOURCE, 239, None, 238, "A.NZ.2021"),),
    ),
    Diagnostic(
        "DF003",
        Severity.ERROR,
        "OBS_STATUS has no value, which is mandatory",
        Location(SOURCE, 123, None, 122, "A.JP.2021", "OBS_STATUS"),
        value="",
        series_key="A.JP",
    ),
    Diagnostic(
        "DSD001",
        Severity.WARNING,
        "the code list SEMSTAT:CL_UNIT(1.0) is not at hand",
        Location(STRUCTURE, 88, 5, None, "https://w3id.org/semstat/sdmx/codelist.Codelist/SEMSTAT/CL_UNIT/1.0"),
    ),
    Diagnostic(
        "DF016", Severity.INFO, "the column `REMARK` is no component", Location(SOURCE, 1, path="REMARK"), "REMARK"
    ),
)

_TOTALS = (
    Total(SOURCE, "DF004", "REF_AREA", Severity.ERROR, findings=325, observations=900, listed=2),
    Total(SOURCE, "DF005", "OBS_VALUE", Severity.ERROR, findings=1, observations=1, listed=1),
    Total(SOURCE, "DF006", "TITLE", Severity.WARNING, findings=7, observations=7, listed=0),
)

_CHECKS = (
    CheckOutcome("DF002", "REF_AREA", CheckStatus.CHECKED, SOURCE, 336, 0, "columns"),
    CheckOutcome("DF003", "OBS_STATUS", CheckStatus.CHECKED, SOURCE, 336, 1, "columns"),
    CheckOutcome("DF004", "REF_AREA", CheckStatus.CHECKED, SOURCE, 336, 325, "columns"),
    CheckOutcome("DF004", "FREQ", CheckStatus.CHECKED, SOURCE, 336, 0, "columns"),
    CheckOutcome("DF005", "OBS_VALUE", CheckStatus.CHECKED, SOURCE, 336, 1, "columns"),
    CheckOutcome("DF006", "TITLE", CheckStatus.CHECKED, SOURCE, 336, 7, "columns"),
    CheckOutcome("DF009", None, CheckStatus.CHECKED, SOURCE, 336, 1, "columns"),
)
_IDLE = CheckOutcome("DF011", None, CheckStatus.NOT_APPLICABLE, SOURCE, reason="no constraint restricts the dataflow")
_UNCHECKED = CheckOutcome(
    "DF004", "UNIT_MEASURE", CheckStatus.NOT_CHECKED, SOURCE, reason="the code list SEMSTAT:CL_UNIT(1.0) is not at hand"
)
_DATASET = DatasetSummary(
    SOURCE,
    "sdmx-csv-2.0",
    "SEMSTAT:DSD_POPULATION(1.0)",
    1_000_000,
    series=28,
    groups=2,
    faults=(("REF_AREA", "2018", 300), ("REF_AREA", "2019", 25), ("OBS_VALUE", "2020", 1), ("OBS_STATUS", "2021", 1)),
)

MIXED = Report(_FOUND, _TOTALS, (*_CHECKS, _IDLE, _UNCHECKED), (_DATASET,), (SOURCE,))
FAILED = Report(_FOUND, _TOTALS, (*_CHECKS, _IDLE), (_DATASET,), (SOURCE,))
CLEAN = Report(
    checks=(_CHECKS[0], _CHECKS[3], _IDLE),
    datasets=(DatasetSummary(SOURCE, "sdmx-csv-2.0", "SEMSTAT:DSD_POPULATION(1.0)", 336, series=28),),
    sources=(SOURCE,),
)
BROKEN = Report(
    (Diagnostic("IO101", Severity.ERROR, "the XML ends within an element", Location("broken.xml", 7, 3)),),
    sources=("broken.xml",),
    unreadable=("broken.xml",),
)

HOSTILE_TEXTS = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "'; DROP TABLE obs; --",
    "]]> & &amp; <!-- -->",
    "\x1b[2J\x1b[31mred\x07",
    "line\nbreak\r\n::error::forged",
    "\u202egnirts\u200b",
    "lone \ud800 surrogate",
    "\x00nul\ufffe",
    '=HYPERLINK("http://evil.example","x")',
    "@SUM(1+1)|cmd",
    'quote " back\\slash """ \\',
    "%0A::warning::x,y:z",
    "`code` **bold** [x](javascript:alert(1))",
    "https://example.org/><script>",
    "日本語 العربية é",
    "",
)

HOSTILE = Report(
    tuple(
        Diagnostic(
            "DF004",
            Severity.ERROR,
            text or "m",
            Location(text or SOURCE, 3, 1, 2, focus=text, path=text),
            value=text,
            expected=text,
            nearest=text,
            series_key=text,
            related=(Location(text, 9),),
        )
        for text in HOSTILE_TEXTS
    ),
    tuple(Total(text or SOURCE, "DF004", text, Severity.ERROR, 9, 9, 1) for text in HOSTILE_TEXTS),
    tuple(CheckOutcome("DF005", text, CheckStatus.NOT_CHECKED, text, 1, 1, text, text) for text in HOSTILE_TEXTS),
    tuple(DatasetSummary(text or SOURCE, text, text, 1, 1, 1, 1, ((text, text, 3),)) for text in HOSTILE_TEXTS),
    HOSTILE_TEXTS,
    (HOSTILE_TEXTS[0],),
)

SAMPLES = {"mixed": MIXED, "failed": FAILED, "clean": CLEAN, "broken": BROKEN, "nothing": Report()}
