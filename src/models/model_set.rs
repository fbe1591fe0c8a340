//! What can be asked of any set of models that refer to each other.

use crate::clock::Zone;
use crate::models::{Field, FieldKind, Model, ModelKey, ModelRef, Relation};

/// Why a reference between models does not lead to a field.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ReferenceError {
    /// The model is not there.
    #[error("there is no model `{0}`")]
    UnknownModel(ModelRef),
    /// The model has no field of this name.
    #[error("`{model}` has no field `{field}`")]
    UnknownField {
        /// The model.
        model: ModelKey,
        /// The field.
        field: String,
    },
    /// The model has no primary key that a field could hold.
    #[error("`{0}` has no primary key of one column")]
    NoPrimaryKey(ModelKey),
    /// The field refers to another, and so on, until one refers to it again.
    #[error("`{model}.{field}` holds a reference to itself, so that nothing says what it holds")]
    Cycle {
        /// The model of the field where the circle closes.
        model: ModelKey,
        /// That field.
        field: String,
    },
}

/// Models that refer to each other: those of the installed apps, or those of one point of the history.
pub trait ModelSet {
    /// The key of the model of `[auth] user_model`.
    fn user_model_key(&self) -> &ModelKey;

    /// The zone of days, and of moments that do not name one: `[project] time_zone`.
    fn time_zone(&self) -> &Zone;

    /// The model of this key.
    fn find(&self, key: &ModelKey) -> Option<&Model>;

    /// The model referred to.
    fn target(&self, reference: &ModelRef) -> Option<&Model> {
        self.find(reference.resolve(self.user_model_key()))
    }

    /// Whether another model was put in the place of `model`.
    fn is_swapped(&self, model: &Model) -> bool {
        let replacement = model.options.swappable.as_ref();
        replacement.is_some_and(|setting| *setting.resolve(self.user_model_key()) != model.key())
    }

    /// The model and the field that a relation leads to: its `to_field`, or the primary key.
    fn target_field(&self, relation: &Relation) -> Result<(&Model, &Field), ReferenceError> {
        let unknown = || ReferenceError::UnknownModel(relation.to.clone());
        let model = self.target(&relation.to).ok_or_else(unknown)?;
        let field = match &relation.to_field {
            Some(name) => model
                .field(name)
                .ok_or_else(|| ReferenceError::UnknownField {
                    model: model.key(),
                    field: name.clone(),
                })?,
            None => model
                .primary_key()
                .ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))?,
        };
        Ok((model, field))
    }

    /// The field whose values `field` holds: the one that its references lead to, or itself.
    fn value_field<'s>(&'s self, field: &'s Field) -> Result<&'s Field, ReferenceError> {
        let mut found = field;
        let mut visited: Vec<(ModelKey, &str)> = Vec::new();
        while let Some(relation) = found.relation() {
            let (model, target) = self.target_field(relation)?;
            let step = (model.key(), target.name.as_str());
            if visited.contains(&step) {
                return Err(ReferenceError::Cycle {
                    model: step.0,
                    field: target.name.clone(),
                });
            }
            visited.push(step);
            found = target;
        }
        Ok(found)
    }

    /// The kind of the values that `field` holds, its references followed.
    fn value_kind<'s>(&'s self, field: &'s Field) -> Result<&'s FieldKind, ReferenceError> {
        Ok(self.value_field(field)?.value_kind())
    }
}

#[cfg(test)]
mod tests {
    use super::{ModelSet as _, ReferenceError};
    use crate::models::{
        Field, FieldKind, Model, ModelKey, ModelOptions, ModelRef, OnDelete, ProjectState, Relation,
    };

    fn reference(to: &str) -> FieldKind {
        FieldKind::OneToOne(Relation {
            to: ModelRef::parse(to, "app").unwrap(),
            on_delete: OnDelete::Cascade,
            to_field: None,
            related_name: None,
            related_query_name: None,
            db_constraint: true,
            limit_choices_to: None,
        })
    }

    fn state(models: &[(&str, FieldKind)]) -> ProjectState {
        let mut state = ProjectState::new(ModelKey::new("auth", "User"));
        for (name, kind) in models {
            let key = Field {
                primary_key: true,
                ..Field::new("key", kind.clone())
            };
            let model = Model {
                app_label: "app".to_owned(),
                name: (*name).to_owned(),
                fields: vec![key],
                options: ModelOptions::default(),
            };
            state.add(model).unwrap();
        }
        state
    }

    #[test]
    fn a_reference_holds_the_values_of_the_field_at_its_end_however_far_it_is() {
        let names: Vec<_> = (0..40).map(|number| format!("M{number}")).collect();
        let mut models: Vec<_> = names
            .windows(2)
            .map(|pair| (pair[0].as_str(), reference(&pair[1])))
            .collect();
        models.push((&names[39], FieldKind::Uuid));
        let field = Field::new("first", reference("M0"));
        assert_eq!(state(&models).value_kind(&field), Ok(&FieldKind::Uuid));
    }

    #[test]
    fn references_in_a_circle_are_found() {
        let state = state(&[("A", reference("B")), ("B", reference("A"))]);
        let field = Field::new("first", reference("A"));
        let found = state.value_kind(&field);
        assert!(
            matches!(found, Err(ReferenceError::Cycle { .. })),
            "{found:?}"
        );
    }

    #[test]
    fn a_reference_to_what_is_not_there_is_an_error() {
        let state = state(&[("A", FieldKind::Integer)]);
        let field = Field::new("first", reference("B"));
        let unknown = ReferenceError::UnknownModel(ModelRef::parse("B", "app").unwrap());
        assert_eq!(state.value_kind(&field), Err(unknown));
    }
}
