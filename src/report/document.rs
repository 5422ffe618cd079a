//! A neutral document: what stands in a report, before any file format.

use crate::report::living::Living;
use crate::text::{Text, t};
use crate::unit::Date;

/// A report in its two arrangements: to be read from front to back, and as sheets to work with.
#[derive(Debug, Default)]
pub struct Document {
    /// File name without its ending.
    pub file: Text,
    pub title: Text,
    /// Marked on every page; none for a final report.
    pub mark: Option<Text>,
    /// Under every page.
    pub footer: Text,
    /// Label and value of a cover page; an empty value is written by hand.
    pub cover: Vec<(Text, Text)>,
    /// Pages to be signed: those that stand behind a cover, and those that close the report.
    pub front: Vec<Section>,
    pub narrative: Vec<Section>,
    pub back: Vec<Section>,
    pub sheets: Vec<Sheet>,
    /// Lower bounds of the bands, best first; scores are coloured by them.
    pub bands: Vec<f64>,
    /// Decimals of a score.
    pub decimals: u32,
    /// What a workbook computes its figures from; none where they are plain numbers.
    pub living: Option<Box<Living>>,
}

impl Document {
    /// The mark as it stands before a title; empty for a final report.
    pub fn marked(&self) -> Text {
        self.mark.as_ref().map(|mark| t("【{mark}】", "[{mark}] ").with(&[("mark", mark.clone())])).unwrap_or_default()
    }
}

/// A heading and what stands under it.
#[derive(Debug)]
pub struct Section {
    /// 1 for the nine parts.
    pub level: usize,
    pub title: Text,
    pub blocks: Vec<Block>,
    /// On pages: does it begin one? The first behind a table of contents does anyway.
    pub new_page: bool,
}

impl Section {
    /// A part of the first level that goes on where the one before ends.
    pub fn part(title: Text, blocks: Vec<Block>) -> Self {
        Section { level: 1, title, blocks, new_page: false }
    }
}

/// Width of a sheet, in half-width characters, that a wide A4 page prints at some 70 %.
const READABLE_ON_A4: f64 = 200.0;

/// A sheet of a workbook, its blocks one below the other.
#[derive(Debug)]
pub struct Sheet {
    pub name: Text,
    pub title: Text,
    pub landscape: bool,
    /// Printed on a single page.
    pub one_page: bool,
    /// Printed on A3 instead of A4.
    pub large: bool,
    /// Widths of its columns in half-width characters; a table uses them from the left.
    pub widths: Vec<f64>,
    pub blocks: Vec<Block>,
}

impl Sheet {
    /// A sheet of wide pages, as many as it takes; of A3 where A4 would print its letters too small to read.
    pub fn landscape(name: Text, title: Text, widths: &[f64], blocks: Vec<Block>) -> Self {
        let large = widths.iter().sum::<f64>() > READABLE_ON_A4;
        Sheet { name, title, landscape: true, one_page: false, large, widths: widths.to_vec(), blocks }
    }
}

#[derive(Debug)]
pub enum Block {
    /// The one thing to see first.
    Lead(Text),
    Heading(Text),
    Text(Text),
    List(Vec<Text>),
    Numbered(Vec<Text>),
    Table(Table),
    /// For pages: drawn from its own data.
    Picture(Picture),
    /// For sheets: drawn over tables of the workbook.
    Charts(Vec<Chart>),
}

#[derive(Debug)]
pub struct Table {
    /// Found by charts and links; unique in a document's sheets.
    pub id: &'static str,
    pub title: Text,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Column {
    pub name: Text,
    pub kind: Kind,
}

/// In a cell of [`Kind::Mark`]: too late, in another colour.
pub const LATE: &str = "!";

/// How a column looks, and to how many decimals it is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Left, wrapped.
    Text,
    /// Short text, centred.
    Short,
    /// How bad it is: the same in its colour.
    Severity,
    /// A score from 0 to 100, coloured by band.
    Score,
    /// A score that has no grade, as one that is asked for, or of a year whose grades are not known: not coloured.
    Ungraded,
    /// Points of the total, two decimals.
    Points,
    /// A difference of scores, with its sign.
    Change,
    /// Points that moved, with their sign, kept unrounded in a workbook, where their sum has to come out.
    Moved,
    /// Points without a sign, kept unrounded likewise.
    Unrounded,
    /// Points or a score shown to four decimals and kept unrounded in a workbook: what a derivation adds up.
    Exact,
    /// A part, 0 to 1, shown in percent with one decimal.
    Percent,
    Count,
    /// An amount of money, up to two decimals.
    Amount,
    /// Hours, in halves.
    Hours,
    /// A narrow cell that is filled with colour where anything stands in it.
    Mark,
    /// Left empty, to be written by hand.
    Hand,
    /// The same with room for a few words or figures only, and for several lines.
    ShortHand,
    LongHand,
}

impl Kind {
    pub fn is_by_hand(self) -> bool {
        matches!(self, Kind::Hand | Kind::ShortHand | Kind::LongHand)
    }

    /// Decimals that a column keeps; a part keeps three, which is one in percent.
    pub fn decimals(self, of_a_score: u32) -> u32 {
        match self {
            Kind::Score | Kind::Ungraded | Kind::Change => of_a_score,
            Kind::Points | Kind::Moved | Kind::Unrounded | Kind::Amount => 2,
            Kind::Exact => 4,
            Kind::Hours => 1,
            Kind::Percent => 3,
            Kind::Count | Kind::Text | Kind::Short | Kind::Severity | Kind::Mark | Kind::Hand | Kind::ShortHand | Kind::LongHand => 0,
        }
    }
}

#[derive(Debug, Default)]
pub struct Row {
    /// What links lead here.
    pub anchor: Option<String>,
    pub cells: Vec<Value>,
}

/// A column of a table.
pub fn column(name: Text, kind: Kind) -> Column {
    Column { name, kind }
}

/// A row that no link leads to.
pub fn row(cells: Vec<Value>) -> Row {
    Row { anchor: None, cells }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(Text),
    Number(f64),
    /// Text that leads to the row with this anchor.
    Link(Text, String),
    /// What stands there, and which figure of the results it is.
    Figure(Box<Value>, Figure),
}

/// A figure of the results: of what, and which. A living workbook computes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub of: Of,
    pub which: Which,
}

/// Nodes by their index in the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Total,
    Group(usize),
    Item(usize),
    /// A row of all views, counted through.
    View(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Score,
    Low,
    High,
    /// The word for it; of a group with its mark for thin coverage, of the total with its bounds where it is not settled.
    Grade,
    /// Among the groups of its level, best first, ties in tree order.
    Rank,
    Share,
    /// The share times 100, and the share times the score; empty where the item left.
    SharePercent,
    Contribution,
    Loss,
    /// Losses down to this one as a part of all loss.
    CumulativePart,
    /// `60.0～71.5`, empty where nothing is unknown.
    Bounds,
    State,
    /// Items in scope; those that did not leave; those not applicable; those blank, unreadable or without data.
    Items,
    Scored,
    NotApplicable,
    Missing,
}

impl Of {
    /// A value that is this figure.
    pub fn figure(self, which: Which, value: Value) -> Value {
        Value::Figure(Box::new(value), Figure { of: self, which })
    }
}

impl Value {
    pub fn of(number: Option<f64>) -> Self {
        number.map_or(Value::Empty, Value::Number)
    }

    /// What stands there, whichever figure it is.
    pub fn plain(&self) -> &Value {
        match self {
            Value::Figure(value, _) => value.plain(),
            value => value,
        }
    }
}

impl<T: Into<Text>> From<T> for Value {
    fn from(text: T) -> Self {
        Value::Text(text.into())
    }
}

/// A picture for pages.
#[derive(Debug)]
pub struct Picture {
    /// File name without its ending.
    pub name: &'static str,
    pub title: Text,
    /// What it shows, in words, for whoever cannot see it.
    pub alt: Text,
    pub drawing: Drawing,
}

#[derive(Debug)]
pub enum Drawing {
    /// Scores on spokes, 0 to 100.
    Radar { spokes: Vec<(Text, Option<f64>)> },
    /// Scores as bars in the order given, with lines at the bands.
    Bars { bars: Vec<(Text, f64)>, lines: Vec<f64> },
    /// Losses as bars, largest first, with the part of all loss summed so far.
    Pareto { bars: Vec<(Text, f64, f64)> },
    /// Points up and down from a middle line, in the order given.
    Changes { bars: Vec<(Text, f64)> },
    /// What is needed and what there is, 0 to 100, a pair a name.
    Against { rows: Vec<(Text, f64, f64)> },
    /// What is done when: a row a name, each a list of stretches from one day to another; who does it stands behind the name.
    /// With a start the axis shows dates, else days; a line stands at today, in days from the start, where that is known.
    Gantt { rows: Vec<GanttRow>, days: usize, start: Option<Date>, today: Option<usize> },
    /// One small chart a name, of the same scale: scores from 0 to 100 by period.
    Panels { periods: Vec<Text>, panels: Vec<(Text, Vec<Option<f64>>)> },
}

/// A row of a Gantt picture.
#[derive(Clone, Debug)]
pub struct GanttRow {
    pub label: Text,
    /// From the start of a day to the start of another, counted from 0; in order, none overlapping.
    pub stretches: Vec<(usize, usize)>,
    /// In another colour: it ends later than it should.
    pub late: bool,
}

/// A native chart over a table: labels from one column, values from another.
#[derive(Debug)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: Text,
    pub table: &'static str,
    pub label: usize,
    pub value: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    Radar,
    Bars,
}
