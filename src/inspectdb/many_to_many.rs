//! Relations to many, guessed from the tables that stand between.

use crate::db::introspection::TableIndex;
use crate::inspectdb::inspected_field::InspectedField;
use crate::inspectdb::inspected_table::InspectedTable;
use crate::inspectdb::model_draft::ModelDraft;
use crate::inspectdb::names;
use crate::models::write::text as quoted;

/// Fields for tables that seem to stand between the one of the model at `at` and another, or itself.
pub(super) fn many_to_many(models: &[ModelDraft<'_>], at: usize) -> Vec<InspectedField> {
    let ModelDraft { table, fields, .. } = &models[at];
    let mut taken: Vec<_> = fields
        .iter()
        .flat_map(|field| [field.name.clone(), field.attname()])
        .collect();
    let mut found = Vec::new();
    for between in models {
        let Some((near, far)) = ends(between, table) else {
            continue;
        };
        let Some(to) = far.to.clone() else { continue };
        let to = if to == table.model {
            "self".to_owned()
        } else {
            to
        };
        let prefix = format!("{}_", table.name);
        let rest = between.table.name.strip_prefix(&prefix);
        let name = names::field(rest.unwrap_or(&between.table.name), false, &taken);
        let through = [near, far].map(|field| quoted(&field.name));
        let entries = [
            ("type", quoted("ManyToManyField")),
            ("to", quoted(&to)),
            ("through", quoted(&between.table.model)),
            ("through_fields", format!("[{}]", through.join(", "))),
        ];
        taken.push(name.clone());
        found.push(InspectedField {
            name,
            column: String::new(),
            class: "ManyToManyField".to_owned(),
            null: false,
            to: Some(to),
            entries: entries
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            notes: Vec::new(),
        });
    }
    found
}

/// The references of `between` to `table` and to the other end, if it has nothing else but its key.
fn ends<'m>(
    between: &'m ModelDraft<'_>,
    table: &InspectedTable,
) -> Option<(&'m InspectedField, &'m InspectedField)> {
    let columns = &between.table.columns;
    let rest = columns.iter().filter(|column| column.key == 0);
    let rest: Vec<_> = rest.map(|column| column.name.as_str()).collect();
    let [first, second] = rest[..] else {
        return None;
    };
    let reference = |column: &str| {
        let mut fields = between.fields.iter();
        fields.find(|field| field.column == column && field.to.is_some())
    };
    let (near, far) = (reference(first)?, reference(second)?);
    let both = |index: &TableIndex| index.unique && index.columns.len() == 2;
    let named_so = near.to.as_ref() == Some(&table.model)
        && between.table.name.starts_with(&format!("{}_", table.name));
    (named_so && between.table.indexes.iter().any(both)).then_some((near, far))
}
