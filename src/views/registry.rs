//! The views by the names that `urls.toml` gives them.

use std::path::Path;

use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::templates::Sources;
use crate::text;
use crate::views::{View, auth, redirect, template};

/// Makes a view from its entry in `urls.toml`.
type Build = fn(&Entry<'_, '_>) -> Result<Box<dyn View>, Finding>;

/// All views.
const VIEWS: [(&str, Build); 11] = [
    ("template", template::build),
    ("redirect", redirect::build),
    ("auth.login", auth::login::build),
    ("auth.logout", auth::logout::build),
    ("auth.signup", auth::signup::build),
    ("auth.password_change", auth::password_change::build),
    ("auth.password_change_done", auth::done::password_change),
    ("auth.password_reset", auth::password_reset::build),
    ("auth.password_reset_done", auth::done::password_reset),
    ("auth.password_reset_confirm", auth::reset_confirm::build),
    ("auth.password_reset_complete", auth::done::reset_complete),
];

/// An entry of `urls.toml` whose view is to be made.
pub(super) struct Entry<'e, 't> {
    pub(super) view: &'e Item,
    pub(super) fields: &'e TableReader<'t>,
    sources: &'e Sources,
}

/// The view that an entry names; `None`, and reported, where something is wrong with it.
pub fn build(sources: &Sources, view: &Item, fields: &TableReader<'_>) -> Option<Box<dyn View>> {
    let entry = Entry {
        view,
        fields,
        sources,
    };
    let built = entry.named().and_then(|build| build(&entry));
    built
        .map_err(|finding| {
            entry.know_all_keys();
            fields.problems().push(finding);
        })
        .ok()
}

impl Entry<'_, '_> {
    fn named(&self) -> Result<Build, Finding> {
        let Some(name) = self.view.as_str() else {
            let message = format!(
                "`view` must be a string, not {}",
                self.view.value.type_name()
            );
            return Err(self.view.error("wrong-type", message));
        };
        let known = VIEWS.iter().find(|(known, _)| *known == name);
        known
            .map(|(_, build)| *build)
            .ok_or_else(|| self.unknown(name))
    }

    /// Has no key reported as unknown: what was not made asked for none, or not for all.
    fn know_all_keys(&self) {
        for entry in self.fields.source().entries() {
            self.fields.item(&entry.key);
        }
    }

    fn unknown(&self, name: &str) -> Finding {
        let names = VIEWS.map(|(name, _)| name);
        let finding = self
            .view
            .error("unknown-view", format!("unknown view `{name}`"));
        match text::nearest(name, names) {
            Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
            None => finding.hint(format!("the views are {}", text::quoted(names))),
        }
    }

    /// The template that the entry names; it must be there.
    pub(super) fn required_template(&self) -> Result<String, Finding> {
        let named = self.fields.optional::<String>("template");
        let missing = || {
            self.view
                .error("missing-key", "the view `template` needs a `template`")
        };
        self.existing("template", &named.ok_or_else(missing)?)
    }

    /// The template that the entry names under `key`, or `default`; it must be there.
    pub(super) fn template_at(&self, key: &'static str, default: &str) -> Result<String, Finding> {
        let named = self.fields.optional::<String>(key);
        self.existing(key, &named.unwrap_or_else(|| default.to_owned()))
    }

    fn existing(&self, key: &'static str, name: &str) -> Result<String, Finding> {
        if self.sources.has(name) {
            return Ok(name.to_owned());
        }
        let item = self.fields.item(key).unwrap_or(self.view);
        let finding = item.error("missing-template", format!("there is no template `{name}`"));
        let names = self.sources.names().unwrap_or_default();
        Err(
            match text::nearest(name, names.iter().map(String::as_str)) {
                Some(nearest) => finding.hint(format!("did you mean `{nearest}`?")),
                None => finding.hint(format!("make it: `{}`", self.place(name).display())),
            },
        )
    }

    fn place(&self, name: &str) -> std::path::PathBuf {
        let dir = self.sources.dirs().first();
        dir.map_or_else(|| Path::new("templates").join(name), |dir| dir.join(name))
    }
}
