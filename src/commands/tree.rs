//! `ecap tree check|show|schema`.

use crate::commands::cli::Parsed;
use crate::commands::{Command, JSON, LANG, Operands, Outcome, STRICT, Session, TREE, messages, nodes, options};
use crate::error::Failure;
use crate::finding::any_error;
use crate::lint;
use crate::report;
use crate::text::{Text, t};
use crate::tree::{Item, Node, Tree, schema};

pub static COMMAND: Command = Command {
    name: "tree",
    about: t(
        "查看（show）、检查（check）指标树，或给出它的 JSON Schema（schema）",
        "show an indicator tree, check it, or print its JSON Schema",
    ),
    operands: Some(Operands {
        name: t("check|show [题号|编号|名称]|schema", "check|show [ID|REF|CODE|NAME]|schema"),
        help: t(
            "做什么；show 后写题号、编号或名称，只看一题或一组",
            "what to do; show with an id, a number or a name prints one item or group",
        ),
        required: true,
    }),
    flags: &[&TREE, &STRICT, &JSON, &LANG],
    run,
};

fn run(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let words: Vec<String> = parsed.operands().iter().map(|word| word.to_string_lossy().into_owned()).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => check(parsed, session),
        ["show"] => show(parsed, session),
        ["show", name] => show_node(name, parsed, session),
        ["schema"] => {
            let text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
            session.print(&text)?;
            Ok(Outcome::Done)
        }
        _ => Err(options::bad("tree", &words.join(" "), t("check、show 或 schema", "check, show or schema"))),
    }
}

fn check(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let mut findings = Vec::new();
    let loaded = options::load(parsed, &mut findings)?;
    let strict = loaded.tree.as_ref().filter(|_| parsed.is_set(&STRICT)).map(lint::lint);
    if let Some(lint) = &strict {
        findings.extend(lint.findings.iter().cloned());
    }
    if parsed.is_set(&JSON) {
        session.print_json(&serde_json::json!({"findings": findings}).to_string())?;
    } else {
        messages::findings(&findings, &loaded.sources, session)?;
    }
    match &loaded.tree {
        Some(tree) if !any_error(&findings) => {
            if !parsed.is_set(&JSON) {
                let line = summary(tree);
                session.print(line.get(session.lang))?;
                if let Some(lint) = &strict {
                    for line in report::strict::lines(tree, lint) {
                        session.print(line.get(session.lang))?;
                    }
                }
            }
            Ok(Outcome::Done)
        }
        _ => Err(t("指标树有错：{tally}。", "The tree has errors: {tally}.").with(&[("tally", messages::tally(&findings))]).into()),
    }
}

fn summary(tree: &Tree) -> Text {
    let levels = tree.groups.iter().map(|group| group.level).max().unwrap_or(0);
    let mut groups = vec![0; levels];
    tree.groups.iter().for_each(|group| groups[group.level - 1] += 1);
    let counts: Vec<Text> = groups.into_iter().chain([tree.items.len()]).map(Text::from).collect();
    t(
        "{name}（{id}，{edition} 版）：{counts}。没有错误。摘要 {digest}",
        "{name} ({id}, edition {edition}): {counts}. No errors. Digest {digest}",
    )
    .with(&[
        ("name", tree.name.clone()),
        ("id", tree.id.clone().into()),
        ("edition", tree.edition.clone().into()),
        ("counts", Text::join(&counts, " / ", " / ")),
        ("digest", tree.sha256.clone().into()),
    ])
}

/// One item, or a group and what stands under it.
fn show_node(name: &str, parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::tree(parsed, session)?;
    match tree.find(name).as_slice() {
        [] => Err(t(
            "指标树里没有“{name}”；写题号（如 {id}）、编号（如 {ref}）、分组编号或名称里的几个字。",
            "The tree has no \"{name}\"; give an id like {id}, a ref like {ref}, a group's code or words of a name.",
        )
        .with(&[
            ("name", name.into()),
            ("id", tree.items.first().map(|item| item.id.clone()).unwrap_or_default().into()),
            ("ref", tree.items.first().map(|item| item.reference.clone()).unwrap_or_default().into()),
        ])
        .into()),
        [Node::Item(item)] => show_item(&tree.items[*item], &tree, parsed, session),
        [Node::Group(group)] => show_group(*group, &tree, parsed, session),
        several => nodes::list(name, several, &tree, parsed.is_set(&JSON), session),
    }
}

fn show_item(item: &Item, tree: &Tree, parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    if parsed.is_set(&JSON) {
        session.print_json(&tree.item_json(item).to_string())?;
        return Ok(Outcome::Done);
    }
    for line in report::item::lines(tree, item) {
        session.print(line.get(session.lang))?;
    }
    Ok(Outcome::Done)
}

fn show_group(group: usize, tree: &Tree, parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let within: Vec<usize> = (0..tree.groups.len()).filter(|index| tree.is_within(*index, group)).collect();
    if parsed.is_set(&JSON) {
        let groups: Vec<_> = within.iter().map(|index| tree.group_json(&tree.groups[*index])).collect();
        let items: Vec<_> = tree.items_of(Node::Group(group)).into_iter().map(|index| tree.item_json(&tree.items[index])).collect();
        session.print_json(&serde_json::json!({"groups": groups, "items": items}).to_string())?;
        return Ok(Outcome::Done);
    }
    let above = tree.groups[group].level;
    within.into_iter().try_for_each(|index| print_group(index, above, tree, session))?;
    Ok(Outcome::Done)
}

fn show(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::tree(parsed, session)?;
    if parsed.is_set(&JSON) {
        session.print_exactly(&tree.to_json())?;
        return Ok(Outcome::Done);
    }
    let line = summary(&tree);
    session.print(line.get(session.lang))?;
    (0..tree.groups.len()).try_for_each(|index| print_group(index, 1, &tree, session))?;
    Ok(Outcome::Done)
}

/// A group and its own items; groups of the level `top` stand at the margin.
fn print_group(index: usize, top: usize, tree: &Tree, session: &mut Session<'_>) -> Result<(), Failure> {
    let group = &tree.groups[index];
    let indent = "  ".repeat(group.level - top);
    session.print(&format!("{indent}{} {}", group.code, group.name.get(session.lang)))?;
    for item in tree.items.iter().filter(|item| item.parent == Some(index)) {
        let line = format!("{indent}  {} {}{} [{}]", item.reference, item.criticality.mark(), item.question.get(session.lang), item.id);
        session.print(&line)?;
    }
    Ok(())
}
