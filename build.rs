//! Turns the YAML of `indicators/city/` and `indicators/bank/` into compact JSON, so that starting ecap does not cost a YAML parse.
//! Nothing else.

use std::path::{Path, PathBuf};
use std::{env, fs};

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

fn main() {
    embed("indicators/city", "city.json");
    embed("indicators/bank", "bank.json");
}

/// One object: file names and what the files hold.
fn embed(folder: &str, output: &str) {
    let folder = Path::new(folder);
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    names.sort();
    let mut files = Map::new();
    for path in names {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("a readable file");
        let documents = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        files.insert(name, documents.first().map_or(Value::Null, json));
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("OUT_DIR")).join(output);
    fs::write(out, Value::Object(files).to_string()).expect("a writable OUT_DIR");
}

fn json(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Value(scalar) => match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(truth) => Value::Bool(*truth),
            Scalar::Integer(number) => Value::from(*number),
            Scalar::FloatingPoint(number) => Value::from(number.into_inner()),
            Scalar::String(text) => Value::String(text.to_string()),
        },
        Yaml::Sequence(items) => items.iter().map(json).collect(),
        Yaml::Mapping(entries) => entries.iter().map(|(key, value)| (key.as_str().expect("a text key").to_string(), json(value))).collect(),
        other => panic!("not used in a tree: {other:?}"),
    }
}
