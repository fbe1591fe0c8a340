//! Templates within TOML: `str` and `url` of models, and those of `admin.toml`.

use crate::admin::AdminSite;
use crate::diagnostic::{Finding, Location};
use crate::models::{ModelSet as _, Registry};
use crate::project::{Project, url_checks};
use crate::templates::{Templates, url_calls};
use crate::views::{RowModels, RowTemplate, UrlPatterns, row_templates};

/// A template within TOML.
struct TemplateInToml<'t> {
    name: &'t str,
    source: &'t str,
    /// Where it stands, if that is known.
    location: Option<Location>,
    /// The names that it may ask for; none where they are not known.
    known: Option<&'t [String]>,
}

/// Adds a template to `templates`; returns what is wrong with it. Without `urls` no url counts as wrong.
fn add_template(
    templates: &mut Templates,
    template: &TemplateInToml<'_>,
    urls: Option<&UrlPatterns>,
) -> Vec<Finding> {
    let at = |mut finding: Finding| {
        finding.location.clone_from(&template.location);
        finding
    };
    if let Err(error) = templates.add(template.name, template.source) {
        let mut finding = Finding::error("template", error.message);
        finding.hints = error.hints;
        return vec![at(finding)];
    }
    let calls = urls.map(|urls| (urls, url_calls(template.source)));
    let wrong = calls.iter().flat_map(|(urls, calls)| {
        let wrong = |call| url_checks::wrong_call(urls, call);
        calls.iter().filter_map(wrong)
    });
    let mut findings: Vec<_> = wrong.map(at).collect();
    let Some(known) = template.known else {
        return findings;
    };
    for name in templates.names_asked_for(template.name) {
        if !known.contains(&name) {
            let message = format!("`{name}` is not an attribute of the rows of this model");
            let finding = at(Finding::error("unknown-field", message));
            findings.push(finding.suggest(&name, known.iter().map(String::as_str)));
        }
    }
    findings
}

impl Project {
    /// Adds the templates of all models to `templates`; returns what is wrong with them.
    ///
    /// Without `urls` no url counts as wrong.
    pub(super) fn add_row_templates(
        &self,
        templates: &mut Templates,
        models: &Registry,
        rows: &RowModels,
        urls: Option<&UrlPatterns>,
    ) -> Vec<Finding> {
        let names = rows.names();
        let added = row_templates(models).into_iter().flat_map(|template| {
            let known = names.get(&template.model).map(Vec::as_slice);
            let template = TemplateInToml {
                name: &template.name,
                source: &template.source,
                location: self.place_of(models, &template),
                known: known.or(Some(&[])),
            };
            add_template(templates, &template, urls)
        });
        added.collect()
    }

    /// Adds the templates of `admin` to `templates`; returns what is wrong with them.
    pub(super) fn add_admin_templates(
        templates: &mut Templates,
        admin: &AdminSite,
        rows: &RowModels,
        urls: Option<&UrlPatterns>,
    ) -> Vec<Finding> {
        let names = rows.names();
        let added = admin.templates().flat_map(|template| {
            let known = template.model.as_ref().and_then(|model| names.get(model));
            let template = TemplateInToml {
                name: &template.name,
                source: &template.source,
                location: Some(template.location.clone()),
                known: known.map(Vec::as_slice),
            };
            add_template(templates, &template, urls)
        });
        added.collect()
    }

    /// Where the option stands that holds `template`; none where it is inherited.
    fn place_of(&self, models: &Registry, template: &RowTemplate) -> Option<Location> {
        let model = models.find(&template.model)?;
        let app = self.apps.get(&model.app_label)?;
        let document = app.document("models.toml").ok()??;
        let table = document.root().get(&model.name)?.as_table()?;
        Some(table.get(template.option)?.origin.location())
    }
}
