"""Random indicator trees, printed as `ecap tree show --json` prints them (contract §2)."""

import argparse
import json
import random

SCALES = ("level", "yes_no", "rate", "count", "quantity", "duration", "range", "checklist", "points")
# Level-1 names become sheet names: some are too long for one, some hold what it may not.
NAMES = (("法制基础", "Legal basis"), ("风险/隐患：排查[甲]", "Risk/hazard: survey [A]"), ("应急预案", "Plans"),
         ("物资*装备?", "Supplies* and gear?"), ("队伍建设", "Teams"),
         ("一个名称特别长以至于放不进工作表标签所以必须截断的非常非常长的一级指标", "A name so long that no sheet tab could ever hold it"))
DEPARTMENTS = (("应急管理局", "Emergency Bureau"), ("消防救援支队", "Fire Brigade"), ("水利局", "Water Bureau"),
               ("卫生健康委", "Health Commission"), ("气象局", "Weather Bureau"))
OUTSIDERS = (("上级主管部门", "Higher authority"), ("外部专家组", "Outside experts"))
LEVELS = ("市", "区县", "乡镇街道", "社区村")
UNITS = {"count": (("次", "times"), ("起", "cases")), "quantity": (("人", "people"), ("万元", "10k yuan"), ("km", "km"))}
RANGE_UNITS = ("%", "%", "m", "kPa", "℃")


def text(zh, en):
    return {"zh": zh, "en": en}


def tidy(number):
    """An integer where it is one, so that the printed number is the shortest."""
    number = round(number, 4)
    return int(number) if number == int(number) else number


def decimal(rng, low, high):
    return tidy(round(rng.uniform(low, high), rng.choice((0, 0, 1, 2))))


def ladder(rng, low, high, steps, whole=False):
    """Distinct numbers, climbing."""
    found = set()
    while len(found) < steps:
        found.add(rng.randint(low, high) if whole else decimal(rng, low, high))
    return sorted(found)


# ------------------------------------------------------------------ scales

def level(rng):
    top = rng.choice((1, 2, 3, 3, 4, 5, 10))
    scale = {"type": "level", "top": top, "anchors": [text(f"第{k}档的样子", f"Anchor {k}") for k in range(top + 1)]}
    if rng.random() < 0.4:
        scale["worth"] = [0] + [tidy(x / 1000) for x in ladder(rng, 1, 999, top - 1, whole=True)] + [1]
    return scale


def yes_no(rng):
    return {"type": "yes_no", "pass": rng.choice(("yes", "yes", "no"))}


def steps_or_line(rng, low, high, whole=False):
    """`cuts` or `linear` with its direction, which may be left out beside `linear`."""
    direction = rng.choice(("higher", "lower"))
    if rng.random() < 0.6:
        # A cut at 0 says something only where lower is better.
        cuts = ladder(rng, 0 if direction == "lower" else low, high, rng.randint(1, 4), whole)
        return {"direction": direction, "cuts": cuts if direction == "higher" else cuts[::-1]}
    ends = ladder(rng, low, high, 2, whole)
    zero, full = ends if direction == "higher" else ends[::-1]
    line = {"linear": {"zero": zero, "full": full}}
    return {"direction": direction, **line} if rng.random() < 0.5 else line


def rate(rng):
    exceeds = rng.random() < 0.3
    return {"type": "rate", "unit": "%", **steps_or_line(rng, 1, 140 if exceeds else 99), "may_exceed_100": exceeds,
            "numerator": text("合格的数量", "those that passed"), "denominator": text("应有的数量", "all of them")}


def count(rng):
    return {"type": "count", "unit": text(*rng.choice(UNITS["count"])), **steps_or_line(rng, 1, rng.choice((8, 30, 3000)), whole=True)}


def quantity(rng):
    return {"type": "quantity", "unit": text(*rng.choice(UNITS["quantity"])), **steps_or_line(rng, 1, rng.choice((10, 500, 20000)))}


def duration(rng):
    return {"type": "duration", "unit": rng.choice(("s", "min", "h", "d")), **steps_or_line(rng, 1, rng.choice((30, 240, 5000)))}


def range_(rng):
    unit = rng.choice(RANGE_UNITS)
    low, high = ladder(rng, 5 if unit == "%" else -50, 60, 2)
    outside = []
    below = [low, low - decimal(rng, 0.5, 2), low - decimal(rng, 2.5, 4.5)][:rng.randint(1, 3)]
    above = [high, high + decimal(rng, 0.5, 5), high + decimal(rng, 6, 30)][:rng.randint(1, 3)]
    if unit == "%" and rng.random() < 0.3:
        low, below = 0, []  # nothing is below 0 %: that side needs no step
    for word, bounds in (("below", below), ("above", above)):
        scores = sorted(rng.sample((0, 1, 2), len(bounds)), reverse=True)
        outside += [{word: tidy(bound), "score": score} for bound, score in zip(bounds, scores)]
    rng.shuffle(outside)
    return {"type": "range", "unit": unit, "band": [low, high], "outside": outside}


def checklist(rng):
    size = rng.randint(2, 12)
    cuts = ladder(rng, 1, size, rng.randint(1, min(4, size)), whole=True)
    ids = [f"e{k}" for k in range(1, size + 1)]
    scale = {"type": "checklist", "elements": [{"id": name, **text(f"要素{name}", f"Element {name}")} for name in ids], "cuts": cuts}
    if len(cuts) > 1 and rng.random() < 0.6:
        must = rng.sample(ids, rng.randint(1, min(3, size)))
        scale["must"] = sorted(must, key=ids.index)
    return scale


def points(rng):
    full = rng.choice((5, 10, 10, 20, 100, 7.5))
    deductions = []
    for k in range(1, rng.randint(1, 6) + 1):
        lost = rng.choice((0.5, 1, 2, 2.5, 5))
        deduction = {"id": f"d{k}", **text(f"扣分情形{k}", f"Deduction {k}"), "points": lost}
        if rng.random() < 0.6:
            deduction["max"] = tidy(lost * rng.choice((1, 1.5, 2, 3)))
        deductions.append(deduction)
    return {"type": "points", "full": full, "deductions": deductions}


MAKERS = dict(zip(SCALES, (level, yes_no, rate, count, quantity, duration, range_, checklist, points)))


# ------------------------------------------------------------------ policy

def policy(rng):
    decimals = rng.randint(0, 4)
    size = rng.randint(2, 6)
    unit = 10**decimals
    bounds = ladder(rng, 20 * unit, 97 * unit, size - 1, whole=True)[::-1] + [0]
    codes = [f"band{k}" for k in range(1, size + 1)]

    def caps(*names):
        """A cap for more failures is never milder; null is the mildest."""
        chosen = sorted(rng.choices(range(-1, size), k=len(names)))
        return {name: None if index < 0 else codes[index] for name, index in zip(names, chosen)}

    return {
        "decimals": decimals,
        "bands": [{"code": code, "name": text(f"第{k}等", f"Band {k}"), "from": tidy(bound / unit)}
                  for k, (code, bound) in enumerate(zip(codes, bounds), 1)],
        "veto": caps("one", "two"),
        "key": {**caps("one", "three"), **caps("group")},
        "missing": rng.choice(("zero", "zero", "exclude")),
        "merge": rng.choice(("mean", "mean", "median", "min", "max")),
    }


# -------------------------------------------------------------------- tree

class Grower:
    def __init__(self, rng, departments):
        self.rng = rng
        self.departments = departments
        self.groups, self.items = [], []
        self.scales = []
        self.weights = rng.choice(("equal", "default", "random"))
        self.profiles = rng.random() < 0.4

    def grow(self, depth):
        if depth == 1 and self.rng.random() < 0.2:
            for _ in range(self.rng.randint(3, 15)):
                self.item(None)  # a tree without groups
            return
        kinds = ["group"] * self.rng.randint(1 if depth > 3 else 2, 3) + ["item"] * self.rng.choice((0, 0, 1, 3))
        self.children(None, kinds, 1, depth)

    def children(self, parent, kinds, level, depth):
        self.rng.shuffle(kinds)
        deep = kinds.index("group") if "group" in kinds else None
        number = 0
        for place, kind in enumerate(kinds):
            if kind == "item":
                self.item(parent)
            else:
                number += 1
                # One branch goes all the way down, the others as far as they like.
                self.group(parent, number, level, depth if place == deep else self.rng.randint(level, depth))

    def group(self, parent, number, level, depth):
        code = f"{number:02d}" if parent is None else f"{parent}.{number}"
        zh, en = self.rng.choice(NAMES)
        group = {"code": code, "parent": parent, "level": level, "name": text(f"{zh}{code}", f"{en} {code}"),
                 "weight": 1, "target": self.target()}
        self.groups.append(group)
        before = len(self.items)
        own = ["item"] * self.rng.choice((0, 1, 2, 4)) if level < depth else ["item"] * self.rng.randint(1, 5)
        self.children(code, own + ["group"] * (self.rng.randint(1, 2) if level < depth else 0), level + 1, depth)
        if self.weights == "random":
            group["weight"] = decimal(self.rng, 0.2, 9) or 1
        elif self.weights == "default":
            below = [item["weight"] for item in self.items[before:] if item["parent"] == code]
            below += [inner["weight"] for inner in self.groups if inner["parent"] == code]
            group["weight"] = sum(below)

    def target(self):
        return self.rng.choice((None, None, None, 60, 85.5, 90, 100))

    def item(self, parent):
        rng = self.rng
        if not self.scales:
            self.scales = rng.sample(SCALES, len(SCALES))
        kind = self.scales.pop()
        criticality = rng.choice(("normal",) * 5 + ("key", "veto"))
        number = sum(item["parent"] == parent for item in self.items) + 1
        asks = rng.random() < 0.5
        question = text(f"{'是否有' if asks else '是否'}第{len(self.items) + 1}项制度？", f"Item {len(self.items) + 1}?")
        lead = None if rng.random() < 0.03 else rng.choice(self.departments)["id"]
        weight = {"equal": 1, "default": {"normal": 1, "key": 2, "veto": 3}[criticality]}.get(self.weights) or decimal(rng, 0.1, 5) or 1
        self.items.append({
            "id": "", "rev": rng.choice((1, 1, 2)), "ref": f"{parent or '00'}.{number:02d}", "parent": parent,
            "question": question, "weight": weight, "criticality": criticality,
            "fails_at": rng.choice((0, 0, 25, 33.34, 50, 60)) if criticality == "veto" else 0,
            "veto_group": rng.choice((None, "vg1", "vg1", "vg2")) if criticality == "veto" else None,
            "target": self.target(),
            "na": text("确无此类对象", "No such object here") if rng.random() < 0.6 else None,
            "lead": lead,
            "confirm": [d["id"] for d in rng.sample(self.departments, rng.choice((0, 0, 1, 2))) if d["id"] != lead],
            **(self.content() if self.profiles else {}),
            "scale": MAKERS[kind](rng),
        })

    def content(self):
        """What decides whether an item is of a profile."""
        rng = self.rng
        content = {"core": True} if rng.random() < 0.4 else {}
        if rng.random() < 0.7:
            content["levels"] = sorted(rng.sample(LEVELS, rng.randint(1, 4)), key=LEVELS.index)
        return content


def make_tree(seed, depth=None):
    rng = random.Random(f"tree/{seed}")
    depth = depth or rng.randint(1, 6)
    departments = [{"id": f"dep{k}", "name": text(zh, en), "outsider": False}
                   for k, (zh, en) in enumerate(rng.sample(DEPARTMENTS, rng.randint(2, 5)), 1)]
    departments += [{"id": f"out{k}", "name": text(zh, en), "outsider": True}
                    for k, (zh, en) in enumerate(OUTSIDERS[:rng.choice((0, 1, 1, 2))], 1)]
    grower = Grower(rng, departments)
    grower.grow(depth)
    numbers = rng.sample(range(1, len(grower.items) + 1), len(grower.items))
    for number, item in zip(numbers, grower.items):
        item["id"] = f"gen-{number:04d}"
    return {"id": "gen", "edition": "2024", "name": text("随机指标体系", "Random tree"), "departments": departments,
            "policy": policy(rng), "groups": grower.groups, "items": grower.items}


def print_tree(tree):
    """Compact, without a newline."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed")
    parser.add_argument("--depth", type=int, choices=range(1, 7))
    args = parser.parse_args()
    print(print_tree(make_tree(args.seed, args.depth)), end="")


if __name__ == "__main__":
    main()
