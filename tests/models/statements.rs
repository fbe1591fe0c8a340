//! The statements that make the tables.

use std::collections::BTreeMap;
use std::fs;

use djr::db::SchemaTransaction;
use djr::models::{ModelKey, ProjectState, Registry};
use djr::schema::{Direction, SchemaEditor};

use crate::corpus::{labels, parity, registry};

#[test]
fn every_table_is_made_with_the_statements_of_django() {
    let recorded = recording();
    let registry = registry();
    assert_eq!(labels(), recorded.keys().cloned().collect::<Vec<_>>());
    for (label, expected) in recorded {
        let made = statements(&registry, &label);
        for (ours, theirs) in made.iter().zip(&expected) {
            similar_asserts(ours, theirs, &label);
        }
        assert_eq!(made.len(), expected.len(), "{label}: {made:#?}");
    }
}

#[test]
fn every_table_is_made_by_the_database_that_djr_brings() {
    let registry = registry();
    for label in labels() {
        let database = SchemaTransaction::in_memory().unwrap();
        for sql in statements(&registry, &label) {
            let made = database.execute(&sql, &[]);
            made.unwrap_or_else(|error| panic!("{label}: {error}\n{sql}"));
        }
    }
}

/// Compares two statements part by part, so that a difference is found in a long one.
fn similar_asserts(ours: &str, theirs: &str, label: &str) {
    let parts = |sql: &str| sql.split(", ").map(ToOwned::to_owned).collect::<Vec<_>>();
    for (ours, theirs) in parts(ours).iter().zip(&parts(theirs)) {
        assert_eq!(ours, theirs, "{label}");
    }
    assert_eq!(ours, theirs, "{label}");
}

fn recording() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(parity().join("golden/models.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn statements(registry: &Registry, label: &str) -> Vec<String> {
    let state = state(registry);
    let mut editor = SchemaEditor::collecting(Direction::Forwards);
    for model in registry.models().filter(|model| model.app_label == label) {
        if state.is_migrated(model) {
            editor.create_model(&state, model).unwrap();
        }
    }
    let collected = editor.finish().unwrap().into_iter();
    collected
        .map(|sql| sql.trim_end_matches(';').to_owned())
        .collect()
}

fn state(registry: &Registry) -> ProjectState {
    let mut state = ProjectState::new(ModelKey::new("auth", "User"));
    for model in registry.models() {
        state.add(model.clone()).unwrap();
    }
    state
}
