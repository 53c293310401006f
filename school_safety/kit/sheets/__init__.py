"""Tables as people exchange them: XLSX and CSV read to plain text cells, and written safely."""

from school_safety.kit.sheets.headers import CellProblem, Header, find_header, plain_label
from school_safety.kit.sheets.reading import LIMITS, FileProblem, Limits, Sheet, SheetError, read_table
from school_safety.kit.sheets.values import cell_date, cell_number
from school_safety.kit.sheets.writing import XLSX, Cell, write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "XLSX",
    "Cell",
    "CellProblem",
    "FileProblem",
    "Header",
    "Limits",
    "Sheet",
    "SheetError",
    "cell_date",
    "cell_number",
    "find_header",
    "plain_label",
    "read_table",
    "write_csv",
    "write_xlsx",
]
