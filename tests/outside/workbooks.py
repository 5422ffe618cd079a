"""Reads workbooks, tells whose they are, and which of their versions hold (§4, §6)."""

import re
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from answers import BLANK, UNREADABLE, Reading, read, shown
from cells import Cell, cell_of, folded, is_one_of, normal

HEADERS = {
    "ref": ("编号", "Ref"), "self": ("自评", "Self"), "note": ("说明", "Note"),
    "review": ("复核", "Review"), "review_note": ("复核说明", "Review note"), "id": ("id",),
    "verification": ("核验方式", "Verification"), "copy": ("各方自评", "Self-ratings"),
}
VERIFICATIONS = {"documents": ("查文件", "Documents"), "spot_check": ("抽查", "Spot check"), "test": ("实测", "Test")}
LABELS = {
    "unit": ("被评估单位", "Unit"), "period": ("评估期", "Period"),
    "respondent": ("填报单位", "Respondent"), "submission": ("第几次报送", "Submission"),
    "tree": ("指标体系", "Tree"), "kind": ("kind",), "parent": ("上级单位", "Parent unit"), "class": ("类别", "Class"),
}


@dataclass
class Row:
    item: dict
    sheet: str
    number: int
    shown: str  # what is typed under 自评, a percentage as §13 reads it
    own: Reading
    review: Reading
    texts: dict
    cells: dict
    duplicate: bool = False


@dataclass
class Workbook:
    file: str
    cover: dict
    review_kind: bool
    rows: dict = field(default_factory=dict)
    extra: list = field(default_factory=list)
    place: tuple = ()  # unit and period
    key: tuple = ()
    submission: int = 1


def labelled(formulas, values):
    found = {}
    for row in range(1, formulas.max_row + 1):
        label = formulas.cell(row, 1).value
        for name, labels in LABELS.items():
            if is_one_of(label, labels) and name not in found:
                found[name] = cell_of(formulas, values, row, 2)
    return found


def find_cover(book):
    for name in ("填报说明", "Cover"):
        if name in book.sheetnames:
            return name
    for sheet in book.worksheets:
        if any(is_one_of(sheet.cell(row, 1).value, LABELS["period"]) for row in range(1, sheet.max_row + 1)):
            return sheet.title
    return None


TITLES = {folded(title): name for name, titles in HEADERS.items() for title in titles}


def find_header(sheet):
    for row in range(1, sheet.max_row + 1):
        columns = {}
        for column in range(1, sheet.max_column + 1):
            text = folded(sheet.cell(row, column).value)
            if text in TITLES:
                columns.setdefault(TITLES[text], column)
        if ("ref" in columns or "id" in columns) and ("self" in columns or "review" in columns):
            return row, columns
    return None


def settle(name, cover, stored, settings):
    """The unit or period of a workbook: the settings fill what its cover lacks and decide what is torn (§6)."""
    said, kept = normal(cover[name].value), normal(stored[name].value) if name in stored else ""
    return said if said and kept in ("", said) else settings.says.get(name)


def read_workbook(path, file, tree, settings):
    """One workbook, or None without a cover; one without a place is not scored (§6)."""
    formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    cover_name = find_cover(formulas)
    if cover_name is None:
        return None
    cover = labelled(formulas[cover_name], values[cover_name])
    stored = labelled(formulas["_ecap"], values["_ecap"]) if "_ecap" in formulas.sheetnames else {}
    for name in LABELS:
        cover.setdefault(name, Cell())
    place = tuple(settle(name, cover, stored, settings) for name in ("unit", "period"))
    if None in place or not cover["tree"].blank and normal(cover["tree"].value) != normal(tree["id"]):
        place = ()
    book = Workbook(file, cover, normal(stored.get("kind", Cell()).value) == "review", place=place)
    by_id = {item["id"]: item for item in tree["items"]}
    by_ref = {item["ref"]: item for item in tree["items"]}
    for sheet in formulas.worksheets:
        header = find_header(sheet)
        if header:
            read_rows(book, sheet, values[sheet.title], header, by_id, by_ref)
    book.submission = submission_of(cover["submission"])
    return book


def read_rows(book, sheet, values, header, by_id, by_ref):
    top, columns = header
    for number in range(top + 1, sheet.max_row + 1):
        cells = {name: cell_of(sheet, values, number, columns.get(name)) for name in HEADERS}
        item = by_id.get(normal(cells["id"].value)) or by_ref.get(normal(cells["ref"].value))
        if item is None:
            continue
        if book.review_kind:
            cells["self"] = Cell()
        row = Row(item, sheet.title, number, shown(cells["self"]),
                  read(item, cells["self"], normal(cells["note"].value)),
                  read(item, cells["review"], normal(cells["review_note"].value)),
                  {name: cells[name].value for name in ("self", "note", "review", "review_note", "verification", "copy")},
                  {name: f"{get_column_letter(columns[name])}{number}" for name in ("self", "review") if name in columns})
        first = book.rows.get(item["id"])
        if first is None:
            book.rows[item["id"]] = row
        elif filled(row) and not filled(first):
            book.rows[item["id"]] = row
            book.extra.append(first)
        else:
            book.extra.append(row)


def filled(row):
    return row.own != BLANK or row.review != BLANK


def submission_of(cell):
    text = normal(cell.value) if not cell.lost and not isinstance(cell.value, bool) else ""
    found = re.fullmatch(r"(\d+)|第(\d+)次", text)
    number = int(found[1] or found[2]) if found else 1
    return max(number, 1)


def name_respondents(books, tree, settings):
    """Gives each workbook of one unit and period the key of its respondent (§4.4)."""
    for book in books:
        name = normal(book.cover["respondent"].value)
        # Reading: "the unit's only workbook" = the only scored one of this unit and period, of either kind.
        if not name:
            book.key = ("assessor",) if len(books) == 1 else ("nameless", book.file)
        else:
            book.key = settings.key_of(name, tree) or ("name", name)


@dataclass
class Voice:
    """What one respondent says of an item in one kind of workbook."""
    key: tuple
    review_kind: bool
    own: Reading
    own_row: Row | None
    review: Reading
    review_row: Row | None


def in_force(entries):
    """The version that holds, and its row: none where versions tear (§4.2).

    entries: (number, reading, row), ordered by file.
    """
    def agreed(some):
        return len({(reading.state, reading.value) for _, reading, _ in some}) == 1

    # Readings: equal = the same state and the same value (45/50 and 90% are), so two unreadable cells are,
    # whatever their text; a higher number's blank beats a lower number's answer.
    if not agreed(entries):
        highest = max(number for number, _, _ in entries)
        entries = [entry for entry in entries if entry[0] == highest]
    if not agreed(entries):
        entries = [entry for entry in entries if entry[1] != BLANK]
    if not agreed(entries):
        return UNREADABLE, None
    return entries[0][1], entries[0][2]


def voices(books, item_id):
    streams = {}
    for book in books:
        if item_id in book.rows:
            streams.setdefault((book.key, book.review_kind), []).append(book)
    result = []
    for (key, review_kind), versions in streams.items():
        rows = [(book.submission, book.rows[item_id]) for book in versions]
        own, own_row = in_force([(number, row.own, row) for number, row in rows])
        review, review_row = in_force([(number, row.review, row) for number, row in rows])
        result.append(Voice(key, review_kind, own, own_row, review, review_row))
    return result


def verification_of(row):
    return next((code for code, words in VERIFICATIONS.items() if is_one_of(row.texts["verification"], words)), "")
