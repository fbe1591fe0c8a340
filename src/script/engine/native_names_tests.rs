//! Every name that Django's modules ask of the native ones is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use crate::apps::Apps;
use crate::db::Connections;
use crate::script::engine::entry::enter;
use crate::script::engine::interpreter::import;
use crate::script::{PythonSite, STACK_SIZE};
use crate::settings::Settings;

/// A module and the name that is asked of it, and the file that asks.
type AskedNames = BTreeMap<(String, String), String>;

#[test]
fn every_name_that_djangos_modules_ask_of_native_ones_is_there() {
    let mut asked = AskedNames::new();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/script/python");
    gather(&directory, &mut asked);
    assert!(asked.len() > 50, "{}", asked.len());
    let work = move || missing(&asked);
    let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn(work);
    let missing = thread.unwrap().join().unwrap();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What is asked for in the files of `directory`.
fn gather(directory: &Path, asked: &mut AskedNames) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, asked);
        } else if path.extension().is_some_and(|ending| ending == "py") {
            let text = fs::read_to_string(&path).unwrap();
            for name in names_in(&text) {
                asked.insert(name, path.display().to_string());
            }
        }
    }
}

/// The modules that `text` imports and the names that it asks of them.
fn names_in(text: &str) -> BTreeSet<(String, String)> {
    let imported = text.lines().filter_map(|line| {
        let module = line.trim().strip_prefix("import ")?;
        module.starts_with("_djr").then_some(module)
    });
    let mut names = BTreeSet::new();
    for module in imported {
        let beginning = format!("{module}.");
        for (place, _) in text.match_indices(&beginning) {
            let is_part = text[..place].ends_with(|before: char| is_in_a_name(before));
            let rest = &text[place + beginning.len()..];
            let name = rest.split(|next: char| !is_in_a_name(next)).next();
            let name = name.unwrap_or_default();
            if !is_part && !name.is_empty() {
                names.insert((module.to_owned(), name.to_owned()));
            }
        }
    }
    names
}

fn is_in_a_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Those of `asked` that are not there, with the files that ask.
fn missing(asked: &AskedNames) -> Vec<String> {
    let settings = Settings::parse("").unwrap();
    let connections = Arc::new(Connections::new(BTreeMap::new()));
    let apps = Apps::default();
    let site = PythonSite::new(
        Path::new(""),
        &apps,
        &settings,
        &Arc::default(),
        &connections,
    );
    enter(&site, |_, vm| {
        let missing = asked.iter().filter(|((module, name), _)| {
            let module = import(module, vm);
            let found =
                module.and_then(|module| module.get_attr(&*vm.ctx.new_str(name.clone()), vm));
            found.is_err()
        });
        let lines = missing.map(|((module, name), path)| format!("{path}: {module}.{name}"));
        lines.collect()
    })
}

#[test]
fn names_are_found_where_a_module_is_imported() {
    let text = "import _djr_db\n_djr_db.rows(my_djr_db.no)\n_djr.other\n";
    let found: Vec<_> = names_in(text).into_iter().collect();
    assert_eq!(found, [("_djr_db".to_owned(), "rows".to_owned())]);
}
