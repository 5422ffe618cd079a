//! A column beside 自评 whose cells answer the items otherwise, whatever its header says: corrections, or another year; or that says who
//! answered each row.

use crate::finding::{Finding, Kind as FindingKind, Severity};
use crate::place::{Place, cell_name, column_name};
use crate::scale::Typed;
use crate::survey::filled::NAMED;
use crate::survey::header::is_about;
use crate::survey::layout::{Column, CoverLabel};
use crate::survey::misplaced::state;
use crate::survey::parted::parted;
use crate::survey::table::Table;
use crate::survey::units::is_title;
use crate::text::{Text, t};
use crate::unit::normal;

pub static OTHER_ANSWERS: FindingKind = FindingKind::new(
    "sheet-other-answers",
    Severity::Warning,
    t(
        "{column} 栏{header}填了 {count} 格，像是答案，和“自评”的不一样：{answers}；没有读，读的是 {used} 栏。",
        "Column {column}{header} has {count} filled [cell that looks like an answer|cells that look like answers], other than under Self: {answers}; it was not read, column {used} was.",
    ),
    t(
        "请看原件：是更正的，把更正后的答案填到“自评”栏，并删去 {column} 栏；是上年的或别的用处的，不必处理。",
        "See the original: if they correct the answers, put them under Self and delete column {column}; if they are last year's or for another use, nothing need be done.",
    ),
);

pub static RESPONDENT_COLUMN: FindingKind = FindingKind::new(
    "sheet-respondent-column",
    Severity::Error,
    t(
        "这张表有一栏“{header}”，填了 {count} 格，像是几个部门的答案汇总在一张表里；这一栏不读，全部答案都算封面上那个填报单位的。",
        "This sheet has a column \"{header}\" with {count} filled [cell|cells], as when the answers of several departments are put into one table; it is not read, and all answers go by the respondent on the cover.",
    ),
    t(
        "请按部门拆开，一个部门一份文件，封面写各自的填报单位；确是一个部门答的，删去这一栏。",
        "Part the table by departments, a file for each with its respondent on the cover; if one department gave all answers, delete the column.",
    ),
);

pub static KINDS: [&FindingKind; 2] = [&OTHER_ANSWERS, &RESPONDENT_COLUMN];

/// Numbers of rows or pages, weights and scores are no answers.
const NO_ANSWERS: [&str; 6] = ["序", "页", "分值", "得分", "权重", "no."];

/// Says which columns name a respondent for each row.
pub(super) fn respondents(table: &Table<'_>) -> Vec<Finding> {
    table.header.said(table.sheet, &RESPONDENT_COLUMN, table.file, None, |text| CoverLabel::named(text) == Some(CoverLabel::Respondent))
}

/// Says which columns without a name of ours hold nothing but answers, not all of them those of 自评. Columns whose header is told of already are left out.
pub(super) fn other_answers(table: &Table<'_>, is_told: impl Fn(&Place) -> bool) -> Vec<Finding> {
    let Table { sheet, header, rows, .. } = *table;
    let Some(own) = header.columns.get(&Column::Own).copied() else { return Vec::new() };
    let mut columns: Vec<u32> = rows.iter().filter_map(|(row, _)| sheet.rows.get(row)).flat_map(|cells| cells.keys().copied()).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| !header.columns.values().any(|known| known == column));
    let (mut findings, told) = parted(table, &columns);
    let said = |column: u32| {
        let at_header = table.at(header.row, column);
        let title = sheet.text(header.row, column);
        let lower = normal(&title).to_lowercase();
        // A column of persons holds names, which answer nothing: 第二填报人 with answers below is one of answers.
        if is_told(&at_header)
            || is_title(&title)
            || (is_about(&lower) && !lower.ends_with('人'))
            || NO_ANSWERS.iter().any(|word| lower.contains(word))
        {
            return None;
        }
        let (mut differing, mut first) = (Vec::new(), None);
        let mut count = 0usize;
        for ((at, row), read) in rows.iter().zip(table.states()).filter(|((at, _), _)| !told.contains(at)) {
            let typed = Typed::of(sheet.cell(*at, column));
            if typed.is_blank() {
                continue;
            }
            // The denominator of a share beside it is no other answer.
            if row.own.as_ref().is_some_and(|own| own.typed.text.split('/').any(|part| part.trim() == typed.text)) {
                count += 1;
                continue;
            }
            let other = state(&typed, table.item(row));
            if !other.is_readable() {
                return None;
            }
            count += 1;
            if !other.same_as_read(read) {
                first.get_or_insert(*at);
                let own = row.own.as_ref().map(|own| own.typed.text.as_str()).filter(|own| !own.is_empty());
                let own = own.map_or_else(|| t("空着", "blank"), |own| t("“{own}”", "\"{own}\"").with(&[("own", own.into())]));
                let args = [("cell", cell_name(*at, column).into()), ("text", typed.text.clone().into()), ("own", own)];
                differing.push(t("{cell} {text}（自评{own}）", "{cell} {text} (Self {own})").with(&args));
            }
        }
        let header = if title.trim().is_empty() {
            t("（没有表头）", " (without a header)")
        } else {
            t("（{title}）", " ({title})").with(&[("title", title.trim().into())])
        };
        let args = [
            ("column", column_name(column).into()),
            ("header", header),
            ("count", count.into()),
            ("answers", Text::some(&differing, NAMED)),
            ("used", column_name(own).into()),
        ];
        first.map(|first| OTHER_ANSWERS.at(table.at(first, column), &args))
    };
    findings.extend(columns.iter().copied().filter_map(said));
    findings
}
