//! Models that are declared for the table of a many-to-many field: they take it over with its links.
//!
//! Django refuses the change when it is applied, and its manual tells how to write this by hand.

use crate::migrations::autodetector::detector::{Autodetector, ModelKind};
use crate::migrations::autodetector::operation_dependency::{DependencyKind, OperationDependency};
use crate::migrations::operations::Operation;
use crate::models::{Field, FieldKind, Model, ModelSet as _, Relation};

impl Autodetector<'_> {
    /// Finds the models that take over the table of a many-to-many field, in the old state too.
    pub(super) fn generate_through_models(&mut self) {
        for (old, new) in self.kept_models() {
            for after in &new.fields {
                let Some(through) = self.taken_over(&old, after) else {
                    continue;
                };
                self.take_over(&new, after, through);
            }
        }
    }

    /// The model that the field goes through from now on, as its table is.
    fn taken_over(&self, old: &Model, after: &Field) -> Option<Model> {
        let before = old.field(&after.name)?;
        let key = after.many_to_many()?.through.as_ref()?;
        let declared = self.to_state.find(key.resolve(&self.user_model))?;
        let target = self.from_state.target(&before.many_to_many()?.to)?;
        let table = old.auto_created_through(before, target)?;
        let is_new = self.from_state.find(&declared.key()).is_none()
            && self.new_keys(ModelKind::Managed).contains(&declared.key());
        if !is_new || !declared.has_db_table(&table.db_table()) {
            return None;
        }
        let fields = table
            .fields
            .iter()
            .map(|field| self.same_column(declared, field));
        let fields: Vec<Field> = fields.collect::<Option<_>>()?;
        let mut taken = Model {
            fields,
            options: table.options,
            ..declared.clone()
        };
        let ends = taken.fields[1..].iter().map(|field| field.name.clone());
        taken.options.unique_together = vec![ends.collect()];
        taken
            .options
            .db_table
            .clone_from(&declared.options.db_table);
        Some(taken)
    }

    /// The field of `declared` for the column of `field`, as that column is.
    fn same_column(&self, declared: &Model, field: &Field) -> Option<Field> {
        let mut columns = declared.columns();
        let found = columns.find(|found| found.column().eq_ignore_ascii_case(&field.column()))?;
        let Some(relation) = field.relation() else {
            return (found.primary_key && found.kind == field.kind).then(|| found.clone());
        };
        let declared = found.relation()?;
        let target = |relation: &Relation| relation.to.resolve(&self.user_model).clone();
        (target(declared) == target(relation)).then(|| Field {
            name: found.name.clone(),
            db_column: found.db_column.clone(),
            kind: FieldKind::ForeignKey(Relation {
                db_constraint: relation.db_constraint,
                to_field: None,
                ..declared.clone()
            }),
            ..field.clone()
        })
    }

    fn take_over(&mut self, model: &Model, after: &Field, through: Model) {
        let (key, app_label) = (through.key(), through.app_label.clone());
        let targets = OperationDependency::for_model(&through, &self.user_model);
        let creation = Operation::CreateModel(Box::new(through.clone())).only_in_state();
        self.add_operation(&app_label, creation, targets);
        let mut altered = after.clone();
        let set_kind = |model: &mut Model| {
            if let Some(field) = model.field_mut(&after.name) {
                field.kind.clone_from(&after.kind);
                altered.clone_from(field);
            }
        };
        // Neither can fail: the old state has the field, and not the model.
        self.from_state.change(&model.key(), set_kind).ok();
        self.from_state.add(through).ok();
        let operation = Operation::AlterField {
            model: model.name.clone(),
            field: Box::new(altered),
            preserve_default: true,
        };
        let created = OperationDependency::model(key, DependencyKind::Create);
        self.add_operation(&model.app_label, operation.only_in_state(), vec![created]);
    }
}
