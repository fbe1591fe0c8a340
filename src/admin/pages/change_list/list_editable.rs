//! `list_editable`: the rows of a page are forms, which are saved together.

use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::pages::change_form::changed_labels;
use crate::admin::pages::change_list::action_rows::require_for_each;
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::open_list::OpenList;
use crate::forms::{ModelForm, ModelFormSet};
use crate::http::Response;
use crate::messages::level;
use crate::query::{ModelInstance, Query};
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

impl OpenList<'_, '_, '_> {
    /// A form for each row of `query`; none where no field is changed in the list, or who asks may not change any.
    pub(super) fn row_forms(&self, query: &Query) -> Result<Option<ModelFormSet>, HttpError> {
        match self.blank_forms()? {
            Some(forms) => Ok(Some(forms.rows_of_query(Some(query.clone())).unbound()?)),
            None => Ok(None),
        }
    }

    fn blank_forms(&self) -> Result<Option<ModelFormSet>, HttpError> {
        let editable = self.admin.list.editable.as_ref();
        let Some(editable) = editable.filter(|_| self.may.change) else {
            return Ok(None);
        };
        let database = &self.request.request.state.form_database;
        Ok(Some(ModelFormSet::new(&editable.set, database)?))
    }

    /// Saves the rows that were changed on the page, with an entry in the history of each, in one transaction.
    ///
    /// Fails with 403 for who may not change them. The page is shown again where something is wrong.
    pub(super) fn save_rows(&self) -> Result<Response, ListError> {
        let request = self.request;
        request.require(self.may.change)?;
        let Some(forms) = self.blank_forms()? else {
            return Ok(self.back());
        };
        let forms = forms.rows_of_query(Some(self.query()));
        let mut forms = forms
            .bind(request.request.form_data()?)
            .map_err(HttpError::from)?;
        if forms.set.forms.iter().any(ModelForm::is_new) {
            return Ok(self.nothing_done(
                "A row is not in this list any more: somebody has changed or deleted it. Nothing has been saved.",
            ));
        }
        for form in &mut forms.set.forms {
            request.refuse_escalation(form)?;
        }
        if !forms.is_valid() {
            return self.page(Some(forms));
        }
        let changes = changes(&forms);
        let rows = changes.iter().map(|change| change.row(self));
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        require_for_each(request, self.admin, "change", &rows)?;
        let saved = request.request.connections.with(|connection| {
            connection.transaction(|connection| {
                if forms.save()?.is_none() {
                    return Ok(false);
                }
                for change in &changes {
                    request.log(connection, &self.entry(&forms, change)?)?;
                }
                Ok::<_, HttpError>(true)
            })
        });
        if !saved? {
            return self.page(Some(forms));
        }
        if !changes.is_empty() {
            request.tell(level::SUCCESS, &self.saved_message(changes.len()));
        }
        Ok(self.back())
    }

    fn entry(&self, forms: &ModelFormSet, change: &RowChange) -> Result<LogEntry<'_>, HttpError> {
        // The form holds the row as it was saved.
        let saved = forms
            .set
            .forms
            .get(change.place)
            .map(|form| form.instance.clone());
        let saved = saved.unwrap_or_else(|| change.instance.clone());
        let object_id = to_text(saved.key());
        let row = RowValue::alone(&self.request.request.state.rows, saved)?;
        Ok(LogEntry {
            model: &self.admin.model,
            object_id,
            object_repr: row.text()?,
            action: LogAction::Change,
            messages: vec![LogMessage {
                verb: "changed",
                fields: change.labels.clone(),
                inline: None,
            }],
        })
    }

    fn saved_message(&self, count: usize) -> String {
        let model = &self.admin.model;
        match count {
            1 => format!("1 {} was changed successfully.", model.verbose_name()),
            count => format!(
                "{count} {} were changed successfully.",
                model.verbose_name_plural()
            ),
        }
    }
}

/// A row that was changed.
struct RowChange {
    /// The place of its form.
    place: usize,
    /// The row as it is in the database.
    instance: ModelInstance,
    /// The labels of the fields that changed.
    labels: Vec<String>,
}

impl RowChange {
    fn row(&self, list: &OpenList<'_, '_, '_>) -> Result<RowValue, HttpError> {
        RowValue::alone(&list.request.request.state.rows, self.instance.clone())
    }
}

fn changes(forms: &ModelFormSet) -> Vec<RowChange> {
    let forms = forms.set.forms.iter().enumerate();
    let changed = forms.filter(|(_, form)| !form.is_new() && form.form.has_changed());
    let rows = changed.map(|(place, form)| RowChange {
        place,
        instance: form.instance.clone(),
        labels: changed_labels(form),
    });
    rows.collect()
}
