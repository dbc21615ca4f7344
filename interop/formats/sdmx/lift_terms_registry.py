"""The terms of registrations."""

from collections.abc import Mapping

from semstat.interop.formats.sdmx.lift_rows import Terms
from semstat.interop.formats.sdmx.model_registry import QueryableSource, Registration
from semstat.ontology.terms import SS, SST

__all__ = ["REGISTRY"]

REGISTRY: Mapping[type, Terms] = {
    QueryableSource: Terms(
        (SST.QueryableSource,),
        {
            "data_url": SST.dataUrl,
            "wsdl_url": SST.wsdlUrl,
            "wadl_url": SST.wadlUrl,
            "is_rest": SST.isRestSource,
            "is_web_service": SST.isWebServiceSource,
        },
    ),
    Registration: Terms(
        (SST.Registration,),
        {
            "id": SS.identifier,
            "agreement": SST.registeredUnder,
            "flow": SST.registeredFor,
            "provider": SST.dataProvider,
            "simple_source": SST.simpleSource,
            "valid_from": SS.validFrom,
            "valid_to": SS.validTo,
            "last_updated": SST.lastUpdated,
            "index_time_series": SST.indexesTimeSeries,
            "index_data_set": SST.indexesDataSet,
            "index_attributes": SST.indexesAttributes,
            "index_reporting_period": SST.indexesReportingPeriod,
            "action": SST.registrationAction,
        },
        {"queryable": (SST.queryableSource, "source")},
    ),
}
"""What registrations become."""
