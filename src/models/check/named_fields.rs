//! Options that name something: fields that belong together, permissions.

use std::collections::HashSet;

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::{Field, FieldKind};
use crate::text;

/// The longest codename and name of a permission (`auth.Permission`).
const PERMISSION: (usize, usize) = (100, 255);

/// Checks what the options of one model name.
pub(super) fn check(subject: &CheckedModel<'_>) {
    for field in &subject.model.fields {
        check_named_fields(subject, field);
        check_key_parts(subject, field);
    }
    check_permissions(subject);
}

/// Fields that an option of another field names.
fn check_named_fields(subject: &CheckedModel<'_>, field: &Field) {
    let is_day = |kind: &FieldKind| matches!(kind, FieldKind::Date(_) | FieldKind::DateTime(_));
    let days = [
        ("unique_for_date", &field.unique_for_date),
        ("unique_for_month", &field.unique_for_month),
        ("unique_for_year", &field.unique_for_year),
    ];
    for (option, name) in days {
        if let Some(name) = name {
            check_named_field(subject, field, option, name, is_day);
        }
    }
    if let FieldKind::Image {
        width_field,
        height_field,
        ..
    } = &field.kind
    {
        let is_whole = |kind: &FieldKind| kind.class_name().ends_with("IntegerField");
        for (option, name) in [("width_field", width_field), ("height_field", height_field)] {
            if let Some(name) = name {
                check_named_field(subject, field, option, name, is_whole);
            }
        }
    }
}

/// The fields of a composite key are columns of their own that always hold a value.
fn check_key_parts(subject: &CheckedModel<'_>, key: &Field) {
    let FieldKind::CompositePrimaryKey { fields } = &key.kind else {
        return;
    };
    let mut columns = HashSet::new();
    for name in fields {
        let Some(field) = subject.model.field(name) else {
            continue;
        };
        let (why, hint) = if !field.has_column() {
            ("has no column", "name a field that has one")
        } else if field.null {
            ("may be null", "remove `null = true`")
        } else if field.generated().is_some() {
            ("is computed", "name a field that is not")
        } else if !columns.insert(field.column()) {
            ("is in it already", "name each field once")
        } else {
            continue;
        };
        let message = format!("`{name}` cannot be part of the primary key: it {why}");
        let finding = Finding::error("wrong-fields", message).hint(hint);
        subject.report(&key.name, "fields", finding);
    }
}

fn check_named_field(
    subject: &CheckedModel<'_>,
    field: &Field,
    option: &str,
    name: &str,
    fits: impl Fn(&FieldKind) -> bool,
) {
    let model = subject.model;
    let fitting = model.fields.iter().filter(|other| fits(&other.kind));
    let mut names = fitting.map(|other| other.name.as_str());
    let is_unread = model.field(name).is_none() && subject.declares(name);
    if is_unread || names.clone().any(|other| other == name) {
        return;
    }
    let message = match model.field(name) {
        Some(other) => {
            let class = text::with_article(other.kind.class_name());
            format!("`{option}` names `{name}`, which is {class}")
        }
        None => format!(
            "`{option}` names `{name}`, which is not a field of `{}`",
            model.name
        ),
    };
    let mut finding = Finding::error("unknown-field", message);
    if let Some(nearest) = text::nearest(name, names.clone()).or_else(|| names.next()) {
        finding = finding.hint(format!("did you mean `{nearest}`?"));
    }
    subject.report(&field.name, option, finding);
}

/// Permissions beyond the usual ones differ from those, and fit their table.
fn check_permissions(subject: &CheckedModel<'_>) {
    let options = &subject.model.options;
    let own = subject.model.name.to_lowercase();
    let usual = options.default_permissions.iter();
    let mut taken: Vec<String> = usual.map(|action| format!("{action}_{own}")).collect();
    for permission in &options.permissions {
        let codename = &permission.codename;
        if taken.contains(codename) {
            let message = format!("the permission `{codename}` is there already");
            let finding = Finding::error("name-clash", message);
            let hint = "each codename of a model is there once, those of `default_permissions` too";
            subject.report_option("permissions", finding.hint(hint));
        }
        taken.push(codename.clone());
        let lengths = (codename.chars().count(), permission.name.chars().count());
        if lengths.0 > PERMISSION.0 || lengths.1 > PERMISSION.1 {
            let message = format!("the permission `{codename}` is too long");
            let (code, name) = PERMISSION;
            let hint = format!("a codename has at most {code} characters, a name {name}");
            let finding = Finding::error("too-long", message);
            subject.report_option("permissions", finding.hint(hint));
        }
    }
}
