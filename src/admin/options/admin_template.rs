//! A template that stands in `admin.toml` itself.

use crate::diagnostic::Location;
use crate::models::ModelKey;

/// A template that stands in `admin.toml` itself.
#[derive(Clone, Debug, PartialEq)]
pub struct AdminTemplate {
    /// What it is called among those of the project.
    pub name: String,
    /// The template.
    pub source: String,
    /// Where it stands.
    pub location: Location,
    /// The model whose rows its names are those of; none where they are those of every page.
    pub model: Option<ModelKey>,
}
