//! The form of a row and the sets of rows that belong to it, as far as somebody may do something with them.

use std::sync::Arc;

use crate::admin::access::ModelPermissions;
use crate::admin::options::{InlineOptions, ModelAdmin};
use crate::admin::pages::AdminRequest;
use crate::forms::{
    AllowedChanges, FormSetDefinition, FormWithInlines, ModelForm, ModelFormError, ModelFormSet,
};
use crate::http::FormData;
use crate::query::ModelInstance;
use crate::views::HttpError;

/// An inline of a page, and what who asks may do with its rows.
#[derive(Clone, Debug)]
pub(super) struct PageInline<'a> {
    /// Its options.
    pub(super) options: &'a InlineOptions,
    /// What is allowed.
    pub(super) may: ModelPermissions,
    /// The set of its forms.
    pub(super) set: Arc<FormSetDefinition>,
}

/// The inlines of `admin` that who asks may see (`get_inline_instances`).
pub(super) fn page_inlines<'a>(
    request: &AdminRequest<'_, '_>,
    admin: &'a ModelAdmin,
    is_editable: bool,
) -> Result<Vec<PageInline<'a>>, HttpError> {
    let mut found = Vec::new();
    for options in &admin.inlines {
        let Some(model) = options.set.model() else {
            continue;
        };
        let may = request.inline_permissions(model)?;
        if !may.any() {
            continue;
        }
        let may = ModelPermissions {
            add: may.add && is_editable,
            change: may.change && is_editable,
            delete: may.delete && is_editable,
            view: may.view,
        };
        let allowed = AllowedChanges {
            add: may.add,
            change: may.change,
            delete: may.delete,
        };
        let set = if may.add && may.change && may.delete {
            Arc::clone(&options.set)
        } else {
            Arc::new(options.set.limited(allowed))
        };
        found.push(PageInline { options, may, set });
    }
    Ok(found)
}

/// The form of `row`, or of a new one, and the sets of rows that belong to it: with what was sent, if anything was.
pub(super) fn open_forms(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    inlines: &[PageInline<'_>],
    row: Option<&ModelInstance>,
    data: Option<FormData>,
) -> Result<FormWithInlines, HttpError> {
    let database = &request.request.state.form_database;
    let definition = &admin.form.definition;
    let form = match row {
        Some(instance) => ModelForm::update(definition, database, instance.clone())?,
        None => ModelForm::create(definition, database)?,
    };
    let inlines = inlines.iter().map(|inline| {
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
