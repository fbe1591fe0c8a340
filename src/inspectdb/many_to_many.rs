//! Relations to many, guessed from the tables that stand between.

use std::fmt::Write as _;

use crate::db::introspection::{ForeignKey, TableIndex};
use crate::inspectdb::column::label;
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::names;
use crate::models::write::{inline, key, text as quoted};

/// Fields for tables that seem to stand between this one and another, or itself.
pub(super) fn many_to_many(
    table: &InspectedTable,
    tables: &[InspectedTable],
    fields: &[InspectedField],
) -> String {
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
fn ends<'t>(
    between: &'t InspectedTable,
    table: &InspectedTable,
) -> Option<(&'t ForeignKey, &'t ForeignKey)> {
    let rest = between.columns.iter().filter(|column| column.key == 0);
    let rest: Vec<_> = rest.map(|column| column.name.as_str()).collect();
    let [first, second] = rest[..] else {
        return None;
    };
    let reference = |column: &str| between.references.iter().find(|key| key.column == column);
    let (near, far) = (reference(first)?, reference(second)?);
    let both = |index: &TableIndex| index.unique && index.columns.len() == 2;
    let named_so =
        near.table == table.name && between.name.starts_with(&format!("{}_", table.name));
    (named_so && between.indexes.iter().any(both)).then_some((near, far))
}
