//! What the corpus must show: every type of field with each of its options, and all that expressions know.

use std::collections::BTreeSet;
use std::fs;

use djr::document::{Document, Table};
use djr::models::DefaultFunction;
use djr::models::expression::{Connector, Function, Lookup};
use djr::models::read::{CLASSES, VALIDATORS, known_model_options, known_options};

use crate::corpus::{labels, models, parity, registry};

/// Options that say nothing of a model of the project's own.
const OPTIONS_OF_BUILT_IN_APPS: [&str; 4] = ["auto_created", "serialize", "swappable", "proxy_for"];

/// Options that all fields are read with, but that only these classes show: they are of forms alone,
/// or of text.
const OPTIONS_OF_CLASSES: [(&str, &[&str]); 4] = [
    ("unique_for_date", &["CharField"]),
    ("unique_for_month", &["CharField"]),
    ("unique_for_year", &["CharField"]),
    (
        "db_collation",
        &[
            "CharField",
            "TextField",
            "SlugField",
            "EmailField",
            "URLField",
        ],
    ),
];

/// What does not go together, or what nobody would look for.
fn needs_no_example(class: &str, option: &str) -> bool {
    let is_integer = class.ends_with("IntegerField");
    let is_moment = ["DateField", "DateTimeField", "TimeField", "DurationField"].contains(&class);
    let is_relation = ["ForeignKey", "OneToOneField"].contains(&class);
    match option {
        "primary_key" => matches!(
            class,
            "FileField" | "ImageField" | "JSONField" | "BinaryField" | "ForeignKey"
        ),
        "choices" => !is_integer && !matches!(class, "CharField" | "TextField" | "SlugField"),
        "validators" => {
            is_moment
                || is_relation
                || matches!(
                    class,
                    "UUIDField" | "JSONField" | "BooleanField" | "FilePathField"
                )
        }
        "db_comment" | "error_messages" => is_relation,
        // Bytes cannot be written in TOML.
        "default" | "db_default" => class == "BinaryField",
        _ => false,
    }
}

/// Fields that are not columns, or are computed, have few options.
fn has_few_options(class: &str, option: &str) -> bool {
    let shown: &[&str] = match class {
        "CompositePrimaryKey" => &["type", "fields", "verbose_name"],
        "ManyToManyField" => &[
            "type",
            "to",
            "through",
            "through_fields",
            "related_name",
            "related_query_name",
            "limit_choices_to",
            "db_table",
            "db_constraint",
            "symmetrical",
            "blank",
            "editable",
            "verbose_name",
            "help_text",
        ],
        "GeneratedField" => &[
            "type",
            "expression",
            "output_field",
            "db_persist",
            "null",
            "unique",
            "db_index",
            "db_column",
            "verbose_name",
            "help_text",
        ],
        "OneToOneField" => &[
            "type",
            "to",
            "on_delete",
            "to_field",
            "related_name",
            "related_query_name",
            "limit_choices_to",
            "db_constraint",
            "null",
            "default",
            "db_default",
            "db_column",
            "primary_key",
        ],
        "AutoField" | "SmallAutoField" | "BigAutoField" => &["type", "primary_key"],
        _ => return false,
    };
    !shown.contains(&option)
}

#[test]
fn the_corpus_shows_every_type_of_field_with_each_of_its_options() {
    let shown = shown_options();
    let mut missing = Vec::new();
    for class in CLASSES {
        for option in known_options(class) {
            let only = OPTIONS_OF_CLASSES.iter().find(|(name, _)| *name == option);
            let elsewhere = only.is_some_and(|(_, classes)| !classes.contains(&class));
            let excused = OPTIONS_OF_BUILT_IN_APPS.contains(&option.as_str())
                || elsewhere
                || has_few_options(class, &option)
                || needs_no_example(class, &option);
            if !excused && !shown.contains(&(class.to_owned(), option.clone())) {
                missing.push(format!("{class} with {option}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "add to tests/parity/models: {missing:#?}"
    );
}

#[test]
fn the_corpus_shows_every_option_of_a_model() {
    let shown: BTreeSet<_> = tables()
        .iter()
        .flat_map(|table| table.entries().iter().map(|entry| entry.key.clone()))
        .collect();
    for option in known_model_options() {
        let is_shown =
            shown.contains(&option) || OPTIONS_OF_BUILT_IN_APPS.contains(&option.as_str());
        assert!(is_shown, "no model has `{option}`");
    }
}

/// The lookups that a schema may hold.
fn lookups() -> impl Iterator<Item = &'static str> {
    let all = Lookup::ALL
        .iter()
        .filter(|(_, lookup)| !lookup.is_of_json());
    all.map(|(name, _)| *name)
}

#[test]
fn the_corpus_shows_every_lookup_function_and_operator() {
    let text = text();
    let lookups = lookups().map(|name| format!("__{name} ="));
    let functions = Function::of_schemas().map(|known| format!("{{ {} =", known.name));
    let connectors = Connector::OF_SCHEMAS.iter();
    let connectors = connectors.map(|known| format!("{{ {} =", known.name()));
    let defaults = DefaultFunction::ALL.iter();
    let defaults = defaults
        .filter(|(name, _)| *name != "list")
        .map(|(name, _)| format!("function = \"{name}\""));
    for wanted in lookups.chain(functions).chain(connectors).chain(defaults) {
        assert!(text.contains(&wanted), "no model has `{wanted}`");
    }
}

#[test]
fn the_corpus_has_at_least_sixty_models_of_all_kinds() {
    let registry = registry();
    assert!(models(&registry).count() >= 60);
    let fields = models(&registry).flat_map(|model| &model.fields);
    let kinds: BTreeSet<_> = fields.map(|field| field.kind.class_name()).collect();
    for class in CLASSES {
        assert!(kinds.contains(class), "{class}");
    }
}

#[test]
fn the_page_of_the_models_names_all_there_is() {
    let path = parity().join("../../docs/models.md");
    let page = fs::read_to_string(path).unwrap();
    let options = CLASSES.iter().flat_map(|class| known_options(class));
    let names = CLASSES.iter().map(|class| (*class).to_owned());
    let lookups = lookups().map(str::to_owned);
    let functions = Function::of_schemas().map(|known| known.name.to_owned());
    let connectors = Connector::OF_SCHEMAS.iter();
    let connectors = connectors.map(|known| known.name().to_owned());
    let defaults = DefaultFunction::ALL
        .iter()
        .map(|(name, _)| (*name).to_owned());
    let validators = VALIDATORS.iter().map(|(name, _)| (*name).to_owned());
    let wanted = names
        .chain(options)
        .chain(known_model_options())
        .chain(lookups)
        .chain(functions)
        .chain(connectors)
        .chain(defaults)
        .chain(validators);
    for name in wanted {
        let is_named = page.contains(&format!("`{name}`"));
        assert!(is_named, "docs/models.md does not name `{name}`");
    }
}

/// Every class of field in the corpus with each option some field of it has.
fn shown_options() -> BTreeSet<(String, String)> {
    let mut shown = BTreeSet::new();
    for table in tables() {
        let fields = table.get("fields").and_then(|item| item.as_table());
        for entry in fields.into_iter().flat_map(Table::entries) {
            let options = entry.item.as_table().unwrap();
            let class = options.get("type").unwrap().as_str().unwrap();
            for option in options.entries() {
                shown.insert((class.to_owned(), option.key.clone()));
            }
        }
    }
    shown
}

/// The tables of all models of the corpus.
fn tables() -> Vec<Table> {
    let mut tables = Vec::new();
    for label in labels() {
        let path = parity().join("models").join(format!("{label}.toml"));
        let document = Document::read(&path).unwrap();
        let entries = document.root().entries().iter();
        tables.extend(entries.map(|entry| entry.item.as_table().unwrap().clone()));
    }
    tables
}

fn text() -> String {
    let path = |label: String| parity().join("models").join(format!("{label}.toml"));
    let texts = labels()
        .into_iter()
        .map(|label| fs::read_to_string(path(label)).unwrap());
    texts.collect()
}
