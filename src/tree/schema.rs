//! JSON Schema of a tree file, for editors: `ecap tree schema`.

use serde_json::{Value as Json, json};

use crate::scale::SCALES;

/// The schema of the tree file and of the group files it names.
pub fn schema() -> Json {
    let text = json!({"type": "object", "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}}, "required": ["zh", "en"], "additionalProperties": false});
    let positive = json!({"type": "number", "exclusiveMinimum": 0});
    let target = json!({"type": ["number", "null"], "minimum": 0, "maximum": 100});
    let scales: Vec<&str> = SCALES.iter().map(|entry| entry.name).collect();
    let item = json!({
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
            "tree": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "edition": {"type": ["string", "number"]},
                    "name": {"$ref": "#/$defs/text"},
                    "profile": {"type": "object"},
                    "departments": {"type": "array", "items": {"$ref": "#/$defs/department"}},
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
