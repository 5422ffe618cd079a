//! Columns beside 自评 that say what its number is: a unit other than the one asked, or the whole that a bare number is a part of.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::number::Number;
use crate::place::cell_name;
use crate::scale::{State, Typed, Wants};
use crate::survey::filled::{NAMED, Row};
use crate::survey::table::Table;
use crate::text::{Text, t};
use crate::unit::normal;

pub static OTHER_UNIT: FindingKind = FindingKind::new(
    "answer-other-unit",
    Severity::Warning,
    t(
        "{item} 要填的是{asked}，同一行的 {cell} 写的单位却是“{unit}”；那一栏不读，填的“{text}”读作 {read}。",
        "{item} asks for {asked}, while {cell} of its row gives the unit \"{unit}\"; that column is not read, and the \"{text}\" typed was read as {read}.",
    ),
    t(
        "请照原件填：原件上有{asked}数的，填原件的数；只有“{unit}”数的，换算成{asked}再填；填好了把 {cell} 改成“{asked}”。",
        "Go by the original: if it gives {asked}, type its number; if it gives \"{unit}\" only, convert that to {asked}; then change {cell} to {asked}.",
    ),
);
pub static WHOLE_BESIDE: FindingKind = FindingKind::new(
    "rate-whole-beside",
    Severity::Warning,
    t(
        "“{header}”一栏不读；有 {count} 个比率只写了一个数，这一栏里却有分母，像是只把分子填进了“自评”，已按百分数读了：{answers}。",
        "The column \"{header}\" is not read; {count} [rate is|rates are] a single number beside a denominator in it, as if Self held the numerator alone, and [was|were] read as a percentage: {answers}.",
    ),
    t(
        "请看原件：是分子的，把“自评”改成“分子/分母”；本来就是百分数的，写上“%”。",
        "See the original: where it is the numerator, write numerator/denominator under Self; where it is a percentage, add %.",
    ),
);

/// Beside a rate a unit is that of its numerator.
const RATE_ADVICE: Text = t(
    "请看原件：只填了分子的，改成“分子/分母”；本来就是百分数的，写上“%”，并改正 {cell}。",
    "See the original: if it is the numerator alone, write numerator/denominator; if a percentage, add % and put {cell} right.",
);

pub static KINDS: [&FindingKind; 2] = [&OTHER_UNIT, &WHOLE_BESIDE];

/// What columns of units, wholes and parts are headed.
const UNITS: [&str; 5] = ["单位", "计量单位", "数量单位", "unit", "units"];
const WHOLES: [&str; 8] = ["分母", "总数", "总量", "合计", "总计", "基数", "denominator", "total"];
const PARTS: [&str; 2] = ["分子", "numerator"];

/// One unit of time a line, as people write it.
const TIMES: [&[&str]; 7] = [
    &["秒", "秒钟", "s", "sec", "second", "seconds"],
    &["分钟", "分", "min", "mins", "minute", "minutes"],
    &["小时", "时", "钟头", "h", "hr", "hrs", "hour", "hours"],
    &["天", "日", "d", "day", "days"],
    &["周", "星期", "week", "weeks"],
    &["个月", "月", "month", "months"],
    &["年", "year", "years"],
];
/// What is counted one by one, and makes no share.
const COUNTED: [&str; 24] = [
    "人", "名", "个", "次", "起", "件", "项", "种", "处", "份", "支", "台", "条", "户", "家", "辆", "套", "座", "期", "篇", "部", "艘",
    "架", "间",
];

/// What is said of a sheet's columns of units and of wholes, of a whole at the header of its column; and of which answers that is.
pub(super) fn units(table: &Table<'_>) -> (Vec<Finding>, Vec<String>) {
    let Table { sheet, header, rows, .. } = *table;
    let Some(cells) = sheet.rows.get(&header.row) else { return Default::default() };
    let unnamed = cells.keys().copied().filter(|column| !header.columns.values().any(|known| known == column));
    let titled: Vec<(u32, String)> = unnamed.map(|column| (column, title(&sheet.text(header.row, column)))).collect();
    let of = |words: &[&str]| titled.iter().find(|(_, title)| words.contains(&title.as_str())).map(|(column, _)| *column);
    let (mut said, mut cells) = (Vec::new(), Vec::new());
    if let Some(column) = of(&UNITS) {
        said.extend(rows.iter().zip(table.states()).filter_map(|((at, row), state)| other_unit(table, column, *at, row, state)));
        cells.extend(said.iter().filter_map(|said: &Finding| said.place.cell.clone()));
    }
    if let Some((whole, own)) = of(&WHOLES).and_then(|column| wholes(table, column, of(&PARTS))) {
        said.push(whole);
        cells.extend(own);
    }
    (said, cells)
}

/// Does the header of a column say that it tells of the numbers beside it, and holds no answers?
pub(super) fn is_title(text: &str) -> bool {
    let title = title(text);
    [&UNITS[..], &WHOLES, &PARTS].iter().any(|words| words.contains(&title.as_str()))
}

/// Without what its brackets explain.
fn title(text: &str) -> String {
    let text = normal(text).to_lowercase();
    text.split('(').next().unwrap_or_default().split_whitespace().collect()
}

fn time(unit: &str) -> Option<usize> {
    TIMES.iter().position(|words| words.contains(&unit))
}

/// `万元`, `千人`: `万` of what is counted. `百分比` is none.
fn is_multiple(unit: &str) -> bool {
    unit.starts_with(['万', '亿']) || ["百万", "千万", "千元", "百元", "千人", "百人"].iter().any(|many| unit.starts_with(many))
}

fn other_unit(table: &Table<'_>, column: u32, at: u32, row: &Row, state: &State) -> Option<Finding> {
    let typed = Typed::of(table.sheet.cell(at, column));
    let unit = typed.text.to_lowercase();
    let item = table.item(row);
    let own = row.own.as_ref().filter(|own| !unit.is_empty() && !own.typed.is_blank())?;
    let wants = item.scaled.scale.wants();
    let asked = match &wants {
        Wants::Number(asked) => asked.clone(),
        Wants::Rate => t("百分数或“分子/分母”", "a percentage or numerator/denominator"),
        _ => return None,
    };
    let is_other = if wants == Wants::Rate {
        // Of two numbers it is their unit, beside a percentage that of nothing.
        Number::parse(&own.typed.text).is_some() && (COUNTED.contains(&unit.as_str()) || time(&unit).is_some() || is_multiple(&unit))
    } else {
        let sides = [&asked.zh, &asked.en].map(|side| normal(side).to_lowercase());
        // `小时/人`: hours.
        let first = sides[0].split('/').next().unwrap_or_default();
        let money = unit == "元" && is_multiple(first);
        let other = match time(&unit) {
            Some(time_of) => time(first) != Some(time_of),
            None => is_multiple(&unit) || money,
        };
        other && !sides.iter().any(|side| *side == unit || side.split('/').any(|part| part == unit))
    };
    let State::Answered(reading) = is_other.then_some(state)? else { return None };
    let read = if wants == Wants::Rate {
        Text::same(reading.value.clone())
    } else {
        t("{value} {asked}", "{value} {asked}").with(&[("value", reading.value.clone().into()), ("asked", asked.clone())])
    };
    let args = [
        ("item", item.reference.clone().into()),
        ("asked", asked),
        ("cell", cell_name(at, column).into()),
        ("unit", typed.text.clone().into()),
        ("text", own.typed.raw.trim().into()),
        ("read", read),
    ];
    let said = OTHER_UNIT.at(table.place_of(own), &args);
    Some(if wants == Wants::Rate { said.advising(RATE_ADVICE.with(&args)) } else { said })
}

fn wholes(table: &Table<'_>, column: u32, parts: Option<u32>) -> Option<(Finding, Vec<String>)> {
    let Table { sheet, rows, .. } = *table;
    let number = |at: u32, column: u32| Number::parse(&Typed::of(sheet.cell(at, column)).text);
    let said = rows.iter().zip(table.states()).filter_map(|((at, row), state)| {
        let item = table.item(row);
        let own = row.own.as_ref().filter(|_| item.scaled.scale.wants() == Wants::Rate)?;
        let (typed, whole) = (Number::parse(&own.typed.text)?, number(*at, column)?);
        let hundred = Number::from(100);
        // More than the whole is a percentage, and of a hundred both are the same; so is what the two numbers beside make.
        if !typed.is_whole() || typed.is_zero() || (typed > whole && typed <= hundred) || whole == hundred {
            return None;
        }
        if parts.and_then(|parts| number(*at, parts)).is_some_and(|part| part != typed) {
            return None;
        }
        matches!(state, State::Answered(_)).then(|| {
            let args = [
                ("cell", own.cell.clone().into()),
                ("item", item.reference.clone().into()),
                ("text", own.typed.text.clone().into()),
                ("whole", whole.to_string().into()),
            ];
            (t("{cell}（{item}）填 {text}、旁边是 {whole}", "{cell} ({item}) {text} beside {whole}").with(&args), own.cell.clone())
        })
    });
    let (answers, cells): (Vec<Text>, Vec<String>) = said.unzip();
    let args = [
        ("header", sheet.text(table.header.row, column).trim().into()),
        ("count", answers.len().into()),
        ("answers", Text::some(&answers, NAMED)),
    ];
    (!answers.is_empty()).then(|| (WHOLE_BESIDE.at(table.at(table.header.row, column), &args), cells))
}
