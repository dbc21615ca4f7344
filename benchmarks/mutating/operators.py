"""Every operator by name, and the data rules without one."""

from functools import partial

from mutating import faults_of_constraints as constraints
from mutating import faults_of_headers as headers
from mutating import faults_of_json as json
from mutating import faults_of_records as records
from mutating import faults_of_representations as representations
from mutating import faults_of_sums as sums
from mutating import faults_of_values as values
from mutating.mutants import KEY, WRONG, Operator

OPERATORS: dict[str, Operator] = {
    "unknown component": records.unknown_component,
    "dimension withdrawn": partial(values.missing, wanted=values.coded("dimension"), rule="DF002"),
    "mandatory attribute withdrawn": partial(
        values.missing,
        wanted=lambda item: item.role == "attribute" and item.mandatory and item.level in {"series", "observation"},
        rule="DF003",
    ),
    "dimension not in list": partial(
        values.put, rule="DF004", wanted=values.coded("dimension"), value=WRONG, follows=KEY
    ),
    "attribute not in list": partial(
        values.put, rule="DF004", wanted=values.coded("attribute"), value=WRONG, follows=KEY
    ),
    "value no number": partial(values.put, rule="DF005", wanted=values.plain_number, value="n/a", follows=frozenset()),
    "month 13": partial(
        values.put, rule="DF007", wanted=lambda item: item.role == "time", value="2010-13", follows=KEY
    ),
    "period of another frequency": partial(
        values.put, rule="DF008", wanted=lambda item: item.role == "time", value="2010-W05", follows=KEY
    ),
    "observation contradicted": partial(records.again, other=True),
    "observation repeated": partial(records.again, other=False),
    "period taken away": records.gap,
    "record with a field too many": records.ragged,
    "series attribute differs": values.inconstant,
    "component stated twice": values.stated_twice,
    "record out of place": records.scattered,
    "value withdrawn": partial(values.missing, wanted=lambda item: item.role == "measure", rule="DF021"),
    "structure not at hand": headers.other_structure,
    "action misspelt": partial(headers.header, pattern=r'<[\w:]*DataSet[^>]*action="(\w+)"', by="Apend", rule="DF014"),
    "group misspelt": partial(
        headers.header, pattern=r'<(?:generic:)?Group [^>]*type="(?:\w+:)?(\w+)"', by="NoGroup", rule="DF015"
    ),
    "reference misspelt": partial(
        headers.header, pattern=r'<[\w:]*DataSet[^>]*structureRef="([^"]+)"', by="NOBODY", rule="DF017"
    ),
    "value above the maximum": representations.above_maximum,
    "value below the minimum": representations.below_minimum,
    "a decimal place too many": representations.too_precise,
    "text too long": representations.too_long,
    "two values": representations.two_values,
    "code out of date": representations.out_of_date,
    "code outside the region": constraints.outside_region,
    "combination not in the key set": constraints.outside_keys,
    "total does not add up": sums.wrong_total,
    "part of a total missing": sums.missing_part,
    "period outside the reported": headers.outside_reported,
    "date of the header misspelt": headers.date_misspelt,
    "dates of the header exchanged": headers.dates_exchanged,
    "figure free under an embargo": headers.not_restricted,
    "area of another sender": headers.area_of_another,
    "update without a value": headers.nothing_updated,
    "attribute of observations with a part of the key": headers.attached_to_part,
}
"""The operators on XML and tables; an operator makes nothing of a message that has no place for its fault."""

JSON_OPERATORS: dict[str, Operator] = {
    "index beyond its list": json.index_beyond,
    "key with a part too many": json.key_too_long,
}
"""The operators on SDMX-JSON."""

NOT_PLANTED: dict[str, str] = {}
"""The data rules of which no fault can be planted into a real dataset, each with the reason."""
