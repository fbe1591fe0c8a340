//! The text of a model.

use std::fmt::Write as _;

use crate::db::introspection::{ForeignKey, TableColumn, TableIndex};
use crate::inspection::field::{Kind, kind};
use crate::inspection::{Table, names};
use crate::models::write::{inline, key, text as quoted};

/// The longest name an index may have.
const INDEX_NAME: usize = 30;

/// A field of the model that is put together.
struct Guessed {
    name: String,
    column: String,
    entries: Vec<(String, String)>,
    notes: Vec<&'static str>,
}

/// The model of `table` as `models.toml` holds it.
pub(super) fn text(table: &Table, tables: &[Table], known: &[(String, String)]) -> String {
    let mut fields: Vec<Guessed> = Vec::new();
    let keys: Vec<_> = table
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    for column in &table.columns {
        let found = field(table, column, &fields, (tables, known), keys.len());
        fields.push(found);
    }
    let mut out = String::new();
    // Writing to a string cannot fail.
    writeln!(out, "[{}]", table.model).ok();
    writeln!(out, "db_table = {}", quoted(&table.name)).ok();
    writeln!(out, "managed = false").ok();
    let sets = unique_sets(table, &fields);
    if !sets.is_empty() {
        writeln!(out, "unique_together = [{}]", sets.join(", ")).ok();
    }
    for index in table.indexes.iter().filter(|index| is_listed(index)) {
        writeln!(out, "\n[[{}.indexes]]", table.model).ok();
        for (name, value) in index_entries(index, &fields) {
            writeln!(out, "{name} = {value}").ok();
        }
    }
    writeln!(out, "\n[{}.fields]", table.model).ok();
    out.push_str(&key_notes(&keys, &fields));
    for field in &fields {
        let notes = match field.notes.as_slice() {
            [] => String::new(),
            notes => format!("  # {}", notes.join("; ")),
        };
        writeln!(
            out,
            "{} = {}{notes}",
            key(&field.name),
            inline(&field.entries)
        )
        .ok();
    }
    out.push_str(&many_to_many(table, tables, &fields));
    out
}

fn field(
    table: &Table,
    column: &TableColumn,
    before: &[Guessed],
    (tables, known): (&[Table], &[(String, String)]),
    keys: usize,
) -> Guessed {
    let reference = table
        .references
        .iter()
        .find(|key| key.column == column.name);
    let reference = reference.and_then(|key| Some((key, label(&key.table, table, tables, known)?)));
    let taken: Vec<_> = before.iter().map(|field| field.name.clone()).collect();
    let name = names::field(&column.name, reference.is_some(), &taken);
    let mut notes = Vec::new();
    let unique = table.indexes.iter().any(|index| {
        index.unique && !index.partial && columns(index) == [Some(column.name.as_str())]
    });
    let is_key = column.key > 0 && keys == 1;
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut implied = name.clone();
    if let Some((reference, to)) = &reference {
        let target = (to.as_str(), tables);
        entries.extend(relation(table, reference, target, unique || is_key));
        if before.iter().any(|field| refers_to(field, to)) {
            let back = format!("{}_{name}_set", table.model.to_lowercase());
            entries.push(("related_name".to_owned(), quoted(&back)));
        }
        implied = format!("{name}_id");
    } else {
        let Kind {
            entries: own,
            guessed,
        } = kind(table, column);
        entries.extend(
            own.into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        if guessed {
            notes.push("this type is a guess");
        }
    }
    let mut flag = |name: &str| entries.push((name.to_owned(), "true".to_owned()));
    if is_key {
        flag("primary_key");
    } else if unique && reference.is_none() {
        flag("unique");
    }
    if column.null && column.key == 0 {
        flag("null");
        flag("blank");
    }
    if reference.is_none() && has_index(table, &column.name) {
        flag("db_index");
    }
    if implied != column.name {
        entries.push(("db_column".to_owned(), quoted(&column.name)));
    }
    if column.generated {
        notes.push("the database computes it: make it a GeneratedField");
    }
    Guessed {
        name,
        column: column.name.clone(),
        entries,
        notes,
    }
}

/// The name by which a field of `table` refers to the model of the table `target`.
fn label(
    target: &str,
    table: &Table,
    tables: &[Table],
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
    table: &Table,
    reference: &ForeignKey,
    (to, tables): (&str, &[Table]),
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

fn refers_to(field: &Guessed, to: &str) -> bool {
    let to = quoted(to);
    field
        .entries
        .iter()
        .any(|(name, value)| name == "to" && *value == to)
}

fn columns(index: &TableIndex) -> Vec<Option<&str>> {
    index
        .columns
        .iter()
        .map(|(name, _)| name.as_deref())
        .collect()
}

/// Whether a plain index has `column` alone.
fn has_index(table: &Table, column: &str) -> bool {
    table.indexes.iter().any(|index| {
        !index.unique && !index.partial && columns(index) == [Some(column)] && !index.columns[0].1
    })
}

/// Whether an index is none that a field implies, and one that a model can name.
fn is_listed(index: &TableIndex) -> bool {
    let plain = !index.unique && !index.partial && !index.automatic;
    let named = index.columns.iter().all(|(name, _)| name.is_some());
    let of_a_field = index.columns.len() == 1 && !index.columns[0].1;
    plain && named && !of_a_field
}

fn index_entries(index: &TableIndex, fields: &[Guessed]) -> Vec<(&'static str, String)> {
    let names: Vec<_> = index
        .columns
        .iter()
        .filter_map(|(column, descending)| {
            let name = field_of(fields, column.as_deref()?)?;
            Some(quoted(&format!(
                "{}{name}",
                if *descending { "-" } else { "" }
            )))
        })
        .collect();
    let mut entries = vec![("fields", format!("[{}]", names.join(", ")))];
    let sound =
        index.name.len() <= INDEX_NAME && index.name.starts_with(|c: char| c.is_ascii_alphabetic());
    if sound {
        entries.push(("name", quoted(&index.name)));
    }
    entries
}

/// The sets of fields that differ between rows, taken together.
fn unique_sets(table: &Table, fields: &[Guessed]) -> Vec<String> {
    let sets = table.indexes.iter().filter(|index| {
        let is_key = index.automatic && is_primary(table, index);
        index.unique && !index.partial && index.columns.len() > 1 && !is_key
    });
    let texts = sets.filter_map(|index| {
        let names: Option<Vec<_>> = columns(index)
            .into_iter()
            .map(|column| field_of(fields, column?).map(quoted))
            .collect();
        Some(format!("[{}]", names?.join(", ")))
    });
    texts.collect()
}

fn is_primary(table: &Table, index: &TableIndex) -> bool {
    let keys = table.columns.iter().filter(|column| column.key > 0);
    let names: Vec<_> = keys.map(|column| column.name.as_str()).collect();
    let own: Vec<_> = columns(index).into_iter().flatten().collect();
    own.len() == names.len() && own.iter().all(|name| names.contains(name))
}

fn field_of<'f>(fields: &'f [Guessed], column: &str) -> Option<&'f str> {
    let field = fields.iter().find(|field| field.column == column);
    field.map(|field| field.name.as_str())
}

/// What stands in front of the fields of a table whose key is not one column.
fn key_notes(keys: &[&TableColumn], fields: &[Guessed]) -> String {
    match keys.len() {
        0 => {
            "# no primary key: give `primary_key = true` to the field that names a row\n".to_owned()
        }
        1 => String::new(),
        _ => {
            let mut keys = keys.to_vec();
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

/// Fields for tables that seem to stand between this one and another, or itself.
fn many_to_many(table: &Table, tables: &[Table], fields: &[Guessed]) -> String {
    let mut taken: Vec<_> = fields.iter().map(|field| field.name.clone()).collect();
    let mut out = String::new();
    for between in tables {
        let Some((near, far)) = ends(between, table) else {
            continue;
        };
        let Some(to) = label(&far.table, table, tables, &[]) else {
            continue;
        };
        let prefix = format!("{}_", table.name);
        let rest = between.name.strip_prefix(&prefix).unwrap_or(&between.name);
        let name = names::field(rest, false, &taken);
        let through = [near, far].map(|key| quoted(&names::field(&key.column, true, &[])));
        let back = format!("{}_{name}_set", table.model.to_lowercase());
        let entries = [
            ("type", quoted("ManyToManyField")),
            ("to", quoted(&to)),
            ("through", quoted(&between.model)),
            ("through_fields", format!("[{}]", through.join(", "))),
            ("related_name", quoted(&back)),
        ];
        let entries = entries.map(|(name, value)| (name.to_owned(), value));
        writeln!(out, "{} = {}", key(&name), inline(&entries)).ok();
        taken.push(name);
    }
    out
}

/// The references of `between` to `table` and to the other end, if it has nothing else but its key.
fn ends<'t>(between: &'t Table, table: &Table) -> Option<(&'t ForeignKey, &'t ForeignKey)> {
    let rest = between.columns.iter().filter(|column| column.key == 0);
    let rest: Vec<_> = rest.map(|column| column.name.as_str()).collect();
    let [first, second] = rest[..] else {
        return None;
    };
    let reference = |column: &str| between.references.iter().find(|key| key.column == column);
    let (near, far) = (reference(first)?, reference(second)?);
    let both = |index: &TableIndex| index.unique && columns(index).len() == 2;
    let named_so =
        near.table == table.name && between.name.starts_with(&format!("{}_", table.name));
    (named_so && between.indexes.iter().any(both)).then_some((near, far))
}
