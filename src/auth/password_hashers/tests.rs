//! Passwords against what Django makes of them.

use serde_json::Value;

use super::{HASHERS, Hashers, PasswordError, is_password_usable, unusable_password};
use crate::diagnostic::Diagnostic as _;
use crate::settings::{HashCosts, Settings};

/// Django's own order, whose preferred hasher differs from ours.
const DJANGO: [&str; 5] = [
    "pbkdf2_sha256",
    "pbkdf2_sha1",
    "argon2",
    "bcrypt_sha256",
    "scrypt",
];

fn costs() -> HashCosts {
    Settings::parse("").unwrap().auth.costs
}

fn hashers(names: &[&str]) -> Hashers {
    Hashers::new(names.iter().copied(), &costs()).unwrap()
}

fn preferring(name: &str) -> Hashers {
    let others = HASHERS.into_iter().filter(|other| *other != name);
    Hashers::new(std::iter::once(name).chain(others), &costs()).unwrap()
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/vectors/passwords.json")).unwrap()
}

#[test]
fn verifies_what_django_made_and_knows_what_is_outdated() {
    let default = hashers(&DJANGO);
    for vector in vectors()["passwords"].as_array().unwrap() {
        let text = |key: &str| vector[key].as_str().unwrap();
        let algorithm = text("algo");
        let verdict = preferring(algorithm).verify(text("raw"), text("encoded"));
        assert!(verdict.correct, "{vector}");
        assert_eq!(
            verdict.must_update, vector["must_update_if_preferred_is_same_algo"],
            "{vector}"
        );
        if DJANGO.contains(&algorithm) {
            let outdated = default.is_outdated(text("encoded"));
            assert_eq!(
                outdated, vector["must_update_with_default_settings"],
                "{vector}"
            );
        }
    }
}

#[test]
fn refuses_a_wrong_password_of_every_kind() {
    let mut seen = Vec::new();
    for vector in vectors()["passwords"].as_array().unwrap() {
        let algorithm = vector["algo"].as_str().unwrap();
        if seen.contains(&algorithm.to_owned()) {
            continue;
        }
        seen.push(algorithm.to_owned());
        let encoded = vector["encoded"].as_str().unwrap();
        let wrong = format!("{}x", vector["raw"].as_str().unwrap());
        assert!(!preferring(algorithm).verify(&wrong, encoded).correct);
    }
    assert_eq!(seen.len(), HASHERS.len());
}

#[test]
fn takes_malformed_hashes_for_wrong() {
    // A cheap preferred hasher: each of them costs one hash.
    let hashers = preferring("md5");
    for vector in vectors()["passwords_malformed"].as_array().unwrap() {
        let Some(encoded) = vector["encoded"].as_str() else {
            continue;
        };
        assert!(!hashers.verify("secret", encoded).correct, "{vector}");
        assert_eq!(
            is_password_usable(encoded),
            vector["is_password_usable"],
            "{vector}"
        );
    }
    for encoded in [
        "argon2$argon2id$v=19$m=1,t=0,p=9$c2FsdHNhbHQ$YWJjZA",
        "argon2$argon2id$v=19$m=8,t=1,p=1$$",
        "scrypt$0$salt$8$5$x",
        "scrypt$16384$salt$0$0$x",
        "pbkdf2_sha256$0$salt$x",
        "bcrypt_sha256$$2b$99$abcdefghijklmnopqr10zuRjC6R0T8dH93yaNl2",
        "bcrypt$",
        "md5$$",
    ] {
        assert!(!hashers.verify("", encoded).correct, "{encoded}");
    }
}

#[test]
fn makes_hashes_it_verifies_and_need_not_update() {
    for name in HASHERS {
        let hashers = preferring(name);
        let encoded = hashers.make_password("pässwörd").unwrap();
        assert!(encoded.starts_with(&format!("{name}$")), "{encoded}");
        let verdict = hashers.verify("pässwörd", &encoded);
        assert!(verdict.correct && !verdict.must_update, "{encoded}");
        assert!(encoded.len() <= 128, "{encoded}");
    }
}

#[test]
fn makes_argon2id_with_djangos_parameters_by_default() {
    let settings = Settings::parse("").unwrap();
    let hashers = Hashers::from_settings(&settings, None).unwrap();
    let encoded = hashers.make_password("secret").unwrap();
    assert!(encoded.starts_with("argon2$argon2id$v=19$m=102400,t=2,p=8$"));
}

#[test]
fn matches_nothing_with_an_unusable_password() {
    let unusable = unusable_password();
    assert_eq!(unusable.len(), 41);
    assert_ne!(unusable, unusable_password());
    assert!(!is_password_usable(&unusable));
    assert!(!preferring("md5").verify(&unusable, &unusable).correct);
}

#[test]
fn does_not_verify_with_a_hasher_that_is_not_named() {
    let encoded = preferring("md5").make_password("secret").unwrap();
    assert!(preferring("md5").verify("secret", &encoded).correct);
    assert!(
        !hashers(&["pbkdf2_sha256"])
            .verify("secret", &encoded)
            .correct
    );
}

#[test]
fn points_at_a_hasher_that_does_not_exist() {
    let settings = "[auth]\npassword_hashers = ['argon2', 'bcrypt_sha265']\n";
    let settings = Settings::parse(settings).unwrap();
    let findings = Hashers::from_settings(&settings, None)
        .unwrap_err()
        .into_inner();
    let place = findings[0].location.as_ref().unwrap();
    assert_eq!((place.line, place.column), (2, 31));
    assert_eq!(findings[0].hints, ["did you mean `bcrypt_sha256`?"]);
}

#[test]
fn refuses_costs_the_algorithm_does_not_allow() {
    let costs = HashCosts {
        argon2_memory: 1,
        bcrypt_rounds: 2,
        scrypt_work_factor: 1000,
        pbkdf2_iterations: 0,
        ..costs()
    };
    for name in ["argon2", "bcrypt", "scrypt", "pbkdf2_sha256"] {
        let error = Hashers::new([name], &costs).unwrap_err();
        assert!(matches!(error, PasswordError::Costs(..)), "{name}");
        assert_eq!(error.code(), "hasher-costs");
    }
}

#[test]
fn a_hash_that_would_take_hours_or_all_memory_matches_nothing() {
    let cheap = HashCosts {
        argon2_memory: 8,
        argon2_time: 1,
        argon2_parallelism: 1,
        pbkdf2_iterations: 1,
        bcrypt_rounds: 4,
        scrypt_work_factor: 2,
    };
    let hashers = Hashers::new(HASHERS, &cheap).unwrap();
    let hash = "A".repeat(86);
    for encoded in [
        format!("scrypt$1073741824$salt$8$1${hash}=="),
        format!("scrypt$16384$salt$4294967295$1${hash}=="),
        format!("scrypt$16384$salt$8$4294967295${hash}=="),
        "pbkdf2_sha256$4000000000$salt$AAAA".to_owned(),
        "pbkdf2_sha1$10000001$salt$AAAA".to_owned(),
        "argon2$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAA".to_owned(),
        "argon2$argon2id$v=19$m=102400,t=4000,p=1$c2FsdHNhbHQ$AAAAAAAAAAA".to_owned(),
        format!("bcrypt$$2b$31${}", "a".repeat(53)),
        format!("bcrypt_sha256$$2b$17${}", "a".repeat(53)),
    ] {
        assert!(!hashers.can_afford(&encoded), "{encoded}");
        assert!(!hashers.verify("secret", &encoded).correct, "{encoded}");
    }
    for vector in vectors()["passwords"].as_array().unwrap() {
        assert!(
            hashers.can_afford(vector["encoded"].as_str().unwrap()),
            "{vector}"
        );
    }
}

#[test]
fn what_new_hashes_cost_is_always_affordable() {
    let mut own = costs();
    own.pbkdf2_iterations = 1_000_000_000;
    own.bcrypt_rounds = 20;
    let hashers = Hashers::new(["pbkdf2_sha256", "bcrypt"], &own).unwrap();
    assert!(hashers.can_afford("pbkdf2_sha256$1000000000$salt$AAAA"));
    assert!(hashers.can_afford(&format!("bcrypt$$2b$20${}", "a".repeat(53))));
}
