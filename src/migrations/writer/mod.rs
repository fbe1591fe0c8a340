//! Writes migrations as files: small, stable, and one line for each thing that can change.

use std::fmt::Write as _;

use crate::migrations::Migration;
use crate::migrations::operations::Operation;
use crate::models::write::{
    constraint, field_table, index, inline, key, option_entries, text, texts,
};
use crate::models::{Field, FieldKind, Model, ModelOptions};

/// The content of the file of `migration`, which reads as the same migration again.
pub fn write_migration(migration: &Migration) -> String {
    let mut file = String::new();
    let mut line = |key: &str, values: Vec<String>| {
        if !values.is_empty() {
            // Writing to a string cannot fail.
            writeln!(file, "{key} = {}", array(&values)).ok();
        }
    };
    let names = |list: &[crate::migrations::MigrationDependency]| -> Vec<String> {
        list.iter().map(|found| text(&found.to_string())).collect()
    };
    line("dependencies", names(&migration.dependencies));
    line("run_before", names(&migration.run_before));
    let replaces = migration.replaces.iter();
    line(
        "replaces",
        replaces.map(|key| text(&key.to_string())).collect(),
    );
    if let Some(initial) = migration.initial {
        writeln!(file, "initial = {initial}").ok();
    }
    if !migration.atomic {
        file.push_str("atomic = false\n");
    }
    if !file.is_empty() && !migration.operations.is_empty() {
        file.push('\n');
    }
    file.push_str(&operations(&migration.operations));
    file
}

/// The part of a file that holds `operations`.
pub(super) fn operations(operations: &[Operation]) -> String {
    let parts: Vec<_> = operations
        .iter()
        .map(|found| listed_operation(found, "operations"))
        .collect();
    parts.join("\n")
}

/// An operation of the list of tables `path`.
fn listed_operation(found: &Operation, path: &str) -> String {
    format!("[[{path}]]\n{}", operation(found, path))
}

/// A list of written values, on one line if it is short.
fn array(values: &[String]) -> String {
    let joined = values.join(", ");
    if values.len() < 2 || joined.len() < 60 {
        return format!("[{joined}]");
    }
    let lines: Vec<_> = values
        .iter()
        .map(|value| format!("    {value},\n"))
        .collect();
    format!("[\n{}]", lines.concat())
}

/// The lines below `[[operations]]`, or below another list of tables `path`.
fn operation(operation: &Operation, path: &str) -> String {
    match operation {
        Operation::CreateModel(model) => create_model(model, path),
        Operation::SeparateDatabaseAndState {
            database_operations,
            state_operations,
        } if !database_operations.is_empty() || !state_operations.is_empty() => {
            let of = |key: &str, operations: &[Operation]| -> Vec<String> {
                let path = format!("{path}.SeparateDatabaseAndState.{key}");
                let operations = operations.iter();
                operations
                    .map(|found| listed_operation(found, &path))
                    .collect()
            };
            let mut parts = of("database_operations", database_operations);
            parts.extend(of("state_operations", state_operations));
            parts.concat()
        }
        Operation::RunSql {
            sql,
            reverse_sql,
            elidable,
        } if sql.iter().any(|script| script.contains('\n')) => {
            let mut lines = format!("[{path}.RunSQL]\nsql = {}\n", scripts(sql));
            if let Some(reverse_sql) = reverse_sql {
                writeln!(lines, "reverse_sql = {}", scripts(reverse_sql)).ok();
            }
            if *elidable {
                lines.push_str("elidable = true\n");
            }
            lines
        }
        Operation::AlterModelOptions { name, options } if option_entries(options).len() > 2 => {
            let mut lines = format!(
                "[{path}.AlterModelOptions]\nname = {}\n[{path}.AlterModelOptions.options]\n",
                text(name)
            );
            for (name, value) in option_entries(options) {
                writeln!(lines, "{} = {value}", key(&name)).ok();
            }
            lines
        }
        other => {
            let (name, entries) = entries(other);
            format!("{name} = {}\n", inline(&entries))
        }
    }
}

fn create_model(model: &Model, path: &str) -> String {
    let mut lines = format!(
        "[{path}.CreateModel]\nname = {}\n[{path}.CreateModel.fields]\n",
        text(&model.name)
    );
    for field in declared(model) {
        writeln!(lines, "{} = {}", key(&field.name), field_table(field)).ok();
    }
    let options = options(&model.options);
    if !options.is_empty() {
        writeln!(lines, "[{path}.CreateModel.options]").ok();
        for (name, value) in options {
            writeln!(lines, "{} = {value}", key(&name)).ok();
        }
    }
    lines
}

/// The options of a model, its indexes and constraints one to a line.
fn options(options: &ModelOptions) -> Vec<(String, String)> {
    let indexes: Vec<_> = options.indexes.iter().map(index).collect();
    let constraints: Vec<_> = options.constraints.iter().map(constraint).collect();
    let mut entries = option_entries(options);
    for (name, value) in &mut entries {
        match name.as_str() {
            "indexes" => *value = array(&indexes),
            "constraints" => *value = array(&constraints),
            _ => {}
        }
    }
    entries
}

/// The fields without the primary key that a model gets where it declares none.
fn declared(model: &Model) -> impl Iterator<Item = &Field> {
    let implicit = Field::implicit_id(FieldKind::BigAuto);
    let is_implicit = model.fields.first().is_some_and(|first| {
        let first = Field {
            serialize: false,
            ..first.clone()
        };
        first == implicit
    });
    model.fields.iter().skip(usize::from(is_implicit))
}

type Entries = Vec<(String, String)>;

/// The name and the entries of an operation.
fn entries(operation: &Operation) -> (&'static str, Entries) {
    match operation {
        Operation::CreateModel(model) => {
            let fields = declared(model).map(|field| (field.name.clone(), field_table(field)));
            let mut parts = vec![("name", text(&model.name))];
            parts.push(("fields", inline(&fields.collect::<Vec<_>>())));
            let options = option_entries(&model.options);
            if !options.is_empty() {
                parts.push(("options", inline(&options)));
            }
            ("CreateModel", owned(parts))
        }
        Operation::DeleteModel { name } => ("DeleteModel", owned(vec![("name", text(name))])),
        Operation::RenameModel { old_name, new_name } => {
            ("RenameModel", renaming(None, old_name, new_name))
        }
        Operation::AlterModelTable { name, table } => {
            let mut parts = vec![("name", text(name))];
            parts.extend(table.iter().map(|table| ("table", text(table))));
            ("AlterModelTable", owned(parts))
        }
        Operation::AlterModelTableComment {
            name,
            table_comment,
        } => {
            let mut parts = vec![("name", text(name))];
            let comment = table_comment.iter();
            parts.extend(comment.map(|comment| ("table_comment", text(comment))));
            ("AlterModelTableComment", owned(parts))
        }
        Operation::AlterModelOptions { name, options } => {
            let options = inline(&option_entries(options));
            let parts = vec![("name", text(name)), ("options", options)];
            ("AlterModelOptions", owned(parts))
        }
        Operation::AlterUniqueTogether {
            name,
            unique_together,
        } => {
            let sets: Vec<_> = unique_together.iter().map(|fields| texts(fields)).collect();
            let sets = format!("[{}]", sets.join(", "));
            let parts = vec![("name", text(name)), ("unique_together", sets)];
            ("AlterUniqueTogether", owned(parts))
        }
        _ => part_entries(operation),
    }
}

/// The name and the entries of an operation on a part of a model, or on no model.
fn part_entries(operation: &Operation) -> (&'static str, Entries) {
    let named =
        |model: &String, name: &String| owned(vec![("model", text(model)), ("name", text(name))]);
    match operation {
        Operation::AddField {
            model,
            field,
            preserve_default,
        } => ("AddField", changed_field(model, field, *preserve_default)),
        Operation::AlterField {
            model,
            field,
            preserve_default,
        } => ("AlterField", changed_field(model, field, *preserve_default)),
        Operation::RemoveField { model, name } => ("RemoveField", named(model, name)),
        Operation::RenameField {
            model,
            old_name,
            new_name,
        } => ("RenameField", renaming(Some(model), old_name, new_name)),
        Operation::AddIndex {
            model,
            index: found,
        } => {
            let parts = vec![("model", text(model)), ("index", index(found))];
            ("AddIndex", owned(parts))
        }
        Operation::RemoveIndex { model, name } => ("RemoveIndex", named(model, name)),
        Operation::RenameIndex {
            model,
            old_name,
            new_name,
        } => ("RenameIndex", renaming(Some(model), old_name, new_name)),
        Operation::AddConstraint {
            model,
            constraint: found,
        } => {
            let parts = vec![("model", text(model)), ("constraint", constraint(found))];
            ("AddConstraint", owned(parts))
        }
        Operation::AlterConstraint {
            model,
            constraint: found,
        } => {
            let parts = vec![("model", text(model)), ("constraint", constraint(found))];
            ("AlterConstraint", owned(parts))
        }
        Operation::RemoveConstraint { model, name } => ("RemoveConstraint", named(model, name)),
        Operation::RunSql {
            sql,
            reverse_sql,
            elidable,
        } => {
            let mut parts = vec![("sql", scripts(sql))];
            let reverse_sql = reverse_sql.iter();
            parts.extend(reverse_sql.map(|found| ("reverse_sql", scripts(found))));
            parts.extend(elidable.then(|| ("elidable", "true".to_owned())));
            ("RunSQL", owned(parts))
        }
        Operation::SeparateDatabaseAndState {
            database_operations,
            state_operations,
        } => {
            let parts = vec![
                ("database_operations", nested(database_operations)),
                ("state_operations", nested(state_operations)),
            ];
            ("SeparateDatabaseAndState", owned(parts))
        }
        Operation::UpdateProxyPermissions => ("UpdateProxyPermissions", Vec::new()),
        _ => ("ForgetContentTypeNames", Vec::new()),
    }
}

fn nested(operations: &[Operation]) -> String {
    let written: Vec<_> = operations
        .iter()
        .map(|operation| {
            let (name, entries) = entries(operation);
            inline(&[(name.to_owned(), inline(&entries))])
        })
        .collect();
    format!("[{}]", written.join(", "))
}

fn owned(parts: Vec<(&str, String)>) -> Entries {
    let parts = parts.into_iter();
    parts
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn renaming(model: Option<&String>, old_name: &str, new_name: &str) -> Entries {
    let mut parts: Vec<_> = model
        .into_iter()
        .map(|model| ("model", text(model)))
        .collect();
    parts.push(("old_name", text(old_name)));
    parts.push(("new_name", text(new_name)));
    owned(parts)
}

fn changed_field(model: &str, field: &Field, preserve_default: bool) -> Entries {
    let mut parts = vec![
        ("model", text(model)),
        ("name", text(&field.name)),
        ("field", field_table(field)),
    ];
    if !preserve_default {
        parts.push(("preserve_default", "false".to_owned()));
    }
    owned(parts)
}

/// One script or several.
fn scripts(scripts: &[String]) -> String {
    let written: Vec<_> = scripts.iter().map(|found| script(found)).collect();
    match written.as_slice() {
        [one] => one.clone(),
        _ => format!("[{}]", written.join(", ")),
    }
}

/// A script, over several lines if it has them and TOML can hold them literally.
fn script(script: &str) -> String {
    let plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    let fits = script.contains('\n') && !script.contains("'''") && !script.ends_with('\'');
    if fits && script.chars().all(plain) {
        return format!("'''\n{script}'''");
    }
    text(script)
}

#[cfg(test)]
mod tests;
