//! Who does what when.

use super::{CHARACTER, Canvas, FILL, GRID, INK, SOFT, WEAK};
use crate::report::document::{GanttRow, Picture};
use crate::text::{Lang, t, width};
use crate::unit::{Date, date_text, days_after};

/// Stretches of days on a common axis, a row a name.
pub fn draw(picture: &Picture, rows: &[GanttRow], days: usize, start: Option<Date>, today: Option<usize>, lang: Lang) -> String {
    const ROW: f64 = 20.0;
    const LENGTH: f64 = 520.0;
    const TOP: f64 = 64.0;
    let left = rows.iter().map(|row| width(row.label.get(lang))).max().unwrap_or(0) as f64 * CHARACTER + 24.0;
    let bottom = TOP + ROW * rows.len() as f64;
    let mut canvas = Canvas::new(left + LENGTH + 40.0, bottom + 26.0);
    canvas.text(canvas.width / 2.0, 24.0, 16.0, "middle", INK, picture.title.get(lang));
    let at = |day: usize| left + LENGTH * day as f64 / days.max(1) as f64;
    let step = tick(days);
    // The last day has a line of its own, and no other too near it for its label of ten letters.
    let ticks = (0..days).step_by(step).filter(|day| at(days) - at(*day) >= 62.0 || *day == 0);
    for day in ticks.chain([days]) {
        canvas.line((at(day), TOP - 4.0), (at(day), bottom), GRID, "");
        let label = match start {
            Some(start) => date_text(days_after(start, day)).into(),
            None => t("第 {day} 天", "day {day}").with(&[("day", day.into())]),
        };
        canvas.text(at(day), TOP - 10.0, 10.0, "middle", SOFT, label.get(lang));
    }
    for (index, row) in rows.iter().enumerate() {
        let y = TOP + ROW * index as f64;
        canvas.text(left - 8.0, y + 14.0, 11.0, "end", "#000000", row.label.get(lang));
        for (from, to) in &row.stretches {
            // What takes no days still shows.
            let fill = if row.late { "url(#weak)" } else { FILL };
            canvas.rect(at(*from), y + 4.0, (at(*to) - at(*from)).max(2.0), ROW - 8.0, fill);
        }
    }
    if let Some(today) = today.filter(|today| *today <= days) {
        canvas.line((at(today), TOP - 4.0), (at(today), bottom + 4.0), WEAK, "");
        let label = match start {
            Some(start) => t("截止 {day}", "as of {day}").with(&[("day", date_text(days_after(start, today)).into())]),
            None => t("截止第 {day} 天", "as of day {day}").with(&[("day", today.into())]),
        };
        canvas.text(at(today), bottom + 16.0, 10.0, "middle", WEAK, label.get(lang));
    }
    canvas.line((left, TOP), (left, bottom), SOFT, "");
    canvas.finish(picture, lang)
}

/// Days between two lines of the axis: round, and few of them.
pub fn tick(days: usize) -> usize {
    [10, 30, 60, 90, 180, 360, 720, 1800].into_iter().find(|step| days / step <= 8).unwrap_or(3600)
}
