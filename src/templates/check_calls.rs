//! What the check of templates asks those who know urls, files and models.

use crate::diagnostic::Finding;
use crate::models::ModelKey;
use crate::templates::used_names::UrlCall;
use crate::templates::value_types::TemplateType;

/// What is wrong with what templates write out, as far as others know it.
pub trait CheckCalls {
    /// What is wrong with a call of `url`.
    fn url(&self, call: &UrlCall) -> Option<Finding>;

    /// What is wrong with a call of `static` for `path`.
    fn static_file(&self, path: &str) -> Option<Finding>;

    /// What is wrong with a part of a page that is kept in the cache `alias`.
    fn cache(&self, alias: &str) -> Option<Finding>;

    /// What views hand to `template`, and what it stands for.
    fn handed_to(&self, template: &str) -> Vec<(String, TemplateType)>;

    /// Whether any view hands a template a value of this name.
    fn is_handed(&self, name: &str) -> bool;

    /// What `name` of a row of `model` stands for; `None` where rows do not have it.
    fn attribute(&self, model: &ModelKey, name: &str) -> Option<TemplateType>;

    /// All names that rows of `model` have.
    fn attributes(&self, model: &ModelKey) -> Vec<String>;
}
