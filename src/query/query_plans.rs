//! Statements that are compiled once for all queries of one shape.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::db::SqlValue;
use crate::db::sql::CompiledSql;
use crate::query::given::{GivenValues, is_parameter};
use crate::query::plan_reader::PlanReader;
use crate::query::query_shape::QueryShape;
use crate::query::question::Question;
use crate::query::{Query, QueryError};

/// A statement, and how what it selects is read.
#[derive(Debug)]
pub(super) struct QueryPlan {
    pub(super) statement: CompiledSql,
    pub(super) reader: PlanReader,
    /// How the values become those of the statement.
    pub(super) given: GivenValues,
}

/// A plan, and the values of one query of its shape.
#[derive(Debug)]
pub(super) struct BoundPlan {
    pub(super) plan: Arc<QueryPlan>,
    pub(super) values: Vec<SqlValue>,
}

/// How many different hashes of shapes are kept; a site has a few dozen, unless its visitors make up queries.
const MAX_HASHES: usize = 500;

/// How many shapes of one hash are kept: those that values within them tell apart.
const MAX_ALIKE: usize = 8;

/// The plans of the queries among some models.
#[derive(Debug, Default)]
pub(super) struct QueryPlans {
    /// By the hash of the shape; those that differ stand beside each other.
    by_hash: RwLock<HashMap<u64, Vec<KnownShape>>>,
}

#[derive(Debug)]
struct KnownShape {
    question: Question,
    query: Query,
    /// None where its values decide how it is written.
    plan: Option<Arc<QueryPlan>>,
}

impl QueryPlans {
    /// The plan of `shape`, which `compile` makes where it is not there yet; none where there cannot be one.
    pub(super) fn get(
        &self,
        shape: &QueryShape,
        compile: impl FnOnce() -> Result<QueryPlan, QueryError>,
    ) -> Option<Arc<QueryPlan>> {
        let by_hash = self.by_hash.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = by_hash
            .get(&shape.hash)
            .and_then(|known| find(known, shape))
        {
            return known.plan.clone();
        }
        drop(by_hash);
        let plan = match compile() {
            Ok(plan) => Some(Arc::new(plan)),
            Err(QueryError::UnboundParameter(name)) if is_parameter(&name) => None,
            // Whoever compiles the query itself is told what is wrong with it.
            Err(_) => return None,
        };
        self.keep(shape, plan.clone());
        plan
    }

    /// How many shapes are known.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let by_hash = self.by_hash.read().unwrap_or_else(PoisonError::into_inner);
        by_hash.values().map(Vec::len).sum()
    }

    fn keep(&self, shape: &QueryShape, plan: Option<Arc<QueryPlan>>) {
        let mut by_hash = self.by_hash.write().unwrap_or_else(PoisonError::into_inner);
        // What is asked for again is back soon, and nothing has to be counted for each query.
        if by_hash.len() >= MAX_HASHES {
            by_hash.clear();
        }
        let known = by_hash.entry(shape.hash).or_default();
        if known.len() >= MAX_ALIKE {
            known.clear();
        }
        if find(known, shape).is_none() {
            known.push(KnownShape {
                question: shape.question,
                query: shape.query.clone(),
                plan,
            });
        }
    }
}

fn find<'k>(known: &'k [KnownShape], shape: &QueryShape) -> Option<&'k KnownShape> {
    known
        .iter()
        .find(|known| known.question == shape.question && known.query == shape.query)
}
