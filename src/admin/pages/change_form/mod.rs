//! Adds or changes a row (`ModelAdmin.changeform_view`).
//!
//! 1. The row is found, and what who asks may do with it; `page_forms` are its form and the inlines that he may see.
//! 2. What was sent is made ready by `sent_form`, and read.
//! 3. `save` looks in one write transaction whether another person changed the rows since they were shown (`versions`):
//!    what both wrote is shown then (`conflicts`). If not, it writes them with an entry of the history, and
//!    `saved_response` is the page that follows.
//! 4. The page is made of `items` and `inlines`; `related` are the rows that relations refer to.

mod conflicts;
mod inlines;
mod items;
mod page_forms;
mod related;
mod save;
mod saved_response;
mod sent_form;
mod versions;

pub(in crate::admin::pages) use save::changed_labels;

use std::sync::Arc;

use crate::admin::access::ModelPermissions;
use crate::admin::options::{ModelAdmin, ViewOnSite};
use crate::admin::pages::change_form::inlines::inline_value;
use crate::admin::pages::change_form::items::{FormItems, ShownForm};
use crate::admin::pages::change_form::page_forms::{PageInline, open_forms, page_inlines};
use crate::admin::pages::change_form::save::{SaveOutcome, save};
use crate::admin::pages::change_form::saved_response::saved_response;
use crate::admin::pages::change_form::sent_form::{MORE_ROWS, SAVE_AS_NEW, prepared};
use crate::admin::pages::change_form::versions::{VERSION, Versions};
use crate::admin::pages::{AdminPage, AdminRequest};
use crate::forms::FormWithInlines;
use crate::http::{Method, Response};
use crate::templates::Context;
use crate::templates::value::Value;
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
        let data = if request.request.method == Method::Post {
            Some(request.request.form_data()?)
        } else {
            None
        };
        let pressed = |name: &str| data.as_ref().is_some_and(|data| data.has(name));
        let is_copy = !self.is_add && admin.form.save_as && pressed(SAVE_AS_NEW);
        let is_add = self.is_add || is_copy;
        let may = request.permissions(admin, row.as_ref())?;
        request.require(match (is_add, data.is_some()) {
            (true, _) => may.add && (self.is_add || may.view),
            (false, true) => may.change,
            (false, false) => may.view,
        })?;
        // Only then: whoever may not see rows does not find out which there are.
        if !self.is_add && row.is_none() {
            return request.row_is_gone(admin);
        }
        let form = OpenForm {
            request,
            admin,
            may,
            is_add,
            is_copy,
            is_editable: is_add || may.change,
            row: row.filter(|_| !is_copy),
            inlines: page_inlines(request, admin, is_add || may.change)?,
        };
        let Some(data) = data else {
            return form.shown();
        };
        let asks_for_more = data.has(MORE_ROWS);
        let data = prepared(data, admin, &form.inlines, is_copy)?;
        let instance = form.row.as_ref().and_then(RowValue::instance);
        let mut forms = open_forms(request, admin, &form.inlines, instance, Some(data.clone()))?;
        request.refuse_escalation(&mut forms.form)?;
        for form in forms.inlines.iter_mut().flat_map(|set| &mut set.set.forms) {
            request.refuse_escalation(form)?;
        }
        let version = data.fields.get(VERSION).unwrap_or_default();
        if asks_for_more || !forms.is_valid() {
            return form.page(forms, version, Vec::new(), !asks_for_more);
        }
        match save(request, admin, &form.inlines, &mut forms, &data.fields)? {
            SaveOutcome::Saved(saved) => saved_response(request, admin, &saved, is_add),
            SaveOutcome::Refused => form.page(forms, version, Vec::new(), true),
            SaveOutcome::Conflict { fields, versions } => {
                let version = versions.signed(request, admin);
                form.page(forms, &version, fields, false)
            }
        }
    }
}

/// A form that somebody is to see.
struct OpenForm<'f, 'r, 's> {
    request: &'f AdminRequest<'r, 's>,
    admin: &'f Arc<ModelAdmin>,
    may: ModelPermissions,
    is_add: bool,
    /// Whether the row of another page is saved as a new one.
    is_copy: bool,
    is_editable: bool,
    row: Option<RowValue>,
    inlines: Vec<PageInline<'f>>,
}

impl OpenForm<'_, '_, '_> {
    /// The page where nothing was sent.
    fn shown(self) -> Result<Response, HttpError> {
        let instance = self.row.as_ref().and_then(RowValue::instance);
        let forms = open_forms(self.request, self.admin, &self.inlines, instance, None)?;
        let version = match &self.row {
            Some(_) => Versions::of(&forms).signed(self.request, self.admin),
            None => String::new(),
        };
        self.page(forms, &version, Vec::new(), false)
    }

    fn page(
        self,
        forms: FormWithInlines,
        version: &str,
        conflicts: Vec<Value>,
        tells_errors: bool,
    ) -> Result<Response, HttpError> {
        let (request, admin) = (self.request, self.admin);
        let verb = match (self.is_add, self.may.change) {
            (true, _) => "Add",
            (false, true) => "Change",
            (false, false) => "View",
        };
        let title = format!("{verb} {}", admin.model.verbose_name());
        let context = request
            .page_context(&title)?
            .with("add", self.is_add)
            .with("change", !self.is_add)
            .with("has_add_permission", self.may.add)
            .with("has_change_permission", self.is_editable)
            .with("has_delete_permission", self.may.delete && !self.is_add)
            .with("save_on_top", admin.form.save_on_top)
            .with("save_as", admin.form.save_as && !self.is_add)
            .with("version", version)
            .with("conflicts", conflicts);
        let context = self.addresses(context)?;
        let context = self.with_forms(forms, context, tells_errors)?;
        let row = self.row.map_or_else(|| Value::from(()), Value::from_object);
        let context = context.with("original", row);
        request.render_of_model(admin, "change_form.html", context)
    }

    /// `context` with the addresses of other pages.
    fn addresses(&self, context: Context) -> Result<Context, HttpError> {
        let (request, admin) = (self.request, self.admin);
        let key = request.object_id();
        let row_url = |page: &str| -> Result<Value, HttpError> {
            if self.row.is_none() {
                return Ok(Value::from(()));
            }
            let url = request.row_url(admin, page, &key)?;
            Ok(Value::from(format!("{url}{}", request.handed_on(admin)?)))
        };
        // Another press of "Save" is about the new row, not about the one of this address.
        let action = self
            .is_copy
            .then(|| request.url(&admin.url_name("add"), &[]));
        Ok(context
            .with("list_url", request.list_url(admin)?)
            .with("history_url", row_url("history")?)
            .with("delete_url", row_url("delete")?)
            .with("form_url", Value::from(action.transpose()?))
            .with("view_on_site_url", Value::from(self.site_url()?)))
    }

    /// Where the row has a page on the site; none where it has not.
    fn site_url(&self) -> Result<Option<String>, HttpError> {
        let Some(row) = &self.row else {
            return Ok(None);
        };
        let has_url = self.admin.model.options.url_template.is_some();
        let url = match &self.admin.form.view_on_site {
            ViewOnSite::ModelUrl if has_url => row.absolute_url_text()?,
            ViewOnSite::Template(template) => {
                let templates = &self.request.request.state.templates;
                templates.render_object(&template.name, Value::from_object(row.clone()))?
            }
            ViewOnSite::No | ViewOnSite::ModelUrl => return Ok(None),
        };
        let url = url.trim();
        // A path or an address of the web: a text of the row must not become a script.
        let is_safe =
            url.starts_with('/') || url.starts_with("https://") || url.starts_with("http://");
        Ok(is_safe.then(|| url.to_owned()))
    }

    /// `context` with the forms.
    fn with_forms(
        &self,
        forms: FormWithInlines,
        context: Context,
        tells_errors: bool,
    ) -> Result<Context, HttpError> {
        let (request, admin) = (self.request, self.admin);
        let is_multipart = forms.is_multipart();
        let has_errors = tells_errors && !forms.is_valid();
        let names = admin.form.fieldsets.iter().flat_map(|part| &part.rows);
        let options = &admin.form.fields;
        let items = FormItems::new(request, &admin.model, options, names.flatten())?;
        let shown = ShownForm {
            form: &forms.form.form,
            row: self.row.as_ref(),
            is_editable: self.is_editable,
        };
        let parts = items.parts(&admin.form.fieldsets, shown)?;
        let inlines = self.inlines.iter().zip(forms.inlines);
        let inlines = inlines.map(|(inline, set)| inline_value(request, inline, set));
        let inlines: Vec<_> = inlines.collect::<Result<_, _>>()?;
        Ok(context
            .with("fieldsets", parts)
            .with("inlines", inlines)
            .with("has_errors", has_errors)
            .with("is_multipart", is_multipart)
            .with("form", Value::from_object(forms.form.form)))
    }
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
