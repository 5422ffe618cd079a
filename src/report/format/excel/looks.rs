//! How each kind of cell looks.

use rust_xlsxwriter::{Color, Format as Look, FormatAlign, FormatUnderline};

use crate::finding::Severity;
use crate::report::document::Kind;
use crate::report::format::signed_format;
use crate::sheet::write;
use crate::survey::colour;
use crate::text::Lang;

/// The looks of a workbook.
pub struct Looks {
    pub title: Look,
    pub lead: Look,
    pub heading: Look,
    pub plain: Look,
    pub header: Look,
    pub text: Look,
    pub short: Look,
    pub link: Look,
    pub score: Look,
    pub points: Look,
    pub moved: Look,
    pub change: Look,
    pub exact: Look,
    pub percent: Look,
    pub count: Look,
    pub amount: Look,
    pub hours: Look,
    pub mark: Look,
    /// A mark of what is too late.
    pub late_mark: Look,
    pub bands: Vec<Look>,
}

impl Looks {
    pub fn new(decimals: u32) -> Self {
        let body = write::body();
        // Room before the next column, whose text starts at its edge.
        let right = body.clone().set_align(FormatAlign::Right).set_indent(1);
        let zeros = "0".repeat(usize::try_from(decimals).unwrap_or(0));
        let score_format = if zeros.is_empty() { "0".to_string() } else { format!("0.{zeros}") };
        // Best first. Bold marks the worst for whoever prints in black and white.
        let fill = |background: u32| Look::new().set_background_color(Color::RGB(background));
        Looks {
            title: write::title(),
            lead: Look::new()
                .set_font_name("黑体")
                .set_font_size(14)
                .set_bold()
                .set_font_color(Color::RGB(write::INK))
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            heading: write::heading(),
            plain: write::plain(),
            header: write::header(),
            short: body.clone().set_align(FormatAlign::Center),
            link: body.clone().set_align(FormatAlign::Center).set_font_color(Color::RGB(write::INK)).set_underline(FormatUnderline::Single),
            score: right.clone().set_num_format(&score_format),
            points: right.clone().set_num_format("0.00"),
            moved: right.clone().set_num_format(signed_format("0.00")),
            change: right.clone().set_num_format(signed_format(&score_format)),
            exact: right.clone().set_num_format("0.0000"),
            percent: right.clone().set_num_format("0.0%"),
            amount: right.clone().set_num_format("General"),
            hours: right.clone().set_num_format("0.0"),
            mark: Look::new()
                .set_background_color(Color::RGB(0x4F_81_BD))
                .set_font_color(Color::RGB(0x4F_81_BD))
                .set_border(rust_xlsxwriter::FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BF_BF))
                .set_align(FormatAlign::Center),
            late_mark: Look::new()
                .set_background_color(Color::RGB(0xB4_44_1F))
                .set_font_color(Color::White)
                .set_border(rust_xlsxwriter::FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BF_BF))
                .set_align(FormatAlign::Center),
            count: right.set_num_format("0"),
            text: body,
            bands: vec![
                fill(0xD9_EA_D3),
                fill(0xEE_F5_E6),
                fill(0xFF_F2_CC),
                fill(0xF4_CC_CC).set_bold().set_font_color(Color::RGB(0x99_00_00)),
            ],
        }
    }

    pub fn of(&self, kind: Kind) -> &Look {
        match kind {
            Kind::Text | Kind::Hand | Kind::ShortHand | Kind::LongHand => &self.text,
            Kind::Short | Kind::Severity => &self.short,
            Kind::Score | Kind::Ungraded => &self.score,
            Kind::Points | Kind::Unrounded => &self.points,
            Kind::Moved => &self.moved,
            Kind::Change => &self.change,
            Kind::Exact => &self.exact,
            Kind::Percent => &self.percent,
            Kind::Count => &self.count,
            Kind::Amount => &self.amount,
            Kind::Hours => &self.hours,
            Kind::Mark => &self.mark,
        }
    }

    /// Severities look as they do in a survey that goes back to be mended.
    pub fn severity(&self, kind: Kind, text: &str, lang: Lang) -> Option<Look> {
        let all = [Severity::Error, Severity::Warning].into_iter().filter(|_| kind == Kind::Severity);
        let colour = all.filter(|severity| severity.word().get(lang) == text).find_map(colour)?;
        Some(self.short.clone().set_background_color(colour))
    }

    /// The look of a band: the worst is always the last look, however many bands there are.
    pub fn band(&self, index: usize, bands: usize) -> &Look {
        if index + 1 == bands { &self.bands[self.bands.len() - 1] } else { &self.bands[index.min(self.bands.len() - 2)] }
    }
}
