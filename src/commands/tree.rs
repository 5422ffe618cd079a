//! `ecap tree check|show|schema`.

use crate::commands::cli::Parsed;
use crate::commands::{Command, JSON, LANG, Operands, Outcome, STRICT, Session, TREE, messages, options};
use crate::error::Failure;
use crate::finding::any_error;
use crate::lint::{self, figures::Figures};
use crate::number::fixed;
use crate::report;
use crate::scale::SCALES;
use crate::text::{Text, t};
use crate::tree::vocabulary::{FACETS, STATUSES};
use crate::tree::{Tree, schema};
use crate::weighting::WEIGHTINGS;

pub static COMMAND: Command = Command {
    name: "tree",
    about: t(
        "查看（show）、检查（check）指标树，或给出它的 JSON Schema（schema）",
        "show an indicator tree, check it, or print its JSON Schema",
    ),
    operands: Some(Operands {
        name: t("check|show [题号]|schema", "check|show [ID]|schema"),
        help: t("做什么；show 后写题号只看一题", "what to do; show ID prints one item"),
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
        ["show", name] => show_item(name, parsed, session),
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
        session.print(&serde_json::json!({"findings": findings}).to_string())?;
    } else {
        messages::findings(&findings, &loaded.sources, session)?;
    }
    match &loaded.tree {
        Some(tree) if !any_error(&findings) => {
            if !parsed.is_set(&JSON) {
                let line = summary(tree);
                session.print(line.get(session.lang))?;
                if let Some(lint) = &strict {
                    for line in strict_lines(tree, lint) {
                        session.print(line.get(session.lang))?;
                    }
                }
            }
            Ok(Outcome::Done)
        }
        _ => Err(t("指标树有错：{tally}。", "The tree has errors: {tally}.").with(&[("tally", messages::tally(&findings))]).into()),
    }
}

/// What a strict check says besides its findings: exceptions, near twins, figures.
fn strict_lines(tree: &Tree, lint: &lint::Lint) -> Vec<Text> {
    let figures = lint::figures::figures(tree, &(WEIGHTINGS[0].weigh)(tree));
    let mut lines = vec![t("例外 {count} 条：", "Exceptions: {count}").with(&[("count", lint.exceptions.len().into())])];
    lines.extend(lint.exceptions.iter().map(|one| {
        t("  {id} {rule}：{reason}", "  {id} {rule}: {reason}").with(&[
            ("id", one.id.clone().into()),
            ("rule", one.rule.into()),
            ("reason", one.reason.clone()),
        ])
    }));
    lines.push(t("相近的题 {count} 对：", "Pairs of items that are alike: {count}").with(&[("count", lint.near.len().into())]));
    lines.extend(
        lint.near
            .iter()
            .map(|pair| Text::same(format!("  {} {} {}", tree.items[pair.one].id, tree.items[pair.two].id, fixed(pair.similarity, 2)))),
    );
    lines.extend(count_lines(tree, &figures));
    lines.extend(share_lines(tree, &figures));
    lines
}

fn count_lines(tree: &Tree, figures: &Figures) -> Vec<Text> {
    let count = |name: Text, count: lint::figures::Count| {
        t("{name} {items}（{active}）", "{name} {items} ({active})").with(&[
            ("name", name),
            ("items", count.items.into()),
            ("active", count.active.into()),
        ])
    };
    let line = |name: Text, counts: Vec<Text>| {
        t("{name}：{counts}", "{name}: {counts}").with(&[("name", name), ("counts", Text::join(&counts, "，", ", "))])
    };
    let some = |named: Vec<(Text, lint::figures::Count)>| -> Vec<Text> {
        named.into_iter().filter(|(_, one)| one.items > 0).map(|(name, one)| count(name, one)).collect()
    };
    let mut lines = vec![
        t("题数（其中有现场查验的）：{items}（{active}）", "Items (of them with an active check): {items} ({active})")
            .with(&[("items", figures.all.items.into()), ("active", figures.all.active.into())]),
    ];
    let scale_name = |name: &str| SCALES.iter().find(|entry| entry.name == name).map(|entry| entry.words.clone()).unwrap_or_default();
    lines.push(line(t("按尺度", "By scale"), some(figures.scales.iter().map(|(name, one)| (scale_name(name), *one)).collect())));
    for (facet, counts) in FACETS.iter().zip(&figures.facets) {
        let named = facet.vocabulary.words.iter().zip(counts).map(|(word, one)| (word.name.clone(), *one)).collect();
        lines.push(line(facet.vocabulary.name.clone(), some(named)));
    }
    let leads = tree.departments.iter().zip(&figures.leads).map(|(department, one)| (department.name.clone(), *one)).collect();
    lines.push(line(t("牵头部门", "By lead"), some(leads)));
    let of = |counts: &[usize]| -> Vec<Text> {
        let named = STATUSES.words.iter().zip(counts);
        named.map(|(word, count)| Text::join(&[word.name.clone(), (*count).into()], " ", " ")).collect()
    };
    lines.push(line(t("依据条数", "Citations"), of(&figures.citations)));
    lines.push(line(t("题数，按最实的一条依据", "Items by their firmest citation"), of(&figures.best)));
    lines.push(
        t(
            "只凭本项目自定的题 {alone}；有法定底线的题 {floors}",
            "Items on this project's practice alone: {alone}; with a legal floor: {floors}",
        )
        .with(&[("alone", figures.practice_only.into()), ("floors", figures.floors.into())]),
    );
    lines
}

fn share_lines(tree: &Tree, figures: &Figures) -> Vec<Text> {
    let percent = |share: f64| fixed(100.0 * share, 3);
    let shares = |part: &[(usize, f64)]| -> Text {
        let all: Vec<Text> =
            part.iter().map(|(item, share)| Text::same(format!("{} {}%", tree.items[*item].reference, percent(*share)))).collect();
        Text::join(&all, "，", ", ")
    };
    let all = &figures.shares;
    let middle = all.get(all.len() / 2).map(|(_, share)| percent(*share)).unwrap_or_default();
    let end = all.len().saturating_sub(TEN);
    let score = |score: Option<f64>| score.map(|score| fixed(score, tree.policy.decimals)).unwrap_or_default();
    vec![
        t("权重最大的十题：{items}", "The ten heaviest items: {items}").with(&[("items", shares(&all[..all.len().min(TEN)]))]),
        t("居中的一题：{share}%", "The item in the middle: {share} %").with(&[("share", middle.into())]),
        t("权重最小的十题：{items}", "The ten lightest items: {items}").with(&[("items", shares(&all[end..]))]),
        t(
            "各题都恰好达到法定底线时的总分：没有底线的题按 0 分计为 {low}，按满分计为 {high}",
            "The total of a place exactly at the legal floor everywhere: {low} with the other items at 0, {high} with them at full score",
        )
        .with(&[("low", score(figures.at_floor_low).into()), ("high", score(figures.at_floor_high).into())]),
    ]
}

/// How many of the heaviest and lightest items are listed.
const TEN: usize = 10;

fn summary(tree: &Tree) -> Text {
    let levels = tree.groups.iter().map(|group| group.level).max().unwrap_or(0);
    let mut counts: Vec<Text> = (1..=levels).map(|level| tree.groups.iter().filter(|group| group.level == level).count().into()).collect();
    counts.push(tree.items.len().into());
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

/// One item, by its id or its ref.
fn show_item(name: &str, parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::tree(parsed, session)?;
    let Some(item) = tree.items.iter().find(|item| item.id == name || item.reference == name) else {
        return Err(t(
            "指标树里没有“{name}”这道题；写题号（如 {id}）或编号（如 {ref}）。",
            "The tree has no item \"{name}\"; give an id like {id} or a ref like {ref}.",
        )
        .with(&[
            ("name", name.into()),
            ("id", tree.items.first().map(|item| item.id.clone()).unwrap_or_default().into()),
            ("ref", tree.items.first().map(|item| item.reference.clone()).unwrap_or_default().into()),
        ])
        .into());
    };
    if parsed.is_set(&JSON) {
        session.print(&tree.item_json(item).to_string())?;
        return Ok(Outcome::Done);
    }
    for line in report::item::lines(&tree, item) {
        session.print(line.get(session.lang))?;
    }
    Ok(Outcome::Done)
}

fn show(parsed: &Parsed, session: &mut Session<'_>) -> Result<Outcome, Failure> {
    let tree = options::tree(parsed, session)?;
    if parsed.is_set(&JSON) {
        write!(session.out, "{}", tree.to_json()).map_err(|_| Failure::ClosedPipe)?;
        return Ok(Outcome::Done);
    }
    let line = summary(&tree);
    session.print(line.get(session.lang))?;
    for (index, group) in tree.groups.iter().enumerate() {
        let own = tree.items.iter().filter(|item| item.parent == Some(index));
        let indent = "  ".repeat(group.level - 1);
        session.print(&format!("{indent}{} {}", group.code, group.name.get(session.lang)))?;
        for item in own {
            let line = format!("{indent}  {} {}{} [{}]", item.reference, item.criticality.mark(), item.question.get(session.lang), item.id);
            session.print(&line)?;
        }
    }
    Ok(Outcome::Done)
}
