"""A report does not depend on the order in which Python happens to keep sets: two seeds give the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

RULES = Path(__file__).parents[1] / "rules"
CASES = (
    ("DF004-*/bad.*", "structures/labour.xml"),
    ("DF0[01]*/bad.xml", "structures/labour.xml"),
    ("DF03*/bad.json", "structures/labour.xml"),
    ("DF02*/bad.csv", "structures/travel.xml"),
    ("CL00*/bad.xml", None),
    ("DSD00*/bad.xml", None),
)
"""Data with the structure that they are judged by, and structures."""

PROGRAM = """
import sys
from semstat.interop import Options, convert, loss_report, validate
from semstat.validators.render import render
from pathlib import Path
from io import BytesIO
rules, cases = Path(sys.argv[1]), eval(sys.argv[2])
for pattern, structure in cases:
    data = sorted(rules.glob(pattern))
    beside = [rules / structure] if structure else []
    report = validate(data, structure=beside, options=Options(as_one=True, lint=True))
    assert len(data) > 1 or structure, pattern
    for form in ("json", "full", "sarif", "html"):
        print(render(report, form))
labour = rules / "structures" / "labour.xml"
for target in ("sdmx-json-2.1-data", "sdmx-ml-3.0-structure-specific-data", "rdf-cube-turtle"):
    sink = BytesIO()
    done = convert([rules / "IO235-dataset-fact-lost" / "bad.xml"], sink, to=target, structure=[labour])
    print(sink.getvalue().decode(), loss_report(done))
"""


def printed(seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-P", "-c", PROGRAM, str(RULES), repr(CASES)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_seeds_print_the_same() -> None:
    first, second = printed("1"), printed("2")
    assert len(first) > 50_000
    assert first == second
