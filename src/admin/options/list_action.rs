//! What can be done with the rows that somebody has chosen in a list: `actions`.

use std::sync::Arc;

use crate::admin::options::ActionCode;
use crate::views::SetField;

/// An action of a list.
#[derive(Clone, Debug)]
pub(in crate::admin) struct ListAction {
    /// What the form sends.
    pub(in crate::admin) name: String,
    /// What people read; `%(verbose_name_plural)s` stands for the name of the rows.
    pub(in crate::admin) label: String,
    /// The permissions that it asks for: `change`, `delete` and so on; whoever has one of them may do it.
    pub(in crate::admin) permissions: Vec<ActionPermission>,
    /// What it does.
    pub(in crate::admin) kind: ActionKind,
}

/// What an action asks for of who does it (`allowed_permissions`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::admin) enum ActionPermission {
    /// To look at the rows.
    View,
    /// To add some.
    Add,
    /// To change them.
    Change,
    /// To delete them.
    Delete,
    /// A permission by its whole name: `posts.publish_post`.
    Named(String),
}

impl ActionPermission {
    /// The names that stand for what the model itself has, as `admin.toml` and Django write them.
    pub(in crate::admin) const NAMES: [&'static str; 4] = ["view", "add", "change", "delete"];

    /// The permission of this name; none where it is neither one of the model nor `app.code`.
    pub(in crate::admin) fn parse(name: &str) -> Option<Self> {
        match name {
            "view" => Some(Self::View),
            "add" => Some(Self::Add),
            "change" => Some(Self::Change),
            "delete" => Some(Self::Delete),
            _ => name.contains('.').then(|| Self::Named(name.to_owned())),
        }
    }
}

/// What an action does.
#[derive(Clone, Debug)]
pub(in crate::admin) enum ActionKind {
    /// Asks, and deletes the rows with all that goes with them.
    Delete,
    /// Hands out the rows as a file.
    Export(ExportFormat),
    /// Gives fields of the rows these values.
    Set(Vec<SetField>),
    /// Calls a function of the project.
    Code(Arc<dyn ActionCode>),
}

/// The form of a file of rows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::admin) enum ExportFormat {
    /// Lines of values with commas.
    Csv,
    /// A list of objects.
    Json,
}
