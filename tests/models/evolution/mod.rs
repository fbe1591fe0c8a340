//! Random changes of models that have rows, beside a plain map of what has to be left.
//!
//! `EVOLUTIONS` is how many histories are tried; `just torture` tries more.

mod expected;
mod hand_made;
mod hand_written_table;
mod project;
mod random_changes;
mod remakes;

use std::env;

use djr::migrations::MigrationTarget;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use self::expected::ExpectedDatabase;
use self::project::EvolvingProject;
pub(crate) use self::project::{SchemaParts, schema_parts};
use self::random_changes::{Draw, RandomChanges};

const HISTORIES: u32 = 16;

#[test]
fn rows_outlive_any_history_of_their_models_and_the_way_back() {
    let draw = (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>());
    run_histories(&vec(vec(draw, 1..5), 1..8), evolve);
}

/// Runs as many histories as are asked for.
fn run_histories<S: std::fmt::Debug>(
    histories: &impl Strategy<Value = Vec<S>>,
    run: impl Fn(&[S]),
) {
    let wanted = env::var("EVOLUTIONS").ok();
    let config = Config {
        cases: wanted.map_or(HISTORIES, |text| text.parse().unwrap()),
        max_shrink_iters: 100,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(histories, |steps| {
            run(&steps);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Follows a history step by step, and back again.
fn evolve(steps: &[Vec<Draw>]) {
    let mut project = EvolvingProject::new();
    let mut expected = ExpectedDatabase::default();
    let mut next = 0;
    let mut past = Vec::new();
    let first = vec![(0, 0, 0, 7), (0, 0, 0, 92)];
    for draws in [&first].into_iter().chain(steps) {
        let before = expected.clone();
        let mut step = RandomChanges::new(&mut expected, &mut next);
        for draw in draws {
            step.change(*draw);
        }
        if let Some(key) = project.make_migrations(&before, &expected) {
            project.migrate(MigrationTarget::All);
            past.push((key, expected.clone(), project.schema()));
        }
        project.compare(&expected);
        project.add_rows(&mut expected);
    }
    for (key, earlier, schema) in past.into_iter().rev() {
        project.migrate(MigrationTarget::Migration(key));
        expected = expected.migrated_back(&earlier);
        project.compare(&expected);
        assert_eq!(project.schema(), schema);
    }
    project.migrate(MigrationTarget::Zero("blog".to_owned()));
    assert!(project.schema().is_empty(), "{:?}", project.schema());
}
