//! Relations of which only some rows are joined, under names of their own (`FilteredRelation`).

use crate::models::expression::Condition;
use crate::query::QueryError;
use crate::query::compiler::{FilteredRelation, JoinScope, QueryCompiler};
use crate::query::field_path::{FieldPath, unknown_field};
use crate::query::relation_path::PathJoin;

impl<'r> QueryCompiler<'r> {
    /// Has the rows of `relation` for which `condition` holds known as `name`.
    ///
    /// Fails where it is not a relation, and where the condition is about other rows than those on the way.
    pub(super) fn filter_relation(
        &mut self,
        name: &str,
        relation: &str,
        condition: &Condition,
    ) -> Result<(), QueryError> {
        let path = FieldPath::resolve(self.registry, self.model, relation)?;
        if path.relation.is_none() || path.is_value {
            return Err(unknown_field(self.registry, self.model, relation));
        }
        let mut condition = condition.clone();
        let mut named = Vec::new();
        condition.visit_fields(&mut |field| {
            named.push(field.clone());
            if let Some(rest) = behind(field, relation) {
                *field = format!("{name}{rest}");
            }
        });
        for field in named {
            let found = FieldPath::resolve(self.registry, self.model, &field)?;
            // The value of a reference stands in the row that refers.
            let way = match found.joins.split_last() {
                Some((last, before)) if found.relation.is_some() && last.is_direct => before,
                _ => found.joins.as_slice(),
            };
            if !path.joins.starts_with(way) {
                let relation = relation.to_owned();
                return Err(QueryError::BeyondRelation { relation, field });
            }
        }
        self.filtered.retain(|before| before.name != name);
        self.filtered.push(FilteredRelation {
            name: name.to_owned(),
            relation: relation.to_owned(),
            joins: path.joins.len(),
            condition,
        });
        Ok(())
    }

    /// Where `path` leads, which may begin with the name of a relation that is filtered.
    pub(super) fn field_path(&self, path: &str) -> Result<FieldPath<'r>, QueryError> {
        let relations = self.filtered.iter().enumerate().rev();
        let mut named = relations
            .filter_map(|(index, filtered)| Some((index, filtered, behind(path, &filtered.name)?)));
        let Some((index, filtered, rest)) = named.next() else {
            return FieldPath::resolve(self.registry, self.model, path);
        };
        let whole = format!("{}{rest}", filtered.relation);
        let mut found = FieldPath::resolve(self.registry, self.model, &whole)?;
        if let Some(last) = found.joins.get_mut(filtered.joins - 1) {
            // As in Django a row whose reference cannot be null is lost with the one that it refers to.
            *last = PathJoin {
                is_enforced: false,
                filter: Some(index),
                ..last.clone()
            };
        }
        Ok(found)
    }

    /// Joins of the rows of the relation `index`, which is table `table`, only those that are meant.
    pub(super) fn join_filtered(
        &mut self,
        table: usize,
        index: usize,
        scope: &mut JoinScope,
    ) -> Result<(), QueryError> {
        let Some(filtered) = self.filtered.get(index) else {
            return Ok(());
        };
        let condition = filtered.condition.clone();
        let sql = self.condition_as_value(&condition, scope)?;
        self.joins.set_condition(table, sql);
        Ok(())
    }
}

/// What stands in `path` behind the path `start`; none where it does not begin with that.
fn behind<'p>(path: &'p str, start: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(start)?;
    (rest.is_empty() || rest.starts_with("__")).then_some(rest)
}
