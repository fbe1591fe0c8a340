//! What the definition of a table says beyond its model: compared before a remake, and carried over or
//! refused.

use crate::db::introspection::{self, TableColumn};
use crate::db::{Affinity, CreateTableParts, DefinitionPart, SchemaTransaction, quoted_name_among};
use crate::models::{Field, FieldKind, Model, ModelSet as _};
use crate::schema::carried_definition::{CarriedDefinition, ExtraColumn};
use crate::schema::column_type::type_sql;
use crate::schema::declared_uniques::declares_unique;
use crate::schema::live_model::LiveModel;
use crate::schema::remake_plan::RemakePlan;
use crate::schema::table_statement::create_table_sql;
use crate::schema::{SchemaError, column};

/// The definition of a table beside the one that its model leads to.
#[derive(Debug)]
struct TableComparison<'c> {
    plan: &'c RemakePlan<'c>,
    live: CreateTableParts,
    expected: CreateTableParts,
}

impl CarriedDefinition {
    /// Compares the table, which `sql` made, with its model; fails at what the change leaves no place for.
    pub(super) fn read(
        transaction: &SchemaTransaction,
        plan: &RemakePlan<'_>,
        sql: &str,
    ) -> Result<Self, SchemaError> {
        let (state, model) = (plan.remake.live.state, plan.remake.live.model);
        let expected = create_table_sql(state, model, &Self::default())?;
        if sql == expected {
            return Ok(Self::default());
        }
        let comparison = TableComparison {
            plan,
            live: CreateTableParts::of(sql),
            expected: CreateTableParts::of(&expected),
        };
        let mut found = Self {
            options: comparison.live.suffix.clone(),
            ..Self::default()
        };
        let columns = introspection::columns(transaction, &plan.table)?;
        found.row_number = row_number(plan, &columns);
        for column in columns {
            if is_known(plan, &column.name) {
                let definition = comparison.own_definition(&column)?;
                let field = plan.new_field(&column.name);
                if definition.is_some()
                    && column.generated
                    && field.is_some_and(|field| field.generated().is_none())
                {
                    found.generated.insert(column.name.to_lowercase());
                }
                found
                    .columns
                    .extend(definition.map(|sql| (column.name, sql)));
            } else {
                found.extra_columns.push(comparison.extra_column(column)?);
            }
        }
        found.constraints = comparison.own_constraints(&found);
        found.check_names(plan)?;
        Ok(found)
    }

    /// Fails if a part names a column that goes.
    fn check_names(&self, plan: &RemakePlan<'_>) -> Result<(), SchemaError> {
        let removed = plan.removed_columns();
        for part in self.parts() {
            // SQLite would take a name in quotes that is not there for a text.
            if let Some(column) = quoted_name_among(part, &removed) {
                let why = format!("no such column: {column}");
                return Err(not_carried(plan, format!("`{part}`"), why));
            }
        }
        Ok(())
    }
}

impl TableComparison<'_> {
    /// The definition of a column of the table.
    fn live_part(&self, column: &TableColumn) -> Result<&DefinitionPart, SchemaError> {
        self.live.column(&column.name).ok_or_else(|| {
            let why = "its definition cannot be found in that of the table";
            not_carried(self.plan, described(column), why.to_owned())
        })
    }

    /// A column that the model does not have.
    fn extra_column(&self, column: TableColumn) -> Result<ExtraColumn, SchemaError> {
        if self.plan.new_field(&column.name).is_some() {
            let why = "it is there already, and in no migration";
            return Err(not_carried(self.plan, described(&column), why.to_owned()));
        }
        Ok(ExtraColumn {
            sql: self.live_part(&column)?.sql.clone(),
            name: column.name,
            generated: column.generated,
        })
    }

    /// The definition of a column of the model, where the table's own one is to stay.
    fn own_definition(&self, column: &TableColumn) -> Result<Option<String>, SchemaError> {
        let part = self.live_part(column)?;
        let wanted = self.expected.column(&column.name);
        let (Some(wanted), Some(field)) = (wanted, self.plan.new_field(&column.name)) else {
            return Ok(None);
        };
        let checks: Vec<_> = self.expected.constraints().collect();
        let promises_more = part.without_checks(&checks).promises_more_than(wanted);
        let keeps_values = makes_other_values(self.plan, column)?;
        // Options such as `STRICT` do not go with every definition of the model.
        if !promises_more && !keeps_values && self.live.suffix.is_empty() {
            return Ok(None);
        }
        let new = column::column_definition(self.plan.remake.state, &self.plan.new, field)?;
        let new_part = DefinitionPart::of(&new);
        if new_part.is_same(part) {
            // It is as it is to be: a key that gave way to a new one no longer says so.
            return Ok(None);
        }
        if new_part.is_same(wanted) {
            return Ok(Some(part.sql.clone()));
        }
        if promises_more {
            let why = format!("the column is to be `{new}`");
            return Err(not_carried(self.plan, format!("`{}`", part.sql), why));
        }
        Ok(None)
    }

    /// The constraints that the model does not have, or has in definitions that `found` replaces.
    fn own_constraints(&self, found: &CarriedDefinition) -> Vec<String> {
        let is_wanted = |part: &DefinitionPart| {
            let mut expected = self.expected.constraints();
            let is_declared = is_declared(self.plan.remake.live, part) && !is_left_out(found, part);
            is_declared || expected.any(|wanted| wanted.is_same(part) || wanted.is_same_check(part))
        };
        let own = self.live.constraints().filter(|part| !is_wanted(part));
        own.map(|part| part.sql.clone()).collect()
    }
}

fn described(column: &TableColumn) -> String {
    format!("the column `{}`", column.name)
}

fn not_carried(plan: &RemakePlan<'_>, what: String, why: String) -> SchemaError {
    SchemaError::NotCarriedOver {
        what,
        table: plan.table.clone(),
        why,
    }
}

/// Whether SQLite would make something else of the values if the column had the type of its field.
fn makes_other_values(plan: &RemakePlan<'_>, column: &TableColumn) -> Result<bool, SchemaError> {
    let LiveModel { state, model } = plan.remake.live;
    let mut fields = model.columns();
    let Some(field) = fields.find(|field| field.column().eq_ignore_ascii_case(&column.name)) else {
        return Ok(false);
    };
    let declared = type_sql(state, model, field)?;
    Ok(Affinity::of(&declared) != Affinity::of(&column.declared))
}

/// The key of the model, if the table has no such column and numbers its rows by that name.
fn row_number(plan: &RemakePlan<'_>, columns: &[TableColumn]) -> Option<String> {
    let column = |model: &Model| {
        let key = model.primary_key().filter(|key| key.has_column())?;
        Some(key.column().to_lowercase())
    };
    let key = column(plan.remake.live.model)?;
    let is_there = columns
        .iter()
        .any(|column| column.name.eq_ignore_ascii_case(&key));
    let is_number = ["rowid", "_rowid_", "oid"].contains(&key.as_str());
    let stays = column(&plan.new).as_ref() == Some(&key);
    (is_number && stays && !is_there).then_some(key)
}

/// Whether a column is one of the model's.
fn is_known(plan: &RemakePlan<'_>, column: &str) -> bool {
    let remake = plan.remake;
    let mut known = remake.live.model.columns().chain(remake.model.columns());
    known.any(|field| field.column().eq_ignore_ascii_case(column))
}

/// Whether the model says the same as a constraint of the table, in other words.
fn is_declared(live: LiveModel<'_>, part: &DefinitionPart) -> bool {
    let model = live.model;
    let mut constraints = model.options.constraints.iter();
    if let Some(name) = part.constraint_name()
        && constraints.any(|constraint| constraint.name.eq_ignore_ascii_case(name))
    {
        return true;
    }
    let columns = part.columns();
    match part.constraint_kind() {
        "primary" => !part.has_word("conflict") && key_columns(model) == columns,
        "foreign" => {
            let acts = ["cascade", "restrict", "set"];
            let refers = |field: &Field| {
                let relation = field.relation();
                let target = relation.and_then(|relation| live.state.target(&relation.to));
                relation.is_some_and(|relation| relation.db_constraint)
                    && target.is_none_or(|target| part.has_word(&target.db_table().to_lowercase()))
                    && columns == [field.column().to_lowercase()]
            };
            !acts.iter().any(|word| part.has_word(word)) && model.columns().any(refers)
        }
        "unique" => !part.has_word("conflict") && declares_unique(model, &columns),
        _ => false,
    }
}

/// The columns of the primary key.
fn key_columns(model: &Model) -> Vec<String> {
    let key = model.primary_key();
    let names = match key.map(|key| &key.kind) {
        Some(FieldKind::CompositePrimaryKey { fields }) => fields.clone(),
        _ => key.map(|key| key.name.clone()).into_iter().collect(),
    };
    let fields = names.iter().filter_map(|name| model.field(name));
    fields.map(|field| field.column().to_lowercase()).collect()
}

/// Whether the column of a constraint is carried over in words that do not say it.
fn is_left_out(found: &CarriedDefinition, part: &DefinitionPart) -> bool {
    let word = match part.constraint_kind() {
        "foreign" => "references",
        other => other,
    };
    let columns = part.columns();
    let [column] = columns.as_slice() else {
        return false;
    };
    let mut carried = found.columns.iter();
    let carried = carried.find(|(name, _)| name.eq_ignore_ascii_case(column));
    carried.is_some_and(|(_, sql)| !DefinitionPart::of(sql).has_word(word))
}
