//! What Django's own migrations do in Python: rows of content types and permissions.

use crate::db::{SchemaTransaction, SqlValue, quote_name};
use crate::models::{Model, ModelKey, ProjectState};
use crate::schema::{SchemaEditor, SchemaError};

type Outcome = Result<(), SchemaError>;

/// Gives every content type the name of its model again, or what the row itself calls it.
pub(super) fn name_content_types(editor: &SchemaEditor<'_>, state: &ProjectState) -> Outcome {
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
) -> Outcome {
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
pub(super) fn permissions_to_proxies(editor: &SchemaEditor<'_>, state: &ProjectState) -> Outcome {
    each_proxy(editor, state, |transaction, proxy, shown| {
        move_permissions(transaction, state, proxy, (&shown.key(), &proxy.key()))
    })
}

/// Moves the permissions of proxy models back to the models they show.
pub(super) fn permissions_from_proxies(editor: &SchemaEditor<'_>, state: &ProjectState) -> Outcome {
    each_proxy(editor, state, |transaction, proxy, shown| {
        move_permissions(transaction, state, proxy, (&proxy.key(), &shown.key()))
    })
}

fn each_proxy(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
    run: impl Fn(&SchemaTransaction, &Model, &Model) -> Outcome,
) -> Outcome {
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

/// Moves the permissions of `proxy`; one that is on the other side already stays where it is.
fn move_permissions(
    transaction: &SchemaTransaction,
    state: &ProjectState,
    proxy: &Model,
    (from, to): (&ModelKey, &ModelKey),
) -> Outcome {
    let Some(permissions) = state.find(&ModelKey::new("auth", "permission")) else {
        return Ok(());
    };
    let table = quote_name(&permissions.db_table());
    let (from, to) = (
        content_type(transaction, state, from)?,
        content_type(transaction, state, to)?,
    );
    let key = proxy.key();
    let default = proxy.options.default_permissions.iter();
    let codenames = default.map(|action| format!("{action}_{}", key.model));
    let own = proxy.options.permissions.iter();
    for codename in codenames.chain(own.map(|permission| permission.codename.clone())) {
        let sql = format!(
            r#"UPDATE OR IGNORE {table} SET "content_type_id" = ? WHERE "content_type_id" = ? AND "codename" = ?"#
        );
        transaction.execute(&sql, &[to.clone(), from.clone(), codename.into()])?;
    }
    Ok(())
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
