//! The text of a model.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::db::introspection::{RelationKind, TableColumn};
use crate::inspectdb::inspected_field::{InspectedField, field_of};
use crate::inspectdb::inspected_table::{InspectedTable, RowKey};
use crate::inspectdb::model_draft::ModelDraft;
use crate::inspectdb::options::{ModelDeclarations, options};
use crate::models::write::{inline, key, text as quoted};

/// The model as `models.toml` holds it; `taken` are the names of indexes and constraints.
pub(super) fn text(model: &ModelDraft<'_>, taken: &mut BTreeSet<String>) -> String {
    let table = model.table;
    let mut out = String::new();
    // Writing to a string cannot fail.
    writeln!(out, "[{}]", table.model).ok();
    writeln!(out, "db_table = {}", quoted(&table.name)).ok();
    writeln!(out, "managed = false{}", why_unmanaged(table)).ok();
    out.push_str(&declarations(table, &options(model, taken)));
    writeln!(out, "\n[{}.fields]", table.model).ok();
    out.push_str(&key_of(table, &model.fields));
    for field in model.fields.iter().chain(&model.many_to_many) {
        let notes = match field.notes.as_slice() {
            [] => String::new(),
            notes => format!("  # {}", on_one_line(&notes.join("; "))),
        };
        let entries = inline(&field.entries);
        writeln!(out, "{} = {entries}{notes}", key(&field.name)).ok();
    }
    out
}

/// Why no migration may ever touch it.
fn why_unmanaged(table: &InspectedTable) -> &'static str {
    match (table.kind, table.row_key) {
        (RelationKind::View, _) => "  # a view, which is only read: this line stays",
        (RelationKind::Virtual, _) => "  # a virtual table: this line stays",
        (_, RowKey::Guessed) => "  # nothing tells its rows apart: this line stays",
        _ => "",
    }
}

/// Sets, indexes and constraints, and as comments what a model cannot say.
fn declarations(table: &InspectedTable, options: &ModelDeclarations) -> String {
    let mut out = String::new();
    if !options.unique_together.is_empty() {
        let sets = options.unique_together.join(", ");
        writeln!(out, "unique_together = [{sets}]").ok();
    }
    for (name, items) in [
        ("indexes", &options.indexes),
        ("constraints", &options.constraints),
    ] {
        if !items.is_empty() {
            let lines = items.iter().map(|item| format!("    {item},\n"));
            writeln!(out, "{name} = [\n{}]", lines.collect::<String>()).ok();
        }
    }
    for columns in &table.compound_references {
        writeln!(
            out,
            "# left out: the foreign key of ({})",
            on_one_line(columns)
        )
        .ok();
    }
    for sql in &options.left_out {
        writeln!(out, "# left out: {}", on_one_line(sql)).ok();
    }
    out
}

fn on_one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// What stands in front of the fields of a table whose key is not one column.
fn key_of(table: &InspectedTable, fields: &[InspectedField]) -> String {
    let mut keys: Vec<&TableColumn> = table
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    match keys.len() {
        0 | 1 => match table.row_key {
            RowKey::Number(name) => rowid_field(name, fields),
            RowKey::Declared | RowKey::Guessed => String::new(),
        },
        _ => {
            keys.sort_by_key(|column| column.key);
            let names = keys
                .iter()
                .filter_map(|column| field_of(fields, &column.name));
            let names: Vec<_> = names.map(quoted).collect();
            let names = names.join(", ");
            format!("pk = {{ type = \"CompositePrimaryKey\", fields = [{names}] }}\n")
        }
    }
}

/// The number by which SQLite knows a row of a table that has no key.
fn rowid_field(number: &str, fields: &[InspectedField]) -> String {
    let taken: Vec<_> = fields.iter().map(|field| field.name.clone()).collect();
    let name = crate::inspectdb::names::field(number, false, &taken);
    let column = if name == number {
        String::new()
    } else {
        format!(", db_column = {}", quoted(number))
    };
    format!(
        "{name} = {{ type = \"AutoField\", primary_key = true{column} }}  # no primary key: SQLite numbers the rows\n"
    )
}
