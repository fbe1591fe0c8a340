//! The admin of a project: read from the files of its apps.

use std::sync::Arc;

use crate::admin::{self, ActionFinder, AdminSite, AdminSource};
use crate::diagnostic::Finding;
use crate::document::Problems;
use crate::forms::Forms;
use crate::models::Registry;
use crate::project::Project;
use crate::script::{self, PythonSite};

impl Project {
    /// How the admin shows the models; none of it where the app is not installed.
    pub(super) fn admin(
        &self,
        models: &Arc<Registry>,
        forms: &Forms,
        python: &Arc<PythonSite>,
        findings: &mut Vec<Finding>,
    ) -> AdminSite {
        // Where models could not be read, which was told, no name of one would be found.
        let has_models = models.models().next().is_some();
        if self.apps.get("admin").is_none() || !has_models {
            return AdminSite::default();
        }
        let problems = Problems::default();
        let source = AdminSource {
            apps: &self.apps,
            registry: models,
            forms,
            is_automatic: self.settings.admin.auto,
            actions: ActionFinder(&|name| script::admin_action(python, name)),
        };
        let admin = admin::load_admin(&source, &problems);
        findings.extend(problems.into_findings());
        admin
    }
}
