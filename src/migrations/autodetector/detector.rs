//! What the autodetector knows and finds: the models before and after, and the operations between.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::migrations::autodetector::answers::MigrationAnswers;
use crate::migrations::autodetector::earlier_names::EarlierNames;
use crate::migrations::autodetector::moved_model::MovedModel;
use crate::migrations::autodetector::operation_dependency::OperationDependency;
use crate::migrations::autodetector::questions::MigrationQuestion;
use crate::migrations::operations::Operation;
use crate::models::{Model, ModelKey, ProjectState};

/// An operation, and what has to come before it.
#[derive(Clone, Debug)]
pub(super) struct DetectedOperation {
    pub(super) operation: Operation,
    pub(super) dependencies: Vec<OperationDependency>,
}

/// What the autodetector knows, and what it has found so far.
pub(super) struct Autodetector<'d> {
    pub(super) user_model: ModelKey,
    /// The labels of the apps that migrations can be written for.
    pub(super) labels: &'d BTreeSet<String>,
    pub(super) answers: &'d MigrationAnswers,
    /// The models that the migrations lead to; renames that were found are made in it.
    pub(super) from_state: ProjectState,
    /// The models of `models.toml`.
    pub(super) to_state: ProjectState,
    /// The models with decided new names, by the old ones.
    pub(super) renamed_models: BTreeMap<ModelKey, ModelKey>,
    /// The models that move to another app.
    pub(super) moved_models: Vec<MovedModel>,
    /// The fields whose existing rows need a decision.
    /// What models and fields were called in the migrations; empty where nothing was decided.
    pub(super) earlier_names: EarlierNames,
    pub(super) used_defaults: BTreeSet<(ModelKey, String)>,
    pub(super) operations: BTreeMap<String, Vec<DetectedOperation>>,
    pub(super) questions: Vec<MigrationQuestion>,
    pub(super) mistakes: Vec<Finding>,
    /// The changes that no migration can make.
    pub(super) refused: Vec<Finding>,
    pub(super) warnings: Vec<String>,
}

/// A model as the migrations lead to it, and as `models.toml` declares it.
pub(super) type ModelPair = (Arc<Model>, Arc<Model>);

/// How migrations deal with a model.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ModelKind {
    Managed,
    Unmanaged,
    Proxy,
}

impl Autodetector<'_> {
    /// Adds an operation after those of the app that were found before.
    pub(super) fn add_operation(
        &mut self,
        app_label: &str,
        operation: Operation,
        dependencies: Vec<OperationDependency>,
    ) {
        let list = self.operations.entry(app_label.to_owned()).or_default();
        list.push(DetectedOperation {
            operation,
            dependencies,
        });
    }

    /// Adds an operation before those of the app that were found before.
    pub(super) fn add_operation_first(
        &mut self,
        app_label: &str,
        operation: Operation,
        dependencies: Vec<OperationDependency>,
    ) {
        let list = self.operations.entry(app_label.to_owned()).or_default();
        list.insert(
            0,
            DetectedOperation {
                operation,
                dependencies,
            },
        );
    }

    fn keys(&self, state: &ProjectState, kind: ModelKind) -> BTreeSet<ModelKey> {
        let models = state.models().filter(|model| kind_of(model) == kind);
        let models = models.filter(|model| self.labels.contains(&model.app_label));
        models.map(Model::key).collect()
    }

    /// The models of this kind that the migrations lead to.
    pub(super) fn old_keys(&self, kind: ModelKind) -> BTreeSet<ModelKey> {
        self.keys(&self.from_state, kind)
    }

    /// The models of this kind that `models.toml` declares.
    pub(super) fn new_keys(&self, kind: ModelKind) -> BTreeSet<ModelKey> {
        self.keys(&self.to_state, kind)
    }

    /// The models that are managed on both sides, old and new.
    pub(super) fn kept_models(&self) -> Vec<ModelPair> {
        let old = self.old_keys(ModelKind::Managed);
        self.model_pairs(old.intersection(&self.new_keys(ModelKind::Managed)))
    }

    /// The models on both sides that are of the same kind.
    pub(super) fn kept_models_of_any_kind(&self) -> Vec<ModelPair> {
        let mut keys = BTreeSet::new();
        for kind in [ModelKind::Managed, ModelKind::Unmanaged, ModelKind::Proxy] {
            keys.extend(
                self.old_keys(kind)
                    .intersection(&self.new_keys(kind))
                    .cloned(),
            );
        }
        self.model_pairs(keys.iter())
    }

    pub(super) fn model_pairs<'k>(
        &self,
        keys: impl Iterator<Item = &'k ModelKey>,
    ) -> Vec<ModelPair> {
        keys.filter_map(|key| Some((self.from_state.shared(key)?, self.to_state.shared(key)?)))
            .collect()
    }
}

fn kind_of(model: &Model) -> ModelKind {
    match (model.options.managed, &model.options.proxy_for) {
        (false, _) => ModelKind::Unmanaged,
        (true, Some(_)) => ModelKind::Proxy,
        (true, None) => ModelKind::Managed,
    }
}
