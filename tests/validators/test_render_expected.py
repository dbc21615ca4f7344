"""Every format of every sample, byte for byte; ``pytest --update`` writes the files anew."""

import subprocess
import sys
from pathlib import Path

import pytest
from sample_reports import EXCERPTS, HOSTILE, MIXED, SAMPLES

from semstat.validators.render import RENDERERS, render

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize("format", RENDERERS)
@pytest.mark.parametrize("name", SAMPLES)
def test_output_is_as_expected(name, format, expect):
    text = render(SAMPLES[name], format, excerpts=EXCERPTS)
    expect(EXPECTED / f"{name}.{format}{RENDERERS[format].suffix}", text)


def test_colour_is_as_expected(expect):
    text = render(MIXED, "full", excerpts=EXCERPTS, color=True) + render(MIXED, "concise", color=True)
    expect(EXPECTED / "mixed.colour.txt", text)


@pytest.mark.parametrize("format", RENDERERS)
def test_hostile_values_leave_text_that_can_be_written(format):
    text = render(HOSTILE, format, excerpts={(source, 3): source for source in HOSTILE.sources})
    text.encode("utf-8")
    allowed = "\n\r\t" if format == "csv" else "\n"
    assert not [char for char in text if (char < " " or "\x7f" <= char < "\xa0") and char not in allowed]


def test_unknown_format_is_the_callers_mistake():
    with pytest.raises(KeyError):
        render(MIXED, "docx")


def test_output_does_not_depend_on_the_hash_seed():
    code = (
        "import hashlib; from sample_reports import MIXED; from semstat.validators.render import RENDERERS, render;"
        "print([hashlib.sha256(render(MIXED, name).encode()).hexdigest() for name in RENDERERS])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-P", "-c", f"import sys; sys.path.append({str(EXPECTED.parents[1])!r}); {code}"],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
