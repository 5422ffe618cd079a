//! The tree as `ecap tree show --json` prints it: compact, keys in the order of the contract.

use serde_json::{Map, Value as Json, json};

use crate::number::json as number;
use crate::tree::content::{Law, Named};
use crate::tree::{Group, Item, Tree};

impl Tree {
    /// The bytes printed, without a newline; `sha256` is theirs.
    pub fn to_json(&self) -> String {
        let policy = &self.policy;
        let bands: Vec<Json> =
            policy.bands.iter().map(|band| json!({"code": band.code, "name": band.name, "from": number(band.from)})).collect();
        let departments: Vec<Json> = self
            .departments
            .iter()
            .map(|department| json!({"id": department.id, "name": department.name, "outsider": department.outsider}))
            .collect();
        let mut map = Map::new();
        let mut put = |key: &str, value: Json| map.insert(key.to_string(), value);
        put("id", json!(self.id));
        put("edition", json!(self.edition));
        put("name", json!(self.name));
        put("departments", json!(departments));
        for (key, list) in [("laws", self.laws_json()), ("topics", named(&self.topics)), ("audiences", named(&self.audiences))] {
            if !list.is_empty() {
                put(key, Json::Array(list));
            }
        }
        if !self.retired.is_empty() {
            let all = self.retired.iter().map(|one| json!({"id": one.id, "edition": one.edition, "replaced_by": one.replaced_by}));
            put("retired", all.collect());
        }
        if let Some(group) = self.hazard_analysis {
            put("hazard_analysis", json!(self.groups[group].code));
        }
        put(
            "policy",
            json!({
                "decimals": policy.decimals,
                "bands": bands,
                "veto": {"one": policy.band_code(policy.veto.one), "two": policy.band_code(policy.veto.two)},
                "key": {
                    "one": policy.band_code(policy.key.one),
                    "three": policy.band_code(policy.key.three),
                    "group": policy.band_code(policy.key.group),
                },
                "missing": policy.missing,
                "merge": policy.merge,
            }),
        );
        put("groups", self.groups.iter().map(|group| self.group_json(group)).collect());
        put("items", self.items.iter().map(|item| self.item_json(item)).collect());
        Json::Object(map).to_string()
    }

    fn laws_json(&self) -> Vec<Json> {
        let one = |law: &Law| {
            let mut map = Map::new();
            map.insert("id".into(), json!(law.id));
            map.insert("name".into(), json!(law.name));
            for (key, value) in [("source", &law.source), ("read", &law.read)] {
                if let Some(value) = value {
                    map.insert(key.into(), json!(value));
                }
            }
            Json::Object(map)
        };
        self.laws.iter().map(one).collect()
    }

    /// One group as it stands among them.
    pub fn group_json(&self, group: &Group) -> Json {
        json!({
            "code": group.code,
            "parent": group.parent.map(|parent| &self.groups[parent].code),
            "level": group.level,
            "name": group.name,
            "weight": number(group.weight),
            "target": group.target.map(number),
        })
    }

    /// One item as it stands among them.
    pub fn item_json(&self, item: &Item) -> Json {
        let mut map = Map::new();
        let mut put = |key: &str, value: Json| map.insert(key.to_string(), value);
        put("id", json!(item.id));
        put("rev", json!(item.rev));
        put("ref", json!(item.reference));
        put("parent", json!(item.parent.map(|parent| &self.groups[parent].code)));
        put("question", json!(item.question));
        put("weight", number(item.weight));
        put("criticality", json!(item.criticality.code()));
        put("fails_at", number(item.fails_at.to_f64()));
        put("veto_group", json!(item.veto_group));
        put("target", json!(item.target.map(number)));
        put("na", json!(item.na));
        put("lead", json!(item.lead.map(|lead| &self.departments[lead].id)));
        put("confirm", json!(item.confirm.iter().map(|department| &self.departments[*department].id).collect::<Vec<_>>()));
        item.content.put(self, &mut map);
        map.insert("scale".into(), item.scaled.json());
        Json::Object(map)
    }
}

fn named(all: &[Named]) -> Vec<Json> {
    all.iter().map(|one| json!({"id": one.id, "name": one.name})).collect()
}
