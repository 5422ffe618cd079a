//! Cells that no office program writes.

use ecap::tree::Tree;

use crate::made::{ITEMS, Made, STRINGS, WORKBOOK, good_answers, rows, sheet};
use crate::{Case, case};

pub fn cases(tree: &Tree) -> Vec<Case> {
    let first = |what: &'static str, cell: &str| case(what, Made::first(tree, cell).bytes());
    let around = |before: &str, more: &str, behind: &str| {
        Made::good(tree).part(ITEMS, sheet(before, &(rows(good_answers()) + more), behind)).bytes()
    };
    let noted = |comments: &str| {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
        Made::good(tree)
            .part(ITEMS, sheet("", &rows(good_answers()), "<legacyDrawing r:id=\"rId1\"/>"))
            .part(
                "xl/worksheets/_rels/sheet2.xml.rels",
                format!("<Relationships xmlns=\"{package}\"><Relationship Id=\"rId2\" Type=\"{kind}\" Target=\"../comments1.xml\"/></Relationships>"),
            )
            .part("xl/comments1.xml", format!("<comments><commentList>{comments}</commentList></comments>"))
            .bytes()
    };
    let hidden = |from: &str, to: &str| Made::good(tree).swap(ITEMS, from, to).bytes();
    let [_, b, c, d] = good_answers();
    vec![
        case("corner cells", around("<dimension ref=\"A1:XFD1048576\"/>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", "")),
        first("a row past 32 bits", "<c r=\"C4294967298\"><v>2</v></c>"),
        first("a column past the last", "<c r=\"XFE1\"><v>2</v></c>"),
        first("row 0", "<c r=\"C0\"><v>2</v></c>"),
        first("a formula for an address", "<c r=\"=C2\"><v>2</v></c>"),
        first("a row number for an address", "<c r=\"2\"><v>2</v></c>"),
        first("an address twice in one tag", "<c r=\"C9\" r=\"C2\"><v>2</v></c>"),
        case("a row number that is none", hidden("<row r=\"2\">", "<row r=\"-2\">")),
        case("no addresses", {
            let plain = sheet("", &rows(good_answers()), "");
            let rows = plain.split("<c r=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>();
            // Column B of the items is then an empty cell.
            let text = format!("<?xml version=\"1.0\"?><worksheet xmlns=\"m\"><sheetData><row r=\"1\"><c{}", rows[1..].join("<c"));
            let text = text.replace("</c><c><v>2", "</c><c/><c><v>2").replace("</c><c><v>3", "</c><c/><c><v>3");
            let text = text.replace("<c t=\"s\">", "<c/><c t=\"s\">").replace("<c s=\"1\">", "<c/><c s=\"1\">");
            let text = text.replace("</v></c><c t=\"inlineStr\">", "</v></c><c/><c t=\"inlineStr\">");
            Made::good(tree).part(ITEMS, text).bytes()
        }),
        case("reversed dimension", around("<dimension ref=\"E9:A1\"/>", "", "")),
        case("a dimension of nonsense", around("<dimension ref=\"A0:ZZZZZ99999999999\"/>", "", "")),
        first("#SPILL!", "<c r=\"C2\" t=\"e\"><v>#SPILL!</v></c>"),
        first("#CALC!", "<c r=\"C2\" t=\"e\"><f>A()</f><v>#CALC!</v></c>"),
        first("a pretty-printed number", "<c r=\"C2\">\n  <v>\n    2\n  </v>\n</c>"),
        first("a pretty-printed string index", "<c r=\"C2\" t=\"s\">\n <v>\n  0\n </v>\n</c>"),
        first("a shared string of nothing", "<c r=\"C2\" t=\"s\"><v></v></c>"),
        first("a shared string of nothing at all", "<c r=\"C2\" t=\"s\"><v/></c>"),
        first("a string index out of range", "<c r=\"C2\" t=\"s\"><v>7</v></c>"),
        first("a string index below 0", "<c r=\"C2\" t=\"s\"><v>-1</v></c>"),
        first("NaN", "<c r=\"C2\"><v>NaN</v></c>"),
        first("INF", "<c r=\"C2\"><v>INF</v></c>"),
        first("1e999", "<c r=\"C2\"><v>1e999</v></c>"),
        first("1e300", "<c r=\"C2\"><v>1e300</v></c>"),
        first("a binary rest", "<c r=\"C2\"><v>1.9999999999999998</v></c>"),
        first("a kind that nobody knows", "<c r=\"C2\" t=\"r\"><v>0</v></c>"),
        first("a truth of 2", "<c r=\"C2\" t=\"b\"><v>2</v></c>"),
        first("true", "<c r=\"C2\" t=\"b\"><v>1</v></c>"),
        first("a style that is not there", "<c r=\"C2\" s=\"9\"><v>2</v></c>"),
        first("an entity that nobody knows", "<c r=\"C2\"><v>&nothing;2</v></c>"),
        first("a number by character references", "<c r=\"C2\"><v>&#50;</v></c>"),
        first("CDATA", "<c r=\"C2\"><v><![CDATA[2]]></v></c>"),
        first("a comment within a number", "<c r=\"C2\"><v>2<!-- 0 --></v></c>"),
        first("two values in one cell", "<c r=\"C2\"><v>2</v><v>3</v></c>"),
        first("a value in words within", "<c r=\"C2\"><is><t>2</t></is></c>"),
        first("an inline text and a value", "<c r=\"C2\" t=\"inlineStr\"><is><t>2</t></is><extLst><ext><v>3</v></ext></extLst></c>"),
        first("two inline texts", "<c r=\"C2\" t=\"inlineStr\"><is><t>2</t></is><is><t>3</t></is></c>"),
        first("an inline text in v", "<c r=\"C2\" t=\"inlineStr\"><v>2</v></c>"),
        first("a cell twice with one value", "<c r=\"C2\"><v>2</v></c><c r=\"C2\"><v>2</v></c>"),
        first("a cell twice with two values", "<c r=\"C2\"><v>2</v></c><c r=\"C2\"><v>3</v></c>"),
        first("a cell three times", "<c r=\"C2\"><v>1</v></c><c r=\"C2\"><v>2</v></c><c r=\"C2\"><v>3</v></c>"),
        first("a cell a hundred times", &(0..100).map(|number| format!("<c r=\"C2\"><v>{number}</v></c>")).collect::<String>()),
        first("many cells twice", &(10..200).map(|row| format!("<c r=\"G{row}\"><v>1</v></c><c r=\"G{row}\"><v>2</v></c>")).collect::<String>()),
        case("rich text with readings", {
            let rich = "<sst><si><r><t>45</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> / 50</t></r><rPh sb=\"0\" eb=\"1\"><t>1</t></rPh><phoneticPr fontId=\"1\"/></si></sst>";
            Made::good(tree).part(STRINGS, rich).bytes()
        }),
        first("inline rich text with readings", "<c r=\"C2\" t=\"inlineStr\"><is><r><t>2</t></r><rPh sb=\"0\" eb=\"1\"><t>9</t></rPh></is></c>"),
        first("_x000D_", "<c r=\"C2\" t=\"str\"><v>2_x000D_</v></c>"),
        first("a formula without value", "<c r=\"C2\"><f>1+1</f></c>"),
        first("a formula of an empty text", "<c r=\"C2\" t=\"str\"><f>\"\"</f><v></v></c>"),
        first("a formula with its value", "<c r=\"C2\"><f>1+1</f><v>2</v></c>"),
        first("a day", "<c r=\"C2\" s=\"2\"><v>46086</v></c>"),
        first("a day past all", "<c r=\"C2\" s=\"2\"><v>99999999</v></c>"),
        first("a day in ISO", "<c r=\"C2\" t=\"d\"><v>2026-03-05</v></c>"),
        case("a day from 1904", {
            let day = Made::first(tree, "<c r=\"C2\" s=\"2\"><v>44624</v></c>");
            day.swap(WORKBOOK, "<workbookPr/>", "<workbookPr date1904=\"1\"/><extLst><x15:workbookPr xmlns:x15=\"x\" chartTrackingRefBase=\"1\"/></extLst>").bytes()
        }),
        first("a percent of text", "<c r=\"C2\" s=\"1\" t=\"str\"><v>2</v></c>"),
        first("a percent where points belong", "<c r=\"C2\" s=\"1\"><v>2</v></c>"),
        case("notes on answers", noted("<comment ref=\"C2\" authorId=\"0\"><text><r><t>其实是</t></r><r><t>3</t></r></text></comment><comment ref=\"C3\"><text><t> </t></text></comment><comment ref=\"A1\"><text><t>旁注</t></text></comment>")),
        case("a note nowhere", noted("<comment ref=\"C0\"><text><t>2</t></text></comment>")),
        case("a hidden row", hidden("<row r=\"2\">", "<row r=\"2\" hidden=\"1\">")),
        case("a row of no height", hidden("<row r=\"2\">", "<row r=\"2\" ht=\"0\" customHeight=\"1\">")),
        case("a filtered row", Made::good(tree).swap(ITEMS, "<row r=\"2\">", "<row r=\"2\" hidden=\"true\">").swap(ITEMS, "</sheetData>", "</sheetData><autoFilter ref=\"A1:E5\"><filterColumn colId=\"2\"><filters><filter val=\"3\"/></filters></filterColumn></autoFilter>").bytes()),
        case("hidden columns", around("<cols><col min=\"2\" max=\"3\" width=\"0\"/><col min=\"5\" max=\"16384\" hidden=\"1\"/></cols>", "", "")),
        case("answers merged over two items", {
            Made::answers(tree, ["<c r=\"C2\"><v>2</v></c>", "", c, d]).swap(ITEMS, "</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"C2:C3\"/><mergeCell ref=\"A1:B1\"/></mergeCells>").bytes()
        }),
        case("answers merged, with values below", around("", "", "<mergeCells><mergeCell ref=\"C3:C2\"/></mergeCells>")),
        case("answers merged again and again", {
            let merged: String = (3..1_000).map(|row| format!("<mergeCell ref=\"C2:C{row}\"/>")).collect();
            around("", "", &format!("<mergeCells>{merged}</mergeCells>"))
        }),
        case("merged with itself", around("", "", "<mergeCells><mergeCell ref=\"C2\"/></mergeCells>")),
        case("merged nowhere", around("", "", "<mergeCells><mergeCell ref=\"C2:C0\"/></mergeCells>")),
        case("a picture's row and column behind the last", around("", "<row r=\"1048576\"/>", "<controls><anchor><from><xdr:col xmlns:xdr=\"x\">3</xdr:col><xdr:row xmlns:xdr=\"x\">10</xdr:row></from></anchor></controls>")),
        case("an item twice", {
            let more = "<row r=\"9\"><c r=\"C9\"><v>1</v></c><c r=\"E9\" t=\"str\"><v>a</v></c></row>";
            around("", more, "")
        }),
        case("blanks", Made::answers(tree, ["<c r=\"C2\"/>", b, "<c r=\"C4\" t=\"str\"><v> </v></c>", d]).bytes()),
    ]
}
