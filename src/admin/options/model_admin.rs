//! Everything that the admin knows of a model.

use std::sync::Arc;

use crate::admin::options::{AdminTemplate, FormOptions, InlineOptions, ListOptions};
use crate::forms::FormDefinition;
use crate::models::Model;

/// How a model is shown.
#[derive(Clone, Debug)]
pub(in crate::admin) struct ModelAdmin {
    /// The model.
    pub(in crate::admin) model: Arc<Model>,
    /// Its list.
    pub(in crate::admin) list: ListOptions,
    /// The form of a row.
    pub(in crate::admin) form: FormOptions,
    /// Rows that belong to a row.
    pub(in crate::admin) inlines: Vec<InlineOptions>,
    /// Who may do what, beside the permissions of the model.
    pub(in crate::admin) rules: PermissionRules,
    /// Whether it is the model of the users, whose passwords have pages of their own.
    pub(in crate::admin) is_user_model: bool,
    /// The form of a new user but for the password: what it logs in with, and what no user may be without.
    pub(in crate::admin) new_user: Option<Arc<FormDefinition>>,
}

impl ModelAdmin {
    /// Whether who may do `action` is a question of each row.
    pub(in crate::admin) fn decides_by_row(&self, action: &str) -> bool {
        let mut rules = self.rules.0.iter();
        self.is_user_model || rules.any(|rule| rule.action == action)
    }

    /// The path of its pages, behind that of the site: `posts/post/`.
    pub(in crate::admin) fn base_path(&self) -> String {
        format!("{}/{}/", self.model.app_label, self.model_name())
    }

    /// The name of the url of one of its pages, behind the namespace: `posts_post_changelist`.
    pub(in crate::admin) fn url_name(&self, page: &str) -> String {
        format!("{}_{}_{page}", self.model.app_label, self.model_name())
    }

    /// The name of the model as addresses and permissions write it.
    pub(in crate::admin) fn model_name(&self) -> String {
        self.model.name.to_lowercase()
    }

    /// The name of the permission to do `action` with rows of the model: `posts.add_post`.
    pub(in crate::admin) fn permission(&self, action: &str) -> String {
        format!("{}.{action}_{}", self.model.app_label, self.model_name())
    }
}

/// Templates that say who may do what beside the permissions of the model: `has_change_permission` and its like.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::admin) struct PermissionRules(pub(in crate::admin) Vec<PermissionRule>);

/// A template that says who may do one thing.
///
/// One that writes nothing, `False`, `0` or `None` says no.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::admin) struct PermissionRule {
    /// What it is about: `view`, `add`, `change`, `delete`, or `module` for the model on the first page.
    pub(in crate::admin) action: &'static str,
    /// The template.
    pub(in crate::admin) template: AdminTemplate,
}
