"""What the fuzzer starts from: seeds/TARGET/ and seeds/TARGET.dict, out of files of the project and of the hostile generator.

    python3 fuzz/seeds.py FOLDER_OF_HOSTILE_FILES TREE_AS_JSON
"""

import hashlib
import json
import pathlib
import re
import shutil
import sys
import zipfile
import zlib

FUZZ = pathlib.Path(__file__).parent
ROOT = FUZZ.parent
SEEDS = FUZZ / "seeds"
# The first bytes of zips and of compound files.
WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
# As in run.sh.
MOST = {"yaml": 8192, "workbook": 24576, "sheet_xml": 16384, "csv": 8192, "cell": 128}
WORDS = {
    "yaml": [": ", "- ", "\n  ", "{", "}", "[", "]", '"', "'", "#", "&a ", "*a", "!!str ", "---\n", "...\n", "|\n", ">-\n", "<<: ", "null", "1e999", "\t", "：", "\ufeff"],
    "workbook": ['r="', 't="s"', 't="inlineStr"', 't="b"', 't="e"', 't="d"', 't="str"', "<v>", "</v>", "<f>", "<is><t>", "<row>", "<c>", "-1", "4294967296", "NaN", "1e309", "<!--", "-->", "<![CDATA[", "&#xFFFF;", "&lt;"],
    "csv": [",", "\t", ";", '"', '""', "\r\n", "sep=|\r\n", "\0", "\ufeff", "编号", "自评", "复核", "说明", "id", "填报说明", "被评估单位", "评估期", "填报单位", "第几次报送", "指标体系", "评估组", "应急管理部门"],
    "cell": ["n:", "p:", "d:", "e:", "b:", "v:", "x:", "不适用", "查无资料", "N/A", "No data", "批准：", "是", "否", "有", "无", "√", "×", "全部", "扣", "扣无", "、", "，", "／", "％", "%", "分", "级", "次", "人", "分钟", "min", "二级", "十", "－", "—", "1,234", "\n", "1e300", "inf", "nan", "½", "①", "²", "　", "\u200b", "\ufeff"],
}
WORDS["sheet_xml"] = WORDS["workbook"]


def keep(target, content):
    if 0 < len(content) <= MOST[target]:
        (SEEDS / target / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


def whole_lines(content, most):
    return content if len(content) <= most else content[: content.rfind(b"\n", 0, most) + 1]


def parts(content):
    """The parts of a workbook, sound ones only: a zip bomb is no seed."""
    try:
        archive = zipfile.ZipFile(content)
        return {one.filename: archive.read(one) for one in archive.infolist() if one.file_size < 4_000_000}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return {}


def shared(parts_):
    xml = parts_.get("xl/sharedStrings.xml", b"").decode(errors="replace")
    return ["".join(re.findall(r"<t[^>]*>([^<]*)</t>", one)) for one in re.findall(r"<si>(.*?)</si>", xml, re.S)]


def sheet(xml, texts):
    """A sheet with its texts in its cells, cut behind a row: alone it would point at strings that are not there."""
    def inline(match):
        text = texts[int(match[2])] if int(match[2]) < len(texts) else ""
        return f'<c{match[1]} t="inlineStr"><is><t>{text[:40]}</t></is></c>'
    xml = re.sub(r'<c((?: [rs]="\w+")*) t="s"><v>(\d+)</v></c>', inline, xml.decode(errors="replace"))
    end = "</sheetData></worksheet>"
    if len(xml.encode()) > MOST["sheet_xml"] - 100:
        cut = xml.encode()[: MOST["sheet_xml"] - 100].decode(errors="ignore")
        xml = cut[: cut.rfind("</row>") + len("</row>")] + end
    return xml.encode()


def trees(whole):
    """Sound trees of one item each, with all that the item carries and with its scale only: most other files are broken on purpose."""
    for item in whole["items"][::10]:
        item = {key: value for key, value in item.items() if key not in ("ref", "parent", "requires", "variant_of") and value is not None}
        text = json.dumps(item, ensure_ascii=False)
        used = {key: [one for one in whole[key] if f'"{one["id"]}"' in text] for key in ("departments", "laws", "topics", "audiences")}
        head = {"id": "try", "edition": "1", "name": {"zh": "试", "en": "Try"}}
        bare = {key: item[key] for key in ("id", "question", "criticality", "scale")}
        for tree in ({**head, **used, "policy": {"decimals": 2}, "items": [item]}, {**head, "items": [bare]}):
            yield json.dumps(tree, ensure_ascii=False).encode()


def dictionary(target):
    words = list(WORDS[target])
    if target == "yaml":
        keys = {key for seed in (SEEDS / target).iterdir() for key in re.findall(rb"\b([a-z_]{2,30}: )", seed.read_bytes())}
        words += sorted(key.decode() for key in keys)
    lines = ['"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n' for word in words]
    (SEEDS / f"{target}.dict").write_text("".join(lines))


def main(hostile, tree):
    shutil.rmtree(SEEDS, ignore_errors=True)
    for target in MOST:
        (SEEDS / target).mkdir(parents=True)
        for path in sorted((ROOT / "tests/corpus" / target).glob("*")):
            keep(target, path.read_bytes())
    yaml = [path for folder in ("tests/cases", "indicators", "samples") for path in sorted((ROOT / folder).rglob("*.yaml"))]
    for path in [*yaml, ROOT / "src/fuzz/tree.yaml"]:
        keep("yaml", whole_lines(path.read_bytes(), MOST["yaml"]))
    for one in trees(json.loads(tree.read_text("utf-8"))):
        keep("yaml", one)
    books = sorted(hostile.iterdir()) + sorted((ROOT / "tests/hostile").glob("*.xls")) + sorted((ROOT / "tests/hostile").glob("*.ods"))
    answers = set()
    for path in books + sorted((ROOT / "samples").rglob("*.xlsx")):
        content = path.read_bytes()
        keep("workbook", content)
        if not content.startswith(WORKBOOKS):
            keep("csv", whole_lines(content, MOST["csv"]))
        inside = parts(path)
        texts = shared(inside)
        for name, xml in inside.items():
            if name.startswith("xl/worksheets/sheet"):
                answers |= set(texts) | set(re.findall(r"<t[^>]*>([^<]*)</t>", xml.decode(errors="replace")))
                keep("sheet_xml", sheet(xml, texts))
            elif name.startswith("xl/") and name.endswith(".xml"):
                keep("sheet_xml", xml)
    answers |= set(re.findall("`([^`⟨]+)`", (ROOT / "tests/cases/cells.md").read_text("utf-8")))
    for text in sorted(text for text in answers if len(text) <= 12) + ["n:0.5", "n:2", "p:0.9", "d:2026-03-05", "e:#DIV/0!", "b:", "v:", "x:\0\0\0\0\0\0\0\0", "不适用\n没有乙", "不适用\n批准：评估组长"]:
        keep("cell", text.encode())
    for target in MOST:
        dictionary(target)
        print(f"{target}: {len(list((SEEDS / target).iterdir()))} seeds")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
