"""What people see (报告): the result as a document, tables, figures and one page; the only place that rounds."""

from jinghe.report.bargains import show_comparison
from jinghe.report.document import SCHEMA, document_settlements, make_document, read_document
from jinghe.report.outlook import document_forecast
from jinghe.report.prizes import show_awards
from jinghe.report.scores import document_scores
from jinghe.report.sensitivity import show_sensitivity
from jinghe.report.tables import TABLES, list_tables, write_csv

__all__ = [
    "SCHEMA",
    "TABLES",
    "document_forecast",
    "document_scores",
    "document_settlements",
    "list_tables",
    "make_document",
    "read_document",
    "show_awards",
    "show_comparison",
    "show_sensitivity",
    "write_csv",
]
