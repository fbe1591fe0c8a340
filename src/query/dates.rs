//! The days and moments at which there are rows, cut off to years, months and so on (`dates`, `datetimes`).

use crate::db::Connection;
use crate::models::expression::{
    Comparison, Condition, DateComponent, Expression, QueryExpression,
};
use crate::models::{AutoNow, Field, FieldKind};
use crate::query::{Query, QueryError, QuerySet};
use crate::values::FieldValue;

/// What the cut off value is called within the query.
const NAME: &str = "datefield";

/// What the whole value is called within the query.
const WHOLE: &str = "plain_field";

impl Query {
    /// The days of the field at `path`, cut off to their years, months, weeks or themselves, each once and in order.
    #[must_use]
    pub fn dates(self, path: &str, unit: DateComponent, descending: bool) -> Self {
        let day = FieldKind::Date(AutoNow::default());
        self.cut_off(path, unit, day, descending)
    }

    /// The moments of the field at `path`, cut off in the time zone of the project, each once and in order.
    #[must_use]
    pub fn datetimes(self, path: &str, unit: DateComponent, descending: bool) -> Self {
        let moment = FieldKind::DateTime(AutoNow::default());
        self.cut_off(path, unit, moment, descending)
    }

    fn cut_off(self, path: &str, unit: DateComponent, kind: FieldKind, descending: bool) -> Self {
        let whole = Expression::F(path.to_owned());
        let truncated = QueryExpression::Truncate {
            of: whole.clone(),
            part: unit,
            zone: None,
            output_field: Some(Box::new(Field::new("", kind))),
        };
        let is_there = Condition::Compare(Comparison::is_there(WHOLE));
        let sign = if descending { "-" } else { "" };
        self.annotate(NAME, Expression::Query(Box::new(truncated)))
            .annotate(WHOLE, whole)
            .values([NAME])
            .distinct()
            .filter(is_there)
            .order_by([format!("{sign}{NAME}")])
    }
}

impl QuerySet<'_> {
    /// The days that [`Query::dates`] selects.
    pub fn dates(
        &self,
        connection: &Connection,
        path: &str,
        unit: DateComponent,
        descending: bool,
    ) -> Result<Vec<FieldValue>, QueryError> {
        let days = self.narrowed(|query| query.dates(path, unit, descending));
        days.check()?;
        days.flat(connection)
    }

    /// The moments that [`Query::datetimes`] selects.
    pub fn datetimes(
        &self,
        connection: &Connection,
        path: &str,
        unit: DateComponent,
        descending: bool,
    ) -> Result<Vec<FieldValue>, QueryError> {
        let moments = self.narrowed(|query| query.datetimes(path, unit, descending));
        moments.check()?;
        moments.flat(connection)
    }

    /// The values of a query that selects one, row by row.
    pub fn flat(&self, connection: &Connection) -> Result<Vec<FieldValue>, QueryError> {
        let rows = self.values(connection)?.rows.into_iter();
        Ok(rows.filter_map(|row| row.into_iter().next()).collect())
    }
}
