//! The models of a project as they were after some migrations.

use std::sync::Arc;

use crate::clock::Zone;
use crate::models::{Field, Model, ModelKey, ModelRef, ModelSet, ReferenceError};

/// An operation named what its state does not have.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum StateError {
    /// A model.
    #[error("there is no model `{0}` at this point")]
    UnknownModel(ModelKey),
    /// A field.
    #[error("the model `{model}` has no field `{field}` at this point")]
    UnknownField {
        /// The model.
        model: ModelKey,
        /// The field.
        field: String,
    },
    /// An index or a constraint.
    #[error("the model `{model}` has no index or constraint `{name}` at this point")]
    UnknownIndex {
        /// The model.
        model: ModelKey,
        /// The name.
        name: String,
    },
    /// A model that is there already.
    #[error("the model `{0}` is there already")]
    DuplicateModel(ModelKey),
    /// A reference that does not lead to a field.
    #[error("{0} at this point")]
    Reference(#[from] ReferenceError),
}

/// The models of a project at one point of its history; cheap to clone.
#[derive(Clone, Debug)]
pub struct ProjectState {
    user_model: ModelKey,
    time_zone: Zone,
    models: Vec<Arc<Model>>,
}

impl ProjectState {
    /// No models yet; `user_model` is that of `[auth] user_model`.
    pub fn new(user_model: ModelKey) -> Self {
        Self {
            user_model,
            time_zone: Zone::utc(),
            models: Vec::new(),
        }
    }

    /// The same models in a project whose `time_zone` is `zone`.
    #[must_use]
    pub fn with_time_zone(mut self, zone: Zone) -> Self {
        self.time_zone = zone;
        self
    }

    /// All models, in the order they were made.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().map(Arc::as_ref)
    }

    /// The model of this key, to be kept while the state goes on.
    pub fn shared(&self, key: &ModelKey) -> Option<Arc<Model>> {
        self.models.iter().find(|model| model.is(key)).cloned()
    }

    /// The model of this key, which has to be there.
    pub fn get(&self, key: &ModelKey) -> Result<&Model, StateError> {
        self.find(key)
            .ok_or_else(|| StateError::UnknownModel(key.clone()))
    }

    /// The model referred to, which has to be there.
    pub fn get_target(&self, reference: &ModelRef) -> Result<&Model, StateError> {
        self.get(reference.resolve(&self.user_model))
    }

    /// A field of a model; both have to be there.
    pub fn field(&self, key: &ModelKey, name: &str) -> Result<&Field, StateError> {
        let model = self.get(key)?;
        model.field(name).ok_or_else(|| StateError::UnknownField {
            model: key.clone(),
            field: name.to_owned(),
        })
    }

    /// Whether migrations touch the table of `model`.
    pub fn is_migrated(&self, model: &Model) -> bool {
        let options = &model.options;
        options.managed && options.proxy_for.is_none() && !self.is_swapped(model)
    }

    /// Adds a model.
    pub fn add(&mut self, mut model: Model) -> Result<(), StateError> {
        model.use_field_names();
        let key = model.key();
        if self.find(&key).is_some() {
            return Err(StateError::DuplicateModel(key));
        }
        self.models.push(Arc::new(model));
        Ok(())
    }

    /// Takes a model away.
    pub fn remove(&mut self, key: &ModelKey) -> Result<Model, StateError> {
        let index = self.models.iter().position(|model| model.is(key));
        let index = index.ok_or_else(|| StateError::UnknownModel(key.clone()))?;
        Ok(Arc::unwrap_or_clone(self.models.remove(index)))
    }

    /// Changes a model.
    pub fn change<T>(
        &mut self,
        key: &ModelKey,
        change: impl FnOnce(&mut Model) -> T,
    ) -> Result<T, StateError> {
        let mut models = self.models.iter_mut();
        let model = models.find(|model| model.is(key));
        let model = model.ok_or_else(|| StateError::UnknownModel(key.clone()))?;
        let model = Arc::make_mut(model);
        let outcome = change(model);
        model.use_field_names();
        Ok(outcome)
    }

    /// Gives a model another name; whatever refers to it follows.
    pub fn rename_model(&mut self, old: &ModelKey, name: &str) -> Result<(), StateError> {
        self.move_model(old, &old.app_label, name)
    }

    /// Makes a model one of another app; whatever refers to it follows.
    pub fn move_model(
        &mut self,
        old: &ModelKey,
        app_label: &str,
        name: &str,
    ) -> Result<(), StateError> {
        let mut model = self.remove(old)?;
        app_label.clone_into(&mut model.app_label);
        name.clone_into(&mut model.name);
        let new = model.key();
        self.add(model)?;
        for model in &mut self.models {
            if refers_to(model, old) {
                replace_references(Arc::make_mut(model), old, &new);
            }
        }
        Ok(())
    }

    /// Gives a field another name; whatever refers to it follows.
    pub fn rename_field(&mut self, key: &ModelKey, old: &str, new: &str) -> Result<(), StateError> {
        self.field(key, old)?;
        self.change(key, |model| rename_field_in_model(model, old, new))?;
        let user_model = self.user_model.clone();
        let is_target = |to: &ModelRef| to.resolve(&user_model) == key;
        for model in &mut self.models {
            let follows = |field: &Field| {
                field.relation().is_some_and(|relation| {
                    relation.to_field.as_deref() == Some(old) && is_target(&relation.to)
                })
            };
            if model.fields.iter().any(follows) {
                let fields = &mut Arc::make_mut(model).fields;
                for field in fields.iter_mut().filter(|field| follows(field)) {
                    field.set_to_field(new);
                }
            }
        }
        Ok(())
    }
}

impl ModelSet for ProjectState {
    fn user_model_key(&self) -> &ModelKey {
        &self.user_model
    }

    fn time_zone(&self) -> &Zone {
        &self.time_zone
    }

    fn find(&self, key: &ModelKey) -> Option<&Model> {
        self.models().find(|model| model.is(key))
    }
}

fn refers_to(model: &Model, key: &ModelKey) -> bool {
    if model.options.proxy_for == Some(ModelRef::Named(key.clone())) {
        return true;
    }
    let mut copies = model.fields.iter().map(|field| field.kind.clone());
    copies.any(|mut kind| {
        let mut references = kind.references_mut().into_iter();
        references.any(|reference| *reference == ModelRef::Named(key.clone()))
    })
}

fn replace_references(model: &mut Model, old: &ModelKey, new: &ModelKey) {
    let fields = model.fields.iter_mut();
    let references = fields.flat_map(|field| field.kind.references_mut());
    for reference in references.chain(&mut model.options.proxy_for) {
        if *reference == ModelRef::Named(old.clone()) {
            *reference = ModelRef::Named(new.clone());
        }
    }
}

fn rename_field_in_model(model: &mut Model, old: &str, new: &str) {
    // Django puts a renamed field behind the others.
    if let Some(index) = model.fields.iter().position(|field| field.name == old) {
        let mut field = model.fields.remove(index);
        new.clone_into(&mut field.name);
        model.fields.push(field);
    }
    model.rename_field_references(old, new);
}

#[cfg(test)]
mod tests {
    use super::ProjectState;
    use crate::models::{Field, FieldKind, Model, ModelKey, ModelOptions, ModelRef};
    use crate::models::{ModelSet as _, OnDelete};
    use crate::models::{Relation, StateError};

    fn state() -> ProjectState {
        let reference = Relation {
            to: ModelRef::Named(ModelKey::new("blog", "Author")),
            on_delete: OnDelete::Cascade,
            to_field: Some("slug".to_owned()),
            related_name: None,
            related_query_name: None,
            db_constraint: true,
            limit_choices_to: None,
        };
        let mut state = ProjectState::new(ModelKey::new("auth", "User"));
        for (name, field) in [
            ("Author", Field::new("slug", FieldKind::Uuid)),
            (
                "Post",
                Field::new("author", FieldKind::ForeignKey(reference)),
            ),
        ] {
            let model = Model {
                app_label: "blog".to_owned(),
                name: name.to_owned(),
                fields: vec![field],
                options: ModelOptions::default(),
            };
            state.add(model).unwrap();
        }
        state
    }

    #[test]
    fn a_renamed_model_and_field_are_followed() {
        let mut state = state();
        let before = state.clone();
        let author = ModelKey::new("blog", "author");
        state.rename_field(&author, "slug", "code").unwrap();
        state.rename_model(&author, "Writer").unwrap();
        let field = state
            .field(&ModelKey::new("blog", "post"), "author")
            .unwrap();
        let relation = field.relation().unwrap();
        assert_eq!(relation.to.to_string(), "blog.writer");
        assert_eq!(relation.to_field.as_deref(), Some("code"));
        assert!(state.find(&author).is_none());
        assert!(before.find(&author).is_some(), "a clone is not touched");
    }

    #[test]
    fn what_is_not_there_is_named() {
        let mut state = state();
        let key = ModelKey::new("blog", "Tag");
        assert_eq!(
            state.remove(&key),
            Err(StateError::UnknownModel(key.clone()))
        );
        let error = state
            .field(&ModelKey::new("blog", "Post"), "tags")
            .unwrap_err();
        assert!(error.to_string().contains("`tags`"), "{error}");
    }
}
