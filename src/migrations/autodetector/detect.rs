//! From the models on both sides to the migrations between them, step by step.

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::autodetector::answers::MigrationAnswers;
use crate::migrations::autodetector::detector::Autodetector;
use crate::migrations::autodetector::earlier_names::EarlierNames;
use crate::migrations::autodetector::moves::MoveEvidence;
use crate::migrations::autodetector::options::{AutodetectorOptions, DetectedChanges};
use crate::migrations::autodetector::{arrange_for_graph, build_migrations, comparable};
use crate::migrations::{History, MigrationError};
use crate::models::{ModelKey, ModelSet as _, Registry};

/// Finds the migrations that lead from the end of `history` to the models of `registry`.
///
/// Fails where a migration does not fit what comes before it.
pub fn detect_changes(
    history: &History<'_>,
    registry: &Registry,
    options: &AutodetectorOptions,
    answers: &MigrationAnswers,
) -> Result<DetectedChanges, MigrationError> {
    let (from_state, to_state) = comparable::comparable_states(history, registry, &options.labels)?;
    let knows = |key: &ModelKey, field: Option<&str>| {
        [&from_state, &to_state]
            .into_iter()
            .any(|state| match field {
                Some(field) => state.field(key, field).is_ok(),
                None => state.find(key).is_some(),
            })
    };
    let earlier_names = if answers.is_empty() {
        EarlierNames::default()
    } else {
        EarlierNames::of(history)
    };
    let mistakes = answers.unknown_names(knows, |answer| answer.was_refused(&earlier_names));
    let mut detector = Autodetector {
        user_model: history.migrations.user_model().clone(),
        labels: &options.labels,
        answers,
        from_state,
        to_state,
        renamed_models: BTreeMap::new(),
        moved_models: Vec::new(),
        earlier_names,
        used_defaults: BTreeSet::new(),
        operations: BTreeMap::new(),
        questions: Vec::new(),
        mistakes,
        refused: Vec::new(),
        warnings: Vec::new(),
    };
    generate_operations(&mut detector);
    let user_model = detector.user_model.clone();
    let operations = std::mem::take(&mut detector.operations);
    let migrations = build_migrations::build_migrations(operations, history, &user_model);
    let migrations = arrange_for_graph::arrange_for_graph(migrations, history, options);
    let written = migrations.iter().map(|found| &*found.key.app_label);
    detector.check_other_apps(&options.only, &written.collect());
    Ok(DetectedChanges {
        migrations,
        questions: detector.questions,
        mistakes: detector.mistakes,
        refused: detector.refused,
        warnings: detector.warnings,
    })
}

/// Finds the operations.
///
/// The order is Django's: it decides about the order of operations and so about names.
fn generate_operations(detector: &mut Autodetector<'_>) {
    detector.generate_decided_model_renames();
    detector.find_decided_moves();
    detector.find_likely_moves(MoveEvidence::Table);
    detector.generate_renamed_models();
    detector.find_likely_moves(MoveEvidence::Name);
    detector.generate_moved_models();
    detector.generate_through_models();
    detector.generate_deleted_models();
    detector.generate_created_models();
    detector.generate_proxies();
    detector.generate_altered_options();
    detector.generate_altered_db_table_comments();
    let renamed = detector.create_renamed_fields();
    detector.refuse_impossible_changes();
    detector.generate_removed_constraints();
    detector.generate_removed_indexes();
    detector.generate_renamed_fields(renamed);
    detector.generate_renamed_indexes();
    detector.generate_removed_unique_together();
    detector.generate_removed_fields();
    detector.generate_added_fields();
    detector.generate_altered_fields();
    detector.generate_altered_unique_together();
    detector.generate_added_indexes();
    detector.generate_added_constraints();
    detector.generate_altered_db_tables();
    detector.check_contradictions();
    detector.check_refused_renames();
    detector.check_unused_defaults();
}
