//! A user that the table does not take, because of what other users have or of what the model asks for.

use crate::auth::{UserConflict, UserTable, Users};
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{DatabaseError, SqlValue, ViolatedConstraint};
use crate::text;

impl UserTable {
    /// What `error`, which kept a user from being written, says of that user; none where the database failed.
    pub fn conflict(&self, error: &DatabaseError) -> Option<UserConflict> {
        let of_column = |column: &str| {
            let mut fields = self.all_fields();
            fields.find(|field| field.field.column() == column)
        };
        Some(match error.violated_constraint()? {
            ViolatedConstraint::Unique(columns) => {
                let fields = columns.iter().map(|column| of_column(column));
                self.constraints()
                    .taken(&fields.collect::<Option<Vec<_>>>()?)
            }
            ViolatedConstraint::UniqueIndex(name) | ViolatedConstraint::Check(name) => {
                self.constraints().violated(&name)
            }
            ViolatedConstraint::NotNull(column) => {
                let field = &of_column(&column)?.field;
                UserConflict {
                    fields: vec![field.name.clone()],
                    problem: format!("{} is needed", text::with_article(&field.verbose_name())),
                    is_schema_mismatch: field.null,
                }
            }
            ViolatedConstraint::ForeignKey => UserConflict {
                fields: Vec::new(),
                problem: "this refers to something that does not exist".to_owned(),
                is_schema_mismatch: false,
            },
        })
    }
}

impl Users<'_> {
    /// What other users have of what a new user is to have alone; `values` are by column.
    pub fn conflicts(
        &self,
        values: &[(String, SqlValue)],
    ) -> Result<Vec<UserConflict>, DatabaseError> {
        let mut conflicts = Vec::new();
        for names in &self.table().constraints().unique {
            let fields: Option<Vec<_>> =
                names.iter().map(|name| self.table().field(name)).collect();
            let Some(fields) = fields else { continue };
            let conditions = fields.iter().map(|field| {
                let column = field.field.column();
                let (_, value) = values.iter().find(|(known, _)| *known == column)?;
                // Nulls are never alike.
                let value = Some(value).filter(|value| **value != SqlValue::Null)?;
                Some(SqlExpression::column(&column).equals(SqlExpression::Value(value.clone())))
            });
            let Some(conditions) = conditions.collect::<Option<Vec<_>>>() else {
                continue;
            };
            let select = SelectStatement::from(self.table().name())
                .select(SqlExpression::Integer(1))
                .filter(SqlExpression::All(conditions))
                .limit(1);
            if select.first_row(self.connection())?.is_some() {
                conflicts.push(self.table().constraints().taken(&fields));
            }
        }
        Ok(conflicts)
    }
}
