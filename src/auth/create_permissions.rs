//! The rows of permissions, made after a migration.

use std::collections::BTreeSet;

use crate::contenttypes::{ContentTypes, models_of};
use crate::db::sql::{InsertStatement, SelectStatement, SqlStatement as _};
use crate::db::{Connection, DatabaseError};
use crate::models::{Model, ModelKey, ModelSet as _, Permission, ProjectState};

/// Makes the missing permissions of the models in `state`, app by app in the order of `labels`.
pub fn create_permissions<'l>(
    labels: impl Iterator<Item = &'l str>,
    state: &ProjectState,
    content_types: &ContentTypes,
    connection: &Connection,
) -> Result<(), DatabaseError> {
    let Some(own) = state.find(&ModelKey::new("auth", "permission")) else {
        return Ok(());
    };
    let table = own.db_table();
    let select = SelectStatement::from(&table).columns(["content_type_id", "codename"]);
    let mut found = BTreeSet::new();
    for row in select.rows(connection)? {
        found.insert((row.get::<i64>(0)?, row.get::<String>(1)?));
    }
    let insert = InsertStatement::given(table, ["name", "content_type_id", "codename"]);
    let insert = insert.compile(connection.dialect());
    for model in labels.flat_map(|label| models_of(state, label)) {
        let Some(content_type) = content_types.get(model) else {
            continue;
        };
        for permission in permissions(model) {
            if found.insert((content_type, permission.codename.clone())) {
                let name = permission.name.into();
                let values = [name, content_type.into(), permission.codename.into()];
                insert.execute(connection, &values)?;
            }
        }
    }
    Ok(())
}

/// The names of the permissions a model comes with: `posts.add_post`.
pub fn permission_names(model: &Model) -> impl Iterator<Item = String> {
    let permissions = permissions(model).into_iter();
    permissions.map(|permission| format!("{}.{}", model.app_label, permission.codename))
}

/// The permissions of a model: one for each default action, then its own.
fn permissions(model: &Model) -> Vec<Permission> {
    let (key, noun) = (model.key().model, model.verbose_name());
    let actions = model.options.default_permissions.iter();
    let default = actions.map(|action| Permission {
        codename: format!("{action}_{key}"),
        name: format!("Can {action} {noun}"),
    });
    default
        .chain(model.options.permissions.iter().cloned())
        .collect()
}
