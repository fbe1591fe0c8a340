//! From what migrations lead to and what `models.toml` declares to the migrations between them
//! (`django.db.migrations.autodetector`).
//!
//! 1. [`comparable`] brings both sides to one form.
//! 2. Renames come first, and the old side follows them, so that the rest is compared name by name.
//! 3. Operations are found, each with what it [`OperationDependency`]s of others.
//! 4. [`sort`] orders them and cuts them into migrations, cycles between apps into several.
//! 5. [`arrange_for_graph`] numbers and names the migrations.

mod answers;
mod arrange_for_graph;
mod comparable;
mod fields;
mod indexes;
mod models;
mod operation_dependency;
mod renames;
mod sort;

pub use answers::{DefaultAnswer, MigrationAnswers, MigrationQuestion};
pub(crate) use answers::{check_default, default_from};
pub use arrange_for_graph::{automatic_name, number, timestamp};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::migrations::operations::Operation;
use crate::migrations::optimizer::Optimizer;
use crate::migrations::{History, Migration, MigrationError};
use crate::models::{Model, ModelKey, ProjectState, Registry};

use self::operation_dependency::OperationDependency;

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct AutodetectorOptions {
    /// The labels of the apps that migrations can be written for.
    pub labels: BTreeSet<String>,
    /// The labels of the apps that were asked for; all if empty.
    pub only: Vec<String>,
    /// The name of the migrations, if it is not to be made from what they do.
    pub name: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct DetectedChanges {
    /// The migrations to write, in an order in which they can be applied.
    pub migrations: Vec<Migration>,
    /// What has to be decided first; the migrations are a guess while there is anything.
    pub questions: Vec<MigrationQuestion>,
    /// What is wrong with the answers.
    pub mistakes: Vec<Finding>,
    /// What may surprise.
    pub warnings: Vec<String>,
}

/// Finds the migrations that lead from the end of `history` to the models of `registry`.
///
/// Fails where a migration does not fit what comes before it.
pub fn detect(
    history: &History<'_>,
    registry: &Registry,
    wanted: &AutodetectorOptions,
    answers: &MigrationAnswers,
) -> Result<DetectedChanges, MigrationError> {
    let (from, to) = comparable::states(history, registry, &wanted.labels)?;
    let knows = |key: &ModelKey, field: Option<&str>| {
        [&from, &to].into_iter().any(|state| match field {
            Some(field) => state.field(key, field).is_ok(),
            None => state.find(key).is_some(),
        })
    };
    let mistakes = answers.misses(knows);
    let mut detector = Autodetector {
        user_model: history.migrations.user_model().clone(),
        labels: &wanted.labels,
        answers,
        from,
        to,
        found: BTreeMap::new(),
        questions: Vec::new(),
        mistakes,
        warnings: Vec::new(),
    };
    detector.run();
    let user_model = detector.user_model.clone();
    let parts = sort::cut(detector.found, history, &user_model);
    Ok(DetectedChanges {
        migrations: arrange_for_graph::arrange(parts, history, wanted),
        questions: detector.questions,
        mistakes: detector.mistakes,
        warnings: detector.warnings,
    })
}

/// An operation, and what has to come before it.
#[derive(Clone, Debug)]
struct DetectedOperation {
    operation: Operation,
    needs: Vec<OperationDependency>,
}

struct Autodetector<'d> {
    user_model: ModelKey,
    labels: &'d BTreeSet<String>,
    answers: &'d MigrationAnswers,
    from: ProjectState,
    to: ProjectState,
    found: BTreeMap<String, Vec<DetectedOperation>>,
    questions: Vec<MigrationQuestion>,
    mistakes: Vec<Finding>,
    warnings: Vec<String>,
}

/// A model as it was and as it shall be.
type ModelPair = (Arc<Model>, Arc<Model>);

/// How migrations deal with a model.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ModelKind {
    Managed,
    Unmanaged,
    Proxy,
}

impl Autodetector<'_> {
    /// The order is Django's: it decides about the order of operations and so about names.
    fn run(&mut self) {
        self.rename_models();
        self.deleted_models();
        self.created_models();
        self.proxies();
        self.altered_options();
        self.altered_table_comments();
        let renamed = self.renamed_fields();
        self.removed_constraints();
        self.removed_indexes();
        self.emit_renamed_fields(renamed);
        self.renamed_indexes();
        self.removed_unique_together();
        self.removed_fields();
        self.added_fields();
        self.altered_fields();
        self.altered_unique_together();
        self.added_indexes();
        self.added_constraints();
        self.altered_tables();
    }

    fn add(&mut self, app_label: &str, operation: Operation, needs: Vec<OperationDependency>) {
        let list = self.found.entry(app_label.to_owned()).or_default();
        list.push(DetectedOperation { operation, needs });
    }

    fn add_first(
        &mut self,
        app_label: &str,
        operation: Operation,
        needs: Vec<OperationDependency>,
    ) {
        let list = self.found.entry(app_label.to_owned()).or_default();
        list.insert(0, DetectedOperation { operation, needs });
    }

    fn keys(&self, state: &ProjectState, kind: ModelKind) -> BTreeSet<ModelKey> {
        let models = state.models().filter(|model| kind_of(model) == kind);
        let models = models.filter(|model| self.labels.contains(&model.app_label));
        models.map(Model::key).collect()
    }

    fn before(&self, kind: ModelKind) -> BTreeSet<ModelKey> {
        self.keys(&self.from, kind)
    }

    fn after(&self, kind: ModelKind) -> BTreeSet<ModelKey> {
        self.keys(&self.to, kind)
    }

    /// The models on both sides whose tables migrations take care of, old and new.
    fn kept(&self) -> Vec<ModelPair> {
        let old = self.before(ModelKind::Managed);
        self.pairs(old.intersection(&self.after(ModelKind::Managed)))
    }

    /// The models on both sides that are of the same kind.
    fn kept_of_any_kind(&self) -> Vec<ModelPair> {
        let mut keys = BTreeSet::new();
        for kind in [ModelKind::Managed, ModelKind::Unmanaged, ModelKind::Proxy] {
            keys.extend(self.before(kind).intersection(&self.after(kind)).cloned());
        }
        self.pairs(keys.iter())
    }

    fn pairs<'k>(&self, keys: impl Iterator<Item = &'k ModelKey>) -> Vec<ModelPair> {
        keys.filter_map(|key| Some((self.from.shared(key)?, self.to.shared(key)?)))
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

/// The operations of one app, as few as they can be.
fn optimized(app_label: &str, user_model: &ModelKey, operations: Vec<Operation>) -> Vec<Operation> {
    let optimizer = Optimizer {
        app_label,
        user_model,
    };
    optimizer.optimize(operations)
}

#[cfg(test)]
mod tests;
