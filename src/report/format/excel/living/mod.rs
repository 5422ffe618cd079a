//! The sheets of a living workbook (`--formulas`): the answers as read, and formulas from them to the grade.
//!
//! ecap computes, the formulas are the proof: beside each stands the value that ecap computed, and a sheet compares the two.

mod answers;
mod check;
mod figures;
pub mod grid;
mod groups;
mod items;
mod total;
mod views;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::answers::MergedState;
use crate::report::document::{Document, Kind, Value};
use crate::report::living::{Living, states};
use crate::sheet::write::distinct_names;
use crate::text::{Lang, Text, t};

use grid::{Content, Grid};

/// Names of the sheets, in their order.
const ANSWERS: Text = t("答案", "Answers");
const WORTHS: Text = t("计算_答案", "Calc answers");
const ITEMS: Text = t("计算_题目", "Calc items");
const GROUPS: Text = t("计算_分组", "Calc groups");
const TOTAL: Text = t("计算_总分", "Calculation");
const VIEWS: Text = t("计算_分面", "Calc views");
const CHECK: Text = t("自检", "Self-check");

/// What the writing of one living workbook shares.
pub struct Context<'a> {
    pub living: &'a Living,
    pub lang: Lang,
    pub answers: String,
    pub worths: String,
    pub items: String,
    pub groups: String,
    pub total: String,
    pub views: String,
    pub check: String,
    /// State words in the language of the file.
    words: Vec<(MergedState, String)>,
}

impl<'a> Context<'a> {
    /// `taken` are the names of the report's own sheets.
    pub fn new(living: &'a Living, lang: Lang, taken: &[String]) -> Self {
        let own = [ANSWERS, WORTHS, ITEMS, GROUPS, TOTAL, VIEWS, CHECK].map(|name| name.get(lang).to_string());
        let all: Vec<String> = taken.iter().cloned().chain(own).collect();
        let mut names = distinct_names(&all).split_off(taken.len()).into_iter();
        let mut next = || names.next().unwrap_or_default();
        Context {
            living,
            lang,
            answers: next(),
            worths: next(),
            items: next(),
            groups: next(),
            total: next(),
            views: next(),
            check: next(),
            words: states().into_iter().map(|(state, word)| (state, word.get(lang).to_string())).collect(),
        }
    }

    pub fn word(&self, state: MergedState) -> &str {
        self.words.iter().find(|(known, _)| *known == state).map_or("", |(_, word)| word)
    }

    /// A state word as a formula writes it.
    pub fn quoted(&self, state: MergedState) -> String {
        super::formula::quoted(self.word(state))
    }

    /// A score rounded once, last: to the ninth decimal first, as ecap does.
    pub fn rounding(reference: &str, decimals: u32) -> String {
        format!("ROUND(ROUND({reference},9),{decimals})")
    }

    /// The name of a band, counted from 1.
    pub fn band_name(&self, number: Option<usize>) -> Content {
        let band = number.and_then(|number| self.living.policy.bands.get(number - 1));
        band.map_or(Content::Empty, |band| Content::Text(band.name.get(self.lang).to_string()))
    }

    /// The formula of a value of the report and what it is rounded to; none where the value is no figure.
    pub fn formula(&self, value: &Value, kind: Kind, decimals: u32) -> Option<String> {
        let Value::Figure(plain, figure) = value else { return None };
        let source = self.source(*figure);
        Some(match (plain.plain(), kind) {
            (Value::Text(_) | Value::Link(..), _) => source,
            (
                _,
                Kind::Text
                | Kind::Short
                | Kind::Hand
                | Kind::ShortHand
                | Kind::LongHand
                | Kind::Moved
                | Kind::Unrounded
                | Kind::Exact
                | Kind::Amount
                | Kind::Hours
                | Kind::Mark,
            ) => source,
            (_, kind) => format!("IF({source}=\"\",\"\",{})", Context::rounding(&source, kind.decimals(decimals))),
        })
    }
}

/// Adds the sheets behind those of the report.
pub fn add(workbook: &mut Workbook, document: &Document, context: &Context<'_>) -> Result<(), XlsxError> {
    let footer = document.footer.get(context.lang);
    let mut write = |grid: Grid, more: &mut dyn FnMut(&mut rust_xlsxwriter::Worksheet) -> Result<(), XlsxError>| {
        let sheet = workbook.add_worksheet();
        grid.write(sheet, context.lang, footer)?;
        more(sheet)
    };
    let mut nothing = |_: &mut rust_xlsxwriter::Worksheet| Ok(());
    write(answers::answers(context), &mut |sheet| answers::choices(context, sheet))?;
    write(total::total(context), &mut nothing)?;
    write(groups::groups(context), &mut nothing)?;
    write(items::items(context), &mut nothing)?;
    write(answers::worths(context), &mut nothing)?;
    if !context.living.views.is_empty() {
        write(views::views(context), &mut nothing)?;
    }
    write(check::check(context), &mut |sheet| check::verdict(context, sheet))
}
