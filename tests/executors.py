"""What each executor finds in record batches by shapes, in a form that can be compared."""

from semstat.validators.compile import compile_shapes
from semstat.validators.cube import cube
from semstat.validators.engine import run_shapes
from semstat.validators.observations import SERIES_LINE, Observations
from semstat.validators.residual import graph_findings
from semstat.validators.validate import DataRules, validate_observations


def by_columns(batches, shapes):
    """Return what the column executor finds, as (rule, row, component)."""
    rules = DataRules.of(shapes, structure="TEST:DSD(1.0)")
    report = validate_observations(Observations(iter(batches)), rules, limit=None)
    return {(item.rule, item.location.record - 1, item.location.path) for item in report.diagnostics}


def by_graph(batches, shapes):
    """Return what the graph executor finds, as (rule, row, component); unknown columns once each, as columns do."""
    plan = compile_shapes(shapes)
    data = cube(batches, plan.components, shapes, multivalued=frozenset(plan.components))
    found = graph_findings(run_shapes(data, shapes), plan)
    unknown = {}
    for rule, row, component in found:
        if rule == "DF001":
            unknown[component] = min(row, unknown.get(component, row))
    kept = {item for item in found if item[0] not in {"DF001", "DF022"}}
    return kept | {("DF001", row, name) for name, row in unknown.items()} | scattered(found, batches)


def scattered(found, batches):
    """The findings on the order of records: one for each series element, one for all records outside such elements."""
    rows = sorted(row for rule, row, _ in found if rule == "DF022")
    elements = any(SERIES_LINE in batch.schema.names for batch in batches)
    return {("DF022", row, None) for row in (rows if elements else rows[:1])}
