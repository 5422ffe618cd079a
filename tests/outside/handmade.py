"""A blank survey workbook laid out by contract §6, for tests that run without ecap."""

import re

from openpyxl import Workbook

TITLES = {"zh": ("编号", "指标", "评分标准", "牵头部门", "自评", "佐证材料", "说明", "复核", "复核说明", "id"),
          "en": ("Ref", "Indicator", "Scoring guide", "Lead", "Self", "Evidence", "Note", "Review", "Review note", "id")}
LABELS = {"zh": ("被评估单位", "上级单位", "类别", "评估期", "填报单位", "第几次报送", "指标体系", "版本", "摘要"),
          "en": ("Unit", "Parent unit", "Class", "Period", "Respondent", "Submission", "Tree", "Edition", "Digest")}
TEXT_CELLS = ("rate", "checklist")


def top_group(tree, item):
    groups = {group["code"]: group for group in tree["groups"]}
    group = groups.get(item["parent"])
    while group and group["parent"] is not None:
        group = groups[group["parent"]]
    return group


def write_blank(tree, path, lang="zh"):
    book = Workbook()
    cover = book.active
    cover.title = {"zh": "填报说明", "en": "Cover"}[lang]
    cover.append(("一份手工排的空表",))
    known = dict(zip(LABELS[lang][6:8], (tree["id"], tree["edition"])))
    for label in LABELS[lang]:
        cover.append((label, known.get(label)))
    for item in tree["items"]:
        group = top_group(tree, item)
        title = re.sub(r"[\[\]:*?/\\]", "_", f"{group['code']} {group['name'][lang]}")[:31] if group else "00"
        if title not in book.sheetnames:
            book.create_sheet(title).append(TITLES[lang])
        sheet = book[title]
        sheet.append((item["ref"], item["question"][lang], "", item["lead"], None, None, None, None, None, item["id"]))
        if item["scale"]["type"] in TEXT_CELLS:
            sheet.cell(sheet.max_row, 5).number_format = "@"
    hidden = book.create_sheet("_ecap")
    for label in (LABELS[lang][0], LABELS[lang][3], LABELS[lang][4]):
        hidden.append((label, None))
    hidden.append(("kind", "survey"))
    hidden.sheet_state = "veryHidden"
    book.save(path)
    return path
