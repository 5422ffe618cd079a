//! Pictures as SVG: plain shapes and text, coordinates to two decimals, the same bytes everywhere.

mod gantt;

use std::fmt::Write;

use crate::number::{fixed, signed, trimmed};
use crate::report::document::{Drawing, Picture};
use crate::report::format::xml::escape;
use crate::text::{Lang, Text, t, width};

const INK: &str = "#1F3A5F";
const FILL: &str = "#4F81BD";
const WEAK: &str = "#B4441F";
const GRID: &str = "#BFBFBF";
const SOFT: &str = "#595959";
const FONT: &str = "'Noto Sans CJK SC','Microsoft YaHei','SimHei','PingFang SC',sans-serif";
/// Width of a half-width character at the label size.
const CHARACTER: f64 = 6.6;
/// The score below which a bar is hatched: colour alone does not print.
const WEAK_BELOW: f64 = 60.0;

pub use gantt::tick;

pub fn draw(picture: &Picture, lang: Lang) -> String {
    match &picture.drawing {
        Drawing::Radar { spokes } => radar(picture, spokes, lang),
        Drawing::Bars { bars, lines } => bar_chart(picture, bars, lines, lang),
        Drawing::Pareto { bars } => pareto(picture, bars, lang),
        Drawing::Changes { bars } => changes(picture, bars, lang),
        Drawing::Against { rows } => against(picture, rows, lang),
        Drawing::Gantt { rows, days, start, today } => gantt::draw(picture, rows, *days, *start, *today, lang),
        Drawing::Panels { periods, panels } => small_multiples(picture, periods, panels, lang),
    }
}

/// A drawing under way.
struct Canvas {
    body: String,
    width: f64,
    height: f64,
}

impl Canvas {
    fn new(width: f64, height: f64) -> Self {
        Canvas { body: String::new(), width, height }
    }

    fn add(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    fn text(&mut self, x: f64, y: f64, size: f64, anchor: &str, colour: &str, text: &str) {
        let element = format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>",
            n(x),
            n(y),
            n(size),
            escape(text)
        );
        self.add(&element);
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let element =
            format!("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{colour}\"{dash}/>", n(from.0), n(from.1), n(to.0), n(to.1));
        self.add(&element);
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        let element = format!("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>", n(x), n(y), n(width), n(height));
        self.add(&element);
    }

    fn finish(self, picture: &Picture, lang: Lang) -> String {
        let mut svg = String::new();
        let (w, h) = (n(self.width), n(self.height));
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" font-family=\"{FONT}\" role=\"img\">"
        );
        let _ = writeln!(svg, "<title>{}</title>", escape(picture.title.get(lang)));
        let _ = writeln!(svg, "<desc>{}</desc>", escape(picture.alt.get(lang)));
        let _ = writeln!(
            svg,
            "<defs><pattern id=\"weak\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#F4D9CF\"/><rect width=\"3\" height=\"6\" fill=\"{WEAK}\"/></pattern></defs>"
        );
        let _ = writeln!(svg, "<rect width=\"{w}\" height=\"{h}\" fill=\"#FFFFFF\"/>");
        svg.push_str(&self.body);
        svg.push_str("</svg>\n");
        svg
    }
}

/// A coordinate, to two decimals at most.
fn n(value: f64) -> String {
    trimmed(value, 2)
}

fn radar(picture: &Picture, spokes: &[(Text, Option<f64>)], lang: Lang) -> String {
    const RADIUS: f64 = 190.0;
    let longest = spokes.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER;
    let mut canvas = Canvas::new(2.0 * (RADIUS + longest + 40.0), 2.0 * RADIUS + 110.0);
    let centre = (canvas.width / 2.0, canvas.height / 2.0 + 14.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    let count = spokes.len().max(1) as f64;
    let at = |index: usize, distance: f64| {
        let angle = 2.0 * std::f64::consts::PI * index as f64 / count;
        (centre.0 + distance * libm::sin(angle), centre.1 - distance * libm::cos(angle))
    };
    let ring = |distance: f64| {
        (0..spokes.len()).map(|index| at(index, distance)).map(|(x, y)| format!("{},{}", n(x), n(y))).collect::<Vec<_>>().join(" ")
    };
    for part in 1..=5 {
        canvas.add(&format!("<polygon points=\"{}\" fill=\"none\" stroke=\"{GRID}\"/>", ring(RADIUS * f64::from(part) / 5.0)));
    }
    for (index, (label, _)) in spokes.iter().enumerate() {
        canvas.line(centre, at(index, RADIUS), GRID, "");
        let (x, y) = at(index, RADIUS + 12.0);
        let side = x - centre.0;
        let anchor = if side.abs() < 1.0 {
            "middle"
        } else if side > 0.0 {
            "start"
        } else {
            "end"
        };
        canvas.text(x, y + 4.0, 12.0, anchor, "#000000", label.get(lang));
    }
    let points: Vec<String> = spokes
        .iter()
        .enumerate()
        .map(|(index, (_, score))| at(index, RADIUS * score.unwrap_or(0.0) / 100.0))
        .map(|(x, y)| format!("{},{}", n(x), n(y)))
        .collect();
    canvas.add(&format!(
        "<polygon points=\"{}\" fill=\"{FILL}\" fill-opacity=\"0.35\" stroke=\"{INK}\" stroke-width=\"2\"/>",
        points.join(" ")
    ));
    for (index, (_, score)) in spokes.iter().enumerate() {
        if let Some(score) = score {
            let (x, y) = at(index, RADIUS * score / 100.0);
            canvas.add(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"3\" fill=\"{INK}\"/>", n(x), n(y)));
        }
    }
    for part in [20.0, 40.0, 60.0, 80.0, 100.0] {
        canvas.text(centre.0 + 4.0, centre.1 - RADIUS * part / 100.0 + 11.0, 9.0, "start", SOFT, &fixed(part, 0));
    }
    canvas.finish(picture, lang)
}

fn bar_chart(picture: &Picture, bars: &[(Text, f64)], lines: &[f64], lang: Lang) -> String {
    const ROW: f64 = 24.0;
    const LENGTH: f64 = 440.0;
    const TOP: f64 = 56.0;
    let left = bars.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER + 24.0;
    let bottom = TOP + ROW * bars.len() as f64;
    let mut canvas = Canvas::new(left + LENGTH + 70.0, bottom + 34.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    for (row, (label, score)) in bars.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        canvas.text(left - 8.0, y + 16.0, 12.0, "end", "#000000", label.get(lang));
        let weak = *score < WEAK_BELOW;
        canvas.rect(left, y + 4.0, LENGTH * score / 100.0, ROW - 8.0, if weak { "url(#weak)" } else { FILL });
        // In a column of their own, so that no number meets a line.
        canvas.text(left + LENGTH + 46.0, y + 16.0, 12.0, "end", if weak { WEAK } else { "#000000" }, &fixed(*score, 1));
    }
    canvas.line((left, TOP), (left, bottom), SOFT, "");
    for line in lines.iter().filter(|line| **line > 0.0) {
        let x = left + LENGTH * line / 100.0;
        canvas.line((x, TOP - 4.0), (x, bottom), SOFT, "4 3");
        canvas.text(x, bottom + 16.0, 11.0, "middle", SOFT, &fixed(*line, 0));
    }
    canvas.finish(picture, lang)
}

fn pareto(picture: &Picture, bars: &[(Text, f64, f64)], lang: Lang) -> String {
    const ROW: f64 = 24.0;
    const LENGTH: f64 = 360.0;
    const TOP: f64 = 56.0;
    let left = bars.iter().map(|(label, _, _)| width(label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER + 24.0;
    let bottom = TOP + ROW * bars.len() as f64;
    let mut canvas = Canvas::new(left + LENGTH + 110.0, bottom + 34.0);
    let title = t("{title}（条：失分；线：累计占比）", "{title} (bars: points lost; line: cumulative share)")
        .with(&[("title", picture.title.clone())]);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, title.get(lang));
    let largest = bars.iter().map(|(_, loss, _)| *loss).fold(f64::MIN_POSITIVE, f64::max);
    let mut line = Vec::new();
    for (row, (label, loss, cumulative)) in bars.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let bar = 0.62 * LENGTH * loss / largest;
        canvas.text(left - 8.0, y + 16.0, 12.0, "end", "#000000", label.get(lang));
        canvas.rect(left, y + 4.0, bar, ROW - 8.0, FILL);
        // In a column of their own, so that no number meets the line.
        canvas.text(left + LENGTH + 44.0, y + 16.0, 11.0, "end", "#000000", &fixed(*loss, 2));
        line.push((left + LENGTH * cumulative, y + ROW / 2.0, *cumulative));
    }
    let points: Vec<String> = line.iter().map(|(x, y, _)| format!("{},{}", n(*x), n(*y))).collect();
    canvas.add(&format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{WEAK}\" stroke-width=\"2\"/>", points.join(" ")));
    for (x, y, _) in &line {
        canvas.add(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"3\" fill=\"{WEAK}\"/>", n(*x), n(*y)));
    }
    for (_, y, cumulative) in &line {
        let text = format!("{}%", fixed(100.0 * cumulative, 1));
        canvas.text(left + LENGTH + 96.0, y + 4.0, 11.0, "end", WEAK, &text);
    }
    canvas.line((left, TOP), (left, bottom), SOFT, "");
    canvas.finish(picture, lang)
}

fn changes(picture: &Picture, bars: &[(Text, f64)], lang: Lang) -> String {
    const ROW: f64 = 26.0;
    const LENGTH: f64 = 420.0;
    const TOP: f64 = 50.0;
    let left = bars.iter().map(|(label, _)| width(label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER + 24.0;
    let bottom = TOP + ROW * bars.len() as f64;
    let mut canvas = Canvas::new(left + LENGTH + 80.0, bottom + 20.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    let low = bars.iter().map(|(_, points)| *points).fold(0.0, f64::min);
    let high = bars.iter().map(|(_, points)| *points).fold(0.0, f64::max);
    let scale = LENGTH / (high - low).max(f64::MIN_POSITIVE);
    let middle = left - low * scale;
    for (row, (label, points)) in bars.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        canvas.text(left - 8.0, y + 17.0, 12.0, "end", "#000000", label.get(lang));
        let length = points.abs() * scale;
        let falls = *points < 0.0;
        canvas.rect(if falls { middle - length } else { middle }, y + 5.0, length, ROW - 10.0, if falls { "url(#weak)" } else { FILL });
        let text = signed(*points, 2);
        canvas.text(left + LENGTH + 66.0, y + 17.0, 12.0, "end", if falls { WEAK } else { "#000000" }, &text);
    }
    canvas.line((middle, TOP), (middle, bottom), SOFT, "");
    canvas.finish(picture, lang)
}

/// Bars of what there is, with a mark where it should reach; what falls short is hatched.
fn against(picture: &Picture, rows: &[(Text, f64, f64)], lang: Lang) -> String {
    const ROW: f64 = 30.0;
    const LENGTH: f64 = 400.0;
    const TOP: f64 = 74.0;
    let left = rows.iter().map(|(label, _, _)| width(label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER + 24.0;
    let bottom = TOP + ROW * rows.len() as f64;
    let mut canvas = Canvas::new(left + LENGTH + 130.0, bottom + 34.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    let (need, have) = (t("需求", "Need"), t("能力", "Capability"));
    canvas.text(left + LENGTH + 54.0, TOP - 10.0, 11.0, "end", SOFT, have.get(lang));
    canvas.text(left + LENGTH + 114.0, TOP - 10.0, 11.0, "end", INK, need.get(lang));
    for (row, (label, need, have)) in rows.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        canvas.text(left - 8.0, y + 19.0, 12.0, "end", "#000000", label.get(lang));
        let short = have < need;
        canvas.rect(left, y + 7.0, LENGTH * have / 100.0, ROW - 14.0, if short { "url(#weak)" } else { FILL });
        canvas.rect(left + LENGTH * need / 100.0 - 2.0, y + 3.0, 4.0, ROW - 6.0, INK);
        canvas.text(left + LENGTH + 54.0, y + 19.0, 12.0, "end", if short { WEAK } else { "#000000" }, &fixed(*have, 1));
        canvas.text(left + LENGTH + 114.0, y + 19.0, 12.0, "end", INK, &fixed(*need, 1));
    }
    canvas.line((left, TOP), (left, bottom), SOFT, "");
    for part in [0.0, 20.0, 40.0, 60.0, 80.0, 100.0] {
        canvas.text(left + LENGTH * part / 100.0, bottom + 18.0, 10.0, "middle", SOFT, &fixed(part, 0));
    }
    canvas.finish(picture, lang)
}

fn small_multiples(picture: &Picture, periods: &[Text], panels: &[(Text, Vec<Option<f64>>)], lang: Lang) -> String {
    const ACROSS: usize = 4;
    const WIDE: f64 = 190.0;
    const HIGH: f64 = 128.0;
    const PLOT: f64 = 66.0;
    let rows = panels.len().div_ceil(ACROSS);
    let mut canvas = Canvas::new(WIDE * ACROSS as f64 + 20.0, HIGH * rows as f64 + 50.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    for (index, (name, scores)) in panels.iter().enumerate() {
        let (x, y) = (20.0 + WIDE * (index % ACROSS) as f64, 50.0 + HIGH * (index / ACROSS) as f64);
        canvas.text(x, y, 11.0, "start", "#000000", name.get(lang));
        let at = |position: usize, score: f64| {
            let step = (WIDE - 50.0) / (periods.len().max(2) - 1) as f64;
            (x + 12.0 + step * position as f64, y + 18.0 + PLOT * (1.0 - score / 100.0))
        };
        for level in [0.0, 60.0, 100.0] {
            let (_, line) = at(0, level);
            canvas.line((x + 4.0, line), (x + WIDE - 30.0, line), GRID, if level == 60.0 { "3 3" } else { "" });
        }
        let points: Vec<(f64, f64, f64)> = scores
            .iter()
            .enumerate()
            .filter_map(|(position, score)| score.map(|score| (at(position, score), score)))
            .map(|((x, y), score)| (x, y, score))
            .collect();
        let line: Vec<String> = points.iter().map(|(x, y, _)| format!("{},{}", n(*x), n(*y))).collect();
        canvas.add(&format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\"/>", line.join(" ")));
        for (px, py, _) in &points {
            canvas.add(&format!("<circle cx=\"{}\" cy=\"{}\" r=\"2.5\" fill=\"{INK}\"/>", n(*px), n(*py)));
        }
        // The numbers stand under the plot, where no line meets them.
        for (position, score) in scores.iter().enumerate() {
            let (px, _) = at(position, 0.0);
            canvas.text(px, y + PLOT + 32.0, 9.0, "middle", SOFT, periods[position].get(lang));
            let shown = score.map_or_else(|| "—".to_string(), |score| fixed(score, 1));
            canvas.text(px, y + PLOT + 44.0, 9.0, "middle", "#000000", &shown);
        }
    }
    canvas.finish(picture, lang)
}
