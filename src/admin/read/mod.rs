//! `admin.toml` of the apps: read once, with all mistakes of all files.
//!
//! 1. [`load_admin`] finds the files, and in them the models that they name.
//! 2. `model_admin` reads the table of one model: `list` its list, `form` its form, `inlines` the rows that belong to it,
//!    `rules` who may do what. `columns`, `filters`, `actions` and `list_editable` are parts of
//!    a list.
//! 3. `defaults` is what holds where a file says nothing.

mod actions;
mod columns;
mod context;
mod defaults;
mod field_options;
mod filters;
mod form;
mod inlines;
mod list;
mod list_editable;
mod model_admin;
mod names;
mod rules;
mod site;

use std::sync::Arc;

use crate::admin::AdminSite;
use crate::admin::options::{ActionFinder, ModelAdmin, Picker, PickerKind};
use crate::admin::read::context::AdminContext;
use crate::admin::read::model_admin::{default_model_admin, model_admin};
use crate::admin::read::site::read_look;
use crate::admin::site::SiteLook;
use crate::apps::{AppSource, Apps};
use crate::diagnostic::Finding;
use crate::document::{Document, Item, Problems, TableEntry};
use crate::forms::Forms;
use crate::models::{Model, ModelKey, ModelSet as _, Registry};

/// The file of an app that says how the admin shows its models.
pub const ADMIN_FILE: &str = "admin.toml";

/// The table that says how the site looks.
const SITE: &str = "site";

/// The key that names models without pages.
const UNREGISTER: &str = "unregister";

/// What the admin of a project is read from.
#[derive(Clone, Copy, Debug)]
pub struct AdminSource<'s> {
    /// The apps.
    pub apps: &'s Apps,
    /// Their models.
    pub registry: &'s Arc<Registry>,
    /// Their forms.
    pub forms: &'s Forms,
    /// Whether models that no file names have pages, too: `[admin] auto`.
    pub is_automatic: bool,
    /// What finds the functions that actions name.
    pub actions: ActionFinder<'s>,
}

/// Reads the admin of a project; what is wrong goes to `problems`.
///
/// A later app may say anew how a model is shown that an earlier one names, as Django's `unregister` and `register`.
pub fn load_admin(source: &AdminSource<'_>, problems: &Problems) -> AdminSite {
    let mut reader = SiteReader {
        source,
        problems,
        look: None,
        found: Vec::new(),
        unregistered: Vec::new(),
    };
    for app in source.apps.iter() {
        if let Some(document) = problems.take(app.document(ADMIN_FILE)).flatten() {
            reader.file(app.label.as_str(), &document);
        }
    }
    if source.is_automatic {
        reader.add_others();
    }
    reader.finish()
}

struct SiteReader<'s> {
    source: &'s AdminSource<'s>,
    problems: &'s Problems,
    look: Option<SiteLook>,
    found: Vec<ModelAdmin>,
    unregistered: Vec<ModelKey>,
}

impl SiteReader<'_> {
    fn file(&mut self, app_label: &str, document: &Document) {
        for entry in document.root().entries() {
            match entry.key.as_str() {
                SITE => self.look(&entry.item),
                UNREGISTER => self.unregister(&entry.item),
                _ => self.model(app_label, entry),
            }
        }
    }

    fn look(&mut self, item: &Item) {
        if self.look.is_some() {
            let message = "`[site]` stands in another `admin.toml` already";
            self.problems.push(item.error("repeated-site", message));
            return;
        }
        if let Some(table) = item.as_table() {
            self.look = Some(read_look(table, self.problems));
        } else {
            let message = "`site` must be a table";
            self.problems.push(item.error("wrong-type", message));
        }
    }

    fn unregister(&mut self, item: &Item) {
        for item in item.listed() {
            let found = names::model(self.source.registry, "", item);
            match found {
                Ok(model) => {
                    self.found.retain(|admin| admin.model.key() != model.key());
                    self.unregistered.push(model.key());
                }
                Err(finding) => self.problems.push(finding),
            }
        }
    }

    fn model(&mut self, app_label: &str, entry: &TableEntry) {
        match self.read_model(app_label, entry) {
            Ok(admin) => {
                let key = admin.model.key();
                self.found.retain(|known| known.model.key() != key);
                self.unregistered.retain(|known| *known != key);
                self.found.push(admin);
            }
            Err(finding) => self.problems.push(finding),
        }
    }

    fn read_model(&self, app_label: &str, entry: &TableEntry) -> Result<ModelAdmin, Finding> {
        let model = names::model_of_key(self.source.registry, app_label, entry)?;
        let Some(table) = entry.item.as_table() else {
            let message = format!("`{}` must be a table", entry.key);
            return Err(entry.item.error("wrong-type", message));
        };
        let context = self.context(&model);
        Ok(model_admin(&context, table))
    }

    /// Adds the models of the project's own apps that no file names.
    fn add_others(&mut self) {
        let registry = self.source.registry;
        let models: Vec<_> = registry.models().map(Model::key).collect();
        for key in models {
            let is_known = self.found.iter().any(|admin| admin.model.is(&key));
            let is_own = self.source.apps.get(&key.app_label);
            let is_own = is_own.is_some_and(|app| matches!(app.source, AppSource::Disk(_)));
            if is_known || !is_own || self.unregistered.contains(&key) {
                continue;
            }
            if let Some(model) = registry.shared(&key) {
                let context = self.context(model);
                self.found.push(default_model_admin(&context));
            }
        }
    }

    fn context<'c>(&'c self, model: &'c Arc<Model>) -> AdminContext<'c> {
        let look = self.look.as_ref();
        AdminContext {
            registry: self.source.registry,
            forms: self.source.forms,
            model,
            problems: self.problems,
            empty_value: look.map_or_else(|| "-".to_owned(), |look| look.empty_value.clone()),
            actions: self.source.actions,
        }
    }

    /// Models that are searched for `autocomplete_fields` have pages and a search.
    fn check_searches(&self) {
        for admin in &self.found {
            let inlines = admin.inlines.iter();
            let inlines = inlines.filter_map(|inline| Some((inline.set.model()?, &inline.fields)));
            let forms = std::iter::once((&admin.model, &admin.form.fields)).chain(inlines);
            for (model, options) in forms {
                let mut pickers = options.pickers.iter();
                let is_searched = |picker: &&Picker| picker.kind == PickerKind::Autocomplete;
                while let Some(picker) = pickers.find(is_searched) {
                    self.check_search(model, picker);
                }
            }
        }
    }

    fn check_search(&self, model: &Model, picker: &Picker) {
        let target = model.field(&picker.field);
        let target = target.and_then(|field| self.source.registry.target(field.kind.target()?));
        let Some(target) = target else {
            return;
        };
        let admin = self
            .found
            .iter()
            .find(|admin| admin.model.is(&target.key()));
        let label = target.label();
        let finding = match admin {
            Some(admin) if !admin.list.search.is_empty() => return,
            Some(_) => {
                let message = format!("the rows of `{label}` cannot be searched");
                let finding = picker.item.error("no-search", message);
                finding.hint(format!("give the table of `{label}` `search_fields`"))
            }
            None => {
                let message = format!("`{label}` has no pages in the admin");
                let finding = picker.item.error("not-registered", message);
                finding.hint(format!(
                    "write a table `[\"{label}\"]` with `search_fields`"
                ))
            }
        };
        self.problems.push(finding);
    }

    fn finish(self) -> AdminSite {
        self.check_searches();
        let registry = self.source.registry;
        let mut found = self.found;
        let mut models = Vec::new();
        for model in registry
            .models()
            .filter(|model| !registry.is_swapped(model))
        {
            if let Some(at) = found
                .iter()
                .position(|admin| admin.model.key() == model.key())
            {
                models.push(Arc::new(found.swap_remove(at)));
            }
        }
        AdminSite::new(self.look.unwrap_or_default(), models)
    }
}
