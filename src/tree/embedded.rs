//! Trees that come with the program, prepared by `build.rs`.

use serde_json::Value as Json;

use crate::finding::Finding;
use crate::node::Node;
use crate::place::Place;
use crate::tree::Loaded;
use crate::tree::construct::compose;

const CITY: &str = include_str!(concat!(env!("OUT_DIR"), "/city.json"));

/// Names that `--tree` takes; the first is the default.
pub const NAMES: [&str; 1] = ["city"];

/// The embedded tree of that name.
pub fn named(name: &str, findings: &mut Vec<Finding>) -> Option<Loaded> {
    if name != NAMES[0] {
        return None;
    }
    let files: Json = serde_json::from_str(CITY).ok()?;
    let read =
        |file: &str, _findings: &mut Vec<Finding>| files.get(file).map(|json| Node::of_json(json, &Place::file(&format!("{name}/{file}"))));
    let main = read("tree.yaml", findings)?;
    let tree = compose(&main, &mut |file, findings| read(file, findings), findings);
    Some(Loaded { tree, sources: Vec::new() })
}
