//! What the form of a user shows of the password (`ReadOnlyPasswordHashWidget`).

use crate::admin::pages::AdminRequest;
use crate::auth::{is_password_usable, safe_summary};
use crate::templates::value::{Value, map};
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowValue};

/// How the hash of the user in `row` was made, with a link to the form that sets another password.
pub(in crate::admin::pages) fn password_value(
    request: &AdminRequest<'_, '_>,
    row: &RowValue,
) -> Result<Value, HttpError> {
    let Some(instance) = row.instance() else {
        return Ok(Value::from(()));
    };
    let encoded = match instance.get("password") {
        Some(FieldValue::Text(encoded)) => encoded.as_str(),
        _ => "",
    };
    let is_usable = !encoded.is_empty() && is_password_usable(encoded);
    let part = |label: &str, value: &str| {
        map([("label", Value::from(label)), ("value", Value::from(value))])
    };
    let summary = match safe_summary(encoded) {
        Some(parts) => parts
            .iter()
            .map(|found| part(found.label, &found.value))
            .collect(),
        None if is_usable => vec![part(
            "Invalid password format or unknown hashing algorithm.",
            "",
        )],
        None => vec![part("No password set.", "")],
    };
    let label = if is_usable {
        "Reset password"
    } else {
        "Set password"
    };
    let url = match request.site.get(&instance.model().key()) {
        Some(admin) if request.permissions(admin, Some(row))?.change => {
            let key = to_text(instance.key());
            Value::from(request.row_url(admin, "password_change", &key)?)
        }
        _ => Value::from(()),
    };
    Ok(map([
        ("summary", Value::from(summary)),
        ("button_label", Value::from(label)),
        ("url", url),
    ]))
}
