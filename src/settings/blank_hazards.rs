//! The two sheets on which a place states its hazards and may edit the rule that turns them into targets.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

use crate::settings::blank::Pages;
use crate::settings::layout::{ABSENT, CEILING, CONSEQUENCE, CONSEQUENCES, GROUNDS, HAZARD, HAZARDS_SHEET, LIKELIHOOD, PHASE, RULE_SHEET};
use crate::sheet::write::{self, row_height};
use crate::text::{Text, t};
use crate::tree::hazards::{self as profile, CLASSES, NeedRule, PHASES};
use crate::tree::vocabulary::{FACETS, PHASE as PHASE_FACET};

/// What the five classes mean: this project's own words.
fn classes() -> [Text; 2] {
    [
        t(
            "可能性：1 极少（百年以上一遇）；2 很少（五十年到百年一遇）；3 偶尔（十年到五十年一遇）；4 较常（两年到十年一遇）；5 经常（几乎每年）；无：本地不会发生。",
            "Likelihood: 1 hardly ever (less than once in a hundred years); 2 rarely (once in fifty to a hundred); 3 now and then (once in ten to fifty); 4 fairly often (once in two to ten); 5 often (nearly every year); None: it does not occur here.",
        ),
        t(
            "后果（按本地可以预见的较坏情形）：1 村、社区自己能处置；2 要动用乡镇、街道；3 要动用全区县；4 要市里增援；5 要省里或更上级增援。",
            "Consequence, of the worse case that can be foreseen: 1 a village or community copes; 2 it takes the township; 3 it takes the whole district; 4 it takes help from the city; 5 it takes help from the province or above.",
        ),
    ]
}

pub(super) fn hazards(pages: &Pages<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let lines = [
        t(
            "本地要应对哪些灾种，各填可能性和后果（1 到 5）；本地没有的，可能性填“无”。全部空着的，目标不按灾种定。由本单位自己判断，程序不从问卷答案推算；判断依据写清来源，如风险普查、历史灾情。",
            "For each hazard the place must be ready for: likelihood and consequence, 1 to 5; write None under Likelihood where it does not occur. Left empty altogether, targets do not depend on hazards. The judgement is the place's own and is never derived from answers; state what it rests on, such as a risk survey or past disasters.",
        ),
        classes()[0].clone(),
        classes()[1].clone(),
    ];
    let header = pages.head(sheet, &HAZARDS_SHEET, &[22.0, 12.0, 12.0, 70.0], &lines)?;
    pages.header(sheet, header, 0, &[HAZARD, LIKELIHOOD, CONSEQUENCE, GROUNDS])?;
    let kinds = profile::kinds();
    let mut row = header + 1;
    for kind in &kinds {
        sheet.write_string_with_format(row, 0, profile::name(*kind).get(pages.lang), &pages.looks.body)?;
        for column in 1..3 {
            sheet.write_blank(row, column, &pages.looks.input)?;
        }
        sheet.write_blank(row, 3, &pages.looks.text_input)?;
        sheet.set_row_height(row, 22)?;
        row += 1;
    }
    let classes: Vec<String> = (1..=CLASSES).map(|class| class.to_string()).collect();
    let with_absent: Vec<String> = classes.iter().cloned().chain([ABSENT.get(pages.lang).to_string()]).collect();
    for (column, choices) in [(1, with_absent), (2, classes)] {
        sheet.add_data_validation(header + 1, column, row - 1, column, &DataValidation::new().allow_list_strings(&choices)?)?;
    }
    sheet.set_freeze_panes(header + 1, 1)?;
    write::page(sheet, true, Some((header, header)), pages.footer)
}

pub(super) fn rule(pages: &Pages<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let lines = [
        t(
            "某灾种的可能性和后果，要求各阶段的题达到多少分（0 到 100）。一题应对几个灾种的，取要求最高的；法律要求更高的按法律，否决项、关键项总要过线。",
            "What a hazard of a likelihood and a consequence asks of the items of each phase, as a score from 0 to 100. Of several hazards that an item serves the most demanding decides; where the law asks for more the law decides, and veto and key items must always pass.",
        ),
        t(
            "默认规则是本项目自定的：预防与准备、监测与预警看可能性×后果（3 以下 30 分，4～8 为 60 分，9～14 为 80 分，15 以上 100 分）；处置与救援、恢复与重建只看后果（1 至 5 依次 30、60、80、100、100 分），可能性为 1 的降一级。可以直接改下表。",
            "The default rule is this project's own: prevention and warning follow likelihood times consequence (up to 3: 30; 4 to 8: 60; 9 to 14: 80; 15 and more: 100); response and recovery follow the consequence alone (1 to 5: 30, 60, 80, 100, 100), one step lower at likelihood 1. Edit the table as needed.",
        ),
    ];
    let header = pages.head(sheet, &RULE_SHEET, &[26.0, 12.0, 14.0, 14.0, 14.0, 14.0, 14.0], &lines)?;
    let words: Vec<Text> = [PHASE, LIKELIHOOD].into_iter().chain(CONSEQUENCES).collect();
    pages.header(sheet, header, 0, &words)?;
    let rule = NeedRule::default();
    let mut row = header + 1;
    for phase in 0..PHASES {
        for likelihood in 0..CLASSES {
            let name = FACETS[PHASE_FACET].vocabulary.name_of(phase);
            sheet.write_string_with_format(row, 0, name.get(pages.lang), &pages.looks.body)?;
            sheet.write_number_with_format(row, 1, (likelihood + 1) as f64, &pages.looks.centre)?;
            for (column, need) in (2u16..).zip(rule.needs[phase][likelihood]) {
                sheet.write_number_with_format(row, column, need, &pages.looks.input)?;
            }
            sheet.set_row_height(row, row_height(&[(name.get(pages.lang), 26.0)]))?;
            row += 1;
        }
    }
    row += 1;
    sheet.write_string_with_format(row, 0, CEILING.get(pages.lang), &pages.looks.header)?;
    sheet.write_number_with_format(row, 1, rule.ceiling, &pages.looks.input)?;
    let range = DataValidation::new().allow_decimal_number(DataValidationRule::Between(0.0, 100.0)).ignore_blank(true);
    let range = range.set_error_message(t("请填 0 到 100 的分数。", "Write a score from 0 to 100.").get(pages.lang))?;
    sheet.add_data_validation(header + 1, 2, row - 2, 6, &range)?;
    sheet.add_data_validation(row, 1, row, 1, &range)?;
    sheet.set_freeze_panes(header + 1, 2)?;
    write::page(sheet, false, Some((header, header)), pages.footer)
}
