"""Renders workbooks, pictures and Markdown the way a reader gets them, and fails on what a reader would see wrong.

Workbooks go through LibreOffice to PDF. Where a text is larger than its cell
LibreOffice writes the whole text and a clip around it, so the extracted text
looks complete while the page is not: what is compared here is where each line
stands with the clip it is drawn under. Besides that every text cell must be
found in the text of its sheet's pages, once for each time it occurs.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
import warnings
import xml.etree.ElementTree as ElementTree
import zlib
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("samples", "reports")
SOFFICE_SECONDS = 900
# A page that LibreOffice leaves out because it is empty is printed empty by Excel.
PDF_FILTER = "pdf:calc_pdf_Export:" + json.dumps({"IsSkipEmptyPages": {"type": "boolean", "value": "false"}})

RESOLUTION = 30
WHITE_FROM = 250
INKED_PART = 0.002
# The part of its size by which a letter may stand over a clip: less is the blank around its strokes.
CUT_PART = 0.05
LABEL_OVERLAP = 1.0
WIDE_EM, NARROW_EM = 1.0, 0.55
PLACEHOLDER = re.compile(r"\{\{?\s*(?:[A-Za-z_][\w .:-]*)?\}?\}")


def squeezed(text):
    """Without white space, and with the compatibility forms that fonts share a glyph for made one."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def shown(text, length=30):
    text = " ".join(str(text).split())
    return text if len(text) <= length else text[:length] + "…"


def is_wide(character):
    return unicodedata.east_asian_width(character) in "WF"


# ------------------------------------------------------------ PDF

@dataclass(frozen=True)
class Run:
    """Letters drawn in one go: their ink, and the clip they are drawn under."""
    text: str
    size: float
    box: tuple
    clip: tuple
    clip_number: int


TOKEN = re.compile(rb"<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|[\[\]]|/[^\s/<>\[\]()]+|[-+]?(?:\d+\.?\d*|\.\d+)|[A-Za-z'\"]+\*?")
NO_AREA = 0.5
EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first, then):
    a, b, c, d, e, f = first
    g, h, i, j, k, l = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l


def moved_box(matrix, box):
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return around(corners)


def around(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def common(first, second):
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def ink(text):
    """How far under and over its base line a text reaches, in parts of its size."""
    low, high = 0.0, 0.5
    for character in text:
        if is_wide(character):
            low, high = min(low, -0.08), max(high, 0.84)
        else:
            low = min(low, -0.2 if character in "gjpqy,;()[]{}|@_/" else 0.0)
            high = max(high, 0.5 if character in "acegmnopqrsuvwxyz.,-_·…" else 0.72)
    return low, high


class Pdf:
    """What LibreOffice writes: a plain cross-reference table, simple fonts, one outline entry a sheet."""

    def __init__(self, path):
        data = Path(path).read_bytes()
        start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        offsets, number = {}, 0
        for line in data[start:data.index(b"trailer", start)].splitlines()[1:]:
            fields = line.split()
            if len(fields) == 2:
                number = int(fields[0])
            elif len(fields) == 3:
                if fields[2] == b"n":
                    offsets[number] = int(fields[0])
                number += 1
        ends = sorted([*offsets.values(), start])
        following = dict(zip(ends, ends[1:]))
        self.objects = {number: data[offset:following[offset]] for number, offset in offsets.items()}
        self.trailer = data[data.index(b"trailer", start):]
        self.fonts = {}

    def head(self, number):
        return self.objects[number].split(b"stream", 1)[0]

    def stream(self, number):
        body = re.split(rb"stream\r?\n", self.objects[number], maxsplit=1)[1]
        return zlib.decompressobj().decompress(body) if b"/FlateDecode" in self.head(number) else body.split(b"endstream")[0]

    def link(self, text, key):
        found = re.search(rb"/" + key + rb"\s+(\d+) 0 R", text)
        return int(found[1]) if found else None

    def pages(self):
        """Page objects in reading order."""
        def under(number):
            head = self.head(number)
            kids = re.search(rb"/Kids\s*\[([^\]]*)\]", head)
            if not kids:
                return [number]
            return [page for kid in re.findall(rb"(\d+) 0 R", kids[1]) for page in under(int(kid))]
        return under(self.link(self.head(self.link(self.trailer, b"Root")), b"Pages"))

    def sheets(self, pages):
        """The sheet of every page."""
        outlines = self.link(self.head(self.link(self.trailer, b"Root")), b"Outlines")
        starts, entry = {}, self.link(self.head(outlines), b"First") if outlines else None
        while entry:
            head = self.head(entry)
            name = re.search(rb"/Title\s*<([0-9A-Fa-f]*)>", head)
            page = re.search(rb"/Dest\s*\[\s*(\d+) 0 R", head)
            starts[int(page[1])] = bytes.fromhex(name[1].decode()).decode("utf-16")
            entry = self.link(head, b"Next")
        names, name = [], None
        for page in pages:
            name = starts.get(page, name)
            names.append(name)
        return names

    def font(self, number):
        """Text and width of each of a font's codes."""
        if number not in self.fonts:
            head = self.head(number)
            first = int(re.search(rb"/FirstChar (\d+)", head)[1])
            widths = [float(width) for width in re.search(rb"/Widths\s*\[([^\]]*)\]", head)[1].split()]
            texts = {}
            # Before the first of these stands the range of codes, which looks like a pair of them.
            pairs = self.stream(self.link(head, b"ToUnicode")).partition(b"beginbfchar")[2]
            for code, text in re.findall(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>", pairs):
                texts[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
            self.fonts[number] = {first + place: (texts.get(first + place, "\ufffd"), width) for place, width in enumerate(widths)}
        return self.fonts[number]

    def fonts_of(self, page):
        resources = self.link(self.head(page), b"Resources")
        head = self.head(resources) if resources else self.head(page)
        table = self.link(head, b"Font")
        return {name: int(number) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", self.head(table) if table else head)}

    def runs(self, page):
        contents = self.link(self.head(page), b"Contents")
        return Drawing(self, self.fonts_of(page)).runs_of(self.stream(contents))


class Drawing:
    """Follows a page's content far enough to know where each text stands and what clips it."""

    def __init__(self, pdf, fonts):
        self.pdf, self.fonts = pdf, fonts
        self.matrix, self.clip, self.clip_number, self.font, self.size, self.stretch, self.gap = IDENTITY, EVERYWHERE, 0, {}, 1.0, 1.0, 0.0
        self.kept, self.clips = [], 0
        self.points, self.clipping = [], False
        self.line = self.place = IDENTITY
        self.runs = []

    def runs_of(self, content):
        stack, array = [], None
        for token in TOKEN.findall(content):
            first = token[:1]
            if first in b"<(":
                (stack if array is None else array).append(self.codes(token))
            elif first in b"0123456789+-.":
                (stack if array is None else array).append(float(token))
            elif token == b"[":
                array = []
            elif token == b"]":
                stack.append(array or [])
                array = None
            elif first == b"/":
                stack.append(token[1:])
            else:
                self.operate(token, stack)
                stack = []
        return self.runs

    @staticmethod
    def codes(token):
        if token[:1] == b"<":
            digits = b"".join(token[1:-1].split()).decode()
            return bytes.fromhex(digits + "0" * (len(digits) % 2))
        return re.sub(rb"\\(.)", rb"\1", token[1:-1])

    def operate(self, operator, values):
        if operator == b"q":
            self.kept.append((self.matrix, self.clip, self.clip_number, self.font, self.size, self.stretch, self.gap))
        elif operator == b"Q" and self.kept:
            self.matrix, self.clip, self.clip_number, self.font, self.size, self.stretch, self.gap = self.kept.pop()
        elif operator == b"cm":
            self.matrix = times(tuple(values), self.matrix)
        elif operator == b"re":
            x, y, width, height = values
            self.points += [(x, y), (x + width, y + height)]
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            self.points += zip(values[::2], values[1::2])
        elif operator in (b"W", b"W*"):
            self.clipping = True
        elif operator in (b"n", b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"):
            if self.clipping and self.points:
                self.clips += 1
                self.clip_number = self.clips
                self.clip = common(self.clip, moved_box(self.matrix, around(self.points)))
            self.points, self.clipping = [], False
        elif operator == b"BT":
            self.line = self.place = IDENTITY
        elif operator == b"Tf":
            self.font, self.size = self.pdf.font(self.fonts[values[0]]), values[1]
        elif operator == b"Tz":
            self.stretch = values[0] / 100
        elif operator == b"Tc":
            self.gap = values[0]
        elif operator == b"Td":
            self.line = self.place = times((1, 0, 0, 1, *values), self.line)
        elif operator == b"Tm":
            self.line = self.place = tuple(values)
        elif operator in (b"Tj", b"TJ"):
            self.write(values[0] if operator == b"TJ" else values)

    def write(self, parts):
        text, width, inked = "", 0.0, 0.0
        for part in parts:
            if isinstance(part, float):
                width -= part / 1000 * self.size
                continue
            for code in part:
                letter, advance = self.font.get(code, ("\ufffd", 500.0))
                text += letter
                width += advance / 1000 * self.size + self.gap
                if letter.strip():
                    inked = width
        # The text of a hidden row or column is drawn too, under a clip without area.
        if text.strip() and self.clip[2] - self.clip[0] > NO_AREA and self.clip[3] - self.clip[1] > NO_AREA:
            low, high = ink(text)
            matrix = times(self.place, self.matrix)
            box = moved_box(matrix, (0.0, low * self.size, inked * self.stretch, high * self.size))
            size = self.size * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
            self.runs.append(Run(text, size, box, self.clip, self.clip_number))
        self.place = times((1, 0, 0, 1, width * self.stretch, 0), self.place)


# ------------------------------------------------------------ workbooks

@dataclass(frozen=True)
class Cell:
    name: str
    row: int
    text: str  # None in a cell of a number or a date
    width: float
    height: object


def hidden_columns(sheet):
    hidden = set()
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            hidden.update(range(first, (column.max or first) + 1))
    return hidden


def column_widths(sheet):
    widths = defaultdict(lambda: sheet.sheet_format.defaultColWidth or sheet.sheet_format.baseColWidth + 5)
    for letter, column in sheet.column_dimensions.items():
        first = column.min or column_index_from_string(letter)
        for index in range(first, (column.max or first) + 1):
            widths[index] = column.width
    return widths


def printed_cells(sheet):
    """The cells that stand on paper."""
    areas = [range_boundaries(part.split("!")[-1].replace("$", "")) for part in str(sheet.print_area or "").split(",") if part]
    widths, no_columns = column_widths(sheet), hidden_columns(sheet)
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells = []
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value is None or cell.value == "" or cell.number_format == ";;;":
                continue
            if areas and not any(left <= cell.column <= right and top <= cell.row <= bottom for left, top, right, bottom in areas):
                continue
            area = merged.get((cell.row, cell.column))
            columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
            rows = range(area.min_row, area.max_row + 1) if area else (cell.row,)
            if all(column in no_columns for column in columns) or all(sheet.row_dimensions[row].hidden for row in rows):
                continue
            heights = [sheet.row_dimensions[row].height for row in rows]
            cells.append(Cell(
                cell.coordinate, cell.row, cell.value if isinstance(cell.value, str) else None,
                round(sum(widths[column] for column in columns if column not in no_columns), 1),
                None if None in heights else round(sum(heights), 1)))
    return cells


class Written:
    """The texts of a page one after the other; a cell's begins where one of them begins and ends where one ends."""

    def __init__(self, runs):
        self.text, self.starts, self.ends = "", set(), set()
        before = None
        for run in runs:
            text = squeezed(run.text)
            if not text:
                continue
            # A text goes on in the next line, but leaps over nothing in its own.
            if before and abs(run.box[1] - before.box[1]) < 0.5 * run.size and not -0.3 * run.size < run.box[0] - before.box[2] < 0.8 * run.size:
                self.text += "\1"
            self.starts.add(len(self.text))
            self.text += text
            self.ends.add(len(self.text))
            before = run

    def take(self, text, most, both):
        """Takes a cell's text out where it stands, so often at most; how often it was there.

        Neighbours may be drawn in one go, so where no text has `both` its ends of its own, one will do.
        """
        found, at = 0, self.text.find(text)
        while at >= 0 and found < most:
            own = (at in self.starts, at + len(text) in self.ends)
            if all(own) or not both and any(own):
                self.text = self.text[:at] + "\0" * len(text) + self.text[at + len(text):]
                found += 1
            at = self.text.find(text, at + 1)
        return found


class SheetPages:
    """The pages of one sheet beside the cells they were printed from."""

    def __init__(self, name, cells, pages):
        self.name, self.cells, self.pages = name, cells, pages  # pages: [(number, runs)]
        self.by_text = defaultdict(list)
        for cell in cells:
            if cell.text is not None and squeezed(cell.text):
                self.by_text[squeezed(cell.text)].append(cell)

    def problems(self):
        yield from self.absent()
        for number, runs in self.pages:
            rows = self.known_rows(runs)
            yield from self.cut(number, runs, rows)
            yield from self.hashes(number, runs, rows)
        for cell in self.cells:
            if cell.text and (found := PLACEHOLDER.search(cell.text)):
                yield f"sheet {self.name!r}, cell {cell.name}: placeholder {found[0]} left"

    def absent(self):
        pages = [Written(runs) for _, runs in self.pages]
        left = {}
        # The longest first, and each taken out where found: a short text must not be found inside another.
        for text in sorted(self.by_text, key=len, reverse=True):
            left[text] = len(self.by_text[text])
            for page in pages:
                left[text] -= page.take(text, left[text], both=True)
        for text, missing in left.items():
            cells = self.by_text[text]
            for page in pages:
                missing -= page.take(text, missing, both=False)
            if missing:
                text = shown(cells[0].text)
                yield f"sheet {self.name!r}, cell {self.names(cells)}: {missing} of {len(cells)} not whole on any page: {text!r}"

    @staticmethod
    def size(cell):
        return f"(width {cell.width:g}, height {'automatic' if cell.height is None else f'{cell.height:g}'})"

    def known_rows(self, runs):
        """Row and height on the page of every text that only one cell has."""
        rows = []
        for run in runs:
            cells = self.by_text.get(squeezed(run.text), ())
            if len(cells) == 1:
                rows.append((cells[0].row, run.box[1]))
        return rows

    @staticmethod
    def near(cells, rows, run):
        """Of these cells those whose rows may stand at that height of the page."""
        beside = {row for row, y in rows if abs(y - run.box[1]) < run.size / 2}
        above = max((row for row, y in rows if y > run.box[1]), default=0)
        below = min((row for row, y in rows if y < run.box[1] and row > above), default=1 << 30)
        fitting = [cell for cell in cells if cell.row in beside] if beside else [cell for cell in cells if above <= cell.row <= below]
        return fitting or list(cells)

    @staticmethod
    def names(cells):
        cells = list(dict.fromkeys(cells))
        names = " or ".join(f"{cell.name} {SheetPages.size(cell)}" for cell in cells[:3])
        return (names or "?") + (f" or {len(cells) - 3} more" if len(cells) > 3 else "")

    def cut(self, number, runs, rows):
        groups = defaultdict(list)
        for run in runs:
            groups[run.clip_number].append(run)
        for group in groups.values():
            over = Counter()
            for run in group:
                sides = (("left", run.clip[0] - run.box[0]), ("bottom", run.clip[1] - run.box[1]),
                         ("right", run.box[2] - run.clip[2]), ("top", run.box[3] - run.clip[3]))
                for side, points in sides:
                    if points > run.size * CUT_PART:
                        over[side] = max(over[side], points)
            if over:
                whole = squeezed("".join(run.text for run in group))
                cells = self.by_text.get(whole) or [cell for text, cells in self.by_text.items() if whole in text for cell in cells]
                sides = ", ".join(f"{side} by {points:.1f} pt" for side, points in over.items())
                cells = self.near(cells, rows, group[0])
                yield f"page {number}, sheet {self.name!r}, cell {self.names(cells)}: cut off at the {sides}: {shown(whole)!r}"

    def hashes(self, number, runs, rows):
        for run in runs:
            text = squeezed(run.text)
            if len(text) > 1 and not text.strip("#") and text not in self.by_text:
                cells = self.near([cell for cell in self.cells if cell.text is None], rows, run)
                yield f"page {number}, sheet {self.name!r}, cell {self.names(cells)}: {text} where a number should be"


def white_pages(pdf, sheets):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(RESOLUTION), "-gray", pdf, Path(folder, "p")], check=True, capture_output=True)
        for page in sorted(Path(folder).iterdir()):
            number = int(page.stem.rsplit("-", 1)[1])
            dots = re.sub(rb"\AP5\s+\d+\s+\d+\s+255\s", b"", page.read_bytes(), count=1)
            part = len(dots.translate(None, bytes(range(WHITE_FROM, 256)))) / len(dots)
            if part < INKED_PART:
                yield f"page {number}, sheet {sheets[number - 1]!r}: nearly white, {part:.2%} inked"


def workbook_problems(job):
    """What is wrong with a workbook, and how many pages it has."""
    workbook, pdf = job
    if not pdf.exists():
        return ["LibreOffice made no PDF of it"], 0
    try:
        return compare_pages(workbook, pdf)
    except Exception as error:  # one file that cannot be read must not hide what is wrong with the others
        return [f"cannot be looked at: {error!r}"], 0


def compare_pages(workbook, pdf):
    read = Pdf(pdf)
    pages = read.pages()
    names = read.sheets(pages)
    printed = defaultdict(list)
    for number, (page, name) in enumerate(zip(pages, names), 1):
        printed[name].append((number, read.runs(page)))
    problems = []
    with warnings.catch_warnings():
        # openpyxl tells of every extension that it will not write back; nothing is written back.
        warnings.simplefilter("ignore")
        book = load_workbook(workbook, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = printed_cells(sheet)
        if cells and sheet.title not in printed:
            problems.append(f"sheet {sheet.title!r}: no page of it is printed")
        else:
            problems += SheetPages(sheet.title, cells, printed.pop(sheet.title, [])).problems()
    problems += [f"pages of {name!r}, which is no visible sheet" for name in printed]
    problems += white_pages(pdf, names)
    return problems, len(pages)


def convert(workbooks, folder):
    """The PDF of each workbook, all from one LibreOffice; equal names are parted by a number."""
    sources, made = folder / "xlsx", folder / "pdf"
    sources.mkdir()
    made.mkdir()
    jobs = []
    for number, workbook in enumerate(workbooks, 1):
        copy = sources / f"{number:03}-{workbook.stem}.xlsx"
        shutil.copyfile(workbook, copy)
        jobs.append((workbook, made / f"{copy.stem}.pdf"))
    if jobs:
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", PDF_FILTER,
                   "--outdir", made, *sorted(sources.iterdir())]
        # The command is a script that starts the office as a child: only its group ends them both.
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            office.wait(SOFFICE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    return jobs


# ------------------------------------------------------------ SVG

def labels(element, inherited=(16.0, "start", False)):
    """Every text with its estimated box, or with None where a transform or a missing place forbids one."""
    size = float(re.match(r"[\d.]+", element.get("font-size", str(inherited[0])))[0])
    anchor = element.get("text-anchor", inherited[1])
    turned = inherited[2] or element.get("transform") is not None
    if element.tag.rsplit("}", 1)[-1] == "text":
        text = "".join(element.itertext()).strip()
        if text:
            try:
                x, y = float(element.get("x")), float(element.get("y"))
            except (TypeError, ValueError):
                turned = True
            yield text, None if turned else label_box(text, x, y, size, anchor)
        return
    for child in element:
        yield from labels(child, (size, anchor, turned))


def label_box(text, x, y, size, anchor):
    width = size * sum(WIDE_EM if is_wide(character) else NARROW_EM for character in text)
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    low, high = ink(text)
    return left, y - high * size, left + width, y - low * size


def picture_problems(path):
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return [f"not XML: {error}"]
    view = root.get("viewBox")
    if view:
        left, top, width, height = (float(number) for number in re.split(r"[\s,]+", view.strip()))
    else:
        left, top, width, height = 0.0, 0.0, *(float(root.get(side).removesuffix("px")) for side in ("width", "height"))
    problems, boxes = [], []
    for text, box in labels(root):
        if PLACEHOLDER.search(text):
            problems.append(f"placeholder left in {shown(text)!r}")
        if box is None:
            problems.append(f"label {shown(text)!r}: turned or without a place of its own, so its box is unknown")
            continue
        slack = LABEL_OVERLAP
        if box[0] < left - slack or box[1] < top - slack or box[2] > left + width + slack or box[3] > top + height + slack:
            problems.append(f"label {shown(text)!r} leaves the canvas: {box_text(box)} in {width:g} × {height:g}")
        for other, other_box in boxes:
            shared = common(box, other_box)
            if shared[2] - shared[0] > slack and shared[3] - shared[1] > slack:
                problems.append(f"labels {shown(other)!r} and {shown(text)!r} overlap: {box_text(other_box)}, {box_text(box)}")
        boxes.append((text, box))
    return problems


def box_text(box):
    return "x {:.0f}–{:.0f} y {:.0f}–{:.0f}".format(box[0], box[2], box[1], box[3])


# ------------------------------------------------------------ Markdown

LINK = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)|<img\b[^>]*\bsrc=[\"']([^\"']+)")
RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
# What ends a table without an empty line; any other line is one more row of it.
BLOCK = re.compile(r"\s{0,3}(#{1,6}\s|>|[-*+]\s|\d+[.)]\s|<[a-zA-Z/!])")
FENCE = re.compile(r"\s*(```|~~~)")


def row_cells(line):
    # An escaped pipe is text; one in a code span parts cells all the same.
    line = re.sub(r"\\.", "  ", line.strip())
    return len(line.removeprefix("|").removesuffix("|").split("|"))


def document_problems(path):
    problems, fenced, columns, before = [], False, None, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if FENCE.match(line):
            fenced, columns, before = not fenced, None, ""
            continue
        if fenced:
            continue
        prose = re.sub(r"`[^`]*`", "", line)
        for match in LINK.finditer(prose):
            target = match[1] or match[2]
            if not re.match(r"[a-z]+:", target) and not Path(path.parent, unquote(target)).is_file():
                problems.append(f"line {number}: picture {target} is not there")
            elif re.match(r"[a-z]+:", target):
                problems.append(f"line {number}: picture {shown(target)} is not a file beside it")
        if found := PLACEHOLDER.search(prose):
            problems.append(f"line {number}: placeholder {found[0]} left")
        if columns is None:
            if "|" in line and "|" in before and RULE.fullmatch(line):
                columns = row_cells(before)
        elif not line.strip() or BLOCK.match(line):
            columns = None
        if columns is not None and row_cells(line) != columns:
            problems.append(f"line {number}: {row_cells(line)} cells under a header of {columns}: {shown(line)!r}")
        before = line
    return problems


# ------------------------------------------------------------ the run

def found_in(folders):
    files = defaultdict(list)
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            # An office keeps such a file beside an open workbook.
            if path.is_file() and not path.name.startswith(("~$", ".~")):
                files[path.suffix.lower()].append(path)
    return files


def check(folders, keep=None):
    """Problems of every file under the folders, and how many pages were looked at."""
    files, found, pages = found_in(folders), {}, 0
    for path in files[".svg"]:
        found[path] = picture_problems(path)
    for path in files[".md"]:
        found[path] = document_problems(path)
    with tempfile.TemporaryDirectory(prefix="pages-") as folder, ProcessPoolExecutor() as pool:
        jobs = convert(files[".xlsx"], Path(folder))
        for (workbook, _), (problems, count) in zip(jobs, pool.map(workbook_problems, jobs)):
            found[workbook] = problems
            pages += count
        if keep and jobs:
            shutil.copytree(Path(folder, "pdf"), keep, dirs_exist_ok=True)
    return found, pages


def short(path):
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


# ------------------------------------------------------------ the self-test

LONG = "各级人民政府应当按照职责分工定期组织开展突发事件风险评估与隐患排查并将结果报送上一级人民政府应急管理部门备案"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" font-size="12">{}</svg>'


def planted_book(path, change):
    book = Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 9, 0, True
    for letter, width in (("A", 8), ("B", 40), ("C", 12)):
        sheet.column_dimensions[letter].width = width
    for row in range(1, 41):
        for column, value in enumerate((f"{row:02}", f"（{row}）{LONG}", 1234.5), 1):
            cell = sheet.cell(row, column, value)
            cell.font, cell.alignment = Font(name="宋体", size=10.5), Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[row].height = 50
    change(sheet)
    book.save(path)


def low_row(sheet):
    sheet.row_dimensions[7].height = 29


def low_merged_row(sheet):
    sheet["A20"].value = "说明：" + LONG * 3
    sheet.merge_cells("A20:C20")
    sheet.row_dimensions[20].height = 50


def unwrapped(sheet):
    sheet["B9"].alignment = Alignment(wrap_text=False, vertical="center")


def narrow_number(sheet):
    sheet["C5"].value = 123456789012
    sheet["C5"].number_format = "0.0000"


def white_page(sheet):
    sheet["B90"].value = "完"
    sheet.print_area = "A1:C90"


def not_shown(sheet):
    sheet["B11"].number_format = '0;0;0;""'


def placeholder_left(sheet):
    sheet["B3"].value = "下表见{name}"


# File, its content or the change to a sound workbook, and what must be said of it; nothing for what must pass.
PLANTED = (
    ("sound.xlsx", lambda sheet: None, None),
    ("low.xlsx", low_row, r"page 1, sheet '表', cell B7 \(width 40, height 29\): cut off at the .*(top|bottom)"),
    ("merged.xlsx", low_merged_row, r"page 2, sheet '表', cell A20 \(width 60, height 50\): cut off at the .*(top|bottom)"),
    ("unwrapped.xlsx", unwrapped, r"cell B9 \(width 40, height 50\): (cut off at the right|1 of 1 not whole)"),
    ("absent.xlsx", not_shown, r"cell B11 \(width 40, height 50\): 1 of 1 not whole on any page"),
    ("narrow.xlsx", narrow_number, r"page 1, sheet '表', cell C5 .*: ###+ where a number should be"),
    ("white.xlsx", white_page, r"page \d, sheet '表': nearly white"),
    ("placeholder.xlsx", placeholder_left, r"cell B3: placeholder \{name\}"),
    ("sound.svg", PICTURE.format('<text x="10" y="20">能力 A</text><text x="60" y="20">能力 B</text><text x="10" y="36">下</text>'), None),
    ("overlap.svg", PICTURE.format('<text x="10" y="20">应急能力</text><text x="90" y="20" text-anchor="end">评估</text>'
                                   '<text x="50" y="24">甲</text>'), r"labels '应急能力' and '甲' overlap"),
    ("canvas.svg", PICTURE.format('<text x="190" y="20">应急能力</text>'), r"label '应急能力' leaves the canvas"),
    ("sound.md", "![图](sound.svg)\n\n| 甲 | 乙 |\n| --- | ---: |\n| a \\| b | 1 |\n\n`{name}` | 不是表\n", None),
    ("link.md", "![图](none.svg)\n", r"line 1: picture none\.svg is not there"),
    ("table.md", "| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n| 一 | 二 | 三 |\n", r"line 4: 3 cells under a header of 2"),
    ("brace.md", "总分 {total}。\n", r"line 1: placeholder \{total\}"),
)


def self_test():
    """What is planted must be said, once and of the right place, and nothing of what is sound."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        for name, content, _ in PLANTED:
            path = Path(folder, name)
            if callable(content):
                planted_book(path, content)
            else:
                path.write_text(content, encoding="utf-8")
        found, _ = check([Path(folder)])
        for name, _, expected in PLANTED:
            problems = found[Path(folder, name)]
            right = not problems if expected is None else problems and all(re.search(expected, problem) for problem in problems)
            lines.append((bool(right), f"self-test {name}: expected {expected or 'nothing'}, said {problems or 'nothing'}"))
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true", help="check that planted faults are caught; folders only if given")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the PDFs there")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: samples and reports of this repository")
    options = parser.parse_args()
    passed = failed = 0
    if options.self_test:
        for right, line in self_test():
            passed, failed = passed + right, failed + (not right)
            if not right:
                print(line)
    if options.folders or not options.self_test:
        folders = [folder.resolve() for folder in options.folders] or [ROOT / folder for folder in FOLDERS]
        missing = [folder for folder in folders if not folder.exists()]
        for folder in missing:
            print(f"{short(folder)}: no such folder")
        found, pages = check([folder for folder in folders if folder not in missing], options.keep)
        for path, problems in found.items():
            for problem in problems:
                print(f"{short(path)}: {problem}")
        bad = sum(bool(problems) for problems in found.values())
        passed, failed = passed + len(found) - bad, failed + bad + len(missing)
        print(f"{len(found)} files, {pages} pages of workbooks")
    print(f"{passed} passed, {failed} failed")
    # A run that looked at nothing has shown nothing.
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
