//! The bodies of the fuzz targets in a plain loop: sound texts, and what chance makes of them.
//!
//! `cargo test` tries some hundreds of each, the same each time; `DJR_TEST_FUZZ_ROUNDS` says how many, `DJR_TEST_FUZZ_SEED` which.
//! So the targets are compiled with everything else, and `just fuzz` starts from bodies that hold.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chance;
mod seeds;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chance::Chance;

/// Texts of each target, changed by chance, if nobody says how many.
const ROUNDS: usize = 400;

fn number_of(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// Tries `seeds` and a part of the rounds of what chance makes of them; what fails is shown.
#[track_caller]
fn try_all(seeds: &[Vec<u8>], share: usize, run: impl Fn(&[u8])) {
    let try_one = |data: &[u8]| {
        let outcome = catch_unwind(AssertUnwindSafe(|| run(data)));
        assert!(
            outcome.is_ok(),
            "fails for {:?}",
            String::from_utf8_lossy(data)
        );
    };
    for seed in seeds {
        try_one(seed);
    }
    let seed = number_of("DJR_TEST_FUZZ_SEED").unwrap_or(1);
    let mut chance = Chance::new(u64::try_from(seed).unwrap());
    for _ in 0..number_of("DJR_TEST_FUZZ_ROUNDS").unwrap_or(ROUNDS) / share {
        try_one(&chance.mutated(seeds));
    }
}

macro_rules! targets {
    ($($file:literal $name:ident $share:literal)*) => {
        /// The bodies that are tried here.
        const TARGETS: &[&str] = &[$(stringify!($name)),*];

        $(
            #[path = $file]
            mod $name;
        )*

        mod every_text_is_taken_or_refused_by {
            $(
                #[test]
                fn $name() {
                    crate::try_all(&crate::seeds::$name(), $share, crate::$name::run);
                }
            )*
        }
    };
}

targets! {
    "../../fuzz/bodies/dates.rs" dates 1
    "../../fuzz/bodies/document.rs" document 1
    "../../fuzz/bodies/dotenv.rs" dotenv 1
    "../../fuzz/bodies/fixtures.rs" fixtures 8
    "../../fuzz/bodies/forms.rs" forms 1
    "../../fuzz/bodies/mail.rs" mail 4
    "../../fuzz/bodies/multipart.rs" multipart 1
    "../../fuzz/bodies/records.rs" records 1
    "../../fuzz/bodies/request.rs" request 1
    "../../fuzz/bodies/session.rs" session 1
    "../../fuzz/bodies/signing.rs" signing 2
    "../../fuzz/bodies/urls.rs" urls 1
    "../../fuzz/bodies/variables.rs" variables 1
}

#[test]
fn every_body_has_its_target_and_is_tried_here() {
    let names = |folder: &str| -> BTreeSet<String> {
        let files = fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names
            .map(|name| name.trim_end_matches(".rs").to_owned())
            .collect()
    };
    let here: BTreeSet<String> = TARGETS.iter().map(ToString::to_string).collect();
    assert_eq!(names("fuzz/bodies"), here);
    assert_eq!(names("fuzz/fuzz_targets"), here);
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for name in TARGETS {
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "{name}"
        );
    }
}
