//! The field of a column.

use crate::db::introspection::TableColumn;
use crate::inspectdb::column_type::{ColumnType, kind};
use crate::inspectdb::index_definition::is_field_index;
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::{InspectedTable, RowKey};
use crate::inspectdb::known_model::KnownModel;
use crate::inspectdb::literal_for_class::literal_for_class;
use crate::inspectdb::names;
use crate::inspectdb::options::{is_unique, written};
use crate::inspectdb::reference::{ColumnReference, ReferenceReader};
use crate::inspectdb::sql::default_tokens;
use crate::inspectdb::sql_to_model::SqlToModel;
use crate::inspectdb::table_definition::GeneratedColumn;
use crate::models::expression::Expression;
use crate::models::expression::write::{argument, operand};
use crate::models::write::{inline, text as quoted};

/// The fields of `table`, beside all `tables` that become models, and those that have models.
pub(super) fn fields(
    table: &InspectedTable,
    tables: &[InspectedTable],
    known: &[KnownModel],
) -> Vec<InspectedField> {
    let reader = ReferenceReader {
        table,
        tables,
        known,
    };
    let names = field_names(reader);
    let columns = table.columns.iter().zip(names);
    let fields = columns.map(|(column, name)| field(reader, column, name));
    let mut fields: Vec<_> = fields.collect();
    // What computes a column, or stands in for it, may name any other.
    for at in 0..fields.len() {
        let column = &table.columns[at];
        let generated = &table.definition.generated;
        let mut field = fields[at].clone();
        match generated.get(&column.name.to_lowercase()) {
            Some(generated) => compute(&mut field, generated, SqlToModel::new(&fields)),
            None => give_default(&mut field, column, SqlToModel::new(&fields)),
        }
        fields[at] = field;
    }
    fields
}

fn field(reader: ReferenceReader<'_>, column: &TableColumn, name: String) -> InspectedField {
    let table = reader.table;
    let mut notes = Vec::new();
    let reference = reader.read(column).unwrap_or_else(|why| {
        let to = table.reference(&column.name);
        let to = to.map_or("", |key| key.table.as_str());
        notes.push(format!("it refers to `{to}`, {why}"));
        None
    });
    let unique = is_unique(table, &column.name);
    let only_key = table.only_key();
    let is_key = only_key.is_some_and(|key| key.name == column.name);
    let mut entries: Vec<(String, String)> = Vec::new();
    if let Some(reference) = &reference {
        entries.extend(relation(reader, reference, column, unique || is_key));
    } else {
        let ColumnType {
            entries: own,
            guessed,
        } = kind(table, column);
        let own = own.into_iter();
        entries.extend(own.map(|(name, value)| (name.to_owned(), value)));
        if guessed {
            notes.push("this type is a guess".to_owned());
        }
    }
    let mut class = entries[0].1.trim_matches('"').to_owned();
    if class == "AutoField" {
        auto_field_class(table, reader.tables).clone_into(&mut class);
        entries[0].1 = quoted(&class);
    }
    let mut flag = |name: &str, value: bool| entries.push((name.to_owned(), value.to_string()));
    if is_key {
        if table.row_key == RowKey::Guessed {
            notes.push("no primary key: this is a guess".to_owned());
        }
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
    let collations = &table.definition.collations;
    let collation = collations.get(&column.name.to_lowercase());
    if let (Some(collation), "CharField" | "TextField") = (collation, class.as_str()) {
        entries.push(("db_collation".to_owned(), quoted(collation)));
    }
    InspectedField {
        name,
        column: column.name.clone(),
        class,
        null,
        to: reference.map(|reference| reference.to),
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

/// The default `sql` of this field, if a model can say it and the field can hold it.
pub(super) fn default_value(
    field: &InspectedField,
    sql: &str,
    sql_to_model: SqlToModel<'_>,
) -> Option<Expression> {
    let found = match sql_to_model.expression(&default_tokens(sql))? {
        Expression::Value(literal) => {
            literal_for_class(&field.class, literal).map(Expression::Value)
        }
        Expression::Collate(..)
        | Expression::Q(_)
        | Expression::Parameter(_)
        | Expression::Query(_) => None,
        other => Some(other).filter(|other| other.fields().is_empty()),
    };
    found.filter(|found| field.holds(found))
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
    let found = default_value(field, sql, sql_to_model);
    match found {
        Some(found) => field
            .entries
            .push(("db_default".to_owned(), operand(&found))),
        None => field
            .notes
            .push(format!("the database has a default: {sql}")),
    }
}

fn relation(
    reader: ReferenceReader<'_>,
    reference: &ColumnReference<'_>,
    column: &TableColumn,
    one: bool,
) -> Vec<(String, String)> {
    let class = if one { "OneToOneField" } else { "ForeignKey" };
    let on_delete = match reference.key.on_delete.as_str() {
        "CASCADE" => "CASCADE",
        "SET NULL" if column.null && column.key == 0 => "SET_NULL",
        _ => "DO_NOTHING",
    };
    let mut entries = vec![
        ("type".to_owned(), quoted(class)),
        ("to".to_owned(), quoted(&reference.to)),
        ("on_delete".to_owned(), quoted(on_delete)),
    ];
    let target = reference.target.filter(|(table, target)| {
        let only_key = table.only_key();
        only_key.is_none_or(|key| key.name != target.name)
    });
    if let Some((table, target)) = target {
        let names = field_names(ReferenceReader { table, ..reader });
        let mut columns = table.columns.iter().zip(names);
        let field = columns.find(|(column, _)| column.name == target.name);
        let field = field.map(|(_, name)| name).unwrap_or_default();
        entries.push(("to_field".to_owned(), quoted(&field)));
    }
    entries
}

/// The names of the fields of a table, in the order of its columns.
fn field_names(reader: ReferenceReader<'_>) -> Vec<String> {
    let (mut names, mut taken) = (Vec::new(), Vec::new());
    for column in &reader.table.columns {
        let is_reference = matches!(reader.read(column), Ok(Some(_)));
        let name = names::field(&column.name, is_reference, &taken);
        if is_reference {
            taken.push(format!("{name}_id"));
        }
        taken.push(name.clone());
        names.push(name);
    }
    names
}
