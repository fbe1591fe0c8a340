//! Random changes of models that have rows, beside a plain map of what has to be left.
//!
//! `DJR_EVOLUTIONS` is how many histories are tried; `just torture` tries more.

mod change;
mod site;
mod world;

use std::env;

use djr::migrations::Target;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use self::change::{Draw, Step};
use self::site::Site;
use self::world::World;

const HISTORIES: u32 = 16;

#[test]
fn rows_outlive_any_history_of_their_models_and_the_way_back() {
    let histories = env::var("DJR_EVOLUTIONS").ok();
    let cases = histories.map_or(HISTORIES, |text| text.parse().unwrap());
    let config = Config {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let draw = (any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>());
    let history = vec(vec(draw, 1..5), 1..8);
    TestRunner::new(config)
        .run(&history, |steps| {
            evolve(&steps);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Follows a history step by step, and back again.
fn evolve(steps: &[Vec<Draw>]) {
    let mut site = Site::new();
    let mut world = World::default();
    let mut next = 0;
    let mut past = Vec::new();
    let first = vec![(0, 0, 0, 7), (0, 0, 0, 92)];
    for draws in [&first].into_iter().chain(steps) {
        let before = world.clone();
        let mut step = Step::new(&mut world, &mut next);
        for draw in draws {
            step.change(*draw);
        }
        if let Some(key) = site.make_migrations(&before, &world) {
            site.migrate(Target::All);
            past.push((key, world.clone(), site.schema()));
        }
        site.compare(&world);
        site.add_rows(&mut world);
    }
    for (key, earlier, schema) in past.into_iter().rev() {
        site.migrate(Target::Migration(key));
        world = world.back(&earlier);
        site.compare(&world);
        assert_eq!(site.schema(), schema);
    }
    site.migrate(Target::Zero("blog".to_owned()));
    assert!(site.schema().is_empty(), "{:?}", site.schema());
}
