//! The rows of permissions, made after a migration.

use std::collections::BTreeSet;

use crate::contenttypes::{ContentTypes, models_of};
use crate::db::{Connection, DatabaseError, quote_name};
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
    let table = quote_name(&own.db_table());
    let sql = format!(r#"SELECT "content_type_id", "codename" FROM {table}"#);
    let mut found = BTreeSet::new();
    for row in connection.query(&sql, &[])? {
        found.insert((row.get::<i64>(0)?, row.get::<String>(1)?));
    }
    let insert =
        format!(r#"INSERT INTO {table} ("name", "content_type_id", "codename") VALUES (?, ?, ?)"#);
    for model in labels.flat_map(|label| models_of(state, label)) {
        let Some(content_type) = content_types.get(model) else {
            continue;
        };
        for permission in permissions(model) {
            if found.insert((content_type, permission.codename.clone())) {
                let name = permission.name.into();
                let values = [name, content_type.into(), permission.codename.into()];
                connection.execute(&insert, &values)?;
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
