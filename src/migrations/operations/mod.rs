//! What migrations do: one closed list, under Django's names.
//!
//! Every operation changes the models as data ([`Operation::state_forwards`])
//! and, unless it is about data alone, the schema, both ways.

mod built_in;
mod execute;
mod field_operations;
mod index_operations;
mod name;
mod read;
mod rename;
mod state;
mod state_transition;

pub(crate) use built_in::rename_content_type;
pub use read::{ON_MODELS, ON_PARTS, read_operations};
pub(crate) use state_transition::{OperationStates, OperationTransition, StateTransition};

use crate::models::expression::write::index_expression;
use crate::models::{Constraint, Field, Index, Model, ModelOptions};
use crate::schema::Direction;

/// One step of a migration.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "names and fields are those of Django's operations"
)]
pub enum Operation {
    CreateModel(Box<Model>),
    DeleteModel {
        name: String,
    },
    RenameModel {
        old_name: String,
        new_name: String,
    },
    AlterModelTable {
        name: String,
        table: Option<String>,
    },
    AlterModelTableComment {
        name: String,
        table_comment: Option<String>,
    },
    AlterModelOptions {
        name: String,
        options: Box<ModelOptions>,
    },
    AlterUniqueTogether {
        name: String,
        unique_together: Vec<Vec<String>>,
    },
    AddField {
        model: String,
        field: Box<Field>,
        preserve_default: bool,
    },
    RemoveField {
        model: String,
        name: String,
    },
    AlterField {
        model: String,
        field: Box<Field>,
        preserve_default: bool,
    },
    RenameField {
        model: String,
        old_name: String,
        new_name: String,
    },
    AddIndex {
        model: String,
        index: Index,
    },
    RemoveIndex {
        model: String,
        name: String,
    },
    RenameIndex {
        model: String,
        old_name: String,
        new_name: String,
    },
    AddConstraint {
        model: String,
        constraint: Constraint,
    },
    RemoveConstraint {
        model: String,
        name: String,
    },
    AlterConstraint {
        model: String,
        constraint: Constraint,
    },
    RunSql {
        sql: Vec<String>,
        reverse_sql: Option<Vec<String>>,
        /// Whether it may be left out where migrations are squashed.
        elidable: bool,
    },
    SeparateDatabaseAndState {
        database_operations: Vec<Self>,
        state_operations: Vec<Self>,
    },
    /// What contenttypes.0002 does in Python: nothing forwards; backwards it names every content type.
    ForgetContentTypeNames,
    /// What auth.0011 does in Python: permissions of proxy models follow the proxy.
    UpdateProxyPermissions,
}

impl Operation {
    /// What it does, in a line.
    pub fn describe(&self) -> String {
        match self {
            Self::CreateModel(model) => {
                let proxy = if model.options.proxy_for.is_some() {
                    "proxy "
                } else {
                    ""
                };
                format!("Create {proxy}model {}", model.name)
            }
            Self::DeleteModel { name } => format!("Delete model {name}"),
            Self::RenameModel { old_name, new_name } => {
                format!("Rename model {old_name} to {new_name}")
            }
            Self::AlterModelTable { name, table } => {
                let table = table.as_deref().unwrap_or("(default)");
                format!("Rename table for {name} to {table}")
            }
            Self::AlterModelTableComment { name, .. } => {
                format!("Alter {name} table comment")
            }
            Self::AlterModelOptions { name, .. } => format!("Change Meta options on {name}"),
            Self::AlterUniqueTogether {
                name,
                unique_together,
            } => {
                let count = unique_together.len();
                format!("Alter unique_together for {name} ({count} constraint(s))")
            }
            Self::AddField { model, field, .. } => format!("Add field {} to {model}", field.name),
            Self::RemoveField { model, name } => format!("Remove field {name} from {model}"),
            Self::AlterField { model, field, .. } => {
                format!("Alter field {} on {model}", field.name)
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => format!("Rename field {old_name} on {model} to {new_name}"),
            Self::AddIndex { model, index } => describe_index(model, index),
            Self::RemoveIndex { model, name } => format!("Remove index {name} from {model}"),
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => format!("Rename index {old_name} on {model} to {new_name}"),
            Self::AddConstraint { model, constraint } => {
                format!("Create constraint {} on model {model}", constraint.name)
            }
            Self::RemoveConstraint { model, name } => {
                format!("Remove constraint {name} from model {model}")
            }
            Self::AlterConstraint { model, constraint } => {
                format!("Alter constraint {} on {model}", constraint.name)
            }
            Self::RunSql { .. } => "Raw SQL operation".to_owned(),
            Self::SeparateDatabaseAndState { .. } => {
                "Custom state/database change combination".to_owned()
            }
            Self::ForgetContentTypeNames => "Forget the names of content types".to_owned(),
            Self::UpdateProxyPermissions => "Move permissions to proxy models".to_owned(),
        }
    }

    /// The same on the models alone: no statement is run.
    #[must_use]
    pub fn only_in_state(self) -> Self {
        Self::SeparateDatabaseAndState {
            database_operations: Vec::new(),
            state_operations: vec![self],
        }
    }

    /// Whether it can be undone.
    pub fn is_reversible(&self) -> bool {
        match self {
            Self::RunSql { reverse_sql, .. } => reverse_sql.is_some(),
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => database_operations.iter().all(Self::is_reversible),
            _ => true,
        }
    }

    /// The scripts that `RunSQL` runs in this direction; none for other operations.
    pub fn scripts(&self, direction: Direction) -> &[String] {
        match (self, direction) {
            (Self::RunSql { sql, .. }, Direction::Forwards) => sql,
            (Self::RunSql { reverse_sql, .. }, Direction::Backwards) => {
                reverse_sql.as_deref().unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Whether statements can say what it does, without a look at the rows.
    pub fn is_sql(&self) -> bool {
        !matches!(
            self,
            Self::ForgetContentTypeNames | Self::UpdateProxyPermissions
        )
    }
}

fn describe_index(model: &str, index: &Index) -> String {
    let fields: Vec<_> = index
        .fields
        .iter()
        .map(|field| format!("{}{}", if field.descending { "-" } else { "" }, field.name))
        .collect();
    let fields = fields.join(", ");
    let name = index.name.as_deref().unwrap_or_default();
    if !index.expressions.is_empty() {
        let parts: Vec<_> = index.expressions.iter().map(index_expression).collect();
        return format!(
            "Create index {name} on {} on model {model}",
            parts.join(", ")
        );
    }
    format!("Create index {name} on field(s) {fields} of model {model}")
}
