//! What Django's own migrations do in Python: changes to rows of content types and permissions.

use crate::db::sql::{
    InsertStatement, SelectStatement, SqlExpression, SqlStatement as _, UpdateStatement,
};
use crate::db::{SchemaTransaction, SqlValue};
use crate::models::{Model, ModelKey, ModelSet as _, ProjectState};
use crate::schema::{SchemaEditor, SchemaError};

/// The table of content types.
const CONTENT_TYPES: &str = "django_content_type";

/// Gives every content type the name of its model again, or what the row itself calls it.
pub(super) fn name_content_types(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    let (Some(transaction), Some(table)) = (editor.transaction(), content_types(state)) else {
        return Ok(());
    };
    let select = SelectStatement::from(&table).columns(["id", "app_label", "model"]);
    for row in select.rows(transaction)? {
        let (id, label, model): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let found = state.find(&ModelKey::new(&label, &model));
        let name = found.map_or(model, |model| model.name.clone());
        UpdateStatement::new(&table)
            .set("name", SqlExpression::value(name))
            .filter(is("id", id))
            .execute(transaction)?;
    }
    Ok(())
}

/// Makes the content type of `old` that of `new`, unless that has one already.
pub(crate) fn rename_content_type(
    transaction: &SchemaTransaction,
    state: &ProjectState,
    old: &ModelKey,
    new: &ModelKey,
) -> Result<(), SchemaError> {
    // Undone, a migration may run with models from before the content types that are there.
    let table = content_types(state).unwrap_or_else(|| CONTENT_TYPES.to_owned());
    if !transaction.has_table(&table)? {
        return Ok(());
    }
    let taken = SelectStatement::from_alias(&table, "other")
        .select(SqlExpression::Integer(1))
        .filter(is_other("app_label", &new.app_label))
        .filter(is_other("model", &new.model));
    UpdateStatement::new(&table)
        .set("app_label", SqlExpression::value(&new.app_label))
        .set("model", SqlExpression::value(&new.model))
        .filter(is("app_label", &old.app_label))
        .filter(is("model", &old.model))
        .filter(SqlExpression::exists(taken).negated())
        .execute(transaction)?;
    Ok(())
}

/// Moves the permissions of proxy models from the concrete models to the proxies.
pub(super) fn permissions_to_proxies(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    for_each_proxy(editor, state, |transaction, proxy, concrete| {
        let moved = MovedPermissions {
            proxy,
            from: concrete.key(),
            to: proxy.key(),
        };
        moved.run(transaction, state)
    })
}

/// Moves the permissions of proxy models back to the concrete models.
pub(super) fn permissions_from_proxies(
    editor: &SchemaEditor<'_>,
    state: &ProjectState,
) -> Result<(), SchemaError> {
    for_each_proxy(editor, state, |transaction, proxy, concrete| {
        let moved = MovedPermissions {
            proxy,
            from: proxy.key(),
            to: concrete.key(),
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
        if let Some(concrete) = &proxy.options.proxy_for {
            run(transaction, proxy, state.get_target(concrete)?)?;
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
        let table = permissions.db_table();
        let from = content_type(transaction, state, &self.from)?;
        let to = content_type(transaction, state, &self.to)?;
        for codename in codenames(self.proxy) {
            let taken = SelectStatement::from_alias(&table, "other")
                .select(SqlExpression::Integer(1))
                .filter(is_other("content_type_id", to.clone()))
                .filter(is_other("codename", &codename));
            UpdateStatement::new(&table)
                .set("content_type_id", SqlExpression::Value(to.clone()))
                .filter(is("content_type_id", from.clone()))
                .filter(is("codename", codename))
                .filter(SqlExpression::exists(taken).negated())
                .execute(transaction)?;
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
    let select = SelectStatement::from(&table)
        .columns(["id"])
        .filter(is("app_label", &key.app_label))
        .filter(is("model", &key.model));
    if let Some(row) = select.first_row(transaction)? {
        return Ok(row.get(0)?);
    }
    InsertStatement::into(table)
        .columns(["app_label", "model"])
        .row([&key.app_label, &key.model].map(SqlExpression::value))
        .execute(transaction)?;
    Ok(transaction.last_insert_id().into())
}

/// The table of content types, where there is one.
fn content_types(state: &ProjectState) -> Option<String> {
    let model = state.find(&ModelKey::new("contenttypes", "contenttype"))?;
    Some(model.db_table())
}

/// Whether `column` of a row is `value`.
fn is(column: &str, value: impl Into<SqlValue>) -> SqlExpression {
    SqlExpression::column(column).equals(SqlExpression::value(value))
}

/// Whether `column` of the row called `other` is `value`.
fn is_other(column: &str, value: impl Into<SqlValue>) -> SqlExpression {
    SqlExpression::column_of("other", column).equals(SqlExpression::value(value))
}
