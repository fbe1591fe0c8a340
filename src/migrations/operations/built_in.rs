//! What Django's own migrations do in Python: rows of content types and permissions.

use crate::db::{SchemaTransaction, SqlValue, quote_name};
use crate::models::{Model, ModelKey, ProjectState};
use crate::schema::{SchemaEditor, SchemaError};

/// Gives every content type the name of its model again, or what the row itself calls it.
pub(super) fn name_content_types(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    let (Some(transaction), Some(table)) = (editor.transaction(), content_types(state)) else {
        return Ok(());
    };
    let sql = format!(r#"SELECT "id", "app_label", "model" FROM {table}"#);
    for row in transaction.query(&sql, &[])? {
        let (id, label, model): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let found = state.find(&ModelKey::new(&label, &model));
        let name = found.map_or(model, |model| model.name.clone());
        let sql = format!(r#"UPDATE {table} SET "name" = ? WHERE "id" = ?"#);
        transaction.execute(&sql, &[name.into(), id.into()])?;
    }
    Ok(())
}

/// Lets the content type of a renamed model follow, unless the new name has one.
pub(super) fn rename_content_type(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
    old: &ModelKey,
    new: &ModelKey,
) -> Result<(), SchemaError> {
    let (Some(transaction), Some(table)) = (editor.transaction(), content_types(state)) else {
        return Ok(());
    };
    let sql = format!(
        r#"UPDATE OR IGNORE {table} SET "model" = ? WHERE "app_label" = ? AND "model" = ?"#
    );
    let values = [
        (&new.model).into(),
        (&old.app_label).into(),
        (&old.model).into(),
    ];
    transaction.execute(&sql, &values)?;
    Ok(())
}

/// Moves the permissions of proxy models from the models they show to the proxies.
pub(super) fn permissions_to_proxies(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    for_each_proxy(editor, state, |transaction, proxy, shown| {
        let moved = MovedPermissions {
            proxy,
            from: shown.key(),
            to: proxy.key(),
        };
        moved.run(transaction, state)
    })
}

/// Moves the permissions of proxy models back to the models they show.
pub(super) fn permissions_from_proxies(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    for_each_proxy(editor, state, |transaction, proxy, shown| {
        let moved = MovedPermissions {
            proxy,
            from: proxy.key(),
            to: shown.key(),
        };
        moved.run(transaction, state)
    })
}

fn for_each_proxy(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
    run: impl Fn(&SchemaTransaction, &Model, &Model) -> Result<(), SchemaError>,
) -> Result<(), SchemaError> {
    let Some(transaction) = editor.transaction() else {
        return Ok(());
    };
    for proxy in state.models() {
        if let Some(shown) = &proxy.options.proxy_for {
            run(transaction, proxy, state.target(shown)?)?;
        }
    }
    Ok(())
}

/// The permissions of a proxy model, which go from one content type to another.
struct MovedPermissions<'m> {
    proxy: &'m Model,
    from: ModelKey,
    to: ModelKey,
}

impl MovedPermissions<'_> {
    /// Moves them; one that the other content type has already stays where it is.
    fn run(
        &self,
        transaction: &SchemaTransaction,
        state: &ProjectState,
    ) -> Result<(), SchemaError> {
        let Some(permissions) = state.find(&ModelKey::new("auth", "permission")) else {
            return Ok(());
        };
        let table = quote_name(&permissions.db_table());
        let from = content_type(transaction, state, &self.from)?;
        let to = content_type(transaction, state, &self.to)?;
        let sql = format!(
            r#"UPDATE OR IGNORE {table} SET "content_type_id" = ? WHERE "content_type_id" = ? AND "codename" = ?"#
        );
        for codename in codenames(self.proxy) {
            transaction.execute(&sql, &[to.clone(), from.clone(), codename.into()])?;
        }
        Ok(())
    }
}

/// The codenames of the permissions that come with `model`.
fn codenames(model: &Model) -> Vec<String> {
    let name = model.key().model;
    let default = model.options.default_permissions.iter();
    let own = model.options.permissions.iter();
    default
        .map(|action| format!("{action}_{name}"))
        .chain(own.map(|permission| permission.codename.clone()))
        .collect()
}

/// The key of a model's content type, which is made if need be.
fn content_type(
    transaction: &SchemaTransaction,
    state: &ProjectState,
    key: &ModelKey,
) -> Result<SqlValue, SchemaError> {
    let Some(table) = content_types(state) else {
        return Ok(SqlValue::Null);
    };
    let values = [(&key.app_label).into(), (&key.model).into()];
    let select = format!(r#"SELECT "id" FROM {table} WHERE "app_label" = ? AND "model" = ?"#);
    if let Some(row) = transaction.query_one(&select, &values)? {
        return Ok(row.get(0)?);
    }
    let insert = format!(r#"INSERT INTO {table} ("app_label", "model") VALUES (?, ?)"#);
    transaction.execute(&insert, &values)?;
    Ok(transaction.last_insert_id().into())
}

/// The quoted table of content types, where there is one.
fn content_types(state: &ProjectState) -> Option<String> {
    let model = state.find(&ModelKey::new("contenttypes", "contenttype"))?;
    Some(quote_name(&model.db_table()))
}
