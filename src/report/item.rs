//! One item as an assessor reads it: `ecap tree show ID`.

use crate::text::{Text, t};
use crate::tree::vocabulary::FACETS;
use crate::tree::{Criticality, Item, Tree};

/// The item of an id or a ref, in lines.
pub fn lines(tree: &Tree, item: &Item) -> Vec<Text> {
    let content = &item.content;
    let index = tree.items.iter().position(|other| other.id == item.id).unwrap_or(usize::MAX);
    let mut lines = vec![
        t("{ref} {mark}{question}", "{ref} {mark}{question}").with(&[
            ("ref", item.reference.clone().into()),
            ("mark", item.criticality.mark().into()),
            ("question", item.question.clone()),
        ]),
        label(
            t("题号", "Id"),
            t("{id}，第 {rev} 版", "{id}, revision {rev}").with(&[("id", item.id.clone().into()), ("rev", item.rev.into())]),
        ),
    ];
    let mut group = item.parent;
    let mut groups = Vec::new();
    while let Some(index) = group {
        let at = &tree.groups[index];
        groups.insert(0, Text::join(&[at.code.clone().into(), at.name.clone()], " ", " "));
        group = at.parent;
    }
    put(&mut lines, t("所属", "Group"), Text::join(&groups, " › ", " › "));
    let kind = match item.criticality {
        Criticality::Normal => Text::default(),
        Criticality::Key => t("关键项", "key item"),
        Criticality::Veto => t("否决项", "veto item"),
    };
    put(&mut lines, t("类别", "Kind"), kind);
    let names = |departments: &[usize]| {
        let names: Vec<Text> = departments.iter().map(|index| tree.departments[*index].name.clone()).collect();
        Text::join(&names, "、", ", ")
    };
    put(&mut lines, t("牵头", "Lead"), tree.lead_name(item));
    put(&mut lines, t("会核", "Confirmed by"), names(&item.confirm));
    put(&mut lines, t("问的时间", "Time"), content.time_shown().unwrap_or_default());
    put(&mut lines, t("作答层级", "Answered by"), content.levels_shown());
    put(&mut lines, t("怎样填", "How to answer"), item.scaled.scale.hint());
    lines.push(label(t("评分标准", "Scoring guide"), Text::default()));
    lines.extend(indented(item.scaled.guide()));
    put(&mut lines, t("可不适用", "N/A where"), item.na.clone().unwrap_or_default());
    let required = tree.requirements();
    let required = required.get(index).into_iter().flatten().map(|other| &tree.items[*other]);
    listed(&mut lines, t("前提（那里得 0 分，这里就不该有分）", "Presupposes (no score here without one there)"), required.map(shown));
    listed(&mut lines, t("佐证", "Evidence"), content.evidence.iter().map(|one| one.shown()));
    put(&mut lines, t("抽样", "Sample"), content.sample.as_ref().map(|sample| sample.shown()).unwrap_or_default());
    put(&mut lines, t("法定底线", "The law asks for"), item.floor_shown().unwrap_or_default());
    listed(&mut lines, t("依据", "Basis"), content.basis.iter().map(|one| one.shown(tree)));
    let actions = content.actions.iter().map(|action| {
        t("{from} 到 {to} 分【{kind}】{what}", "from {from} to {to} [{kind}] {what}").with(&[
            ("from", action.from.into()),
            ("to", action.to.into()),
            ("kind", action.kind_shown()),
            ("what", action.shown(tree, index)),
        ])
    });
    listed(&mut lines, t("措施（按 0 到 3 分）", "Actions (on 0 to 3)"), actions);
    let training = content.training.iter().map(|one| {
        t("{topic}（{audience}）", "{topic} ({audience})")
            .with(&[("topic", tree.topics[one.topic].name.clone()), ("audience", tree.audiences[one.audience].name.clone())])
    });
    listed(&mut lines, t("培训", "Training"), training);
    for (index, facet) in FACETS.iter().enumerate() {
        put(&mut lines, facet.vocabulary.name.clone(), content.facet_shown(index));
    }
    if content.sensitive {
        put(&mut lines, t("公开属性", "Disclosure"), t("敏感，脱敏时不给出", "sensitive, left out of redacted results"));
    }
    if content.core {
        put(&mut lines, t("范围", "Profile"), t("核心题", "core item"));
    }
    lines
}

fn shown(item: &Item) -> Text {
    t("{ref} {question}", "{ref} {question}").with(&[("ref", item.reference.clone().into()), ("question", item.question.clone())])
}

fn label(name: Text, value: Text) -> Text {
    t("  {name}：{value}", "  {name}: {value}").with(&[("name", name), ("value", value)])
}

fn put(lines: &mut Vec<Text>, name: Text, value: Text) {
    if !value.is_empty() {
        lines.push(label(name, value));
    }
}

fn listed(lines: &mut Vec<Text>, name: Text, values: impl Iterator<Item = Text>) {
    let values: Vec<Text> = values.map(|value| Text::new(format!("    · {}", value.zh), format!("    · {}", value.en))).collect();
    if !values.is_empty() {
        lines.push(label(name, Text::default()));
        lines.extend(values);
    }
}

fn indented(text: &Text) -> Vec<Text> {
    let english: Vec<&str> = text.en.lines().collect();
    let pairs = text.zh.lines().enumerate();
    pairs.map(|(index, zh)| Text::new(format!("    {zh}"), format!("    {}", english.get(index).copied().unwrap_or_default()))).collect()
}
