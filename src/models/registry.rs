//! The models of the installed apps, as their `models.toml` declare them now.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::clock::Zone;
use crate::models::{FileObserver, Model, ModelKey, ModelSet, ProjectState};

/// All models of a project.
#[derive(Clone, Debug)]
pub struct Registry {
    pub(super) user_model: ModelKey,
    pub(super) username_field: String,
    pub(super) time_zone: Zone,
    pub(super) models: Vec<Arc<Model>>,
    pub(super) file_observer: Option<Arc<dyn FileObserver>>,
    /// What the query layer asks about rows.
    pub(super) observer: Option<Arc<dyn Any + Send + Sync>>,
    /// The models of the tables between that nobody declared.
    pub(super) between: OnceLock<Vec<Arc<Model>>>,
    pub(super) kept: KeptValue,
}

/// What was worked out from models, such as statements, to be had again: of one type, and not copied with them.
#[derive(Default)]
pub(super) struct KeptValue(OnceLock<Box<dyn Any + Send + Sync>>);

impl Clone for KeptValue {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl fmt::Debug for KeptValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptValue(..)")
    }
}

/// No models at all.
impl Default for Registry {
    fn default() -> Self {
        Self {
            user_model: ModelKey::new("auth", "User"),
            username_field: "username".to_owned(),
            time_zone: Zone::utc(),
            models: Vec::new(),
            file_observer: None,
            observer: None,
            between: OnceLock::new(),
            kept: KeptValue::default(),
        }
    }
}

impl Registry {
    /// The same models, where users log in with the field called `username_field`.
    #[must_use]
    pub fn with_username_field(mut self, username_field: &str) -> Self {
        username_field.clone_into(&mut self.username_field);
        self.kept = KeptValue::default();
        self
    }

    /// The same models in a project whose `time_zone` is `zone`.
    #[must_use]
    pub fn with_time_zone(mut self, zone: Zone) -> Self {
        self.time_zone = zone;
        self.kept = KeptValue::default();
        self
    }

    /// The same models; `observer` is told of the files that their rows come to name no more.
    #[must_use]
    pub fn with_file_observer(mut self, observer: Arc<dyn FileObserver>) -> Self {
        self.file_observer = Some(observer);
        self
    }

    /// The same models with what the query layer asks about rows.
    #[must_use]
    pub(crate) fn with_observer(mut self, observer: Arc<dyn Any + Send + Sync>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// What the query layer asks about rows, if anything.
    pub(crate) fn observer(&self) -> Option<&(dyn Any + Send + Sync)> {
        self.observer.as_deref()
    }

    /// What is told of files that no row names any more, if anything is.
    pub fn file_observer(&self) -> Option<&Arc<dyn FileObserver>> {
        self.file_observer.as_ref()
    }

    /// What rooms above work out from the models and keep for as long as these; none where another type is kept.
    pub(crate) fn kept<T: Any + Default + Send + Sync>(&self) -> Option<&T> {
        let kept = self.kept.0.get_or_init(|| Box::new(T::default()));
        kept.downcast_ref()
    }

    /// The field that users log in with: Django's `USERNAME_FIELD`.
    pub fn username_field(&self) -> &str {
        &self.username_field
    }

    /// The model `app.Model`, whatever its case.
    pub fn get(&self, name: &str) -> Option<&Model> {
        self.find(&ModelKey::parse(name)?)
    }

    /// The model of this key, to be kept beside the registry; also that of a table between which nobody declared.
    pub fn shared(&self, key: &ModelKey) -> Option<&Arc<Model>> {
        let declared = self.models.iter().find(|model| model.is(key));
        declared.or_else(|| self.between().iter().find(|model| model.is(key)))
    }

    fn between(&self) -> &[Arc<Model>] {
        self.between.get_or_init(|| {
            let models = self.models.iter();
            let fields =
                models.flat_map(|model| model.fields.iter().map(move |field| (model, field)));
            let between = fields.filter_map(|(model, field)| {
                let target = self.target(&field.many_to_many()?.to)?;
                model.auto_created_through(field, target)
            });
            between.map(Arc::new).collect()
        })
    }

    /// The model of `[auth] user_model`, if there is one.
    pub fn user_model(&self) -> Option<&Model> {
        self.find(&self.user_model)
    }

    /// The models as the state that migrations lead to.
    pub fn state(&self) -> ProjectState {
        let state = ProjectState::new(self.user_model.clone());
        let mut state = state.with_time_zone(self.time_zone.clone());
        for model in &self.models {
            // Reading refuses two models of one name.
            state.add(Model::clone(model)).ok();
        }
        state
    }

    /// All models, in the order of the apps and of their files.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().map(Arc::as_ref)
    }
}

impl ModelSet for Registry {
    fn user_model_key(&self) -> &ModelKey {
        &self.user_model
    }

    fn time_zone(&self) -> &Zone {
        &self.time_zone
    }

    fn find(&self, key: &ModelKey) -> Option<&Model> {
        let declared = self.models.iter().find(|model| model.is(key));
        declared.map(Arc::as_ref)
    }
}
