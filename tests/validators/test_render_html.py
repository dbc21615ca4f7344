"""The HTML page: well formed, self-contained, safe, and right at the edges."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from sample_reports import CLEAN, FAILED, HOSTILE, HOSTILE_TEXTS, MIXED, SAMPLES

from semstat.validators.diagnostics import DatasetSummary, Diagnostic, Location, Report, Severity
from semstat.validators.render import heatmap
from semstat.validators.render.html import render

VOID = {"meta", "br", "hr", "img", "input", "link"}


class _Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.text = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("report", [*SAMPLES.values(), HOSTILE])
def test_page_is_well_formed_and_asks_for_nothing(report):
    page = _Page(render(report))
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(page.tags)
    assert not [
        name for _, name, _ in page.attributes if name in {"href", "src", "style", "action"} or name[:2] == "on"
    ]
    assert ("html", "lang", "en") in page.attributes
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("style") == 1
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_style_needs_no_request_and_is_the_one_allowed():
    style = files("semstat.validators.render").joinpath("report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "url(" not in style
    assert "@import" not in style
    assert f"style-src 'sha256-{digest}'" in render(CLEAN)


def test_hostile_values_are_shown_and_never_markup():
    text = render(HOSTILE)
    shown = "".join(_Page(text).text)
    for value in HOSTILE_TEXTS:
        if value.isprintable() and "`" not in value:
            assert value in shown
    assert "<script" not in text


def test_page_tells_the_verdict_and_its_reason():
    assert "Not a pass: 1 rule could not be checked. 5 rules failed." not in render(FAILED)
    assert "Not a pass: 1 rule could not be checked. 4 rules failed." in render(MIXED)
    assert "Every check was made, and none found a fault." in render(CLEAN)


def test_long_lists_are_cut_and_say_so():
    found = tuple(Diagnostic("DF004", Severity.ERROR, f"m{n}", Location("a", n + 1)) for n in range(500))
    text = render(Report(found), rows=10)
    assert "First 10 of 500 findings shown." in text
    assert "m9" in text
    assert "m10" not in text


def _grid(components, periods):
    faults = tuple((f"C{c:03}", f"{1900 + p}", c * p) for c in range(components) for p in range(periods))
    return heatmap.arrange(DatasetSummary("a", "f", None, 1, faults=faults))


def test_large_pictures_are_binned_without_losing_a_finding():
    grid = _grid(100, 300)
    assert grid is not None
    assert len(grid.rows) <= 30
    assert len(grid.columns) <= 60
    assert sum(map(sum, grid.cells)) == sum(range(100)) * sum(range(300))
    assert grid.rows[0] == "C099"
    assert len(heatmap.picture(grid, name="m")) < 400_000


def test_no_picture_without_faults():
    assert heatmap.arrange(DatasetSummary("a", "f", None, 1)) is None
    assert "<svg" not in render(CLEAN)


@pytest.mark.parametrize("highest", [1, 2, 6, 7, 9, 10, 99, 1_000, 123_456, 10**9, 10**13])
def test_scale_has_few_levels_and_covers_the_highest(highest):
    grid = heatmap.arrange(DatasetSummary("a", "f", None, 1, faults=(("A", "2020", highest), ("B", "2021", 1))))
    assert grid is not None
    assert 1 <= len(grid.steps) <= 6
    assert list(grid.steps) == sorted(set(grid.steps))
    assert grid.steps[-1] >= highest
    assert grid.level(1) == 1
    assert grid.level(highest) == len(grid.steps)
    assert grid.level(0) == 0


def test_table_and_picture_say_the_same():
    grid = _grid(3, 4)
    assert grid is not None
    table = re.sub(r"<[^>]+>", " ", heatmap.table(grid))
    assert all(f" {findings} " in table for cells in grid.cells for findings in cells if findings)


def _luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_has_enough_contrast(scheme):
    style = files("semstat.validators.render").joinpath("report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", re.findall(r":root \{([^}]*)\}", style)[scheme]))
    pairs = [(ink, paper) for ink in ("ink", "soft", "link", "bad", "warn", "good") for paper in ("paper", "card")]
    pairs += [(tone, f"{tone}-wash") for tone in ("bad", "warn", "good")]
    pairs += [(ink, wash) for ink in ("ink", "soft") for wash in ("bad-wash", "warn-wash", "good-wash")]
    for ink, paper in pairs:
        light, dark = sorted((_luminance(colours[ink]), _luminance(colours[paper])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)
