//! Rows of a query with those that belong to them, which are read in queries of their own (`prefetch_related`).
//!
//! 1. Paths become a tree, so that each relation is read once.
//! 2. Per relation one query finds the others of all rows.
//! 3. What belongs to those is read.
//! 4. They are given to their rows.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::db::Connection;
use crate::models::{Field, Model, Registry};
use crate::query::plan_reader::LoadedRows;
use crate::query::query_builder::Prefetch;
use crate::query::read_value::read_value;
use crate::query::relation_key::RelationKey;
use crate::query::{ModelInstance, Query, QueryError, QuerySet, RelatedAccessor, RelatedRows};
use crate::values::FieldValue;

/// Rows whose others are looked for by one statement; SQLite takes some 32,000 values.
const CHUNK_SIZE: usize = 10_000;

/// A relation that is read, and those behind it.
#[derive(Debug)]
struct PrefetchNode<'q> {
    accessor: &'q str,
    attr: &'q str,
    query: Option<&'q Query>,
    below: Vec<Self>,
}

impl<'q> PrefetchNode<'q> {
    fn tree(prefetches: &'q [Prefetch]) -> Vec<Self> {
        let mut tree = Vec::new();
        for prefetch in prefetches {
            Self::add(&mut tree, prefetch, &prefetch.path);
        }
        tree
    }

    fn add(nodes: &mut Vec<Self>, prefetch: &'q Prefetch, path: &'q str) {
        let (accessor, rest) = match path.split_once("__") {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let attr = match &prefetch.to_attr {
            Some(attr) if rest.is_none() => attr.as_str(),
            _ => accessor,
        };
        let place = nodes.iter().position(|node| node.attr == attr);
        let place = place.unwrap_or_else(|| {
            nodes.push(Self {
                accessor,
                attr,
                query: None,
                below: Vec::new(),
            });
            nodes.len() - 1
        });
        let node = &mut nodes[place];
        match rest {
            Some(rest) => Self::add(&mut node.below, prefetch, rest),
            None => node.query = prefetch.query.as_ref().or(node.query),
        }
    }
}

impl QuerySet<'_> {
    /// The rows, and along with them those that `select_related` and `prefetch_related` name.
    pub fn instances(&self, connection: &Connection) -> Result<Vec<ModelInstance>, QueryError> {
        let mut rows = self.load(connection)?.instances;
        self.prefetch(connection, &mut rows)?;
        Ok(rows)
    }

    /// Fails where `prefetch_related` names what is not there, or a query of its does not fit the models.
    pub(super) fn check_prefetches(&self) -> Result<(), QueryError> {
        let nodes = PrefetchNode::tree(&self.query.prefetches);
        check(self.registry(), self.model(), &nodes)
    }

    /// Reads for `rows`, which are of its model, what its `prefetch_related` names.
    pub fn prefetch(
        &self,
        connection: &Connection,
        rows: &mut [ModelInstance],
    ) -> Result<(), QueryError> {
        if self.query.prefetches.is_empty() {
            return Ok(());
        }
        let reader = PrefetchReader {
            registry: self.registry(),
            connection,
        };
        let nodes = PrefetchNode::tree(&self.query.prefetches);
        reader.read(
            self.model(),
            &mut rows.iter_mut().collect::<Vec<_>>(),
            &nodes,
        )
    }
}

/// Where rows are read from.
#[derive(Clone, Copy)]
struct PrefetchReader<'r, 'c> {
    registry: &'r Registry,
    connection: &'c Connection,
}

impl<'r> PrefetchReader<'r, '_> {
    /// Gives to `rows` of `model` what belongs to them.
    fn read(
        self,
        model: &'r Model,
        rows: &mut [&mut ModelInstance],
        nodes: &[PrefetchNode<'_>],
    ) -> Result<(), QueryError> {
        for node in nodes {
            let accessor = RelatedAccessor::find(self.registry, model, node.accessor)?;
            let is_there = |row: &&mut ModelInstance| row.related(node.attr).is_some();
            check_attribute(self.registry, model, node)?;
            if node.query.is_none() && rows.iter().all(is_there) {
                let others = rows.iter_mut().flat_map(|row| row.related_mut(node.attr));
                let mut others: Vec<_> = others.collect();
                self.read(accessor.target, &mut others, &node.below)?;
            } else if !rows.is_empty() {
                self.fetch(&accessor, rows, node)?;
            }
        }
        Ok(())
    }

    fn fetch(
        self,
        accessor: &RelatedAccessor<'r>,
        rows: &mut [&mut ModelInstance],
        node: &PrefetchNode<'_>,
    ) -> Result<(), QueryError> {
        let mut query = match node.query {
            Some(query) => of_model(query, accessor, node)?,
            None => Query::of(accessor.target),
        };
        if let Some(far) = accessor.far_field() {
            query.loading.require(far);
        }
        let query = query.sliced_for_each(accessor.far_field().map(Field::column));
        let keys = distinct_keys(accessor, rows);
        let mut others = LoadedRows::default();
        for keys in keys.chunks(CHUNK_SIZE) {
            let query = accessor.prefetch_of(query.clone(), keys);
            let loaded = query.on(self.registry)?.load(self.connection)?;
            others.instances.extend(loaded.instances);
            others.beside.extend(loaded.beside);
        }
        know_back(accessor, rows, &mut others.instances);
        let mut found: Vec<_> = others.instances.iter_mut().collect();
        let of_query = PrefetchNode::tree(&query.prefetches);
        self.read(accessor.target, &mut found, &of_query)?;
        self.read(accessor.target, &mut found, &node.below)?;
        self.give(accessor, rows, node.attr, others)
    }

    /// Gives each of `rows` those of `others` that belong to it, in their order.
    fn give(
        self,
        accessor: &RelatedAccessor<'r>,
        rows: &mut [&mut ModelInstance],
        attr: &str,
        others: LoadedRows,
    ) -> Result<(), QueryError> {
        let (attr, near_kind) = (Arc::<str>::from(attr), accessor.near_kind(self.registry)?);
        let mut groups: HashMap<RelationKey, Vec<Arc<ModelInstance>>> = HashMap::new();
        let mut beside = others.beside.iter();
        for instance in others.instances {
            let key = match (accessor.far_field(), beside.next()) {
                (Some(far), _) => instance.get(&far.name).map(RelationKey::from),
                (None, Some(beside)) => Some(RelationKey::from(&read_value(near_kind, beside)?)),
                (None, None) => None,
            };
            let group = groups.entry(key.unwrap_or(RelationKey::Null)).or_default();
            group.push(Arc::new(instance));
        }
        let groups = groups.into_iter();
        let groups: HashMap<RelationKey, Arc<[_]>> =
            groups.map(|(key, group)| (key, Arc::from(group))).collect();
        for row in rows {
            let group = accessor.near_value(row).map(RelationKey::from);
            let group = group.and_then(|key| groups.get(&key));
            let related = if accessor.is_many {
                RelatedRows::Many(group.cloned().unwrap_or_default())
            } else {
                RelatedRows::One(group.and_then(|group| group.first().cloned()))
            };
            row.set_related(Arc::clone(&attr), related);
        }
        Ok(())
    }
}

fn check(registry: &Registry, model: &Model, nodes: &[PrefetchNode<'_>]) -> Result<(), QueryError> {
    for node in nodes {
        let accessor = RelatedAccessor::find(registry, model, node.accessor)?;
        check_attribute(registry, model, node)?;
        if let Some(query) = node.query {
            of_model(query, &accessor, node)?.on(registry)?.check()?;
        }
        check(registry, accessor.target, &node.below)?;
    }
    Ok(())
}

/// Fails where rows of `model` have something of their own that is called as what is read along.
fn check_attribute(
    registry: &Registry,
    model: &Model,
    node: &PrefetchNode<'_>,
) -> Result<(), QueryError> {
    let name = node.attr;
    let is_new = name == node.accessor
        || model.field(name).is_none() && RelatedAccessor::find(registry, model, name).is_err();
    if is_new {
        return Ok(());
    }
    Err(QueryError::TakenAttribute {
        model: model.key(),
        name: name.to_owned(),
    })
}

/// Lets each of `others` know the one of `rows` that it belongs to, where that is one alone.
///
/// What they know is a copy: rows that know each other would never be let go.
fn know_back(
    accessor: &RelatedAccessor<'_>,
    rows: &[&mut ModelInstance],
    others: &mut [ModelInstance],
) {
    let (Some(back), Some(far)) = (&accessor.back, accessor.far_field()) else {
        return;
    };
    let mut near: HashMap<RelationKey, (&ModelInstance, OnceCell<Arc<ModelInstance>>)> =
        HashMap::new();
    for row in rows {
        if let Some(value) = accessor.near_value(row) {
            near.entry(value.into()).or_insert((row, OnceCell::new()));
        }
    }
    let back = Arc::<str>::from(back.as_str());
    for instance in others {
        let key = instance.get(&far.name).map(RelationKey::from);
        if let Some((row, copy)) = key.and_then(|key| near.get(&key)) {
            instance.know(
                &back,
                copy.get_or_init(|| Arc::new(ModelInstance::clone(row))),
            );
        }
    }
}

/// What `rows` are found by from the others, each value once.
fn distinct_keys(accessor: &RelatedAccessor<'_>, rows: &[&mut ModelInstance]) -> Vec<FieldValue> {
    let mut seen = HashSet::new();
    let values = rows.iter().filter_map(|row| accessor.near_value(row));
    let new = values.filter(|value| seen.insert(RelationKey::from(*value)));
    new.cloned().collect()
}

/// The query that was given for a relation, provided it asks for its rows.
fn of_model(
    query: &Query,
    accessor: &RelatedAccessor<'_>,
    node: &PrefetchNode<'_>,
) -> Result<Query, QueryError> {
    if accessor.target.is(query.model()) {
        return Ok(query.clone());
    }
    Err(QueryError::WrongModel {
        path: node.accessor.to_owned(),
        expected: accessor.target.key(),
        found: query.model().clone(),
    })
}
