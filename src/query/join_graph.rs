//! The tables of a query and how they are joined (`django.db.models.sql.query.Query`).
//!
//! A table that may lack rows is joined by `LEFT OUTER JOIN` unless a condition needs a row of it: conditions
//! promote and demote the joins they use, as in Django.

use std::collections::BTreeSet;

use crate::db::sql::{Join, JoinKind, SqlExpression, TableSource};
use crate::query::relation_path::PathJoin;

/// A table of a query; the first is that of the model itself.
#[derive(Clone, Debug)]
struct JoinedTable {
    parent: usize,
    join: PathJoin,
    kind: JoinKind,
    /// How many paths lead over it; a table without any is left out.
    uses: usize,
    /// What else holds for the rows that are joined.
    condition: Option<SqlExpression>,
}

/// The tables of one query; table 0 is that of its model.
#[derive(Clone, Debug)]
pub(super) struct JoinGraph {
    table: String,
    /// How deep the query stands in others: their tables have other names.
    depth: usize,
    /// Whether the first table is called by its own name.
    keeps_name: bool,
    joined: Vec<JoinedTable>,
}

impl JoinGraph {
    pub(super) fn new(table: String, depth: usize) -> Self {
        Self {
            table,
            depth,
            keeps_name: false,
            joined: Vec::new(),
        }
    }

    /// Calls the first table by its own name.
    pub(super) fn keep_name(&mut self) {
        self.keeps_name = true;
    }

    /// How many tables are joined to the first, also those that turned out to be needless.
    pub(super) fn len(&self) -> usize {
        self.joined.len()
    }

    /// Whether the joins neither add rows of the first table nor take some away.
    pub(super) fn keeps_rows(&self) -> bool {
        self.joined.iter().all(|table| {
            let is_there = table.kind == JoinKind::LeftOuter || table.join.is_enforced;
            is_there && !table.join.is_many
        })
    }

    /// What table `index` is called.
    pub(super) fn alias(&self, index: usize) -> String {
        if index == 0 && self.keeps_name {
            return self.table.clone();
        }
        // Deeper queries see those around them: no name may stand for two tables.
        let prefix = ["t", "u", "v", "w"].get(self.depth).copied();
        match prefix {
            Some(prefix) => format!("{prefix}{index}"),
            None => format!("x{}_{index}", self.depth),
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The column of table `index`.
    pub(super) fn column(&self, index: usize, name: &str) -> SqlExpression {
        SqlExpression::column_of(&self.alias(index), name)
    }

    /// Whether `column` is one of the first table.
    pub(super) fn is_own_column(&self, column: &SqlExpression) -> bool {
        matches!(column, SqlExpression::Column { table: Some(table), .. } if *table == self.alias(0))
    }

    /// Whether all columns that `value` is made of are those of the first table.
    pub(super) fn are_own_columns(&self, value: &SqlExpression) -> bool {
        match value {
            SqlExpression::Column { .. } => self.is_own_column(value),
            other => other
                .parts()
                .into_iter()
                .all(|part| self.are_own_columns(part)),
        }
    }

    /// The table that the query starts with.
    pub(super) fn source(&self) -> TableSource {
        TableSource::with_alias(&self.table, self.alias(0))
    }

    /// Joins `join` to table `parent`, or finds it joined already; returns its index.
    ///
    /// Of a table with several rows for one before only those in `reusable` are found, if that is given:
    /// conditions of one call are about the same row, those of another call about any.
    pub(super) fn join(
        &mut self,
        parent: usize,
        join: &PathJoin,
        reusable: Option<&BTreeSet<usize>>,
    ) -> usize {
        let is_free = |index: usize| {
            !join.is_many || reusable.is_none_or(|reusable| reusable.contains(&index))
        };
        let same = self.joined.iter().enumerate().rev();
        let same = same.map(|(place, table)| (place + 1, table));
        let mut same = same.filter(|(_, table)| table.parent == parent && table.join == *join);
        if let Some((index, _)) = same.find(|(index, _)| is_free(*index)) {
            self.joined[index - 1].uses += 1;
            return index;
        }
        let kind = if join.is_nullable || self.is_outer(parent) {
            JoinKind::LeftOuter
        } else {
            JoinKind::Inner
        };
        self.joined.push(JoinedTable {
            parent,
            join: join.clone(),
            kind,
            uses: 1,
            condition: None,
        });
        self.joined.len()
    }

    /// Joins only those rows of table `index` for which `condition` holds, too.
    pub(super) fn set_condition(&mut self, index: usize, condition: SqlExpression) {
        if let Some(place) = index.checked_sub(1) {
            self.joined[place].condition = Some(condition);
        }
    }

    /// The table at the end of `path`, if it is joined; of tables with several rows, those in `reusable` count.
    pub(super) fn find(&self, path: &[PathJoin], reusable: &BTreeSet<usize>) -> Option<usize> {
        let step = |parent: usize, join: &PathJoin| {
            let tables = self.joined.iter().enumerate().rev();
            let mut same =
                tables.filter(|(_, table)| table.parent == parent && table.join == *join);
            let found = same.find(|(place, _)| !join.is_many || reusable.contains(&(place + 1)))?;
            Some(found.0 + 1)
        };
        path.iter().try_fold(0, step)
    }

    /// Takes back one use of table `index`, whose columns the table before has too.
    pub(super) fn release(&mut self, index: usize) {
        if let Some(place) = index.checked_sub(1) {
            self.joined[place].uses -= 1;
        }
    }

    /// Whether rows may be without one of table `index`.
    pub(super) fn is_outer(&self, index: usize) -> bool {
        let table = index.checked_sub(1).map(|place| &self.joined[place]);
        table.is_some_and(|table| table.kind == JoinKind::LeftOuter)
    }

    /// The columns of the primary key of table `index`, which is not the first.
    pub(super) fn key_columns(&self, index: usize) -> &[String] {
        &self.joined[index - 1].join.key_columns
    }

    /// The joined tables whose rows are needed.
    pub(super) fn inner_tables(&self) -> BTreeSet<usize> {
        (1..=self.joined.len())
            .filter(|index| !self.is_outer(*index))
            .collect()
    }

    /// Lets rows be without one of these tables, and of those behind them.
    pub(super) fn promote(&mut self, tables: &BTreeSet<usize>) {
        let mut queue: Vec<_> = tables.iter().copied().collect();
        let mut next = 0;
        while let Some(index) = queue.get(next).copied() {
            next += 1;
            let Some(place) = index.checked_sub(1) else {
                continue;
            };
            let table = &self.joined[place];
            let may_lack = table.join.is_nullable || self.is_outer(table.parent);
            if !may_lack || table.kind == JoinKind::LeftOuter {
                continue;
            }
            self.joined[place].kind = JoinKind::LeftOuter;
            for (behind, table) in self.joined.iter().enumerate() {
                if table.parent == index && !queue.contains(&(behind + 1)) {
                    queue.push(behind + 1);
                }
            }
        }
    }

    /// Needs a row of each of these tables.
    pub(super) fn demote(&mut self, tables: &BTreeSet<usize>) {
        for index in tables {
            if let Some(place) = index.checked_sub(1) {
                self.joined[place].kind = JoinKind::Inner;
            }
        }
    }

    /// The joins of the tables that are used.
    pub(super) fn joins(&self) -> Vec<Join> {
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for (place, table) in self.joined.iter().enumerate().rev() {
            if table.uses > 0 || used.contains(&(place + 1)) {
                used.insert(place + 1);
                used.insert(table.parent);
            }
        }
        let used = used.into_iter().filter_map(|index| index.checked_sub(1));
        used.map(|place| self.written(place)).collect()
    }

    fn written(&self, place: usize) -> Join {
        let table = &self.joined[place];
        let before = self.column(table.parent, &table.join.from_column);
        let same = before.equals(self.column(place + 1, &table.join.to_column));
        Join {
            kind: table.kind,
            source: TableSource::with_alias(&table.join.table, self.alias(place + 1)),
            on: match &table.condition {
                Some(condition) => SqlExpression::All(vec![same, condition.clone()]),
                None => same,
            },
        }
    }
}
