//! A search for a type finds one thing: two types of one name are private to their files, or listed.

use std::collections::BTreeMap;

use syn::{Ident, Item, Visibility};

use crate::exceptions::{TYPE_NAMES, assert_only};
use crate::source_file::{SourceFile, source_files};

#[test]
fn a_type_that_others_can_name_has_a_name_of_its_own() {
    assert_only(&offences(&source_files()), TYPE_NAMES);
}

/// Where a type is defined.
struct Definition {
    place: String,
    is_private: bool,
}

/// The names that two types share, one of which is not private, once for each of the types.
fn offences(files: &[SourceFile]) -> Vec<(String, String)> {
    let mut definitions: BTreeMap<String, Vec<Definition>> = BTreeMap::new();
    for file in files {
        for item in &file.syntax.items {
            let Some((name, visibility)) = type_name(item) else {
                continue;
            };
            let definition = Definition {
                place: format!("{}:{}", file.path, name.span().start().line),
                is_private: matches!(visibility, Visibility::Inherited),
            };
            let same = definitions.entry(name.to_string()).or_default();
            same.push(definition);
        }
    }
    definitions.retain(|_, same| same.len() > 1 && !same.iter().all(|found| found.is_private));
    definitions
        .iter()
        .flat_map(|(name, same)| same.iter().map(move |found| offence(name, found, same)))
        .collect()
}

fn offence(name: &str, found: &Definition, same: &[Definition]) -> (String, String) {
    let others = same.iter().filter(|other| other.place != found.place);
    let others: Vec<_> = others.map(|other| other.place.as_str()).collect();
    let line = format!(
        "`{name}` of {} is also in {}",
        found.place,
        others.join(", ")
    );
    (name.to_owned(), line)
}

fn type_name(item: &Item) -> Option<(&Ident, &Visibility)> {
    match item {
        Item::Enum(item) => Some((&item.ident, &item.vis)),
        Item::Struct(item) => Some((&item.ident, &item.vis)),
        Item::Trait(item) => Some((&item.ident, &item.vis)),
        Item::Type(item) => Some((&item.ident, &item.vis)),
        Item::Union(item) => Some((&item.ident, &item.vis)),
        _ => None,
    }
}

#[test]
fn a_shared_name_is_found_unless_all_its_types_are_private() {
    let files = [
        SourceFile::new(
            "src/a.rs",
            "pub struct Outcome; struct Local; mod tests { struct Outcome; }",
        ),
        SourceFile::new(
            "src/b.rs",
            "enum Outcome {}\ntype Local = u8; #[cfg(test)] trait Outcome {}",
        ),
    ];
    let expected = [
        ("Outcome", "`Outcome` of src/a.rs:1 is also in src/b.rs:1"),
        ("Outcome", "`Outcome` of src/b.rs:1 is also in src/a.rs:1"),
    ];
    let expected = expected.map(|(name, line)| (name.to_owned(), line.to_owned()));
    assert_eq!(offences(&files), expected);
}
