//! The modules of `src/` import only downwards, and crates stay in their homes.

use std::fs;
use std::path::Path;

use crate::imports::{Import, Target, imports};
use crate::layers::{HOMES, LAYERS, NARROW, OFFERED, TEST_MODULES, may_import, may_name, position};
use crate::source_file::module_of;
use crate::{root, sources};

#[test]
fn modules_import_only_what_they_may() {
    let offences: Vec<_> = sources()
        .iter()
        .flat_map(|file| offences_in(file))
        .collect();
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn layers_exist_and_stand_in_the_order_the_library_documents() {
    for layer in LAYERS {
        let source = root().join("src").join(layer);
        assert!(
            source.is_dir() || source.with_extension("rs").is_file(),
            "no `{layer}`"
        );
    }
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let documented = library.lines().filter(|line| line.starts_with("//! * "));
    let documented: Vec<_> = documented
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(names, _)| names.split('`').skip(1).step_by(2))
        .collect();
    assert_eq!(documented, LAYERS, "the list at the top of src/lib.rs");
}

#[test]
fn modules_for_tests_are_compiled_for_nothing_else() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for module in TEST_MODULES {
        assert!(library.contains(&format!("#[cfg(test)]\nmod {module};\n")));
    }
}

#[test]
fn narrow_modules_import_only_from_below() {
    for (layer, allowed) in NARROW {
        let place = position(layer).unwrap();
        for name in *allowed {
            let below = position(name).is_some_and(|position| position < place);
            assert!(below, "`{layer}` stands below `{name}`");
        }
    }
}

#[test]
fn homes_name_dependencies_and_layers() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for (name, homes) in HOMES {
        let package = name.replace('_', "-");
        let listed = [*name, &package].map(|name| manifest.contains(&format!("\n{name} = ")));
        assert!(listed.contains(&true), "no crate `{name}`");
        for home in *homes {
            assert!(position(home).is_some(), "no `{home}` for `{name}`");
        }
    }
}

#[test]
fn no_way_to_name_a_module_escapes_the_check() {
    let source = r#"use crate::{db::{self, Database}, ui::Ui};
        pub use super::super::cli::run;
        pub use crate::diagnostic::Diagnostic;
        use super::super::*;
        fn inline() { crate::commands::migrate::run() }
        fn in_a_macro() { assert!(true, "{}", crate::cli::NAME) }
        #[derive(clap::Args)] struct Attribute(rusqlite::Error);
        pub(in crate::migrations) fn visibility() {}
        mod inner { use super::super::Plan; use super::super::super::ui; }
        extern crate rusqlite as sql;
        macro_rules! hidden { () => { use $crate::cli::{run} } }
    "#;
    let module = ["migrations".to_owned(), "plan".to_owned()];
    assert_eq!(
        offences("plan.rs", &module, source),
        [
            "plan.rs:1: `migrations` may not name `ui`",
            "plan.rs:2: `migrations` may not name `cli`",
            "plan.rs:3: `migrations` re-exports `diagnostic`",
            "plan.rs:4: `migrations` may not name `crate`",
            "plan.rs:5: `migrations` may not name `commands`",
            "plan.rs:6: `migrations` may not name `cli`",
            "plan.rs:7: `migrations` may not name `clap`",
            "plan.rs:7: `migrations` may not name `rusqlite`",
            "plan.rs:9: `migrations` may not name `ui`",
            "plan.rs:10: `migrations` may not name `rusqlite`",
            "plan.rs:11: `migrations` may not name `cli`",
        ]
    );
}

#[test]
fn a_module_without_a_place_is_an_offence() {
    let unlisted = offences("new.rs", &["new".to_owned()], "");
    assert_eq!(unlisted, ["new.rs:1: `new` is missing from LAYERS"]);
    let library = "mod new {} mod ui; pub use cli::run;\nuse clap::Parser;";
    assert_eq!(
        offences("lib.rs", &[], library),
        [
            "lib.rs:1: `new` is missing from LAYERS",
            "lib.rs:2: `lib` may not name `clap`",
        ]
    );
    let terminal = offences("ui.rs", &["ui".to_owned()], "use crate::db::Database;");
    assert_eq!(terminal, ["ui.rs:1: `ui` may not name `db`"]);
}

fn offences_in(file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(root()).unwrap();
    let module = module_of(relative);
    let source = fs::read_to_string(file).unwrap();
    offences(&relative.display().to_string(), &module, &source)
}

fn offences(file: &str, module: &[String], source: &str) -> Vec<String> {
    let layer = module.first().map_or("lib", String::as_str);
    if TEST_MODULES.contains(&layer) {
        return Vec::new();
    }
    if !module.is_empty() && position(layer).is_none() {
        return vec![format!("{file}:1: {}", unlisted(layer))];
    }
    let offence = |import: Import| {
        let offence = offence(layer, &import)?;
        Some(format!("{file}:{}: {offence}", import.line))
    };
    let found = imports(source, module);
    found.into_iter().filter_map(offence).collect()
}

fn offence(layer: &str, import: &Import) -> Option<String> {
    let (name, allowed) = match &import.target {
        Target::Outside(name) => (name.as_str(), may_name(layer, name)?),
        Target::Module(name) if name == layer => return None,
        Target::Module(name) if TEST_MODULES.contains(&name.as_str()) => return None,
        Target::Module(name) if position(name).is_none() => return Some(unlisted(name)),
        Target::Module(name) => (name.as_str(), may_import(layer, name)?),
        Target::Root => {
            position(layer)?;
            ("crate", false)
        }
    };
    let offered = OFFERED.contains(&(name, layer));
    match (allowed, import.public && !offered) {
        (false, _) => Some(format!("`{layer}` may not name `{name}`")),
        // A module above could then reach it under this module's name.
        (true, true) => Some(format!("`{layer}` re-exports `{name}`")),
        (true, false) => None,
    }
}

fn unlisted(name: &str) -> String {
    format!("`{name}` is missing from LAYERS")
}
