//! The table of Django's options in `docs/admin.md` has all of them: those that Django itself was asked for.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::root;

/// The names in the first cells of the table below the heading `### CLASS`.
fn told(page: &str, class: &str) -> BTreeSet<String> {
    let (_, table) = page.split_once(&format!("### {class}\n")).unwrap();
    let table = table.split("\n#").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let cells = rows.map(|row| row.split('|').next().unwrap());
    let names = cells.flat_map(|cell| {
        cell.split(',')
            .map(|name| name.trim().trim_matches('`').to_owned())
    });
    names.collect()
}

#[test]
fn every_option_of_the_admin_of_django_is_told() {
    let page = fs::read_to_string(root().join("docs/admin.md")).unwrap();
    let recorded: Value =
        serde_json::from_str(include_str!("../parity/golden/admin_options.json")).unwrap();
    for (class, names) in recorded.as_object().unwrap() {
        let names = names.as_array().unwrap().iter();
        let names: BTreeSet<_> = names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect();
        let told = told(&page, class);
        let missing: Vec<_> = names.difference(&told).collect();
        let unknown: Vec<_> = told.difference(&names).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{class}: not told {missing:?}, not Django's {unknown:?}"
        );
    }
}
