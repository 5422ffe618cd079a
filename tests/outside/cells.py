"""Numbers and cells as the contract reads them (§1, §3)."""

import unicodedata
from dataclasses import dataclass
from fractions import Fraction


def fraction(number):
    """Exactly what the number's shortest decimal text says."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


@dataclass(frozen=True)
class Cell:
    value: object = None
    format: str = "General"
    lost: bool = False  # a formula without a stored value

    @property
    def blank(self):
        return not self.lost and (self.value is None or normal(self.value) == "")


def normal(value):
    """Trimmed NFKC text; a number is its shortest decimal text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()


def folded(value):
    """As headers, labels and department names are compared."""
    return normal(value).casefold()


def is_one_of(value, words):
    return folded(value) in map(folded, words)


def cell_of(formulas, values, row, column):
    if column is None:
        return Cell()
    asked = formulas.cell(row, column)
    stored = values.cell(row, column)
    # openpyxl reads a stored empty text and no stored value both as None; the type tells them apart.
    lost = asked.data_type == "f" and stored.value is None and stored.data_type not in ("s", "str")
    return Cell(stored.value, asked.number_format or "General", lost)
