//! The field of a column.

use crate::db::introspection::{ForeignKey, TableColumn};
use crate::inspectdb::column_type::{ColumnType, kind};
use crate::inspectdb::index_definition::is_field_index;
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::literal_for_class::literal_for_class;
use crate::inspectdb::names;
use crate::inspectdb::options::{is_unique, written};
use crate::inspectdb::sql::tokens;
use crate::inspectdb::sql_to_model::SqlToModel;
use crate::inspectdb::table_definition::{GeneratedColumn, TableDefinition};
use crate::models::expression::Expression;
use crate::models::expression::write::{argument, operand};
use crate::models::write::{inline, text as quoted};

/// What the fields of a table are guessed from.
#[derive(Clone, Copy)]
pub(super) struct FieldsInput<'t> {
    pub(super) table: &'t InspectedTable,
    pub(super) definition: &'t TableDefinition,
    /// All tables that become models.
    pub(super) tables: &'t [InspectedTable],
    /// Tables that have models, and those.
    pub(super) known: &'t [(String, String)],
}

/// The fields of a table.
pub(super) fn fields(sources: FieldsInput<'_>) -> Vec<InspectedField> {
    let mut fields: Vec<InspectedField> = Vec::new();
    for column in &sources.table.columns {
        let found = field(sources, column, &fields);
        fields.push(found);
    }
    // What computes a column, or stands in for it, may name any other.
    for at in 0..fields.len() {
        let column = &sources.table.columns[at];
        let generated = sources
            .definition
            .generated
            .get(&column.name.to_lowercase());
        let mut field = fields[at].clone();
        match generated {
            Some(generated) => compute(&mut field, generated, SqlToModel::new(&fields)),
            None => give_default(&mut field, column, SqlToModel::new(&fields)),
        }
        fields[at] = field;
    }
    fields
}

fn field(
    sources: FieldsInput<'_>,
    column: &TableColumn,
    before: &[InspectedField],
) -> InspectedField {
    let FieldsInput {
        table,
        definition,
        tables,
        known,
    } = sources;
    let mut references = table.references.iter();
    let reference = references.find(|key| key.column == column.name);
    let reference = reference.and_then(|key| Some((key, label(&key.table, table, tables, known)?)));
    let taken: Vec<_> = before.iter().map(|field| field.name.clone()).collect();
    let name = names::field(&column.name, reference.is_some(), &taken);
    let unique = is_unique(table, definition, &column.name);
    let keys = table.columns.iter().filter(|column| column.key > 0).count();
    let is_key = column.key > 0 && keys == 1;
    let mut notes = Vec::new();
    let mut entries: Vec<(String, String)> = Vec::new();
    if let Some((reference, to)) = &reference {
        entries.extend(relation(table, reference, to, tables, unique || is_key));
        if before.iter().any(|field| refers_to(field, to)) {
            let back = format!("{}_{name}_set", table.model.to_lowercase());
            entries.push(("related_name".to_owned(), quoted(&back)));
        }
    } else {
        let ColumnType {
            entries: own,
            guessed,
        } = kind(table, column);
        entries.extend(
            own.into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        if guessed {
            notes.push("this type is a guess".to_owned());
        }
    }
    let mut class = entries[0].1.trim_matches('"').to_owned();
    if class == "AutoField" {
        auto_field_class(table, tables).clone_into(&mut class);
        entries[0].1 = quoted(&class);
    }
    let mut flag = |name: &str, value: bool| entries.push((name.to_owned(), value.to_string()));
    if is_key {
        flag("primary_key", true);
    } else if unique && reference.is_none() {
        flag("unique", true);
    }
    let null = column.null && column.key == 0;
    if null {
        flag("null", true);
        flag("blank", true);
    }
    let has_index = table
        .indexes
        .iter()
        .any(|index| is_field_index(index, &column.name));
    if has_index != (class == "ForeignKey") {
        let is_implied = is_key || unique;
        (!is_implied).then(|| flag("db_index", has_index));
    }
    let implied = if reference.is_some() {
        format!("{name}_id")
    } else {
        name.clone()
    };
    if implied != column.name {
        entries.push(("db_column".to_owned(), quoted(&column.name)));
    }
    let collation = definition.collations.get(&column.name.to_lowercase());
    if let (Some(collation), "CharField" | "TextField") = (collation, class.as_str()) {
        entries.push(("db_collation".to_owned(), quoted(collation)));
    }
    InspectedField {
        name,
        column: column.name.clone(),
        class,
        null,
        entries,
        notes,
    }
}

/// The class of the number of a row: the column itself tells nothing of its size, those that refer
/// to it do.
fn auto_field_class(table: &InspectedTable, tables: &[InspectedTable]) -> &'static str {
    let of_references = |other: &InspectedTable| {
        let mut references = other.references.iter();
        let reference = references.find(|key| {
            let target = key.target.as_ref();
            let to_key = target.is_none_or(|target| is_key(table, target));
            to_key && key.table.eq_ignore_ascii_case(&table.name)
        })?;
        let mut columns = other.columns.iter();
        let column = columns.find(|column| column.name == reference.column)?;
        match column.declared.as_str() {
            "bigint" => Some("BigAutoField"),
            "smallint" => Some("SmallAutoField"),
            _ => None,
        }
    };
    tables.iter().find_map(of_references).unwrap_or("AutoField")
}

fn is_key(table: &InspectedTable, column: &str) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|found| found.key > 0 && found.name == column)
}

/// Makes the field one that the database computes.
fn compute(field: &mut InspectedField, generated: &GeneratedColumn, sql_to_model: SqlToModel<'_>) {
    let Some(expression) = sql_to_model.expression(&generated.expression) else {
        let sql = written(&generated.expression);
        field
            .notes
            .push(format!("the database computes it: AS ({sql})"));
        return;
    };
    let outer = ["unique", "null", "db_index", "db_column"];
    let entries = std::mem::take(&mut field.entries).into_iter();
    let (outer, output): (Vec<_>, Vec<_>) =
        entries.partition(|(name, _)| outer.contains(&name.as_str()));
    let output = output.into_iter().filter(|(name, _)| name != "blank");
    let output: Vec<_> = output.collect();
    "GeneratedField".clone_into(&mut field.class);
    field.entries = vec![
        ("type".to_owned(), quoted("GeneratedField")),
        ("expression".to_owned(), argument(&expression)),
        ("output_field".to_owned(), inline(&output)),
        ("db_persist".to_owned(), generated.stored.to_string()),
    ];
    field.entries.extend(outer);
}

/// Gives the field the default that its column has.
fn give_default(field: &mut InspectedField, column: &TableColumn, sql_to_model: SqlToModel<'_>) {
    let Some(sql) = column
        .default
        .as_ref()
        .filter(|sql| !sql.eq_ignore_ascii_case("null"))
    else {
        return;
    };
    let found = match sql_to_model.expression(&tokens(sql)) {
        Some(Expression::Value(literal)) => {
            literal_for_class(&field.class, literal).map(Expression::Value)
        }
        Some(Expression::Collate(..) | Expression::Q(_)) => None,
        Some(other) if other.fields().is_empty() => Some(other),
        _ => None,
    };
    match found {
        Some(found) => field
            .entries
            .push(("db_default".to_owned(), operand(&found))),
        None => field
            .notes
            .push(format!("the database has a default: {sql}")),
    }
}

/// The name by which a field of `table` refers to the model of the table `target`.
pub(super) fn label(
    target: &str,
    table: &InspectedTable,
    tables: &[InspectedTable],
    known: &[(String, String)],
) -> Option<String> {
    if target.eq_ignore_ascii_case(&table.name) {
        return Some("self".to_owned());
    }
    let same = |name: &str| name.eq_ignore_ascii_case(target);
    let new = tables.iter().find(|other| same(&other.name));
    let new = new.map(|other| other.model.clone());
    new.or_else(|| {
        let known = known.iter().find(|(name, _)| same(name));
        known.map(|(_, label)| label.clone())
    })
}

fn relation(
    table: &InspectedTable,
    reference: &ForeignKey,
    to: &str,
    tables: &[InspectedTable],
    one: bool,
) -> Vec<(String, String)> {
    let class = if one { "OneToOneField" } else { "ForeignKey" };
    let on_delete = match reference.on_delete.as_str() {
        "CASCADE" => "CASCADE",
        "SET NULL" => "SET_NULL",
        _ => "DO_NOTHING",
    };
    let mut entries = vec![
        ("type".to_owned(), quoted(class)),
        ("to".to_owned(), quoted(to)),
        ("on_delete".to_owned(), quoted(on_delete)),
    ];
    let target = tables.iter().find(|other| other.name == reference.table);
    let target = target.or((to == "self").then_some(table));
    let column = reference.target.as_ref().and_then(|name| {
        let mut columns = target?.columns.iter();
        columns.find(|column| column.name == *name && column.key == 0)
    });
    if let Some(column) = column {
        let field = names::field(&column.name, false, &[]);
        entries.push(("to_field".to_owned(), quoted(&field)));
    }
    entries
}

fn refers_to(field: &InspectedField, to: &str) -> bool {
    let to = quoted(to);
    field
        .entries
        .iter()
        .any(|(name, value)| name == "to" && *value == to)
}
