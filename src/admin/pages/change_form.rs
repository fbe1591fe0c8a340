//! Adds or changes a row (`ModelAdmin.changeform_view`).
//!
//! 1. The row is found, and what who asks may do with it.
//! 2. The form and the sets of rows that belong to it are opened, or bound to what was sent.
//! 3. Valid ones are saved with an entry of the history, in one transaction; the button says which page follows.

use std::sync::Arc;

use crate::admin::access::ModelPermissions;
use crate::admin::log::{LogAction, LogEntry, LogMessage};
use crate::admin::options::{Column, ColumnSource, Fieldset, InlineStyle, ModelAdmin, ValueKind};
use crate::admin::pages::change_list::cell;
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::forms::{FormWithInlines, ModelForm, ModelFormError, ModelFormSet};
use crate::http::{FormData, Method, Response};
use crate::messages::level;
use crate::models::Field;
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::to_text;
use crate::views::{HttpError, RowValue};

/// The form of a row.
#[derive(Debug)]
pub(in crate::admin) struct ChangeFormPage {
    admin: Arc<ModelAdmin>,
    is_add: bool,
}

impl ChangeFormPage {
    /// The form of a new row.
    pub(in crate::admin) fn add(admin: Arc<ModelAdmin>) -> Self {
        Self {
            admin,
            is_add: true,
        }
    }

    /// The form of a row that is there.
    pub(in crate::admin) fn change(admin: Arc<ModelAdmin>) -> Self {
        Self {
            admin,
            is_add: false,
        }
    }
}

impl AdminPage for ChangeFormPage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let admin = &self.admin;
        let row = if self.is_add {
            None
        } else {
            request.row(admin)?
        };
        let is_sent = request.request.method == Method::Post;
        let may = request.permissions(admin, row.as_ref())?;
        request.require(match (self.is_add, is_sent) {
            (true, _) => may.add,
            (false, true) => may.change,
            (false, false) => may.view,
        })?;
        // Only then: whoever may not see rows does not find out which there are.
        if !self.is_add && row.is_none() {
            return request.row_is_gone(admin);
        }
        let data = if is_sent {
            Some(request.request.form_data()?)
        } else {
            None
        };
        let mut forms = open_forms(request, admin, row.as_ref(), data)?;
        if is_sent
            && forms.is_valid()
            && let Some(saved) = save(request, admin, &mut forms)?
        {
            return saved_response(request, admin, &saved, self.is_add);
        }
        self.page(request, may, row, forms)
    }
}

impl ChangeFormPage {
    fn page(
        &self,
        request: &AdminRequest<'_, '_>,
        may: ModelPermissions,
        row: Option<RowValue>,
        forms: FormWithInlines,
    ) -> Result<Response, HttpError> {
        let admin = &self.admin;
        let name = admin.model.verbose_name();
        let is_editable = self.is_add || may.change;
        let verb = match (self.is_add, may.change) {
            (true, _) => "Add",
            (false, true) => "Change",
            (false, false) => "View",
        };
        let none = || Value::from(());
        let key = request.object_id();
        let row_url = |page: &str| -> Result<Value, HttpError> {
            match &row {
                Some(_) => {
                    let url = request.row_url(admin, page, &key)?;
                    Ok(Value::from(format!("{url}{}", request.handed_on(admin)?)))
                }
                None => Ok(none()),
            }
        };
        let page_url = match row.as_ref().filter(|_| admin.form.view_on_site) {
            Some(row) if admin.model.options.url_template.is_some() => {
                Value::from(row.absolute_url_text()?)
            }
            _ => none(),
        };
        let context = request
            .page_context(&format!("{verb} {name}"))?
            .with("add", self.is_add)
            .with("change", !self.is_add)
            .with(
                "fieldsets",
                fieldsets(request, admin, row.as_ref(), is_editable)?,
            )
            .with("has_add_permission", may.add)
            .with("has_change_permission", is_editable)
            .with("has_delete_permission", may.delete && !self.is_add)
            .with("save_on_top", admin.form.save_on_top)
            .with("list_url", request.list_url(admin)?)
            .with("history_url", row_url("history")?)
            .with("delete_url", row_url("delete")?)
            .with("view_on_site_url", page_url)
            .with("original", row.map_or_else(none, Value::from_object));
        let context = with_forms(admin, forms, context);
        request.render_of_model(admin, "change_form.html", context)
    }
}

/// The form of `row`, or of a new one, and the sets of rows that belong to it: with what was sent, if anything was.
fn open_forms(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: Option<&RowValue>,
    data: Option<FormData>,
) -> Result<FormWithInlines, HttpError> {
    let database = &request.request.state.form_database;
    let definition = &admin.form.definition;
    let form = match row.and_then(RowValue::instance) {
        Some(instance) => ModelForm::update(definition, database, instance.clone())?,
        None => ModelForm::create(definition, database)?,
    };
    let inlines = admin.inlines.iter().map(|inline| {
        let set = ModelFormSet::new(&inline.set, database)?;
        let set = set.of_parent(&form.instance).on_page_of(&form);
        match &data {
            Some(data) => set.bind(data.clone()),
            None => set.unbound(),
        }
    });
    let inlines = inlines.collect::<Result<_, ModelFormError>>()?;
    let form = match data {
        Some(data) => form.bind(data)?,
        None => form,
    };
    Ok(FormWithInlines { form, inlines })
}

/// Writes the rows and the entry of the history; none where the database refuses one, which the forms say then.
fn save(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    forms: &mut FormWithInlines,
) -> Result<Option<RowValue>, HttpError> {
    let is_new = forms.form.is_new();
    let changed = changed_labels(&forms.form);
    request.request.connections.with(|connection| {
        connection.transaction(|connection| {
            let Some(saved) = forms.save()? else {
                return Ok(None);
            };
            let object_id = to_text(saved.key());
            let row = RowValue::alone(&request.request.state.rows, saved)?;
            let entry = LogEntry {
                model: &admin.model,
                object_id,
                object_repr: row.text()?,
                action: if is_new {
                    LogAction::Addition
                } else {
                    LogAction::Change
                },
                messages: messages(is_new, changed),
            };
            request.log(connection, &entry)?;
            Ok(Some(row))
        })
    })
}

/// The labels of the fields whose values are others now.
pub(super) fn changed_labels(form: &ModelForm) -> Vec<String> {
    let changed = form.form.changed_data();
    let fields = form.form.definition().fields().iter();
    let fields = fields.filter(|field| changed.contains(&field.name()));
    fields.map(|field| field.label_text().to_owned()).collect()
}

/// `context` with the forms.
fn with_forms(admin: &ModelAdmin, forms: FormWithInlines, context: Context) -> Context {
    let is_multipart = forms.is_multipart();
    let has_errors = forms.form.form.is_bound() && !forms.is_valid();
    let inlines = admin.inlines.iter().zip(forms.inlines);
    let inlines = inlines.map(|(inline, set)| {
        let style = match inline.style {
            InlineStyle::Tabular => "tabular",
            InlineStyle::Stacked => "stacked",
        };
        let name = |name: &str| Value::from(text::capitalized(name));
        map([
            ("style", Value::from(style)),
            ("name", name(&inline.verbose_name)),
            ("plural", name(&inline.verbose_name_plural)),
            ("rows", Value::from(inline.rows.concat())),
            ("is_collapsed", Value::from(inline.is_collapsed)),
            ("formset", Value::from_object(set.set)),
        ])
    });
    context
        .with("inlines", inlines.collect::<Value>())
        .with("has_errors", has_errors)
        .with("is_multipart", is_multipart)
        .with("form", Value::from_object(forms.form.form))
}

/// What the history tells of a row that was saved.
fn messages(is_new: bool, changed: Vec<String>) -> Vec<LogMessage> {
    let verb = if is_new { "added" } else { "changed" };
    if !is_new && changed.is_empty() {
        return Vec::new();
    }
    vec![LogMessage {
        verb,
        fields: changed,
        inline: None,
    }]
}

/// The parts of the form, line by line: fields of the form by name, and values that cannot be changed.
fn fieldsets(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: Option<&RowValue>,
    is_editable: bool,
) -> Result<Value, HttpError> {
    let item = |name: &String| {
        let readonly = admin
            .form
            .readonly
            .iter()
            .find(|column| column.name == *name);
        let column = match readonly {
            Some(column) => Some(column.clone()),
            None if !is_editable => Some(value_column(admin, name)),
            None => None,
        };
        let Some(column) = column else {
            return Ok(map([("name", Value::from(name.as_str()))]));
        };
        let cell = match row {
            Some(row) => cell(request, &column, row, false)?,
            None => Value::from(()),
        };
        Ok(map([
            ("name", Value::from(name.as_str())),
            ("header", Value::from(text::capitalized(&column.header))),
            ("cell", cell),
            ("is_readonly", Value::from(true)),
        ]))
    };
    let line = |line: &Vec<String>| -> Result<Value, HttpError> {
        let items: Vec<_> = line.iter().map(item).collect::<Result<_, HttpError>>()?;
        Ok(Value::from(items))
    };
    let part = |part: &Fieldset| -> Result<Value, HttpError> {
        let lines: Vec<_> = part
            .rows
            .iter()
            .map(line)
            .collect::<Result<_, HttpError>>()?;
        Ok(map([
            ("name", Value::from(part.name.as_deref())),
            ("description", Value::from(part.description.as_str())),
            ("is_collapsed", Value::from(part.is_collapsed)),
            ("lines", Value::from(lines)),
        ]))
    };
    let parts = admin.form.fieldsets.iter().map(part);
    Ok(Value::from(parts.collect::<Result<Vec<_>, HttpError>>()?))
}

/// The value of the field `name`, for those who may not change it.
fn value_column(admin: &ModelAdmin, name: &str) -> Column {
    let field = admin.model.field(name);
    Column {
        name: name.to_owned(),
        header: field.map_or_else(|| name.to_owned(), Field::verbose_name),
        source: ColumnSource::Field {
            path: vec![name.to_owned()],
            kind: field.map_or(ValueKind::Text, ValueKind::of),
        },
        order: Vec::new(),
        empty_value: "-".to_owned(),
    }
}

/// The page that follows, by the button that was pressed (`response_add`, `response_change`).
fn saved_response(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    row: &RowValue,
    is_add: bool,
) -> Result<Response, HttpError> {
    let post = request.request.post()?;
    let pressed = |name: &str| post.get(name).is_some();
    let name = admin.model.verbose_name();
    let done = if is_add { "added" } else { "changed" };
    let text = row.text()?;
    let key = row
        .instance()
        .map(|row| to_text(row.key()))
        .unwrap_or_default();
    let (rest, target) = if pressed("_continue") {
        let target = request.row_url(admin, "change", &key)?;
        let target = format!("{target}{}", request.handed_on(admin)?);
        (" You may edit it again below.".to_owned(), target)
    } else if pressed("_addanother") {
        let target = request.url(&admin.url_name("add"), &[])?;
        let target = format!("{target}{}", request.handed_on(admin)?);
        (format!(" You may add another {name} below."), target)
    } else {
        let may = request.permissions(admin, None)?;
        (String::new(), request.list_or_index(admin, may.view)?)
    };
    let message = format!("The {name} “{text}” was {done} successfully.{rest}");
    request.tell(level::SUCCESS, &message);
    Ok(Response::redirect(&target, false))
}

/// The address of a row without a page: leads to its form.
#[derive(Debug)]
pub(in crate::admin) struct RedirectToChangePage(pub(in crate::admin) Arc<ModelAdmin>);

impl AdminPage for RedirectToChangePage {
    fn respond(&self, request: &AdminRequest<'_, '_>) -> Result<Response, HttpError> {
        let url = request.row_url(&self.0, "change", &request.object_id())?;
        Ok(Response::redirect(&url, false))
    }

    fn has_form(&self) -> bool {
        false
    }
}
