//! Where each figure of the report is computed.

use crate::report::assessment::headline::{NO_GRADE, PROVISIONAL};
use crate::report::assessment::{BETWEEN, THIN, THIN_MARK};
use crate::report::document::{Figure, Of, Which};
use crate::report::format::excel::formula::quoted;
use crate::report::format::excel::living::{Context, groups, items, total, views};

impl Context<'_> {
    /// A cell, or a formula, that yields a figure, unrounded; what there is not is an empty text.
    pub fn source(&self, figure: Figure) -> String {
        match figure.of {
            Of::Total if figure.which == Which::Grade => self.grade_source(),
            Of::Total => total::cell_of(
                self,
                match figure.which {
                    Which::Low => total::LOW,
                    Which::High => total::HIGH,
                    Which::Share => total::SHARE,
                    Which::Loss => total::LOSS,
                    _ => total::SCORE,
                },
            ),
            Of::Group(group) => self.group_source(group, figure.which),
            Of::Item(item) if matches!(figure.which, Which::SharePercent | Which::Contribution) => {
                let cell = |column: usize| items::cell_of(self, column, item);
                let factor = if figure.which == Which::SharePercent { "100".to_string() } else { cell(items::SCORE) };
                format!("IF({}=\"\",\"\",{factor}*{})", cell(items::SCORE), cell(items::SHARE))
            }
            Of::Item(item) => items::cell_of(
                self,
                match figure.which {
                    Which::Low => items::LOW,
                    Which::High => items::HIGH,
                    Which::Share => items::SHARE,
                    Which::Loss => items::LOSS,
                    Which::CumulativePart => items::CUMULATIVE_PART,
                    Which::State => items::STATE,
                    _ => items::SCORE,
                },
                item,
            ),
            Of::View(view) => views::cell_of(
                self,
                match figure.which {
                    Which::Items => views::ITEMS,
                    Which::Scored => views::SCORED,
                    Which::Share => views::SHARE,
                    Which::Loss => views::LOSS,
                    _ => views::SCORE,
                },
                view,
            ),
        }
    }

    /// The grade as the report says it: with its bounds where unknowns could change it.
    fn grade_source(&self) -> String {
        let cell = |line: usize| total::cell_of(self, line);
        let bounds = [("{low}", total::GRADE_LOW), ("{high}", total::GRADE_HIGH)];
        let provisional = bounds
            .iter()
            .fold(quoted(PROVISIONAL.get(self.lang)), |text, (gap, line)| text.replace(gap, &format!("\"&{}&\"", cell(*line))));
        let settled = format!("IF({grade}=\"\",{},{grade})", quoted(NO_GRADE.get(self.lang)), grade = cell(total::GRADE));
        format!("IF({}<>{},{provisional},{settled})", cell(total::BAND_LOW), cell(total::BAND_HIGH))
    }

    fn group_source(&self, group: usize, which: Which) -> String {
        let cell = |column: usize| groups::cell_of(self, column, group);
        match which {
            Which::Rank => cell(groups::RANK),
            Which::Low => cell(groups::LOW),
            Which::High => cell(groups::HIGH),
            Which::Share => cell(groups::SHARE),
            Which::Loss => cell(groups::LOSS),
            Which::Items => cell(groups::ITEMS),
            Which::NotApplicable => cell(groups::NOT_APPLICABLE),
            Which::Missing => cell(groups::MISSING),
            Which::Grade => {
                let coverage = cell(groups::COVERAGE);
                let thin =
                    format!("IF(ISNUMBER({coverage}),IF(ROUND({coverage},9)<{THIN},{},\"\"),\"\")", quoted(THIN_MARK.get(self.lang)));
                format!("{}&{thin}", cell(groups::GRADE))
            }
            Which::Bounds => {
                let decimals = self.living.policy.decimals;
                let zeros = "0".repeat(usize::try_from(decimals).unwrap_or(0));
                let pattern = if zeros.is_empty() { "0".to_string() } else { format!("0.{zeros}") };
                let shown = |column: usize| format!("TEXT({},{})", Context::rounding(&cell(column), decimals), quoted(&pattern));
                let (low, high) = (cell(groups::LOW), cell(groups::HIGH));
                let between = quoted(BETWEEN.get(self.lang));
                format!("IF({low}={high},\"\",{}&{between}&{})", shown(groups::LOW), shown(groups::HIGH))
            }
            _ => cell(groups::SCORE),
        }
    }
}
