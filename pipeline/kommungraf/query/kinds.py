"""What kinds of things and of entries in a timeline are called: their codes stay, their words are a language's."""

from __future__ import annotations

from kommungraf.languages import ENGLISH, Words, messages

_THINGS = messages(
    {
        "Abbreviation": "thing|abbreviation",
        "AgendaItem": "thing|item of a meeting",
        "Alignment": "thing|what became of a plan",
        "Attendance": "thing|attendance",
        "BudgetComparison": "thing|budget beside outcome",
        "Candidate": "thing|perhaps the same",
        "Case": "thing|case",
        "Change": "thing|change",
        "Concept": "thing|term",
        "ConceptScheme": "thing|list of terms",
        "Conclusion": "thing|conclusion",
        "Contradiction": "thing|contradiction",
        "Decision": "thing|decision",
        "Document": "thing|document",
        "Extraction": "thing|extraction",
        "Figure": "thing|figure",
        "File": "thing|file",
        "FocusArea": "thing|focus area",
        "GoverningBody": "thing|body",
        "Join": "thing|joined names",
        "LegalReference": "thing|legal reference",
        "Meeting": "thing|meeting",
        "Membership": "thing|membership",
        "Motion": "thing|motion",
        "Municipality": "thing|municipality",
        "NamedThing": "thing|named thing",
        "Network": "thing|network",
        "Observation": "thing|observation",
        "Organization": "thing|organisation",
        "Party": "thing|party",
        "Passage": "thing|passage",
        "Person": "thing|person",
        "PlannedActivity": "thing|planned activity",
        "Presence": "thing|presence in a year",
        "Project": "thing|project",
        "Proposal": "thing|proposal",
        "Recusal": "thing|recusal",
        "Region": "thing|region",
        "ReportedDecision": "thing|reported decision",
        "ReportedResult": "thing|reported result",
        "Reservation": "thing|reservation",
        "Restatement": "thing|restated value",
        "Series": "thing|line of accounts",
        "StatedDate": "thing|stated date",
        "Succession": "thing|succession",
        "Tenure": "thing|tenure",
        "Vote": "thing|vote",
    }
)
"""Classes of the ontology by the last part of their IRIs."""

_ENTRIES = messages(
    {
        "absent": "entry|absent",
        "as planned": "entry|as planned",
        "cancelled": "entry|cancelled",
        "carried on": "entry|carried on",
        "changed": "entry|changed",
        "continued": "entry|continued",
        "contradiction": "entry|contradiction",
        "decision": "entry|decision",
        "document": "entry|document",
        "done": "entry|done",
        "ended": "entry|ended",
        "figure": "entry|figure",
        "figures": "entry|figures",
        "goal": "entry|goal",
        "held": "entry|held",
        "item": "entry|item",
        "left": "entry|left",
        "meeting": "entry|meeting",
        "mention": "entry|mention",
        "merged": "entry|merged",
        "motion": "entry|motion",
        "new": "entry|new",
        "noDocuments": "entry|no documents",
        "not done": "entry|not done",
        "ongoing": "entry|ongoing",
        "partly": "entry|partly",
        "party": "entry|party",
        "perhaps": "entry|perhaps",
        "plan": "entry|plan",
        "postponed": "entry|postponed",
        "present": "entry|present",
        "presented": "entry|presented",
        "project": "entry|project",
        "proposal": "entry|proposal",
        "published": "entry|published",
        "recusal": "entry|recusal",
        "renamed": "entry|renamed",
        "replaced": "entry|replaced",
        "reported": "entry|reported",
        "reservation": "entry|reservation",
        "restated": "entry|restated",
        "result": "entry|result",
        "resumed": "entry|resumed",
        "seat": "entry|seat",
        "seats": "entry|seats",
        "silence": "entry|silence",
        "silent": "entry|silent",
        "split": "entry|split",
        "tables": "entry|tables",
        "version": "entry|version",
        "vote": "entry|vote",
    }
)


def kind_word(kind: str, words: Words = ENGLISH) -> str:
    """A class (the last part of its IRI) as a person calls it."""
    return words(_THINGS.get(kind, kind.lower()))


def entry_word(kind: str, words: Words = ENGLISH) -> str:
    """The code of a kind of entries as a person reads it."""
    return words(_ENTRIES.get(kind, kind))
