//! What goes with rows that are to be deleted, and what forbids that (`get_deleted_objects`); and their deletion.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::admin::log::{LogAction, LogEntry};
use crate::admin::options::ModelAdmin;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::row_lookup::key_text;
use crate::db::SqlValue;
use crate::models::{Field, Model, ModelSet as _, OnDelete, Registry};
use crate::query::{BlockingRows, DeleteCollector, Query, QueryError, RowsOfModel, is_one_of};
use crate::templates::Context;
use crate::templates::value::{Value, map};
use crate::text;
use crate::values::{FieldValue, from_column, to_column};
use crate::views::{HttpError, RowBatch, RowValue, equals};

/// How many rows of one group are shown.
const SHOWN: u64 = 100;

/// How many rows the whole tree shows.
const TREE_SIZE: u64 = 1000;

/// How many levels the tree has.
const DEPTH: usize = 10;

/// How many rows are read at once where a rule is asked for each of them.
const CHUNK: usize = 500;

/// What the deletion of rows does.
#[derive(Clone, Debug)]
pub(in crate::admin) struct DeletedObjects {
    /// The rows with those that go with them, as a nested list: `{ name, text, url, groups: [{ rows, more }] }`.
    pub(in crate::admin) tree: Value,
    /// How many rows of which model go: `{ name, count }`.
    pub(in crate::admin) model_count: Value,
    /// What the models are called whose rows go, and which who asks may not delete.
    pub(in crate::admin) perms_needed: Vec<String>,
    /// The rows that forbid it, by field: `{ name, rows, more }`; empty where nothing does.
    pub(in crate::admin) protected: Vec<Value>,
}

impl DeletedObjects {
    /// Whether nothing stands in the way.
    pub(in crate::admin) fn is_allowed(&self) -> bool {
        self.perms_needed.is_empty() && self.protected.is_empty()
    }

    /// `context` with what the templates print of it.
    pub(in crate::admin) fn add_to(self, context: Context) -> Context {
        context
            .with("deleted_objects", self.tree)
            .with("model_count", self.model_count)
            .with("perms_lacking", self.perms_needed)
            .with("protected", self.protected)
    }
}

impl AdminRequest<'_, '_> {
    /// What the deletion of `rows`, which are of `admin`, does.
    pub(in crate::admin) fn deleted_objects(
        &self,
        admin: &ModelAdmin,
        rows: &[RowValue],
    ) -> Result<DeletedObjects, HttpError> {
        let registry = &self.request.state.models;
        let connections = self.request.connections;
        let keys = keys_of(rows).iter().map(to_column).collect();
        let (collector, counts, gone) = connections.with(|connection| {
            let collector = DeleteCollector::find(registry, connection, &admin.model, keys)?;
            let counts = collector.counts(connection)?;
            let gone = collector.rows(connection)?;
            Ok::<_, QueryError>((collector, counts, gone))
        })?;
        let blocking = collector.blocking().iter();
        let protected = blocking.map(|blocking| self.blocking_rows(blocking));
        let mut tree = DeletionTree {
            request: self,
            left: TREE_SIZE,
            depth: 0,
            seen: HashSet::new(),
        };
        let TreeRows { nodes, left_out } = tree.rows(&admin.model, rows)?;
        Ok(DeletedObjects {
            tree: map([
                ("rows", Value::from(nodes)),
                ("more", Value::from(left_out)),
            ]),
            model_count: self.model_count(counts),
            perms_needed: self.undeletable(&gone)?,
            protected: protected.collect::<Result<_, HttpError>>()?,
        })
    }

    /// Deletes `rows` with all that goes with them and writes an entry of the history for each, in one transaction.
    ///
    /// Fails with [`QueryError::Protected`] where rows forbid it.
    pub(in crate::admin) fn delete_rows(
        &self,
        admin: &ModelAdmin,
        rows: &[RowValue],
    ) -> Result<(), QueryError> {
        let registry = &self.request.state.models;
        self.request.connections.with(|connection| {
            connection.transaction(|connection| {
                for row in rows {
                    let key = row.instance().map(|row| key_text(&admin.model, row));
                    let entry = LogEntry {
                        model: &admin.model,
                        object_id: key.unwrap_or_default(),
                        object_repr: row.text().unwrap_or_default(),
                        action: LogAction::Deletion,
                        messages: Vec::new(),
                    };
                    self.log(connection, &entry)?;
                }
                for keys in keys_of(rows).chunks(CHUNK) {
                    let query = Query::of(&admin.model).filter(is_one_of("pk", keys));
                    query
                        .order_by::<String>([])
                        .on(registry)?
                        .delete(connection)?;
                }
                Ok(())
            })
        })
    }

    fn model_count(&self, counts: Vec<(String, usize)>) -> Value {
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts = counts.map(|(label, count)| {
            let name = self.plural_name(&label);
            map([("name", Value::from(name)), ("count", Value::from(count))])
        });
        counts.collect()
    }

    /// What rows of this label are called: those of a model, or those that stand between many and many.
    fn plural_name(&self, label: &str) -> String {
        let registry = &self.request.state.models;
        if let Some(model) = registry.get(label) {
            return model.verbose_name_plural();
        }
        let between = registry.models().find_map(|model| {
            let name = label.strip_prefix(&format!("{}_", model.label()))?;
            let target = model.field(name)?.kind.target()?;
            let target = registry.target(target)?;
            let names = [&model.name, &target.name].map(|name| name.to_lowercase());
            Some(format!("{} relationships", names.join("-")))
        });
        between.unwrap_or_else(|| label.to_owned())
    }

    /// What the models of `gone` are called whose rows who asks may not delete.
    ///
    /// A model without pages asks for nothing, as in Django.
    fn undeletable(&self, gone: &[RowsOfModel<'_>]) -> Result<Vec<String>, HttpError> {
        let mut names = BTreeSet::new();
        for RowsOfModel { model, keys } in gone.iter().filter(|rows| !rows.keys.is_empty()) {
            let Some(admin) = self.site.get(&model.key()) else {
                continue;
            };
            // Also of a model whose rows have no delete page, since their key is several columns.
            let is_allowed =
                self.may(admin, "delete", None)? && self.may_delete_each(admin, keys)?;
            if !is_allowed {
                names.insert(model.verbose_name());
            }
        }
        Ok(names.into_iter().collect())
    }

    /// Whether the rows of these keys may be deleted one by one, where that is a question of the row.
    fn may_delete_each(&self, admin: &ModelAdmin, keys: &[SqlValue]) -> Result<bool, HttpError> {
        if !admin.decides_by_row("delete") {
            return Ok(true);
        }
        for keys in keys.chunks(CHUNK) {
            let batch = self.rows_of_keys(&admin.model, keys)?;
            for row in each(&batch) {
                if !self.permissions(admin, Some(&row))?.delete {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The rows that forbid a deletion, as the page names them.
    fn blocking_rows(&self, blocking: &BlockingRows<'_>) -> Result<Value, HttpError> {
        let BlockingRows { model, field, keys } = blocking;
        let shown = keys.len().min(usize::try_from(SHOWN).unwrap_or(usize::MAX));
        let batch = self.rows_of_keys(model, &keys[..shown])?;
        let rows = each(&batch).map(|row| self.node(model, &row));
        Ok(map([
            ("name", Value::from(model.verbose_name())),
            ("field", Value::from(field.verbose_name())),
            ("rows", Value::from(rows.collect::<Result<Vec<_>, _>>()?)),
            ("more", Value::from(keys.len() - shown)),
        ]))
    }

    fn rows_of_keys(&self, model: &Model, keys: &[SqlValue]) -> Result<Arc<RowBatch>, HttpError> {
        let key = model.primary_key();
        let values = keys.iter().filter_map(|value| {
            let kind = self.request.state.models.value_kind(key?).ok()?;
            from_column(kind, value)
        });
        let values: Vec<_> = values.collect();
        let query = Query::of(model).filter(is_one_of("pk", &values));
        RowBatch::fetch(&self.request.state.rows, &query.order_by(["pk"]))
    }

    /// A row as the tree names it, with a link where who asks may see it.
    fn node(&self, model: &Model, row: &RowValue) -> Result<Value, HttpError> {
        let groups = Value::from(Vec::<Value>::new());
        self.node_with(model, row, groups)
    }

    fn node_with(&self, model: &Model, row: &RowValue, groups: Value) -> Result<Value, HttpError> {
        let admin = self.site.get(&model.key());
        let admin = match admin {
            Some(admin) if self.permissions(admin, Some(row))?.view => Some(admin),
            _ => None,
        };
        let key = row.instance().map(|row| key_text(model, row));
        let url = match (admin, key) {
            (Some(admin), Some(key)) => Value::from(self.row_url(admin, "change", &key)?),
            _ => Value::from(()),
        };
        Ok(map([
            (
                "name",
                Value::from(text::capitalized(&model.verbose_name())),
            ),
            ("text", Value::from(row.text()?)),
            ("url", url),
            ("groups", groups),
        ]))
    }
}

/// The nested list of rows that go.
struct DeletionTree<'a, 'r, 's> {
    request: &'a AdminRequest<'r, 's>,
    /// How many more rows it may show.
    left: u64,
    /// At which level of it the next rows stand.
    depth: usize,
    /// The rows that it shows already, by model and key: rows may refer to each other in a circle.
    seen: HashSet<(String, String)>,
}

/// Rows of the tree that stand at one place.
struct TreeRows {
    nodes: Vec<Value>,
    /// How many more there are.
    left_out: usize,
}

impl DeletionTree<'_, '_, '_> {
    /// The first of `rows`, each with what goes with it; those that stand elsewhere already are not shown again.
    fn rows(&mut self, model: &Model, rows: &[RowValue]) -> Result<TreeRows, HttpError> {
        let mut nodes = Vec::new();
        let mut left_out = 0;
        for (at, row) in rows.iter().enumerate() {
            let key = row.instance().map(|row| key_text(model, row));
            if u64::try_from(nodes.len()).unwrap_or(u64::MAX) >= SHOWN || self.left == 0 {
                left_out = rows.len() - at;
                break;
            }
            if !self.seen.insert((model.label(), key.unwrap_or_default())) {
                continue;
            }
            self.left -= 1;
            self.depth += 1;
            let groups = self.groups(model, row)?;
            self.depth -= 1;
            nodes.push(self.request.node_with(model, row, groups)?);
        }
        Ok(TreeRows { nodes, left_out })
    }

    /// What goes with `row`, by the fields that refer to it.
    fn groups(&mut self, model: &Model, row: &RowValue) -> Result<Value, HttpError> {
        let registry = self.request.request.state.models.clone();
        let mut groups = Vec::new();
        if self.depth > DEPTH {
            return Ok(Value::from(groups));
        }
        let referring = registry
            .models()
            .filter(|other| other.options.proxy_for.is_none() && !registry.is_swapped(other));
        for other in referring {
            for field in &other.fields {
                let Some(value) = referred_value(&registry, model, row, field) else {
                    continue;
                };
                let group = self.group(other, field, &value)?;
                groups.extend(group);
            }
        }
        Ok(Value::from(groups))
    }

    /// The rows of `other` whose `field` holds `value`; none where there are none.
    fn group(
        &mut self,
        other: &Model,
        field: &Field,
        value: &FieldValue,
    ) -> Result<Option<Value>, HttpError> {
        let query = Query::of(other).filter(equals(&field.name, value));
        let first = query.clone().order_by(["pk"]).slice(0, Some(SHOWN));
        let batch = RowBatch::fetch(&self.request.request.state.rows, &first)?;
        let rows: Vec<_> = each(&batch).collect();
        if rows.is_empty() {
            return Ok(None);
        }
        let TreeRows { nodes, left_out } = self.rows(other, &rows)?;
        let unread = if rows.len() as u64 == SHOWN {
            let state = self.request.request.state;
            let counted = self.request.request.connections.with(|connection| {
                let unordered = query.order_by::<String>([]);
                unordered.on(&state.models)?.count(connection)
            });
            let all = usize::try_from(counted?).unwrap_or_default();
            all.saturating_sub(rows.len())
        } else {
            0
        };
        Ok(Some(map([
            ("name", Value::from(other.verbose_name_plural())),
            ("more", Value::from(left_out + unread)),
            ("rows", Value::from(nodes)),
        ])))
    }
}

/// What `field` holds where it refers to `row` and goes with it; none where it does not.
fn referred_value(
    registry: &Registry,
    model: &Model,
    row: &RowValue,
    field: &Field,
) -> Option<FieldValue> {
    let relation = field.relation()?;
    if relation.on_delete != OnDelete::Cascade {
        return None;
    }
    let (target, target_field) = registry.target_field(relation).ok()?;
    if target.key() != model.key() {
        return None;
    }
    row.instance()?.get(&target_field.name).cloned()
}

/// The rows of `batch`.
fn each(batch: &Arc<RowBatch>) -> impl Iterator<Item = RowValue> {
    let batch = Arc::clone(batch);
    (0..batch.len()).map(move |at| RowValue::new(Arc::clone(&batch), at))
}

/// The keys of `rows`.
fn keys_of(rows: &[RowValue]) -> Vec<FieldValue> {
    let instances = rows.iter().filter_map(RowValue::instance);
    instances.map(|row| row.key().clone()).collect()
}
