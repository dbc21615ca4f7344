"""For every core question a change of one file of ``examples/office`` that changes the answer: file, what is replaced, by what."""

# ruff: noqa: E501 - one line for each question

__all__ = ["MUTATIONS"]

REGISTER, DECISIONS = "governance/register.ttl", "governance/decisions.ttl"
POLICIES, PROCESS, QUALITY = "governance/policies.ttl", "governance/process.ttl", "governance/quality.ttl"
BINDINGS, STRUCTURES, RUN = "bindings.csv", "structures.xml", "runs/aggregate-2024.json"
REGIONS, SOURCES = "mappings/regions.sssom.tsv", "mappings/source-activity.sssom.tsv"
CONCEPT = "<conceptscheme.Concept/NSO/CS_OFFICE/2.0.0/"
TABLE = "<../catalogue/source/data/"

MUTATIONS: dict[str, tuple[str, str, str]] = {
    "A1": (REGISTER, f"{TABLE}emissions.xml#dataset-1> ssg:status status:published", f"{TABLE}emissions.xml#dataset-1> ssg:status status:draft"),
    "A2": ("data/emissions.xml", '<Series REG="E" CLASS="POW">', '<Series REG="N" CLASS="POW">'),
    "A3": (BINDINGS, "cv-people,NSO:CS_OFFICE(2.0.0).POPULATION,usesConcept,", "NSO.AIR:DSD_EMISSIONS(1.0.0).MASS,NSO:CS_OFFICE(2.0.0).POPULATION,usesConcept,"),
    "A4": (BINDINGS, "rv-activity,NSO.INDUSTRY:CL_ACTIVITY(1.0.0),valueDomain,", ""),
    "A5": (BINDINGS, "NSO.PEOPLE:DSD_POPULATION(1.0.0).PEOPLE,rv-people,componentVariable,", ""),
    "A6": (BINDINGS, "rv-region-1,NSO:CL_REGION(1.0.0),valueDomain,", "rv-region-1,NSO:CL_REGION(2.0.0),valueDomain,"),
    "A7": (BINDINGS, "study/census.xml#months,q-months,capturedBy,", ""),
    "A8": (RUN, '"outputs": [{"namespace": "office", "name": "https://w3id.org/semstat/catalogue/source/data/population.csv#dataset-1"', '"outputs": [{"namespace": "office", "name": "https://w3id.org/semstat/catalogue/source/data/output.csv#dataset-1"'),
    "A9": (DECISIONS, "CL_ACTIVITY/1.0.0", "CL_GENDER/1.0.0"),
    "B1": (DECISIONS, "ssg:onBehalfOf office:council ; ", ""),
    "B2": (DECISIONS, "office:decision-output a ssg:Decision ; ssg:decides office:proposal-output", "office:decision-output a ssg:Decision ; ssg:decides office:proposal-activities"),
    "B3": (DECISIONS, "ssg:approvesVersion <conceptscheme.Concept/NSO/CS_OFFICE/2.0.0/OUTPUT>", "ssg:approvesVersion <conceptscheme.Concept/NSO/CS_OFFICE/2.0.0/NOTE>"),
    "B4": (DECISIONS, "OUTPUT> ; ssg:decidedBy office:ines", "OUTPUT> ; ssg:decidedBy office:omar"),
    "B5": (DECISIONS, "outcome:rejected", "outcome:approved"),
    "B6": (STRUCTURES, "Persons entered in the register of an address.", "Persons counted at an address."),
    "B7": (REGISTER, "not the register\"@en", "no longer the register\"@en"),
    "B8": (DECISIONS, '"2025-03-21"^^xsd:date', '"2025-04-21"^^xsd:date'),
    "B9": (REGISTER, "CL_REGION/1.0.0> ssg:status status:superseded ; ssg:steward office:people-unit", "CL_REGION/1.0.0> ssg:status status:superseded"),
    "B10": (REGISTER, "dcterms:replaces office:activities-2", "dcterms:relation office:activities-2"),
    "C1": (STRUCTURES, ">Usual residents<", ">People living here<"),
    "C2": (STRUCTURES, "Code=NSO.INDUSTRY:CL_GENDER(1.0.0).M\">\n          <com:Name xml:lang=\"en\">Male<", "Code=NSO.INDUSTRY:CL_GENDER(1.0.0).M\">\n          <com:Name xml:lang=\"en\">Man<"),
    "C3": ("study/census.xml", 'name="income"', 'name="earnings"'),
    "C4": (BINDINGS, "rv-source,NSO.AIR:CL_SOURCE(1.0.0),valueDomain,", ""),
    "C5": (SOURCES, "source:FAC\t", "source:FARM\t"),
    "C6": (SOURCES, "\t0.95\t", "\t0.55\t"),
    "C7": (REGIONS, "old:E\tskos:narrowMatch\tnew:E2", "old:N\tskos:narrowMatch\tnew:E2"),
    "C8": (REGIONS, "new:E2", "new:Z"),
    "C9": (BINDINGS, "NSO.AIR:DSD_EMISSIONS(1.0.0).CLASS,rv-source", "NSO.AIR:DSD_EMISSIONS(1.0.0).CLASS,rv-activity"),
    "C10": (BINDINGS, "NSO.INDUSTRY:DSD_OUTPUT(1.0.0).AREA,rv-region-2", "NSO.INDUSTRY:DSD_OUTPUT(1.0.0).AREA,rv-region-1"),
    "C11": (REGISTER, "http://purl.org/linked-data/sdmx/2009/concept#refArea", "https://example.org/office/refArea"),
    "D1": (BINDINGS, "NSO.PEOPLE:DSD_POPULATION(1.0.0).REGION,rv-region-2", "NSO.PEOPLE:DSD_POPULATION(1.0.0).REGION,rv-region-1"),
    "D2": (SOURCES, "source:FAC\tskos:broadMatch", "source:FAC\tskos:exactMatch"),
    "D3": (REGIONS, "#object_source: list:CL_REGION(2.0.0)", "#object_source: list:CL_REGION(3.0.0)"),
    "D4": (BINDINGS, "DSD_EMISSIONS(1.0.0).MASS,rv-emissions", "DSD_EMISSIONS(1.0.0).MASS,rv-people"),
    "D5": (REGISTER, f"{TABLE}output.csv#dataset-1> ssg:status status:published", f"{TABLE}output.csv#dataset-1> ssg:status status:draft"),
    "D6": (REGISTER, "office:regions ssg:status status:published .", "office:regions ssg:status status:published .\noffice:forests a <https://w3id.org/semstat/information#DataSet> ; ssg:status status:published ."),
    "E1": ("study/variables.xml", "For how many months have you lived here?", "Since when have you lived here?"),
    "E2": (RUN, '"2.3.1"', '"2.4.0"'),
    "E3": (RUN, "CL_REGION(2.0.0)", "CL_REGION(1.0.0)"),
    "E4": (PROCESS, "<gsbpm/5.2>", "<gsbpm/5.1>"),
    "E5": (RUN, "office/census-2024", "office/census-2034"),
    "E6": (RUN, '"field": "urn:ddi:org.example.office:census-months:1"', '"field": "urn:ddi:org.example.office:census-income:1"'),
    "E7": (BINDINGS, "q-months,cv-people,measures,", "q-months,cv-region,measures,"),
    "F1": (REGISTER, 'skos:altLabel "Usual residents"@en', 'skos:altLabel "Inhabitants"@en'),
    "F2": (REGISTER, '"2025-02-10"^^xsd:date', '"2025-02-17"^^xsd:date'),
    "F3": (POLICIES, "ssg:audience office:ines", "ssg:audience office:lena"),
    "F4": (POLICIES, " ; ssg:protectedBy office:noise", ""),
    "F5": (POLICIES, " ; ssg:legalBasis office:statistics-act", ""),
    "F6": (QUALITY, "sh:conforms false", "sh:conforms true"),
    "F7": (QUALITY, "data/population.csv#dataset-1> ;\n    rdfs:label", "data/output.csv#dataset-1> ;\n    rdfs:label"),
    "F8": (BINDINGS, "NSO.PEOPLE:DSD_POPULATION(1.0.0).TIME_PERIOD,rv-time,componentVariable,", ""),
}  # fmt: skip
