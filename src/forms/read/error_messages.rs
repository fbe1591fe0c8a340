//! Messages of the project's own: `error_messages = { required = "..." }`.

use std::collections::BTreeSet;

use crate::document::{Item, Table, TableReader};
use crate::forms::field::FormField;
use crate::forms::read::FormContext;
use crate::text;

/// The messages of a field, by the codes of its errors.
pub(super) fn messages(fields: &TableReader<'_>) -> Vec<(String, String)> {
    let Some(messages) = fields.table("error_messages") else {
        return Vec::new();
    };
    let entries = messages.source().entries().iter();
    entries
        .filter_map(|entry| Some((entry.key.clone(), messages.optional(&entry.key)?)))
        .collect()
}

/// Reports messages in the table of `field` for errors that it does not have; `further` are codes of it in its place.
pub(super) fn check_messages(
    context: &FormContext<'_>,
    table: &Table,
    field: &FormField,
    further: &[&str],
) {
    let mut codes = field.error_codes();
    codes.extend(further);
    if let Some(messages) = table.get("error_messages").and_then(Item::as_table) {
        check_codes(context, messages, &field.name, &codes);
    }
}

/// Reports those of `messages` whose code is not one of the `codes` that errors of `owner` have.
pub(super) fn check_codes(
    context: &FormContext<'_>,
    messages: &Table,
    owner: &str,
    codes: &BTreeSet<&str>,
) {
    for entry in messages.entries() {
        if codes.contains(entry.key.as_str()) {
            continue;
        }
        let known = || codes.iter().copied();
        let message = format!("no error of `{owner}` has the code `{}`", entry.key);
        let otherwise = format!("its codes are {}", text::quoted(known()));
        let finding = entry.error("unknown-code", message);
        context
            .problems
            .push(finding.suggest_or(&entry.key, known(), otherwise));
    }
}
