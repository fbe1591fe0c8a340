//! Eight runs of one command at once leave what one run leaves.

use std::thread;

use crate::scenario::{Log, is_full};
use crate::state::State;
use crate::support::Project;

#[test]
fn eight_migrations_at_once_of_a_new_file() {
    let project = Project::new();
    let alone = project.copy().migrated();
    let expected = State::of(alone.root());
    let mut log = Log::new("eight-migrations");
    for round in 1..=if is_full() { 300 } else { 3 } {
        let crowd = project.copy();
        thread::scope(|scope| {
            let runs: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| crowd.djr(["migrate"])))
                .collect();
            for run in runs {
                drop(run.join().unwrap().success());
            }
        });
        let state = State::of(crowd.root());
        assert_eq!(
            state.difference(&expected),
            Vec::<std::path::PathBuf>::new(),
            "round {round}"
        );
        log.line(&format!("round {round}: eight exited 0, one set of rows"));
    }
}
