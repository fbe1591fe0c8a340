//! The rows of content types, made after a migration.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::db::sql::{InsertStatement, SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, DatabaseError};
use crate::models::{Model, ModelKey, ModelSet as _, ProjectState};

/// The keys of the content types in a database.
#[derive(Clone, Debug, Default)]
pub struct ContentTypes(BTreeMap<ModelKey, i64>);

impl ContentTypes {
    /// The key of the content type of `model`.
    pub fn get(&self, model: &Model) -> Option<i64> {
        self.0.get(&model.key()).copied()
    }

    fn read(connection: &Connection, table: &str) -> Result<Self, DatabaseError> {
        let select = SelectStatement::from(table).columns(["app_label", "model", "id"]);
        let rows = select.rows(connection)?;
        let pairs = rows.iter().map(|row| {
            let (label, model): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((ModelKey::new(&label, &model), row.get(2)?))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }
}

/// Makes the missing content types of the models in `state`, app by app in the order of `labels`.
///
/// Returns all there are; none where their table is not part of `state`.
pub fn create_content_types<'l>(
    labels: impl Iterator<Item = &'l str>,
    state: &ProjectState,
    connection: &Connection,
) -> Result<Option<ContentTypes>, DatabaseError> {
    let Some(own) = state.find(&ModelKey::new("contenttypes", "contenttype")) else {
        return Ok(None);
    };
    let table = own.db_table();
    let mut found = ContentTypes::read(connection, &table)?;
    // Before its second migration the table has a name for each row.
    let insert = match own.field("name") {
        Some(_) => InsertStatement::into(&table)
            .columns(["name", "app_label", "model"])
            .row([
                SqlExpression::value(""),
                SqlExpression::Given,
                SqlExpression::Given,
            ]),
        None => InsertStatement::given(&table, ["app_label", "model"]),
    };
    let insert = insert.compile(connection.dialect());
    for label in labels {
        for model in models_of(state, label) {
            if let Entry::Vacant(missing) = found.0.entry(model.key()) {
                let values = [label.into(), (&missing.key().model).into()];
                insert.execute(connection, &values)?;
                missing.insert(connection.last_insert_id());
            }
        }
    }
    Ok(Some(found))
}

/// The models of one app that are in use, in the order they were made.
pub fn models_of<'s>(state: &'s ProjectState, label: &str) -> impl Iterator<Item = &'s Model> {
    state
        .models()
        .filter(move |model| model.app_label == label && !state.is_swapped(model))
}
