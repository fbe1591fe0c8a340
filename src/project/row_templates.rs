//! The templates in `models.toml`: `str` and `url` of the models.

use crate::diagnostic::{Finding, Location};
use crate::models::{ModelSet as _, Registry};
use crate::project::{Project, url_checks};
use crate::templates::{Templates, url_calls};
use crate::views::{RowModels, RowTemplate, UrlPatterns, row_templates};

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
        let mut findings = Vec::new();
        let names = rows.names();
        for template in row_templates(models) {
            if let Err(error) = templates.add(&template.name, &template.source) {
                let mut finding = Finding::error("template", error.message);
                finding.hints = error.hints;
                finding.location = self.place_of(models, &template);
                findings.push(finding);
                continue;
            }
            let calls = urls.map(|urls| (urls, url_calls(&template.source)));
            let calls = calls.iter().flat_map(|(urls, calls)| {
                let wrong = |call| url_checks::wrong_call(urls, call);
                calls.iter().filter_map(wrong)
            });
            findings.extend(calls.map(|mut finding| {
                finding.location = self.place_of(models, &template);
                finding
            }));
            let known = names
                .get(&template.model)
                .map(Vec::as_slice)
                .unwrap_or_default();
            for name in templates.names_asked_for(&template.name) {
                if !known.contains(&name) {
                    let message = format!("`{name}` is not an attribute of the rows of this model");
                    let mut finding = Finding::error("unknown-field", message);
                    finding.location = self.place_of(models, &template);
                    findings.push(finding.suggest(&name, known.iter().map(String::as_str)));
                }
            }
        }
        findings
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
