//! The views by the names that `urls.toml` gives them.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::forms::Forms;
use crate::models::{Model, ModelKey, Registry};
use crate::settings::MailSettings;
use crate::templates::TemplateSources;
use crate::text;
use crate::urls::ViewRoute;
use crate::views::View;

/// Makes a view from its entry in `urls.toml`, or says what is wrong with the entry.
pub type ViewBuilder = fn(&ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding>;

/// The name of a view in `urls.toml`, and what makes it.
pub type RegisteredView = (&'static str, ViewBuilder);

/// The code of the finding for an entry that names a model where there are none, most often since they have mistakes.
pub const MODELS_UNREADABLE: &str = "models-unreadable";

/// The code of the finding for an entry that names a form or form set with mistakes, which were told.
pub const FORM_UNREADABLE: &str = "form-unreadable";

/// Makes the view of a dotted name, one of the project's own, or says what is wrong with it.
pub type FindView<'f> = dyn Fn(&Item, &str) -> Result<Box<dyn View>, Finding> + 'f;

/// Makes the views of an entry that stands for all pages of a part of the site.
pub type SiteRoutes<'f> = dyn Fn() -> Vec<ViewRoute<Box<dyn View>>> + 'f;

/// The views that `urls.toml` can name.
pub struct ViewRegistry<'f> {
    built_in: Vec<RegisteredView>,
    find_own: &'f FindView<'f>,
    sites: Vec<(&'static str, &'f SiteRoutes<'f>)>,
}

impl<'f> ViewRegistry<'f> {
    /// The views of all `tables`, and those of the project that `find_own` finds.
    pub fn new(tables: &[&[RegisteredView]], find_own: &'f FindView<'f>) -> Self {
        Self {
            built_in: tables.concat(),
            find_own,
            sites: Vec::new(),
        }
    }

    /// The same, in which the view `name` stands for all pages that `routes` makes.
    #[must_use]
    pub fn with_site(mut self, name: &'static str, routes: &'f SiteRoutes<'f>) -> Self {
        self.sites.push((name, routes));
        self
    }

    /// Makes the views of an entry; none, with a finding reported, where something is wrong with it.
    pub fn build(
        &self,
        resources: ViewResources<'_>,
        view: &Item,
        fields: &TableReader<'_>,
    ) -> Vec<ViewRoute<Box<dyn View>>> {
        let entry = ViewEntry {
            view,
            fields,
            models: resources.models,
            forms: resources.forms,
            mail: resources.mail,
            sources: resources.sources,
        };
        let mut sites = self.sites.iter();
        if let Some((_, routes)) = sites.find(|(name, _)| view.as_str() == Some(*name)) {
            return routes();
        }
        match self.view(view, &entry) {
            Ok(view) => routes(view),
            Err(finding) => {
                entry.know_all_keys();
                fields.problems().push(finding);
                Vec::new()
            }
        }
    }

    fn view(&self, view: &Item, entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
        let Some(name) = view.as_str() else {
            let message = format!("`view` must be a string, not {}", view.value.type_name());
            return Err(view.error("wrong-type", message));
        };
        let known = self.built_in.iter().find(|(known, _)| *known == name);
        match known {
            Some((_, build)) => build(entry),
            None if name.contains('.') => (self.find_own)(view, name),
            None => Err(self.unknown(view, name)),
        }
    }

    fn unknown(&self, view: &Item, name: &str) -> Finding {
        let names = || self.built_in.iter().map(|(name, _)| *name);
        let finding = view.error("unknown-view", format!("unknown view `{name}`"));
        finding.suggest_or(
            name,
            names(),
            format!("the views are {}", text::quoted(names())),
        )
    }
}

/// Where a row is found behind the path of many.
const DETAIL_ROUTE: &str = "<str:pk>/";

/// What views are made of, beside their entries.
#[derive(Clone, Copy, Debug)]
pub struct ViewResources<'e> {
    /// The templates.
    pub sources: &'e TemplateSources,
    /// The models of the project.
    pub models: &'e Arc<Registry>,
    /// The forms that its apps declare.
    pub forms: &'e Arc<Forms>,
    /// Whose its mail is.
    pub mail: &'e MailSettings,
}

/// An entry of `urls.toml` whose view is to be made.
#[derive(Debug)]
pub struct ViewEntry<'e, 't> {
    /// The name of the view.
    pub view: &'e Item,
    /// All keys of the entry.
    pub fields: &'e TableReader<'t>,
    /// The models of the project.
    pub models: &'e Arc<Registry>,
    /// The forms that its apps declare.
    pub forms: &'e Arc<Forms>,
    /// Whose its mail is.
    pub mail: &'e MailSettings,
    sources: &'e TemplateSources,
}

/// A model that an entry names, among all.
#[derive(Clone, Copy, Debug)]
pub struct EntryModel<'e> {
    /// All models.
    pub registry: &'e Registry,
    /// The model.
    pub model: &'e Arc<Model>,
}

impl<'e> ViewEntry<'e, '_> {
    /// Has no key reported as unknown: what was not made asked for none, or not for all.
    fn know_all_keys(&self) {
        for entry in self.fields.source().entries() {
            self.fields.item(&entry.key);
        }
    }

    /// The model that the key `model` of the entry names.
    pub fn required_model(&self) -> Result<EntryModel<'e>, Finding> {
        let Some(item) = self.fields.item("model") else {
            let name = self.view.as_str().unwrap_or_default();
            let message = format!("the view `{name}` needs a `model`");
            let finding = self.view.error("missing-key", message);
            return Err(finding.hint("write `model = \"app.Model\"`"));
        };
        self.model_at(item)
    }

    /// The model that `item` names.
    pub fn model_at(&self, item: &Item) -> Result<EntryModel<'e>, Finding> {
        let registry = self.models.as_ref();
        if registry.models().next().is_none() {
            return Err(item.error(MODELS_UNREADABLE, "there are no models"));
        }
        let Some(name) = item.as_str() else {
            let message = format!("`model` must be a string, not {}", item.value.type_name());
            return Err(item.error("wrong-type", message));
        };
        let key = ModelKey::parse(name);
        if let Some(model) = key.and_then(|key| registry.shared(&key)) {
            return Ok(EntryModel { registry, model });
        }
        let finding = item.error("unknown-model", format!("there is no model `{name}`"));
        let models = registry.models();
        let known: Vec<_> = models.map(Model::label).collect();
        Err(finding.suggest_or(name, known.iter().map(String::as_str), "write `app.Model`"))
    }

    /// The template that the entry names; it must be there.
    pub fn required_template(&self) -> Result<String, Finding> {
        let Some(item) = self.fields.item("template") else {
            let name = self.view.as_str().unwrap_or_default();
            let message = format!("the view `{name}` needs a `template`");
            return Err(self.view.error("missing-key", message));
        };
        self.template_in(item)
    }

    /// The template that the entry names under `key`, or `default`; it must be there.
    pub fn template_at(&self, key: &'static str, default: &str) -> Result<String, Finding> {
        match self.fields.item(key) {
            Some(item) => self.template_in(item),
            None => self.existing(self.view, default),
        }
    }

    /// The template that `item` names; it must be there.
    pub fn template_in(&self, item: &Item) -> Result<String, Finding> {
        let Some(name) = item.as_str() else {
            let message = format!("a template is a string, not {}", item.value.type_name());
            return Err(item.error("wrong-type", message));
        };
        self.existing(item, name)
    }

    fn existing(&self, item: &Item, name: &str) -> Result<String, Finding> {
        if self.sources.has(name) {
            return Ok(name.to_owned());
        }
        let finding = item.error("missing-template", format!("there is no template `{name}`"));
        let names = self.sources.names().unwrap_or_default();
        Err(finding.suggest_or(
            name,
            names.iter().map(String::as_str),
            format!("make it: `{}`", self.place(name).display()),
        ))
    }

    fn place(&self, name: &str) -> std::path::PathBuf {
        let dir = self.sources.dirs().first();
        dir.map_or_else(|| Path::new("templates").join(name), |dir| dir.join(name))
    }
}

/// The routes of `view`, and of the view of one row where it has one.
fn routes(view: Box<dyn View>) -> Vec<ViewRoute<Box<dyn View>>> {
    let Some(detail) = view.detail() else {
        return vec![ViewRoute::of_entry(view)];
    };
    let name = |suffix| Some(format!("{}-{suffix}", detail.basename));
    vec![
        ViewRoute {
            path: "".into(),
            name: name("list"),
            view,
        },
        ViewRoute {
            path: DETAIL_ROUTE.into(),
            name: name("detail"),
            view: detail.view,
        },
    ]
}
