//! The text of a model.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::db::introspection::TableColumn;
use crate::inspectdb::column::{FieldsInput, fields};
use crate::inspectdb::inspected_field::{InspectedField, field_of};
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::many_to_many::many_to_many;
use crate::inspectdb::options::{ModelDeclarations, options};
use crate::inspectdb::table_definition::TableDefinition;
use crate::models::write::{inline, key, text as quoted};

/// The model of `table` as `models.toml` holds it; `taken` are the names of indexes and constraints.
pub(super) fn text(
    table: &InspectedTable,
    tables: &[InspectedTable],
    known: &[(String, String)],
    taken: &mut BTreeSet<String>,
) -> String {
    let definition = TableDefinition::read(&table.sql);
    let fields = fields(FieldsInput {
        table,
        definition: &definition,
        tables,
        known,
    });
    let mut out = String::new();
    // Writing to a string cannot fail.
    writeln!(out, "[{}]", table.model).ok();
    writeln!(out, "db_table = {}", quoted(&table.name)).ok();
    writeln!(out, "managed = false").ok();
    out.push_str(&declarations(
        table,
        &options(table, &definition, &fields, taken),
    ));
    writeln!(out, "\n[{}.fields]", table.model).ok();
    out.push_str(&key_of(table, &fields));
    for field in &fields {
        let notes = match field.notes.as_slice() {
            [] => String::new(),
            notes => format!("  # {}", on_one_line(&notes.join("; "))),
        };
        let entries = inline(&field.entries);
        writeln!(out, "{} = {entries}{notes}", key(&field.name)).ok();
    }
    out.push_str(&many_to_many(table, tables, &fields));
    out
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
        0 => rowid_field(table, fields),
        1 => String::new(),
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

/// SQLite numbers the rows of a table without a key; those of a view have no numbers.
fn rowid_field(table: &InspectedTable, fields: &[InspectedField]) -> String {
    let is_free = |name: &&str| {
        let mut columns = table.columns.iter();
        columns.all(|column| !column.name.eq_ignore_ascii_case(name))
    };
    let number = ["rowid", "_rowid_", "oid"].into_iter().find(is_free);
    let is_table = table
        .sql
        .trim_start()
        .get(..12)
        .is_some_and(|head| head.eq_ignore_ascii_case("create table"));
    match number.filter(|_| is_table) {
        Some(number) => {
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
        None => {
            "# no primary key: give `primary_key = true` to the field that names a row\n".to_owned()
        }
    }
}
