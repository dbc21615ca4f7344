"""A small study as the hub graph holds it: the pattern that every DDI reader writes and that the checks of microdata read."""

from rdflib import Graph

__all__ = ["SMALL_STUDY", "small_study"]

SMALL_STUDY = """
@prefix : <https://example.org/survey/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ss: <https://w3id.org/semstat/core#> .
@prefix ssd: <https://w3id.org/semstat/study#> .
@prefix ssi: <https://w3id.org/semstat/information#> .

:study a ssd:StudyUnit ; ss:identifier "HS-1" ; skos:prefLabel "Household survey"@en ; ssd:dataFile :F1 .

:F1 a ssd:DataFile ; ss:identifier "F1" ; ss:position 1 ; ssd:fileName "households" ; ssd:fileFormat "text/csv" ;
  ssd:caseCount 3 ; ssd:variableCount 3 ; ssi:hasInstanceVariable :V1 , :V2 , :V3 ; ssd:inStudy :study ;
  ssd:logicalRecord :R1 ; ssd:physicalRecord :L1 ; ssd:statistic :S1 , :S2 , :S3 .
:R1 a ssi:LogicalRecord ; ss:identifier "R1" ; ssd:caseIdentifier :V1 .
:L1 a ssd:PhysicalRecord ; ssd:laysOut :R1 ; ssd:valueLocation :P1 , :P2 , :P3 ; ss:position 1 .
:P1 a ssd:ValueLocation ; ssd:locatedVariable :V1 ; ss:position 1 .
:P2 a ssd:ValueLocation ; ssd:locatedVariable :V2 ; ss:position 2 .
:P3 a ssd:ValueLocation ; ssd:locatedVariable :V3 ; ss:position 3 .

:V1 a ssi:InstanceVariable ; ss:identifier "V1" ; ssd:variableName "hid" ; skos:prefLabel "Household"@en ;
  ssd:weightVariable :V3 ; ssi:hasSubstantiveValueDomain :D1 .
:D1 a ssi:SubstantiveValueDomain , ssi:DescribedValueDomain ; ssd:representationType "numeric" ; ssd:valueRange :G1 .
:G1 a ssd:ValueRange ; ss:position 1 ; ssd:lowValue "1" ; ssd:highValue "999" .

:V2 a ssi:InstanceVariable ; ss:identifier "V2" ; ssd:variableName "dwelling" ; skos:prefLabel "Kind of dwelling"@en ;
  ssd:weightVariable :V3 ; ssi:hasSubstantiveValueDomain :D2 ; ssi:hasSentinelValueDomain :D3 .
:D2 a ssi:SubstantiveValueDomain , ssi:EnumeratedValueDomain ; ssd:representationType "code" ; ssi:takesValuesFromCodeList :C2 .
:C2 a ssi:CodeList ; ssi:containsNode :C2-1 , :C2-2 .
:C2-1 a ssi:CodeItem ; ss:position 1 ; skos:notation "1" ; skos:prefLabel "House"@en ; ssi:takesMeaningFromCategory :K1 .
:C2-2 a ssi:CodeItem ; ss:position 2 ; skos:notation "2" ; skos:prefLabel "Flat"@en ; ssi:takesMeaningFromCategory :K2 .
:K1 a ssi:Category ; skos:prefLabel "House"@en .
:K2 a ssi:Category ; skos:prefLabel "Flat"@en .
:D3 a ssi:SentinelValueDomain , ssi:EnumeratedValueDomain ; ssi:takesValuesFromCodeList :C3 .
:C3 a ssi:CodeList ; ssi:containsNode :C3-1 .
:C3-1 a ssi:CodeItem ; ss:position 3 ; skos:notation "9" ; skos:prefLabel "Refused"@en ; ssd:isMissing true .

:V3 a ssi:InstanceVariable ; ss:identifier "V3" ; ssd:variableName "weight" ; ssd:isWeight true ;
  ssi:hasSubstantiveValueDomain :D4 .
:D4 a ssi:SubstantiveValueDomain , ssi:DescribedValueDomain ; ssd:representationType "numeric" ; ssd:decimalPositions 2 .

:S1 a ssd:SummaryStatistic ; ssd:statisticOf :V1 ; ssd:statisticType "maximum" ; ssd:statisticValue "3" .
:S2 a ssd:CategoryStatistic ; ssd:statisticOf :V2 ; ssd:statisticType "frequency" ; ssd:statisticCategory :C2-1 ;
  ssd:statisticValue "2" .
:S3 a ssd:CategoryStatistic ; ssd:statisticOf :V2 ; ssd:statisticType "frequency" ; ssd:statisticCategory :C2-1 ;
  ssd:statisticValue "150.5" ; ssd:isWeighted true ; ssd:weightVariable :V3 .
"""


def small_study() -> Graph:
    """Return the study's graph."""
    return Graph().parse(data=SMALL_STUDY, format="turtle")
