//! What lies over the cells of a sheet: pictures, and shapes with or without text. Charts and controls are no answers.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::sheet::package::Trouble;
use crate::sheet::xml::referred;
use crate::sheet::{At, Budget, Sheet};

/// The corners between which a drawing lies, as far as they are told, and what it holds.
#[derive(Default)]
struct Anchor {
    from: [Option<u32>; 2],
    to: [Option<u32>; 2],
    text: String,
    kept: bool,
}

impl Anchor {
    /// The cell under its middle; without a second corner the one it begins in.
    fn middle(&self) -> Option<At> {
        let [row, column] = self.from;
        let mean = |from: u32, to: Option<u32>| from.midpoint(to.unwrap_or(from).max(from));
        Some((mean(row?, self.to[0]), mean(column?, self.to[1])))
    }
}

/// Notes in the sheet what its drawing part puts over it. A part that breaks off tells what stands before: no value hangs on it.
pub fn over(xml: &str, sheet: &mut Sheet, budget: &mut Budget) -> Result<(), Trouble> {
    let mut reader = Reader::from_str(xml);
    let mut anchor = Anchor::default();
    let (mut at_end, mut number, mut within_text) = (false, None, false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "oneCellAnchor" | "twoCellAnchor" => anchor = Anchor::default(),
                "from" => at_end = false,
                "to" => at_end = true,
                "row" => number = Some(0),
                "col" => number = Some(1),
                "pic" | "sp" => anchor.kept = true,
                "t" => within_text = true,
                _ => {}
            },
            Event::Text(text) => match number {
                Some(which) => {
                    let corner = if at_end { &mut anchor.to } else { &mut anchor.from };
                    corner[which] = text.trim().parse().ok();
                }
                None if within_text => {
                    budget.text(text.len())?;
                    anchor.text.push_str(&text);
                }
                None => {}
            },
            Event::GeneralRef(reference) if within_text => anchor.text.extend(referred(&reference)),
            Event::End(end) => match end.local_name().as_ref() {
                "row" | "col" => number = None,
                "t" => within_text = false,
                "oneCellAnchor" | "twoCellAnchor" => {
                    let anchor = std::mem::take(&mut anchor);
                    if let (true, Some(at)) = (anchor.kept, anchor.middle()) {
                        budget.cells(1)?;
                        sheet.over.entry(at).or_default().push_str(anchor.text.trim());
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::limits::Limits;

    fn of(xml: &str) -> Vec<(At, String)> {
        let mut sheet = Sheet::default();
        over(xml, &mut sheet, &mut Budget::new(&Limits::default())).expect("within the limits");
        sheet.over.into_iter().collect()
    }

    const BOX: &str = "<a><twoCellAnchor><from><col>4</col><row>2</row></from><to><col>5</col><row>5</row></to>\
        <sp><t>见附</t><t>件&amp;</t></sp></twoCellAnchor>";

    #[test]
    fn pictures_and_boxes_stand_where_their_middle_is() {
        assert_eq!(of(&format!("{BOX}</a>")), [((3, 4), "见附件&".to_string())]);
        let picture =
            "<a><xdr:oneCellAnchor><xdr:from><xdr:col>4</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:pic/></xdr:oneCellAnchor></a>";
        assert_eq!(of(picture), [((2, 4), String::new())]);
    }

    #[test]
    fn charts_and_what_has_no_place_are_passed_over() {
        assert_eq!(of(&BOX.replace("sp>", "graphicFrame>")), []);
        assert_eq!(of(&BOX.replace("<row>2</row>", "<row>二</row>")), []);
        assert_eq!(of("<a><absoluteAnchor><pic/></absoluteAnchor></a>"), []);
        assert_eq!(of("<a><twoCellAnchor><pic/>"), []);
    }
}
