//! JSON Schema of a tree file, for editors: `ecap tree schema`.

use serde_json::{Map, Value as Json, json};

use crate::scale::SCALES;
use crate::tree::content::TOP;
use crate::tree::vocabulary::{ACTIONS, CHANGES, EVIDENCE, FACETS, LEVELS, STATUSES, Vocabulary};

/// The content keys of an item, from the vocabularies.
fn content() -> Json {
    let words = |vocabulary: &Vocabulary| -> Json { vocabulary.words.iter().map(|word| word.word).collect() };
    let list = |items: Json| json!({"type": "array", "items": items});
    let mut facets = Map::new();
    for facet in &FACETS {
        let one = json!({"enum": words(&facet.vocabulary)});
        facets.insert(facet.vocabulary.key.to_string(), if facet.many { list(one) } else { one });
    }
    let text = json!({"type": "string", "minLength": 1});
    let score = json!({"type": "integer", "minimum": 0, "maximum": TOP});
    json!({
        "fact": {"type": "string", "description": "所问的一件事，全树唯一 the one fact asked, unique in the tree"},
        "core": {"type": "boolean"},
        "sensitive": {"type": "boolean", "description": "脱敏时不给出 left out of redacted results"},
        "time": {"enum": ["as_of", "period"]},
        "months": {"type": "integer", "minimum": 1},
        "levels": list(json!({"enum": words(&LEVELS)})),
        "facets": strict(Json::Object(facets), &[]),
        "evidence": list(strict(json!({"kind": {"enum": words(&EVIDENCE)}, "zh": text, "en": text}), &["kind", "zh", "en"])),
        "sample": strict(
            json!({"of": {"$ref": "#/$defs/text"}, "all_up_to": {"type": "integer", "minimum": 1}, "draw": {"type": "integer", "minimum": 1}}),
            &["of", "draw"],
        ),
        "legal_floor": {"type": ["integer", "null"], "minimum": 1, "maximum": TOP},
        "basis": list(strict(
            json!({
                "law": text, "article": {"type": ["string", "number"]}, "status": {"enum": words(&STATUSES)}, "quote": text,
                "source": text, "date": text, "note": {"$ref": "#/$defs/text"}
            }),
            &["status"],
        )),
        "training": list(strict(json!({"topic": text, "audience": text}), &["topic", "audience"])),
        "actions": list(strict(
            json!({
                "from": score, "to": score, "kind": {"enum": words(&ACTIONS)}, "zh": text, "en": text, "owner": text,
                "days": {"type": "integer", "minimum": 1}, "closes_with": {"enum": words(&EVIDENCE)}
            }),
            &["from", "to", "kind", "zh", "en", "owner", "days", "closes_with"],
        )),
        "variant_of": text,
        "change": {"enum": words(&CHANGES)},
        "lineage": list(strict(json!({"from": text, "relation": text}), &["from", "relation"])),
        "lint_ok": strict(json!({"rule": text, "reason": {"$ref": "#/$defs/text"}}), &["rule", "reason"]),
        "requires": list(json!({"type": "string", "description": "前提题的题号：那里得 0 分，这里就不该有分 ids without which this item has no score"}))
    })
}

/// An object of these keys and no others.
fn strict(properties: Json, required: &[&str]) -> Json {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// The schema of the tree file and of the group files it names.
pub fn schema() -> Json {
    let text = json!({"type": "object", "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}}, "required": ["zh", "en"], "additionalProperties": false});
    let positive = json!({"type": "number", "exclusiveMinimum": 0});
    let target = json!({"type": ["number", "null"], "minimum": 0, "maximum": 100});
    let scales: Vec<&str> = SCALES.iter().map(|entry| entry.name).collect();
    let mut item = json!({
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "永久编号 permanent, never reused"},
            "rev": {"type": "integer", "minimum": 1},
            "ref": {"type": "string", "description": "显示编号；不写则按位置 display number, by position if absent"},
            "parent": {"type": ["string", "null"], "description": "平铺写法中上级分组的 code; the flat form only"},
            "question": {"$ref": "#/$defs/text"},
            "weight": positive,
            "criticality": {"enum": ["normal", "key", "veto"]},
            "fails_at": {"type": "number"},
            "veto_group": {"type": ["string", "null"]},
            "target": target,
            "na": {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "null"}]},
            "lead": {"type": ["string", "null"]},
            "confirm": {"type": "array", "items": {"type": "string"}},
            "scale": {"type": "object", "properties": {"type": {"enum": scales}}, "required": ["type"]}
        },
        "required": ["id", "question", "scale"],
        "additionalProperties": false
    });
    if let (Some(properties), Json::Object(content)) = (item["properties"].as_object_mut(), content()) {
        properties.extend(content);
    }
    let group = json!({
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "name": {"$ref": "#/$defs/text"},
            "parent": {"type": ["string", "null"]},
            "level": {"type": "integer", "minimum": 1},
            "weight": positive,
            "target": target,
            "groups": {"type": "array", "items": {"$ref": "#/$defs/group"}},
            "items": {"type": "array", "items": {"$ref": "#/$defs/item"}}
        },
        "required": ["code", "name"],
        "additionalProperties": false
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ecap tree",
        "anyOf": [{"$ref": "#/$defs/tree"}, {"$ref": "#/$defs/group"}],
        "$defs": {
            "text": text,
            "item": item,
            "group": group,
            "department": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "name": {"$ref": "#/$defs/text"}, "outsider": {"type": "boolean"}},
                "required": ["id", "name"],
                "additionalProperties": false
            },
            "named": strict(json!({"id": {"type": "string"}, "name": {"$ref": "#/$defs/text"}}), &["id", "name"]),
            "law": strict(json!({
                "id": {"type": "string"}, "name": {"$ref": "#/$defs/text"},
                "source": {"type": "string", "description": "读到原文的地方 where its text was read"},
                "read": {"type": "string", "format": "date"}
            }), &["id", "name"]),
            "tree": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "edition": {"type": ["string", "number"]},
                    "name": {"$ref": "#/$defs/text"},
                    "profile": {"type": "object"},
                    "departments": {"type": "array", "items": {"$ref": "#/$defs/department"}},
                    "laws": {"type": "array", "items": {"$ref": "#/$defs/law"}},
                    "topics": {"type": "array", "items": {"$ref": "#/$defs/named"}},
                    "audiences": {"type": "array", "items": {"$ref": "#/$defs/named"}},
                    "retired": {"type": "array", "items": strict(json!({
                        "id": {"type": "string"}, "edition": {"type": ["string", "number"]},
                        "replaced_by": {"type": "array", "items": {"type": "string"}}
                    }), &["id", "edition"])},
                    "hazard_analysis": {"type": "string", "description": "问危险分析的分组编号 code of the group that asks about hazard analysis"},
                    "policy": {"type": "object"},
                    "files": {"type": "array", "items": {"type": "string"}},
                    "groups": {"type": "array", "items": {"$ref": "#/$defs/group"}},
                    "items": {"type": "array", "items": {"$ref": "#/$defs/item"}}
                },
                "required": ["id", "edition", "name"],
                "additionalProperties": false
            }
        }
    })
}
