//! Which nodes somebody means who writes an id, a number or a part of a name.

use crate::tree::{Item, Node, Tree};
use crate::unit::normal;

impl Tree {
    /// The nodes that this may mean, the likeliest first: the one with this id, ref or code; else those with this number, however its
    /// zeros and its dots are written; else those whose name or question holds every word of it, in one language, groups first.
    pub fn find(&self, asked: &str) -> Vec<Node> {
        let asked = normal(asked).to_lowercase();
        if !asked.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        let item = |same: &dyn Fn(&Item) -> bool| self.items.iter().position(same).map(Node::Item);
        let exact = item(&|item| item.id.to_lowercase() == asked)
            .or_else(|| item(&|item| item.reference.to_lowercase() == asked))
            .or_else(|| self.groups.iter().position(|group| group.code.to_lowercase() == asked).map(Node::Group));
        if let Some(exact) = exact {
            return vec![exact];
        }
        match number(&asked) {
            Some(parts) => self.numbered(&|code| number(code).as_ref() == Some(&parts)),
            None => self.holding(&asked),
        }
    }

    /// Groups by their code, items by their ref.
    fn numbered(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Node> {
        let groups = self.groups.iter().enumerate().filter(|(_, group)| wanted(&group.code)).map(|(index, _)| Node::Group(index));
        let items = self.items.iter().enumerate().filter(|(_, item)| wanted(&item.reference)).map(|(index, _)| Node::Item(index));
        groups.chain(items).collect()
    }

    /// Those whose name holds every word; whole names first.
    fn holding(&self, asked: &str) -> Vec<Node> {
        let groups = self.groups.iter().enumerate().map(|(index, group)| (Node::Group(index), &group.name));
        let items = self.items.iter().enumerate().map(|(index, item)| (Node::Item(index), &item.question));
        let mut found: Vec<(bool, Node)> = Vec::new();
        for (node, name) in groups.chain(items) {
            let sides = [&name.zh, &name.en];
            if sides.iter().any(|side| holds(side, asked)) {
                found.push((!sides.iter().any(|side| normal(side).to_lowercase() == asked), node));
            }
        }
        found.sort_by_key(|(is_part, _)| *is_part);
        found.into_iter().map(|(_, node)| node).collect()
    }
}

/// Does a text hold every word of what was asked?
pub fn holds(text: &str, asked: &str) -> bool {
    let (text, asked) = (normal(text).to_lowercase(), normal(asked).to_lowercase());
    asked.split_whitespace().all(|word| text.contains(word))
}

/// `07.3.02` and `7.3.2` as 7, 3, 2; none of what is no such number. 。 is what a Chinese keyboard gives for a dot.
fn number(text: &str) -> Option<Vec<usize>> {
    text.split(['.', '。']).map(|part| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refs(tree: &Tree, asked: &str) -> Vec<String> {
        tree.find(asked).into_iter().map(|node| tree.code_of(node).to_string()).collect()
    }

    #[test]
    fn a_number_is_found_whatever_its_zeros_and_digits() {
        let tree = crate::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).expect("the embedded tree");
        for asked in ["07.3.02", "7.3.2", "7.03.2", "７.３.２", "07．3．02", "7。3。2", " 7.3.2 "] {
            assert_eq!(refs(&tree, asked), ["07.3.02"], "{asked}");
        }
        assert_eq!(refs(&tree, "7.3"), ["07.3"]);
        assert_eq!(refs(&tree, "7"), ["07"]);
        assert_eq!(refs(&tree, "eca-0001"), ["01.1.01"]);
        assert_eq!(refs(&tree, "ＥＣＡ－0001"), ["01.1.01"]);
        for none in ["99", "7.3.99", "7..3", ".", "", "  ", "1.1.1.1", "99999999999999999999999", "-7", "eca-1"] {
            assert_eq!(refs(&tree, none), [""; 0], "{none}");
        }
    }

    #[test]
    fn a_name_is_found_by_its_words_in_either_language_whole_names_first() {
        let tree = crate::tree::named("city", &mut Vec::new()).and_then(|loaded| loaded.tree).expect("the embedded tree");
        assert_eq!(refs(&tree, "演习"), ["16", "16.1", "16.2", "16.3"]);
        assert!(refs(&tree, "预案").len() > 20);
        assert_eq!(refs(&tree, "国家法律法规的执行情况"), ["01.1"]);
        assert_eq!(refs(&tree, "IMPLEMENTATION of national laws"), ["01.1"]);
        assert_eq!(refs(&tree, "damage environmental"), ["09.2.05"]);
        assert_eq!(refs(&tree, "没有这样的题"), [""; 0]);
    }

    #[test]
    fn a_number_that_two_nodes_share_but_for_its_zeros_is_both() {
        let item = |id: &str, number: &str| {
            format!("  - {{id: {id}, ref: '{number}', question: {{zh: 题, en: item}}, scale: {{type: yes_no, pass: 'yes'}}}}\n")
        };
        let head = "id: t\nedition: 1\nname: {zh: 体系, en: tree}\ngroups:\n- code: '1'\n  name: {zh: 组, en: g}\n  items:\n";
        let yaml = format!("{head}{}{}", item("a", "1.1"), item("b", "1.01"));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tree.yaml");
        std::fs::write(&path, yaml).expect("a file");
        let mut findings = Vec::new();
        let tree =
            crate::tree::load(&path.display().to_string(), &mut findings).expect("a file").tree.unwrap_or_else(|| panic!("{findings:?}"));
        assert_eq!(refs(&tree, "1.1"), ["1.1"], "as it is written");
        assert_eq!(refs(&tree, "01.1"), ["1.1", "1.01"]);
    }
}
