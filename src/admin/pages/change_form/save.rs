//! Writes what was sent, unless another person changed it meanwhile, with an entry of the history.

use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_form::conflicts::{
    chooses_theirs, conflicts, keep_theirs, keeps_theirs,
};
use crate::admin::pages::change_form::page_forms::{PageInline, open_forms};
use crate::admin::pages::change_form::versions::{VERSION, Versions};
use crate::db::Connection;
use crate::forms::{FormWithInlines, ModelForm, ModelFormSet};
use crate::http::QueryDict;
use crate::query::ModelInstance;
use crate::templates::value::Value;
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

/// What became of a form that was sent.
#[derive(Debug)]
pub(super) enum SaveOutcome {
    /// Its rows are written; this is the one of the page.
    Saved(Box<RowValue>),
    /// The database refuses one of them, which the forms say.
    Refused,
    /// Another person changed these fields.
    Conflict {
        /// The fields.
        fields: Vec<Value>,
        /// What the rows hold now.
        versions: Versions,
    },
}

/// Writes the rows of the valid `forms`, for which `data` was sent.
pub(super) fn save(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    inlines: &[PageInline<'_>],
    forms: &mut FormWithInlines,
    data: &QueryDict,
) -> Result<SaveOutcome, HttpError> {
    request.request.connections.with(|connection| {
        // What is read here cannot change before it is written: of two that send at once, the second sees the first.
        connection.transaction(|connection| {
            if !forms.form.is_new() {
                let conflict = reconcile(request, admin, inlines, forms, data)?;
                if let Some(conflict) = conflict {
                    return Ok(conflict);
                }
            }
            write(request, admin, forms, data, connection)
        })
    })
}

/// Looks what the rows hold now; a conflict where that is not what the person saw who sent the form.
fn reconcile(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    inlines: &[PageInline<'_>],
    forms: &mut FormWithInlines,
    data: &QueryDict,
) -> Result<Option<SaveOutcome>, HttpError> {
    let Some(row) = request.row(admin)? else {
        return Ok(None);
    };
    let now = open_forms(request, admin, inlines, row.instance(), None)?;
    if chooses_theirs(data) {
        keep_theirs(data, forms, &now);
    }
    if let Some(seen) = data.get(VERSION) {
        let seen = Versions::sent(request, admin, seen);
        let fields = conflicts(request, &seen, forms, &now)?;
        if !fields.is_empty() {
            let versions = Versions::of(&now);
            return Ok(Some(SaveOutcome::Conflict { fields, versions }));
        }
    }
    keep_other_columns(&mut forms.form, &now.form.instance);
    Ok(None)
}

/// Has the row hold what it holds now in the columns that the form does not show.
fn keep_other_columns(form: &mut ModelForm, now: &ModelInstance) {
    let model = std::sync::Arc::clone(now.model());
    let is_other = |name: &str| !form.form.has_field(name);
    let others: Vec<_> = model
        .columns()
        .filter(|field| is_other(&field.name))
        .collect();
    for field in others {
        if let Some(value) = now.get(&field.name) {
            form.instance.set(&field.name, value.clone());
        }
    }
}

fn write(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    forms: &mut FormWithInlines,
    data: &QueryDict,
    connection: &Connection,
) -> Result<SaveOutcome, HttpError> {
    let is_new = forms.form.is_new();
    let changed = own_labels(&forms.form, data);
    let Some(saved) = forms.save()? else {
        return Ok(SaveOutcome::Refused);
    };
    let object_id = to_text(saved.key());
    let row = RowValue::alone(&request.request.state.rows, saved)?;
    let mut messages = own_message(is_new, changed);
    for set in &forms.inlines {
        inline_messages(request, set, data, &mut messages)?;
    }
    let entry = LogEntry {
        model: &admin.model,
        object_id,
        object_repr: row.text()?,
        action: if is_new {
            LogAction::Addition
        } else {
            LogAction::Change
        },
        messages,
    };
    request.log(connection, &entry)?;
    Ok(SaveOutcome::Saved(Box::new(row)))
}

/// The labels of the fields whose values are others now.
pub(in crate::admin::pages) fn changed_labels(form: &ModelForm) -> Vec<String> {
    labels(form, &|_| true)
}

/// The same without the fields for which `data` chooses what another person wrote.
fn own_labels(form: &ModelForm, data: &QueryDict) -> Vec<String> {
    labels(form, &|name| {
        let sent = form.form.sent_name(name).unwrap_or_default();
        !keeps_theirs(data, &sent)
    })
}

fn labels(form: &ModelForm, counts: &dyn Fn(&str) -> bool) -> Vec<String> {
    let changed = form.form.changed_data();
    let fields = form.form.definition().fields().iter();
    let fields = fields.filter(|field| changed.contains(&field.name()) && counts(field.name()));
    let labels = fields.map(|field| match field.label_text() {
        "" => field.name().to_owned(),
        label => label.to_owned(),
    });
    labels.collect()
}

/// What the history tells of the row of the page.
fn own_message(is_new: bool, changed: Vec<String>) -> Vec<LogMessage> {
    if !is_new && changed.is_empty() {
        return Vec::new();
    }
    vec![LogMessage {
        verb: if is_new { "added" } else { "changed" },
        fields: changed,
        inline: None,
    }]
}

/// What it tells of the rows of `set`, in Django's order: those that were added, changed, deleted.
fn inline_messages(
    request: &AdminRequest<'_, '_>,
    set: &ModelFormSet,
    data: &QueryDict,
    messages: &mut Vec<LogMessage>,
) -> Result<(), HttpError> {
    let saved = set.saved_rows();
    let all = [
        ("added", &saved.new),
        ("changed", &saved.changed),
        ("deleted", &saved.deleted),
    ];
    for (verb, rows) in all {
        for row in rows {
            let name = row.model().verbose_name();
            let mut forms = set.set.forms.iter();
            let form = forms.find(|form| form.instance.key() == row.key());
            let fields = form.map(|form| own_labels(form, data));
            let row = RowValue::alone(&request.request.state.rows, row.clone())?;
            messages.push(LogMessage {
                verb,
                fields: fields.unwrap_or_default(),
                inline: Some((name, row.text()?)),
            });
        }
    }
    Ok(())
}
