//! The tree as `ecap tree show --json` prints it: compact, keys in the order of the contract.

use serde_json::{Map, Value as Json, json};

use crate::number::json as number;
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
        json!({
            "id": self.id,
            "edition": self.edition,
            "name": self.name,
            "departments": departments,
            "policy": {
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
            },
            "groups": self.groups.iter().map(|group| self.group_json(group)).collect::<Vec<_>>(),
            "items": self.items.iter().map(|item| self.item_json(item)).collect::<Vec<_>>(),
        })
        .to_string()
    }

    fn group_json(&self, group: &Group) -> Json {
        json!({
            "code": group.code,
            "parent": group.parent.map(|parent| &self.groups[parent].code),
            "level": group.level,
            "name": group.name,
            "weight": number(group.weight),
            "target": group.target.map(number),
        })
    }

    fn item_json(&self, item: &Item) -> Json {
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
        put("scale", item.scaled.json());
        Json::Object(map)
    }
}
