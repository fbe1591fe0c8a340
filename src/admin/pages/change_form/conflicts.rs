//! What another person wrote while a form was open: both versions are shown, and one of them is chosen.

use std::collections::HashMap;

use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_form::items::value_column;
use crate::admin::pages::change_form::related::texts_of_keys;
use crate::admin::pages::change_form::versions::{
    Versions, placed_forms, sorted_texts, version_fields,
};
use crate::admin::pages::change_list::cell;
use crate::forms::{Form, FormValue, FormWithInlines, ModelForm};
use crate::http::QueryDict;
use crate::models::Field;
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::{FieldValue, to_text};
use crate::views::{HttpError, RowValue};

/// What stands before the name of a field in that of the buttons that choose one of its versions.
const KEEP: &str = "_keep-";

/// The value of the button that keeps what another person wrote.
const THEIRS: &str = "theirs";

/// The fields whose values another person changed to something else, as a template shows them; none where nothing is to
/// be decided. `now` are the forms of the rows as they are now, not bound.
pub(super) fn conflicts(
    request: &AdminRequest<'_, '_>,
    seen: &Versions,
    sent: &FormWithInlines,
    now: &FormWithInlines,
) -> Result<Vec<Value>, HttpError> {
    let by_place: HashMap<_, _> = placed_forms(now).collect();
    let mut found = Vec::new();
    for (place, form) in placed_forms(sent) {
        let Some(current) = by_place.get(&place) else {
            continue;
        };
        let changed = seen.changed_fields(&place, current);
        for field in version_fields(current).filter(|field| changed.contains(&field.name)) {
            let texts = value_texts(form, field);
            if texts == value_texts(current, field) {
                continue;
            }
            let versions = FieldVersions {
                field,
                sent: form,
                now: current,
                is_own: place.is_empty(),
                is_untouched: seen.has_shown(&place, current, &field.name, &texts),
            };
            found.push(conflict(request, &versions)?);
        }
    }
    Ok(found)
}

/// A field with both of its values.
#[derive(Clone, Copy, Debug)]
struct FieldVersions<'f> {
    field: &'f Field,
    sent: &'f ModelForm,
    now: &'f ModelForm,
    /// Whether it is a field of the row of the page.
    is_own: bool,
    /// Whether the person who sent the form left it as it was.
    is_untouched: bool,
}

fn conflict(
    request: &AdminRequest<'_, '_>,
    versions: &FieldVersions<'_>,
) -> Result<Value, HttpError> {
    let FieldVersions {
        field, sent, now, ..
    } = *versions;
    let name = sent.form.sent_name(&field.name).unwrap_or_default();
    let row = RowValue::alone(&request.request.state.rows, now.instance.clone())?;
    let row = if versions.is_own {
        None
    } else {
        let model = text::capitalized(&now.instance.model().verbose_name());
        Some(format!("{model} “{}”", row.text()?))
    };
    Ok(map([
        ("name", Value::from(format!("{KEEP}{name}"))),
        (
            "label",
            Value::from(text::capitalized(&field.verbose_name())),
        ),
        ("row", Value::from(row)),
        ("is_untouched", Value::from(versions.is_untouched)),
        ("theirs", shown(request, field, now)?),
        ("yours", shown(request, field, sent)?),
    ]))
}

/// The value of `field` in the row of `form`, as a list shows it.
fn shown(
    request: &AdminRequest<'_, '_>,
    field: &Field,
    form: &ModelForm,
) -> Result<Value, HttpError> {
    if let Some(keys) = keys(&form.form, field) {
        let texts = texts_of_keys(request, field, keys)?;
        return Ok(map([
            ("kind", Value::from("text")),
            ("value", Value::from(texts)),
        ]));
    }
    let row = RowValue::alone(&request.request.state.rows, form.instance.clone())?;
    let column = value_column(form.instance.model(), &field.name);
    cell(request, &column, &row, false)
}

/// The keys that a relation to many has in `form`: those that were sent, or those that it started with.
fn keys<'f>(form: &'f Form, field: &Field) -> Option<&'f [FieldValue]> {
    field.many_to_many()?;
    match form.value(&field.name) {
        Some(FormValue::List(keys)) => Some(keys),
        _ => form.initial_keys(&field.name),
    }
}

fn value_texts(form: &ModelForm, field: &Field) -> Vec<String> {
    match keys(&form.form, field) {
        Some(keys) => sorted_texts(keys),
        None => match form.instance.get(&field.name) {
            Some(FieldValue::Null) | None => Vec::new(),
            Some(value) => vec![to_text(value)],
        },
    }
}

/// Whether `data` chooses the value of another person for any field.
pub(super) fn chooses_theirs(data: &QueryDict) -> bool {
    let mut fields = data.iter();
    fields.any(|(name, value)| name.starts_with(KEEP) && value == THEIRS)
}

/// Whether `data` chooses it for the field that is sent as `name`.
pub(super) fn keeps_theirs(data: &QueryDict, name: &str) -> bool {
    data.get(&format!("{KEEP}{name}")) == Some(THEIRS)
}

/// Has the rows of `sent` hold what they hold `now` where `data` chooses that.
pub(super) fn keep_theirs(data: &QueryDict, sent: &mut FormWithInlines, now: &FormWithInlines) {
    let by_place: HashMap<_, _> = placed_forms(now).collect();
    let inner = sent.inlines.iter_mut().flat_map(|set| {
        let prefix = set.set.prefix().to_owned();
        let forms = set.set.forms.iter_mut();
        forms.map(move |form| (format!("{prefix}/{}", to_text(form.instance.key())), form))
    });
    let own = std::iter::once((String::new(), &mut sent.form));
    for (place, form) in own.chain(inner) {
        let Some(current) = by_place.get(&place) else {
            continue;
        };
        for field in version_fields(current) {
            let name = form.form.sent_name(&field.name).unwrap_or_default();
            if !keeps_theirs(data, &name) {
                continue;
            }
            if let Some(keys) = current.form.initial_keys(&field.name) {
                let keys = FormValue::List(keys.to_vec());
                form.form.set_value(&field.name, keys);
            } else if let Some(value) = current.instance.get(&field.name) {
                form.instance.set(&field.name, value.clone());
            }
        }
    }
}
