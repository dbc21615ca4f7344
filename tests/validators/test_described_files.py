"""Described files: the graph's statements on a data file, as the checks see them."""

from semstat.validators.microdata import StatedRange, described_files
from tests.small_study import small_study


def test_a_file_has_its_counts_its_record_and_its_key() -> None:
    (file,) = described_files(small_study())
    assert (file.identifier, file.name, file.cases, file.variable_count) == ("F1", "households", 3, 3)
    assert [item.name for item in file.variables] == ["hid", "dwelling", "weight"]
    assert file.records[0].key == ("hid",)


def test_variables_have_forms_ranges_codes_and_weights() -> None:
    household, dwelling, weight = next(iter(described_files(small_study()))).variables
    assert household.ranges == (StatedRange("1", "999"),)
    assert (household.representation, household.weight, dwelling.representation) == ("numeric", "weight", "code")
    assert [(code.value, code.labels, code.missing) for code in dwelling.codes] == [
        ("1", (("House", "en"),), False),
        ("2", (("Flat", "en"),), False),
        ("9", (("Refused", "en"),), True),
    ]
    assert (weight.is_weight, weight.decimals, weight.weight) == (True, 2, None)


def test_figures_stand_with_their_variables() -> None:
    household, dwelling, _ = next(iter(described_files(small_study()))).variables
    assert [(item.kind, item.value, item.code) for item in household.statistics] == [("maximum", "3", None)]
    assert [(item.value, item.weighted, item.weight) for item in dwelling.statistics] == [
        ("2", False, None),
        ("150.5", True, "weight"),
    ]
