"""What hostile files cost: least seconds and most MiB of some runs of the whole program, against the figures to hold.

The tree is one of a single item: the built-in one takes 0.1 s and 40 MiB by itself. Beside the hostile files stands a small one, so
that the program's own share can be seen.
"""

import argparse
import io
import os
import struct
import sys
import tempfile
import time
import zipfile
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(sheet, strings="<sst/>"):
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{LINK}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")), 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINK}"><sheets><sheet name="00" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            if isinstance(content, str):
                file.writestr(name, content)
                continue
            with file.open(name, "w") as part:
                for piece in content:
                    part.write(piece)
    return out.getvalue()


def sheet(rows):
    return f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'


def gigabyte():
    yield f"<worksheet {MAIN}><sheetData>".encode()
    piece = b"<row/>" * 170_000
    for _ in range((1 << 30) // len(piece) + 1):
        yield piece
    yield b"</sheetData></worksheet>"


def lying(bytes_):
    """The same with 1 KB written into both headers of the bomb."""
    out = bytearray(bytes_)
    for mark, size_at, name_at in ((b"PK\3\4", 22, 30), (b"PK\1\2", 24, 46)):
        at = 0
        while (at := out.find(mark, at)) >= 0:
            if out[at + name_at :].startswith(b"xl/worksheets/sheet1.xml"):
                struct.pack_into("<I", out, at + size_at, 1024)
            at += 4
    return bytes(out)


TREE = 'id: small\nedition: "1"\nname: {zh: 小, en: Small}\nitems:\n  - {id: a, question: {zh: 是否有甲, en: Ask a}, scale: {type: yes_no, pass: "yes"}}\n'


def run(ecap, path, tree):
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        os.execv(ecap, [ecap, "check", path, "--tree", tree])
    _, status, usage = os.wait4(pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ecap")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    bomb = book(gigabyte())
    corners = sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    plain = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    counted = f'<sst {MAIN} count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>'
    cases = [
        # What, bytes, seconds and MiB to hold.
        ("two cells side by side, for comparison", book(plain), None, None),
        ("zip bomb of 1 GB", bomb, 0.2, 50),
        ("zip bomb of 1 GB that declares 1 KB", lying(bomb), 0.2, 50),
        ("cells at A1 and XFD1048576", book(corners), 0.1, 30),
        ("4 billion shared strings promised", book(plain, counted), 0.1, 30),
    ]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree.yaml"
        tree.write_text(TREE, encoding="utf-8")
        for what, content, most_seconds, most_mib in cases:
            path = Path(folder) / "a.xlsx"
            path.write_bytes(content)
            results = [run(arguments.ecap, str(path), str(tree)) for _ in range(arguments.runs)]
            seconds, mib = min(one[0] for one in results), max(one[1] for one in results)
            held = most_seconds is None or (seconds <= most_seconds and mib <= most_mib)
            failed |= not held or any(code != 1 for *_, code in results)
            wanted = "" if most_seconds is None else f", to hold {most_seconds} s and {most_mib} MiB"
            print(f"{what}: {seconds:.3f} s, {mib:.1f} MiB, exit code {results[0][2]}{wanted}{'' if held else ': NOT HELD'}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
