//! The rows that a relation refers to, on the form of the row that refers to them: links to their pages, and their texts.

use std::sync::Arc;

use crate::admin::access::ModelPermissions;
use crate::admin::options::{ModelAdmin, Picker, PickerKind};
use crate::admin::pages::{AdminRequest, POPUP};
use crate::models::{Field, Model, ModelSet as _};
use crate::query::{Query, is_one_of};
use crate::templates::value::{Value, map};
use crate::values::FieldValue;
use crate::views::{HttpError, RowBatch, RowValue};

/// How many rows of a relation to many are named beside its keys.
const MAX_NAMED: usize = 50;

/// The other end of a relation, if its model has pages.
#[derive(Clone, Debug)]
pub(super) struct RelatedModel {
    admin: Arc<ModelAdmin>,
    may: ModelPermissions,
    /// The name of the field that the relation refers to.
    to_field: String,
    is_many: bool,
}

impl RelatedModel {
    /// Of `field`; none where it is not a relation, or nobody may look at the rows there.
    pub(super) fn of(
        request: &AdminRequest<'_, '_>,
        field: &Field,
    ) -> Result<Option<Self>, HttpError> {
        let registry = &request.request.state.models;
        let target = field.kind.target().and_then(|to| registry.target(to));
        let Some(admin) = target.and_then(|target| request.site.get(&target.key())) else {
            return Ok(None);
        };
        let may = request.permissions(admin, None)?;
        let own = field.relation().and_then(|own| own.to_field.clone());
        let key = admin.model.primary_key().map(|key| key.name.clone());
        Ok(may.any().then(|| Self {
            admin: Arc::clone(admin),
            may,
            to_field: own.or(key).unwrap_or_default(),
            is_many: field.many_to_many().is_some(),
        }))
    }

    /// The links beside the element of the field, which shows `keys`.
    pub(super) fn links(
        &self,
        request: &AdminRequest<'_, '_>,
        keys: &[String],
    ) -> Result<Value, HttpError> {
        let query = format!("?{POPUP}=1&_to_field={}", self.to_field);
        let key = keys.first().filter(|_| !self.is_many);
        let row_page = |page: &str, is_allowed: bool| -> Result<[Value; 2], HttpError> {
            if !is_allowed || self.is_many {
                return Ok([Value::from(()), Value::from(())]);
            }
            let url = |key: &str| request.row_url(&self.admin, page, key);
            // The underscores of the placeholder are not quoted: a script puts the quoted key in its place.
            let pattern = url("0")?;
            let end = format!("/0/{page}/");
            let pattern = pattern.strip_suffix(&end).unwrap_or_default();
            let pattern = format!("{pattern}/__fk__/{page}/");
            let now = key.map(|key| url(key)).transpose()?;
            let now = now.map(|url| format!("{url}{query}"));
            Ok([Value::from(format!("{pattern}{query}")), Value::from(now)])
        };
        let add = request.url(&self.admin.url_name("add"), &[])?;
        let add = self.may.add.then(|| format!("{add}{query}"));
        let [change_pattern, change] = row_page("change", self.may.view)?;
        let [delete_pattern, delete] = row_page("delete", self.may.delete)?;
        Ok(map([
            ("name", Value::from(self.admin.model.verbose_name())),
            ("add", Value::from(add)),
            ("change", change),
            ("change_pattern", change_pattern),
            ("can_change", Value::from(self.may.change)),
            ("delete", delete),
            ("delete_pattern", delete_pattern),
        ]))
    }

    /// How the row is found whose key is typed, and what rows the element shows that has `keys`.
    pub(super) fn picker(
        &self,
        request: &AdminRequest<'_, '_>,
        model: &Model,
        picker: &Picker,
        keys: &[String],
    ) -> Result<Value, HttpError> {
        let list = request.url(&self.admin.url_name("changelist"), &[])?;
        let list = format!("{list}?{POPUP}=1&_to_field={}", self.to_field);
        let autocomplete = match picker.kind {
            PickerKind::RawId => None,
            PickerKind::Autocomplete => Some(request.url("autocomplete", &[])?),
        };
        let rows = if self.may.view {
            row_texts(request, &self.admin, &self.to_field, keys)?
        } else {
            Vec::new()
        };
        let rows = rows.into_iter().map(|row| {
            let url = request.row_url(&self.admin, "change", &row.key)?;
            Ok(map([
                ("id", Value::from(row.sent)),
                ("text", Value::from(row.text)),
                ("url", Value::from(url)),
            ]))
        });
        let rows: Vec<_> = rows.collect::<Result<_, HttpError>>()?;
        Ok(map([
            ("list", Value::from(self.may.view.then_some(list))),
            ("autocomplete", Value::from(autocomplete)),
            ("app_label", Value::from(model.app_label.as_str())),
            ("model_name", Value::from(model.name.to_lowercase())),
            ("field_name", Value::from(picker.field.as_str())),
            ("is_many", Value::from(self.is_many)),
            ("rows", Value::from(rows)),
        ]))
    }
}

/// A row by its text.
#[derive(Clone, Debug)]
struct RowText {
    /// What a form sends for it.
    sent: String,
    /// Its primary key.
    key: String,
    text: String,
}

/// The rows of `admin` whose field `to_field` holds one of `keys`; none where one of them cannot be one.
fn row_texts(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    to_field: &str,
    keys: &[String],
) -> Result<Vec<RowText>, HttpError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let keys = keys.iter().take(MAX_NAMED);
    let keys: Vec<_> = keys.map(|key| FieldValue::Text(key.clone())).collect();
    let query = Query::of(&admin.model).filter(is_one_of(to_field, &keys));
    let batch = RowBatch::fetch_fitting(&request.request.state.rows, &query)?;
    let rows = batch
        .iter()
        .flat_map(|batch| (0..batch.len()).map(|at| RowValue::new(Arc::clone(batch), at)));
    let texts = rows.map(|row| {
        let text_of =
            |value: Option<&FieldValue>| value.map(crate::values::to_text).unwrap_or_default();
        let instance = row.instance();
        Ok(RowText {
            sent: text_of(instance.and_then(|instance| instance.get(to_field))),
            key: text_of(instance.map(crate::query::ModelInstance::key)),
            text: row.text()?,
        })
    });
    texts.collect()
}

/// The texts of the rows that the relation `field` refers to by `keys`, with commas.
pub(super) fn texts_of_keys(
    request: &AdminRequest<'_, '_>,
    field: &Field,
    keys: &[FieldValue],
) -> Result<String, HttpError> {
    let registry = &request.request.state.models;
    let target = field.kind.target().and_then(|to| registry.target(to));
    let Some(target) = target.filter(|_| !keys.is_empty()) else {
        return Ok(String::new());
    };
    let query = Query::new(target.key()).filter(is_one_of("pk", keys));
    let batch = RowBatch::fetch(&request.request.state.rows, &query)?;
    let texts = (0..batch.len()).map(|at| RowValue::new(Arc::clone(&batch), at).text());
    Ok(texts.collect::<Result<Vec<_>, _>>()?.join(", "))
}
