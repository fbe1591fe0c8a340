//! The fields that options and conditions name, and what they are compared with.

use crate::diagnostic::Finding;
use crate::document::{Item, Problems, Table};
use crate::models::check::literals as literal_check;
use crate::models::expression::read::literals;
use crate::models::expression::{Comparison, Lookup};
use crate::models::read::FieldReference;
use crate::models::{Field, FieldKind, Model, ModelSet as _, Registry};
use crate::text;

/// Checks the fields of `model` that were named; returns those that belong to other models.
pub(crate) fn check_field_references(
    model: &Model,
    table: &Table,
    check_field_references: Vec<FieldReference>,
    problems: &Problems,
) -> Vec<FieldReference> {
    // A field with a mistake of its own is none of the model's, but it is declared.
    let fields = table.get("fields").and_then(Item::as_table);
    let is_broken = |name: &str| {
        let declared = fields.is_some_and(|fields| fields.get(name).is_some());
        declared && model.field(name).is_none()
    };
    let (foreign, own): (Vec<_>, Vec<_>) = check_field_references
        .into_iter()
        .partition(|found| found.model.is_some());
    for found in own.into_iter().filter(|found| !is_broken(&found.field)) {
        check_own(model, &found, problems);
    }
    foreign
}

fn check_own(model: &Model, found: &FieldReference, problems: &Problems) {
    if found.field.contains("__") {
        return problems.push(joined_lookup(model, found));
    }
    match field_named(model, &found.field) {
        Some(field) => check_comparison(field, found, problems),
        None => problems.push(unknown(model, found)),
    }
}

/// The field of this name; also by the name of its column's attribute, and `pk`.
fn field_named<'m>(model: &'m Model, name: &str) -> Option<&'m Field> {
    if name == "pk" {
        return model.primary_key();
    }
    let by_attname = || model.fields.iter().find(|field| field.attname() == name);
    model.field(name).or_else(by_attname)
}

/// A database constraint sees one row: no path leads to another table, and no part of a date.
fn joined_lookup(model: &Model, found: &FieldReference) -> Finding {
    let (head, rest) = found.field.split_once("__").unwrap_or((&found.field, ""));
    let at = found.origin.location();
    if model
        .field(head)
        .is_some_and(|field| field.relation().is_none())
    {
        let last = rest.rsplit("__").next().unwrap_or(rest);
        if let Some(finding) = unsupported_lookup(model, head, last) {
            return finding.at(at);
        }
        let finding = Finding::error("unknown-lookup", format!("`{last}` is not a lookup")).at(at);
        let names = Lookup::ALL.iter().map(|(name, _)| *name);
        return match text::nearest(last, names.clone()) {
            Some(nearest) => finding.hint(format!("did you mean `{head}__{nearest}`?")),
            None => finding.hint(format!("one of {}", text::quoted(names))),
        };
    }
    let message = format!(
        "`{}` leads to another table, which a row cannot see",
        found.field
    );
    Finding::error("joined-field", message)
        .at(at)
        .hint("name fields of this model only")
}

/// Parts of dates, for which Django gives functions to its own connections.
const DATE_PARTS: &[&str] = &[
    "date",
    "day",
    "hour",
    "iso_week_day",
    "iso_year",
    "minute",
    "month",
    "quarter",
    "second",
    "time",
    "week",
    "week_day",
    "year",
];

/// What is said of lookups that Django has and a table cannot.
fn unsupported_lookup(model: &Model, head: &str, last: &str) -> Option<Finding> {
    let kind = model.field(head)?.value_kind();
    if matches!(kind, FieldKind::Json) {
        let message = format!("`{head}__{last}` looks into JSON, which a table cannot be bound to");
        let hint = format!("`{head}__isnull` is the lookup it has");
        return Some(Finding::error("unknown-lookup", message).hint(hint));
    }
    if !DATE_PARTS.contains(&last) {
        return None;
    }
    let message = format!(
        "`{last}` needs a function of Django's own connections: nothing else could write to the table"
    );
    let hint = "compare with moments, such as `day__range = [2026-01-01, 2026-12-31]`";
    Some(Finding::error("unknown-lookup", message).hint(hint))
}

fn unknown(model: &Model, found: &FieldReference) -> Finding {
    let message = format!("`{}` is not a field of `{}`", found.field, model.name);
    let finding = Finding::error("unknown-field", message).at(found.origin.location());
    let names = model.fields.iter().map(|field| field.name.as_str());
    finding.suggest_or(
        &found.field,
        names.clone(),
        format!("its fields are {}", text::quoted(names)),
    )
}

/// Checks that the column can be compared in this way with these values.
fn check_comparison(field: &Field, found: &FieldReference, problems: &Problems) {
    if !field.has_column() {
        let message = format!("`{}` has no column", found.field);
        let finding = Finding::error("no-column", message).at(found.origin.location());
        return problems.push(finding.hint("the table between holds it"));
    }
    let Some(Comparison {
        lookup, operands, ..
    }) = &found.comparison
    else {
        return;
    };
    if *lookup == Lookup::IsNull || lookup.takes_text() {
        return;
    }
    let name = &found.field;
    if matches!(field.value_kind(), FieldKind::Json) {
        let message = format!("`{name}` holds JSON, which has no order or equality here");
        let finding = Finding::error("wrong-lookup", message).at(found.origin.location());
        problems.push(finding.hint(format!("`{name}__isnull` is the lookup it has")));
        return;
    }
    if let Some(wrong) =
        literals(operands).find(|value| !literal_check::accepts(field.value_kind(), value))
    {
        let message = format!(
            "`{name}` is {} and never {}",
            text::with_article(field.kind.class_name()),
            literal_check::describe(wrong)
        );
        let finding = Finding::error("wrong-value", message).at(found.origin.location());
        problems.push(finding.hint(literal_check::hint(field.value_kind())));
    }
}

/// Checks the fields of other models that were named.
pub(crate) fn check_foreign_references(
    registry: &Registry,
    check_field_references: Vec<FieldReference>,
    problems: &Problems,
) {
    for found in check_field_references {
        let target = found.model.as_ref().and_then(|to| registry.target(to));
        let Some(model) = target else { continue };
        let mut steps = found.field.split("__");
        let Some(head) = steps.next() else { continue };
        let is_path = steps.next().is_some();
        match field_named(model, head) {
            None if !is_path => problems.push(unknown(model, &found)),
            Some(field) if !is_path && field.has_column() => {
                check_comparison(field, &found, problems);
            }
            // Ways back and longer paths are followed by the query.
            _ => {}
        }
    }
}
