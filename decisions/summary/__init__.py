"""The words of a matter, section by section: the same on check-your-answers, record and PDF.

What is signed keeps these words as they were shown, so the record can be read in forty years
without the program that made it (R51, R54).
"""

from decisions.summary.asked import age_words, due_words, power_words, request_rows
from decisions.summary.decided import FLOW_PAGES
from decisions.summary.rows import Row, Section, as_data, from_data
from decisions.summary.said import step_words, taken_back_words
from decisions.summary.whole import sections

__all__ = [
    "FLOW_PAGES",
    "Row",
    "Section",
    "age_words",
    "as_data",
    "due_words",
    "from_data",
    "power_words",
    "request_rows",
    "sections",
    "step_words",
    "taken_back_words",
]
