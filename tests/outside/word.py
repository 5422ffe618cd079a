"""Opens every Word report beside its Markdown with python-docx, renders it with LibreOffice, and fails on what differs or is missing.

    python tests/outside/word.py [--self-test] [--keep DIR] [FOLDER...]
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
from docx.oxml.ns import qn

from pages import ROOT, shown, squeezed, white_pages

FOLDER = ROOT / "reports"
SECONDS = 900


# ------------------------------------------------------------ Markdown

def unescaped(text):
    text = text.replace(":\\/\\/", "://").replace("www\\.", "www.")
    text = re.sub(r"\\([\\`*_\[\]#|~])", r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def cells(line):
    """The cells of a table's line; an escaped bar parts nothing."""
    return [squeezed(unescaped(part)) for part in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def markdown_tables(path):
    """Title and rows of every table, the header first."""
    tables, title, rows = [], "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"\|( :?-+:? \|)+", line):
                rows.append(cells(line))
            continue
        if rows:
            tables.append((title, rows))
            rows = []
        if match := re.fullmatch(r"\*\*(.+)\*\*", line):
            title = squeezed(unescaped(match[1]))
    return tables


def markdown_headings(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(1 if line.startswith("## ") else 2, squeezed(unescaped(line.lstrip("# ")))) for line in lines if re.match(r"##{1,3} ", line)]


# ------------------------------------------------------------ Word

def word_tables(document):
    """Title and rows of every table: the title is the paragraph before it."""
    tables, before = [], ""
    for element in document.element.body:
        if element.tag == qn("w:p"):
            before = "".join(text.text or "" for text in element.iter(qn("w:t")))
        elif element.tag == qn("w:tbl"):
            table = docx.table.Table(element, document)
            # Cell by cell through the rows of python-docx is quadratic.
            rows = [[squeezed("".join(text.text or "" for text in cell.iter(qn("w:t")))) for cell in row.tc_lst] for row in element.tr_lst]
            tables.append((squeezed(before), rows, table))
    return tables


def problems_of(path, page):
    """What the document lacks of its Markdown and of the format."""
    document = docx.Document(path)
    ours, theirs = word_tables(document), markdown_tables(page)
    as_text = Counter((title, repr(rows)) for title, rows, _ in ours)
    wanted = Counter((title, repr(rows)) for title, rows in theirs)
    for title, _ in (as_text - wanted):
        yield f"table {title!r} is not in {page.name}, or differs there"
    for title, _ in (wanted - as_text):
        yield f"table {title!r} of {page.name} is not in it, or differs"
    if not ours:
        yield "holds no table"
    for title, _, table in ours:
        properties = table.rows[0]._tr.trPr
        if properties is None or properties.find(qn("w:tblHeader")) is None:
            yield f"table {title!r}: its header is not repeated on the next page"
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    headings = [(int(paragraph.style.name[-1]), squeezed(paragraph.text)) for paragraph in document.paragraphs
                if re.fullmatch(r"[Hh]eading [12]", paragraph.style.name)]
    if Counter(headings) != Counter(markdown_headings(page)):
        differing = (Counter(headings) - Counter(markdown_headings(page))) + (Counter(markdown_headings(page)) - Counter(headings))
        yield f"headings differ: {sorted(differing)[:4]}"
    if "Title" not in styles:
        yield "has no title on a cover"
    fields = " ".join(text.text or "" for text in document.element.body.iter(qn("w:instrText")))
    # A paper of few pages has no contents; else every heading's page is asked for, outside a field that LibreOffice prints without pages.
    contents = any(paragraph.style.name == "Contents Heading" for paragraph in document.paragraphs)
    bookmarks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    if contents != (len(bookmarks) > 0 and set(re.findall(r"PAGEREF (\S+)", fields)) == set(bookmarks)):
        yield "its contents do not ask for the page of each heading"
    if "TOC \\o" in fields:
        yield "its contents stand in a field"
    with zipfile.ZipFile(path) as parts:
        footer = parts.read("word/footer1.xml").decode()
        charts = [name for name in parts.namelist() if name.startswith("word/charts/")]
        fonts = parts.read("word/fontTable.xml").decode()
        media = [name for name in parts.namelist() if name.startswith("word/media") or name.endswith((".png", ".ttf", ".odttf"))]
    for field in ("PAGE", "NUMPAGES"):
        if not re.search(rf"> {field} <", footer):
            yield f"has no field {field} in its footer"
    if not charts and "![" in page.read_text(encoding="utf-8"):
        yield "has no native chart"
    if media:
        yield f"holds rasters or fonts: {media}"
    for font in ("仿宋", "黑体"):
        if not re.search(rf'w:name="{font}"><w:altName w:val="[^"]+"', fonts):
            yield f"names no substitute for {font}"
    # Only the assessment itself is signed.
    if path.name != "report.docx":
        return
    titles = {title for title, _, _ in ours}
    for pair in (("评估组签字", "被评估单位意见"), ("Signaturesoftheassessors", "Opinionoftheunitassessed")):
        if any(title in titles for title in pair) and not all(title in titles for title in pair):
            yield f"lacks a signature block: {pair}"
    if not titles & {"评估组签字", "Signaturesoftheassessors"}:
        yield "has no page to sign"


def rendered_problems(path, pdf):
    """Every paragraph and cell found whole in the pages, none of them white."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode()
    letters = Counter(squeezed(text + raw))
    document = docx.Document(path)
    needed = Counter()
    for element in document.element.body.iter(qn("w:t")):
        needed.update(squeezed(element.text or ""))
    # Counted in both readings of the pages, so twice; what is not there at all is what this looks for.
    missing = {letter: count for letter, count in needed.items() if letters[letter] < 2 * count}
    if missing:
        yield f"letters not on any page: {shown(''.join(sorted(missing)))}"
    pages = int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", pdf], check=True, capture_output=True).stdout.decode())[1])
    yield from white_pages(pdf, [path.name] * pages)


def convert(paths, folder):
    """The PDF of each document, from two LibreOffices at a time."""
    made = folder / "pdf"
    copies = []
    for number, path in enumerate(paths, 1):
        copy = folder / f"{number:03}-{path.parent.name}.docx"
        shutil.copyfile(path, copy)
        copies.append(copy)

    def print_all(number):
        profile = f"-env:UserInstallation={(folder / f'profile{number}').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", made, *copies[number::2]]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(print_all, range(min(2, len(copies)))))
    return [made / f"{copy.stem}.pdf" for copy in copies]


# Papers to hand out, which exist in Word only: every letter of them has to be on a page, no more.
HANDOUTS = {"试卷", "答案", "签到表", "演练手册", "参演人员须知", "quiz", "key", "sign-in", "exercise-handbook", "players"}


def check(folders, keep=None):
    found, pages = {}, 0
    paths = sorted(path for folder in folders for path in folder.rglob("*.docx"))
    with tempfile.TemporaryDirectory(prefix="word-") as made:
        for path, pdf in zip(paths, convert(paths, Path(made)) if paths else []):
            beside = [] if path.stem in HANDOUTS else problems_of(path, path.with_suffix(".md"))
            found[path] = [*beside, *rendered_problems(path, pdf)]
            pages += int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", pdf], check=True, capture_output=True).stdout.decode())[1])
            if keep:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(pdf, keep)
    return found, pages


# ------------------------------------------------------------ the self-test

def changed(source, target, part, old, new):
    """A copy of the document with one text of one part replaced, which must be there."""
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            data = parts.read(name).decode()
            if name == part:
                if not re.search(old, data):
                    raise SystemExit(f"{old} is not in {part}")
                data = re.sub(old, new, data, count=1)
            out.writestr(name, data)


PLANTED = (
    ("word/document.xml", r"<w:tblHeader/>", "", r"header is not repeated"),
    ("word/document.xml", r"(法制基础</w:t></w:r></w:p></w:tc>)", r"x\1", r"differs"),
    ("word/document.xml", r"PAGEREF", r"PAGES", r"do not ask for the page of each heading"),
    ("word/document.xml", r'w:val="Heading2"', 'w:val="BodyText"', r"headings differ"),
    ("word/footer1.xml", r"> NUMPAGES <", "> NUMBER <", r"no field NUMPAGES"),
    ("word/fontTable.xml", r"<w:altName [^>]*>", "", r"no substitute for 仿宋"),
)


def self_test():
    """What is planted is said."""
    source = FOLDER / "zh" / "临江区-2026" / "report.docx"
    page = source.with_suffix(".md")
    wrong = [f"self-test: {problem} of a sound report" for problem in problems_of(source, page)]
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        for number, (part, old, new, expected) in enumerate(PLANTED):
            target = Path(folder, f"{number}.docx")
            changed(source, target, part, old, new)
            said = list(problems_of(target, page))
            if not any(re.search(expected, problem) for problem in said):
                wrong.append(f"self-test: expected {expected}, said {said or 'nothing'}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true", help="also check that planted faults are caught")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the PDFs there")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: reports of this repository")
    options = parser.parse_args()
    wrong = self_test() if options.self_test else []
    found, pages = check(options.folders or [FOLDER], options.keep)
    for path, problems in found.items():
        wrong += [f"{path}: {problem}" for problem in problems]
    print("\n".join(wrong))
    print(f"{len(found)} Word reports, {pages} pages; {len(wrong)} problems")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
