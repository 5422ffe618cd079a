//! A name that several nodes of the tree fit: they are listed, with what to write instead.

use serde_json::json;

use crate::commands::{Outcome, Session};
use crate::error::Failure;
use crate::text::{Lang, Text, t, width};
use crate::tree::{Node, Tree, holds};

/// More are counted and not listed.
const MOST: usize = 20;

/// The list as an answer of its own; for programs all of them.
pub fn list(asked: &str, nodes: &[Node], tree: &Tree, as_json: bool, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    if as_json {
        let matches: Vec<_> = nodes.iter().map(|node| object(*node, tree)).collect();
        session.print_json(&json!({"asked": asked, "matches": matches}).to_string())?;
        return Ok(Outcome::Done);
    }
    let head = t(
        "“{asked}”在指标树里有 {count} 处。要看哪一处，请改写它的编号，如 {code}：",
        "\"{asked}\" stands in {count} places of the tree. Write the number of one of them instead, like {code}:",
    );
    let code = nodes.first().map(|node| tree.code_of(*node)).unwrap_or_default();
    let head = head.with(&[("count", nodes.len().into()), ("code", code.into()), ("asked", asked.into())]);
    session.print(head.get(session.lang))?;
    let listed = &nodes[..nodes.len().min(MOST)];
    let widest = listed.iter().map(|node| width(tree.code_of(*node))).max().unwrap_or(0);
    for node in listed {
        let code = tree.code_of(*node);
        let gap = " ".repeat(widest - width(code));
        let mark = if let Node::Item(item) = node { tree.items[*item].criticality.mark() } else { "" };
        let name = tree.name_of(*node);
        // What was found in the other language only is shown in it too.
        let other = if session.lang == Lang::Zh { &name.en } else { &name.zh };
        let is_other = !holds(name.get(session.lang), asked) && holds(other, asked);
        let also = if is_other { t("（{name}）", " ({name})").with(&[("name", Text::same(other.to_string()))]) } else { Text::default() };
        session.print(&format!("  {code}{gap}  {mark}{}{}", name.get(session.lang), also.get(session.lang)))?;
    }
    if nodes.len() > MOST {
        let more = t(
            "还有 {count} 处没有列出。多写几个字，或用空格隔开几个词，找出的就少。",
            "{count} more are not listed. More words, parted by spaces, find fewer.",
        );
        session.print(more.with(&[("count", (nodes.len() - MOST).into())]).get(session.lang))?;
    }
    Ok(Outcome::Done)
}

fn object(node: Node, tree: &Tree) -> serde_json::Value {
    match node {
        Node::Group(group) => json!({"node": "group", "code": tree.groups[group].code, "name": tree.groups[group].name}),
        Node::Item(item) => {
            let item = &tree.items[item];
            json!({"node": "item", "id": item.id, "ref": item.reference, "question": item.question})
        }
    }
}
