"""The reading room: plan documents in, statements and projects out, each with its printed words.

Others may use what stands here. This room knows no coordinate and changes no document.
"""

from plans import edits, shelf
from plans.amendments import AMENDED, MISSED, OF_PROJECTS, OF_STATEMENTS, amendment, amendments
from plans.archive import Plans, read_plans
from plans.corrections import Correction, read_corrections
from plans.documents import TENSES, Document, articles, read_catalogue, read_document
from plans.evaluation import (
    COMPARED,
    Evaluation,
    Fault,
    compare,
    evaluate,
    faults_to_csv,
    read_faults,
)
from plans.first_look import with_first_look
from plans.formats import Note, Progress
from plans.formats.apart import stopped_as_broken
from plans.gold import GOLD, Gold, read_gold
from plans.incoming import read_incoming
from plans.ledger import Edit, Log, WrongEdit
from plans.missed import columns_of
from plans.model import Project, Quantity, Quote, Responsibility, Statement, Task
from plans.works import telling

__all__ = [
    "AMENDED",
    "COMPARED",
    "GOLD",
    "MISSED",
    "OF_PROJECTS",
    "OF_STATEMENTS",
    "TENSES",
    "Correction",
    "Document",
    "Edit",
    "Evaluation",
    "Fault",
    "Gold",
    "Log",
    "Note",
    "Plans",
    "Progress",
    "Project",
    "Quantity",
    "Quote",
    "Responsibility",
    "Statement",
    "Task",
    "WrongEdit",
    "amendment",
    "amendments",
    "articles",
    "columns_of",
    "compare",
    "edits",
    "evaluate",
    "faults_to_csv",
    "read_catalogue",
    "read_corrections",
    "read_document",
    "read_faults",
    "read_gold",
    "read_incoming",
    "read_plans",
    "shelf",
    "stopped_as_broken",
    "telling",
    "with_first_look",
]
