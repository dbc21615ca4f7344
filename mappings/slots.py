"""The slots of SSSOM that need care: which hold lists, references, numbers or words from a fixed list.

Source:
    SSSOM 1.1, classes *Mapping* and *MappingSet*.
"""

__all__ = [
    "BUILTIN_PREFIXES",
    "FRACTIONS",
    "LISTS",
    "LITERAL",
    "NO_TERM",
    "PROPAGATED",
    "REFERENCES",
    "REQUIRED_OF_SET",
    "WORDS",
]

BUILTIN_PREFIXES = {
    "linkml": "https://w3id.org/linkml/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that a table may use without declaring them."""

LITERAL = "rdfs literal"
"""The type of a subject or object that is a text and has no identifier."""

NO_TERM = "sssom:NoTermFound"
"""The object (or subject) of a row that says: looked for, and there is none."""

REQUIRED_OF_SET = ("mapping_set_id", "license")

LISTS = frozenset(
    {
        "author_id",
        "author_label",
        "cardinality_scope",
        "creator_id",
        "creator_label",
        "curation_rule",
        "curation_rule_text",
        "mapping_set_source",
        "match_string",
        "object_match_field",
        "object_preprocessing",
        "reviewer_id",
        "reviewer_label",
        "see_also",
        "subject_match_field",
        "subject_preprocessing",
    }
)
"""Slots with several values; in a table they are separated by ``|``."""

REFERENCES = frozenset(
    {
        "author_id",
        "creator_id",
        "curation_rule",
        "issue_tracker_item",
        "mapping_justification",
        "mapping_source",
        "mapping_tool_id",
        "object_id",
        "object_match_field",
        "object_preprocessing",
        "object_source",
        "predicate_id",
        "record_id",
        "reviewer_id",
        "subject_id",
        "subject_match_field",
        "subject_preprocessing",
        "subject_source",
    }
)
"""Slots whose values are CURIEs."""

PROPAGATED = frozenset(
    {
        "cardinality_scope",
        "curation_rule",
        "curation_rule_text",
        "mapping_date",
        "mapping_provider",
        "mapping_tool",
        "mapping_tool_id",
        "mapping_tool_version",
        "object_match_field",
        "object_preprocessing",
        "object_source",
        "object_source_version",
        "object_type",
        "predicate_type",
        "publication_date",
        "similarity_measure",
        "subject_match_field",
        "subject_preprocessing",
        "subject_source",
        "subject_source_version",
        "subject_type",
    }
)
"""Slots that, stated of a set, hold of each of its mappings that does not state them itself."""

FRACTIONS = {
    "confidence": (0.0, 1.0),
    "mapping_set_confidence": (0.0, 1.0),
    "reviewer_agreement": (-1.0, 1.0),
    "similarity_score": (0.0, 1.0),
}
"""Slots that hold a number, with its bounds."""

_ENTITY_TYPES = frozenset(
    {
        "composed entity expression",
        "owl annotation property",
        "owl class",
        "owl data property",
        "owl named individual",
        "owl object property",
        "rdf property",
        "rdfs class",
        "rdfs datatype",
        "rdfs literal",
        "rdfs resource",
        "skos concept",
    }
)

WORDS = {
    "mapping_cardinality": frozenset({"1:1", "1:n", "n:1", "n:n", "1:0", "0:1", "0:0"}),
    "object_type": _ENTITY_TYPES,
    "predicate_modifier": frozenset({"Not"}),
    "predicate_type": _ENTITY_TYPES,
    "sssom_version": frozenset({"1.0", "1.1"}),
    "subject_type": _ENTITY_TYPES,
}
"""Slots that take one of a fixed list of words."""
