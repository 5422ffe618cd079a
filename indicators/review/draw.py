#!/usr/bin/env python3
"""Draws items for a blind reading: draw.py ECAP SEED NUMBER prints the 40 of that draw as a reader needs them, in YAML.

A seed shuffles all items once; draw 1 is the first 40, draw 2 the next, so that no item is drawn twice. Needs only Python 3; the tree comes
from `ecap tree show --json`.
"""
import json
import random
import subprocess
import sys


# Items in a draw.
SIZE = 40


def text(value):
    return json.dumps(value, ensure_ascii=False)


def show(value, indent):
    pad = "  " * indent
    if isinstance(value, dict) and value and all(not isinstance(v, (dict, list)) for v in value.values()) and len(value) > 2:
        return " {" + ", ".join(f"{k}: {text(v)}" for k, v in value.items()) + "}\n"
    if isinstance(value, dict):
        return "\n" + "".join(f"{pad}{k}:{show(v, indent + 1)}" for k, v in value.items())
    if isinstance(value, list):
        if all(not isinstance(v, (dict, list)) for v in value):
            return f" {text(value)}\n"
        return "\n" + "".join(f"{pad}-{show(v, indent + 1) if len(v) > 2 else ' ' + text(v) + chr(10)}" for v in value)
    return f" {text(value)}\n"


def main():
    ecap, seed, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    tree = json.loads(subprocess.check_output([ecap, "tree", "show", "--json"]))
    groups = {group["code"]: group for group in tree["groups"]}
    departments = {one["id"]: one["name"]["zh"] for one in tree["departments"]}
    laws = {one["id"]: one["name"]["zh"] for one in tree["laws"]}
    order = random.Random(int(seed)).sample(tree["items"], len(tree["items"]))
    drawn = order[SIZE * (number - 1):SIZE * number]
    print(f"# tree {tree['id']} {tree['edition']}, seed {seed}, draw {number}: {len(drawn)} of {len(order)} items")
    for item in sorted(drawn, key=lambda item: item["id"]):
        item = dict(item)
        item["group"] = " › ".join(groups[code]["name"]["zh"] for code in (item["parent"][:2], item["parent"]) if code in groups)
        item["lead"] = f"{item['lead']} {departments[item['lead']]}"
        item["confirm"] = [f"{one} {departments[one]}" for one in item["confirm"]]
        for citation in item.get("basis", []):
            if "law" in citation:
                citation["law"] = f"{citation['law']} {laws[citation['law']]}"
        for key in ("weight", "fails_at", "target", "parent", "rev", "fact", "training"):
            item.pop(key, None)
        print(f"- {item.pop('id')} {item.pop('ref')}:")
        for key, value in item.items():
            sys.stdout.write(f"    {key}:{show(value, 3)}")


main()
