//! The options of a model, its indexes and its constraints.

use crate::models::expression::write::{condition, index_expression};
use crate::models::write::inline;
use crate::models::write::value::{text, texts};
use crate::models::{Constraint, ConstraintKind, Index, ModelOptions};

/// An index as an inline table.
pub fn index(index: &Index) -> String {
    let mut entries = Vec::new();
    if let Some(name) = &index.name {
        entries.push(("name".to_owned(), text(name)));
    }
    if index.expressions.is_empty() {
        let sign = |descending| if descending { "-" } else { "" };
        let fields = index.fields.iter();
        let fields: Vec<_> = fields
            .map(|field| format!("{}{}", sign(field.descending), field.name))
            .collect();
        entries.push(("fields".to_owned(), texts(&fields)));
    } else {
        entries.push(("expressions".to_owned(), expressions(&index.expressions)));
    }
    if let Some(found) = &index.condition {
        entries.push(("condition".to_owned(), condition(found)));
    }
    inline(&entries)
}

fn expressions(parts: &[crate::models::expression::IndexExpression]) -> String {
    let parts: Vec<_> = parts.iter().map(index_expression).collect();
    format!("[{}]", parts.join(", "))
}

/// A constraint as an inline table.
pub fn constraint(constraint: &Constraint) -> String {
    let mut entries = vec![("name".to_owned(), text(&constraint.name))];
    let mut push = |key: &str, value: String| entries.push((key.to_owned(), value));
    match &constraint.kind {
        ConstraintKind::Check(check) => push("check", condition(check)),
        ConstraintKind::Unique(fields) => push("fields", texts(fields)),
        ConstraintKind::UniqueIndex {
            fields,
            expressions: parts,
            condition: rows,
        } => {
            if parts.is_empty() {
                push("fields", texts(fields));
            } else {
                push("expressions", expressions(parts));
            }
            if let Some(rows) = rows {
                push("condition", condition(rows));
            }
        }
    }
    if let Some(message) = &constraint.violation_error_message {
        push("violation_error_message", text(message));
    }
    if let Some(code) = &constraint.violation_error_code {
        push("violation_error_code", text(code));
    }
    inline(&entries)
}

/// The options that are not as usual.
pub fn option_entries(options: &ModelOptions) -> Vec<(String, String)> {
    let usual = ModelOptions::default();
    let mut entries = Vec::new();
    let mut push = |key: &str, value: String| entries.push((key.to_owned(), value));
    let texts_of = [
        ("db_table", &options.db_table),
        ("verbose_name", &options.verbose_name),
        ("verbose_name_plural", &options.verbose_name_plural),
        ("default_related_name", &options.default_related_name),
        ("db_table_comment", &options.db_table_comment),
        ("str", &options.str_template),
        ("url", &options.url_template),
    ];
    for (key, value) in texts_of {
        if let Some(value) = value {
            push(key, text(value));
        }
    }
    let references = [
        ("swappable", &options.swappable),
        ("proxy_for", &options.proxy_for),
    ];
    for (key, value) in references {
        if let Some(value) = value {
            push(key, text(&value.to_string()));
        }
    }
    for (key, value) in [
        ("ordering", &options.ordering),
        ("get_latest_by", &options.get_latest_by),
    ] {
        if !value.is_empty() {
            push(key, texts(value));
        }
    }
    if options.default_permissions != usual.default_permissions {
        push("default_permissions", texts(&options.default_permissions));
    }
    if !options.managed {
        push("managed", "false".to_owned());
    }
    let lists = [
        (
            "unique_together",
            list(&options.unique_together, |names| texts(names)),
        ),
        (
            "permissions",
            list(&options.permissions, |permission| {
                texts(&[permission.codename.clone(), permission.name.clone()])
            }),
        ),
        ("indexes", list(&options.indexes, index)),
        ("constraints", list(&options.constraints, constraint)),
    ];
    for (key, value) in lists {
        if let Some(value) = value {
            push(key, value);
        }
    }
    entries
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> Option<String> {
    let items: Vec<_> = items.iter().map(write).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
}
