"""Elements that are kept as they stand, where their namespaces are no IRIs: read on, said, and nothing is lost."""

from pathlib import Path

import pytest

from semstat.interop import read

RULES = Path(__file__).parents[1] / "rules"
ODD = '<odd xmlns="relative"><in/>kept</odd>'


@pytest.mark.parametrize(
    ("fixture", "before"),
    [
        ("CL001-code-without-name/ok.xml", "</str:Codelist>"),
        ("DDI001-namespace-not-of-ddi/ok.xml", "</stdyDscr>"),
        ("DDI022-repeated-ddi-identifier/ok.xml", "</c:Concept>"),
    ],
    ids=["sdmx", "codebook", "lifecycle"],
)
def test_a_namespace_without_a_canonical_form_is_kept(tmp_path, fixture, before):
    text = (RULES / fixture).read_text("utf-8")
    assert before in text
    (tmp_path / "odd.xml").write_text(text.replace(before, ODD + before, 1), "utf-8")
    document = read(tmp_path / "odd.xml")
    assert any("odd" in item.message and item.rule in {"IO108", "IO114"} for item in document.diagnostics)
    assert any('xmlns="relative"' in str(value) for _, _, value in document.graph)
