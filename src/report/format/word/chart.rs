//! Pictures as native charts: DrawingML chart parts whose numbers stand in the chart itself, so that no program is needed to draw them.

use crate::number::{fixed, rounded};
use crate::report::document::{Drawing, GanttRow, Picture};
use crate::report::format::xml::escape;
use crate::report::format::{signed_format, svg};
use crate::text::{Lang, Text, t};
use crate::unit::{Date, date_text, days_after, days_between};

/// English metric units in a millimetre.
const MILLIMETRE: usize = 36_000;
const FILL: &str = "4F81BD";
const LINE: &str = "B4441F";

/// Width and height on the page, in English metric units.
pub fn size(picture: &Picture, across: bool) -> (usize, usize) {
    let width = if across { 230 } else { 152 };
    let height = match &picture.drawing {
        Drawing::Radar { .. } => 120,
        Drawing::Bars { bars, .. } => 26 + 7 * bars.len(),
        Drawing::Pareto { bars } => 30 + 7 * bars.len(),
        Drawing::Changes { bars } => 24 + 5 * bars.len(),
        Drawing::Against { rows } => 30 + 11 * rows.len(),
        Drawing::Gantt { rows, .. } => 30 + 5 * rows.len(),
        Drawing::Panels { .. } => 130,
    };
    // A chart never passes the page, nor does it push its heading and a few lines off it.
    (width * MILLIMETRE, height.min(if across { 140 } else { 172 }) * MILLIMETRE)
}

/// One line or set of bars: its name, and a label and a number a point.
struct Series<'a> {
    order: usize,
    name: &'a str,
    points: Vec<(&'a str, Option<f64>)>,
    look: String,
    /// Number format of the labels beside the points; none shows none.
    labels: Option<&'a str>,
}

impl Series<'_> {
    fn xml(&self) -> String {
        let count = self.points.len();
        let categories: String = self
            .points
            .iter()
            .enumerate()
            .map(|(index, (label, _))| format!("<c:pt idx=\"{index}\"><c:v>{}</c:v></c:pt>", escape(label)))
            .collect();
        let values: String = self
            .points
            .iter()
            .enumerate()
            .filter_map(|(index, (_, value))| value.map(|value| format!("<c:pt idx=\"{index}\"><c:v>{value}</c:v></c:pt>")))
            .collect();
        let show = u8::from(self.labels.is_some());
        let format = self.labels.map(|format| format!("<c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/>")).unwrap_or_default();
        format!(
            "<c:ser><c:idx val=\"{order}\"/><c:order val=\"{order}\"/><c:tx><c:v>{name}</c:v></c:tx>{look}<c:dLbls>{format}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{small}<c:showLegendKey val=\"0\"/><c:showVal val=\"{show}\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls><c:cat><c:strLit><c:ptCount val=\"{count}\"/>{categories}</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val=\"{count}\"/>{values}</c:numLit></c:val></c:ser>",
            order = self.order,
            name = escape(self.name),
            look = self.look,
            small = small_text(),
        )
    }
}

/// Letters small enough for eighteen names.
fn small_text() -> String {
    "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"800\"/></a:pPr><a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>".to_string()
}

fn filled(colour: &str) -> String {
    format!("<c:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></c:spPr><c:invertIfNegative val=\"0\"/>")
}

fn line(colour: &str) -> String {
    format!(
        "<c:spPr><a:ln w=\"22225\"><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></a:ln></c:spPr><c:marker><c:symbol val=\"circle\"/><c:size val=\"4\"/></c:marker>"
    )
}

/// The chart part of a picture.
pub fn draw(picture: &Picture, decimals: u32, lang: Lang) -> String {
    let title = picture.title.get(lang);
    let score = t("得分", "Score");
    let number = |value: f64| rounded(value, decimals);
    let (plot, legend) = match &picture.drawing {
        Drawing::Radar { spokes } => {
            let points = spokes.iter().map(|(label, score)| (label.get(lang), score.map(number))).collect();
            let series = Series { order: 0, name: score.get(lang), points, look: line(FILL), labels: None };
            let chart = format!(
                "<c:radarChart><c:radarStyle val=\"marker\"/><c:varyColors val=\"0\"/>{}<c:axId val=\"1\"/><c:axId val=\"2\"/></c:radarChart>",
                series.xml()
            );
            (format!("{chart}{}{}", category_axis(1, 2, "b", false), value_axis(2, 1, "l", Some(100.0), true, true)), false)
        }
        Drawing::Bars { bars, .. } => {
            let points = bars.iter().map(|(label, score)| (label.get(lang), Some(number(*score)))).collect();
            let format = number_format(decimals);
            let series = Series { order: 0, name: score.get(lang), points, look: filled(FILL), labels: Some(&format) };
            (
                format!(
                    "{}{}{}",
                    bar_chart(&series, 1, 2),
                    category_axis(1, 2, "l", true),
                    value_axis(2, 1, "t", Some(100.0), false, true)
                ),
                false,
            )
        }
        Drawing::Pareto { bars } => (pareto(bars, lang), true),
        Drawing::Changes { bars } => {
            let points = bars.iter().map(|(label, points)| (label.get(lang), Some(rounded(*points, 2)))).collect();
            let name = t("影响总分", "Points of the total");
            let series = Series { order: 0, name: name.get(lang), points, look: filled(FILL), labels: Some(&signed_format("0.00")) };
            (format!("{}{}{}", bar_chart(&series, 1, 2), category_axis(1, 2, "l", true), value_axis(2, 1, "t", None, false, false)), false)
        }
        Drawing::Against { rows } => {
            let named = |order: usize, name: Text, look: String, value: fn(&(Text, f64, f64)) -> f64| {
                let points = rows.iter().map(|row| (row.0.get(lang), Some(number(value(row))))).collect();
                Series { order, name: name.get(lang), points, look, labels: Some(&number_format(decimals)) }.xml()
            };
            let both = format!(
                "{}{}",
                named(0, t("能力", "Capability"), filled(FILL), |row| row.2),
                named(1, t("需求", "Need"), filled(LINE), |row| row.1)
            );
            let chart = format!(
                "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>{both}<c:gapWidth val=\"60\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>"
            );
            (format!("{chart}{}{}", category_axis(1, 2, "l", true), value_axis(2, 1, "t", Some(100.0), false, true)), true)
        }
        Drawing::Gantt { rows, days, start, today } => (gantt(rows, *days, *start, *today, lang), false),
        Drawing::Panels { periods, panels } => {
            // Lines in one chart: Word has no small multiples.
            let series: String = panels
                .iter()
                .enumerate()
                .map(|(order, (name, scores))| {
                    let points = periods.iter().zip(scores).map(|(period, score)| (period.get(lang), score.map(number))).collect();
                    Series { order, name: name.get(lang), points, look: line(if order == 0 { LINE } else { FILL }), labels: None }.xml()
                })
                .collect();
            let chart = format!(
                "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}<c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>"
            );
            (format!("{chart}{}{}", category_axis(1, 2, "b", false), value_axis(2, 1, "l", Some(100.0), true, true)), false)
        }
    };
    let legend = if legend { "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:roundedCorners val=\"0\"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1100\" b=\"1\"/></a:pPr><a:r><a:rPr lang=\"zh-CN\" sz=\"1100\" b=\"1\"/><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>{plot}</c:plotArea>{legend}<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart></c:chartSpace>",
        escape(title)
    )
}

fn number_format(decimals: u32) -> String {
    if decimals == 0 { "0".to_string() } else { fixed(0.0, decimals) }
}

fn bar_chart(series: &Series<'_>, category: usize, value: usize) -> String {
    format!(
        "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>{}<c:gapWidth val=\"40\"/><c:axId val=\"{category}\"/><c:axId val=\"{value}\"/></c:barChart>",
        series.xml()
    )
}

/// Stacked bars whose every other part cannot be seen: the wait before a stretch, then the stretch. With a start the axis counts days as
/// spreadsheets do, from the end of 1899, and shows dates.
fn gantt(rows: &[GanttRow], days: usize, start: Option<Date>, today: Option<usize>, lang: Lang) -> String {
    let first = start.and_then(|start| usize::try_from(days_between((1899, 12, 30), start)).ok()).unwrap_or(0);
    let stretches = rows.iter().map(|row| row.stretches.len()).max().unwrap_or(0);
    let (wait, work, late) = (t("等待", "Wait"), t("整改", "Work"), t("晚于时限", "Late"));
    let mut series = String::new();
    // A bar chart that lies has no line across: today is a mark above the first row.
    let marked: Vec<GanttRow> = today.map(|day| today_row(day, days, start)).into_iter().chain(rows.iter().cloned()).collect();
    let rows = &marked;
    for index in 0..stretches {
        let part = |length: fn(usize, (usize, usize)) -> usize, base: f64| {
            let of = |row: &GanttRow| {
                let stretch = *row.stretches.get(index)?;
                let before = index.checked_sub(1).map(|before| row.stretches[before].1);
                Some(length(before.unwrap_or(0), stretch) as f64 + if before.is_none() { base } else { 0.0 })
            };
            rows.iter().map(|row| (row.label.get(lang), of(row))).collect()
        };
        let unseen = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>".to_string();
        let waits = part(|before, (from, _)| from.saturating_sub(before), first as f64);
        let works = |late: bool| -> Vec<(&str, Option<f64>)> {
            let all: Vec<(&str, Option<f64>)> = part(|_, (from, to)| to.saturating_sub(from), 0.0);
            all.into_iter().zip(rows).map(|((label, days), row)| (label, days.filter(|_| row.late == late))).collect()
        };
        let parts =
            [(wait.get(lang), waits, unseen), (work.get(lang), works(false), filled(FILL)), (late.get(lang), works(true), filled(LINE))];
        let shown = if rows.iter().any(|row| row.late) { 3 } else { 2 };
        for (order, (name, points, look)) in parts.into_iter().enumerate().take(shown) {
            series.push_str(&Series { order: shown * index + order, name, points, look, labels: None }.xml());
        }
    }
    let chart = format!(
        "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>{series}<c:gapWidth val=\"40\"/><c:overlap val=\"100\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>"
    );
    let axis = match start {
        Some(_) => date_axis(2, 1, first, first + days, svg::tick(days)),
        None => {
            let unit = t("formatCode=\"&quot;第 &quot;0&quot; 天&quot;\"", "formatCode=\"&quot;day &quot;0\"");
            let step = format!("<c:majorUnit val=\"{}\"/></c:valAx>", svg::tick(days));
            let axis = value_axis(2, 1, "t", Some(days as f64), true, true);
            axis.replacen("formatCode=\"General\"", unit.get(lang), 1).replacen("</c:valAx>", &step, 1)
        }
    };
    format!("{chart}{}{axis}", category_axis(1, 2, "l", true))
}

/// A short bar at today.
fn today_row(today: usize, days: usize, start: Option<Date>) -> GanttRow {
    let label = match start {
        Some(start) => t("▼ 截止 {day}", "▼ as of {day}").with(&[("day", date_text(days_after(start, today)).into())]),
        None => t("▼ 截止第 {day} 天", "▼ as of day {day}").with(&[("day", today.into())]),
    };
    GanttRow { label, stretches: vec![(today, today + (days / 150).max(1))], late: true }
}

/// Days as dates above the bars.
fn date_axis(id: usize, crossing: usize, first: usize, last: usize, step: usize) -> String {
    format!(
        "<c:valAx><c:axId val=\"{id}\"/><c:scaling><c:orientation val=\"minMax\"/><c:max val=\"{last}\"/><c:min val=\"{first}\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"t\"/><c:majorGridlines/><c:numFmt formatCode=\"yyyy\\-mm\\-dd\" sourceLinked=\"0\"/><c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>{}<c:crossAx val=\"{crossing}\"/><c:crosses val=\"min\"/><c:crossBetween val=\"between\"/><c:majorUnit val=\"{step}\"/></c:valAx>",
        small_text()
    )
}

/// Losses as bars; the part of all loss so far stands in the names, since a bar chart that lies has no line beside it.
fn pareto(bars: &[(Text, f64, f64)], lang: Lang) -> String {
    let names: Vec<String> = bars.iter().map(|(label, _, part)| format!("{} ({}%)", label.get(lang), fixed(100.0 * part, 1))).collect();
    let points = names.iter().zip(bars).map(|(name, (_, loss, _))| (name.as_str(), Some(rounded(*loss, 2)))).collect();
    let name = t("失分，括号内为累计占全部失分", "Points lost; in brackets the cumulative share of loss");
    let series = Series { order: 0, name: name.get(lang), points, look: filled(LINE), labels: Some("0.00") };
    format!("{}{}{}", bar_chart(&series, 1, 2), category_axis(1, 2, "l", true), value_axis(2, 1, "t", None, false, true))
}

/// Names down the side, the first on top.
fn category_axis(id: usize, crossing: usize, position: &str, reversed: bool) -> String {
    let order = if reversed { "maxMin" } else { "minMax" };
    format!(
        "<c:catAx><c:axId val=\"{id}\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"{position}\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>{}<c:crossAx val=\"{crossing}\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>",
        small_text()
    )
}

fn value_axis(id: usize, crossing: usize, position: &str, most: Option<f64>, grid: bool, from_zero: bool) -> String {
    let least = if from_zero { "<c:min val=\"0\"/>" } else { "" };
    let most = most.map(|most| format!("<c:max val=\"{most}\"/>")).unwrap_or_default();
    let grid = if grid { "<c:majorGridlines/>" } else { "" };
    format!(
        "<c:valAx><c:axId val=\"{id}\"/><c:scaling><c:orientation val=\"minMax\"/>{most}{least}</c:scaling><c:delete val=\"0\"/><c:axPos val=\"{position}\"/>{grid}<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>{}<c:crossAx val=\"{crossing}\"/><c:crosses val=\"autoZero\"/><c:crossBetween val=\"between\"/></c:valAx>",
        small_text()
    )
}
