//! Names, addresses and headers of files beside a recorded Django (`tests/parity/record_storage.py`).

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::clock::{LocalDateTime, Moment, Zone};
use crate::crypto::ALPHANUMERIC;
use crate::http::{UploadedFile, content_disposition};
use crate::settings::Settings;
use crate::storage::{
    FileModes, FileStorage, FileSystemStorage, Storage as _, StorageError, names,
};

const RECORDED: &str = include_str!("../../tests/parity/golden/storage.json");

/// The random characters of the recording.
const SUFFIX: &str = "AbCdEf1";

fn cases(part: &str) -> Vec<Json> {
    let recorded: Json = serde_json::from_str(RECORDED).unwrap();
    let cases = recorded[part].as_array().unwrap().clone();
    assert!(cases.len() > 10, "{part}");
    cases
}

/// An outcome as the recorder writes it; random characters as `like` has them, where it has some.
fn told(outcome: Result<String, StorageError>, like: &Json) -> Json {
    match outcome {
        Ok(name) => json!({ "name": with_recorded_suffix(name, like["name"].as_str()) }),
        Err(error) if error.is_suspicious() => json!({ "refused": true }),
        Err(error) => json!({ "failed": error.to_string() }),
    }
}

fn with_recorded_suffix(name: String, django: Option<&str>) -> String {
    let Some(at) = django.and_then(|name| name.find(SUFFIX)) else {
        return name;
    };
    let end = at + SUFFIX.len();
    match name.get(at..end) {
        Some(random) if random.chars().all(|c| ALPHANUMERIC.contains(c)) => {
            format!("{}{SUFFIX}{}", &name[..at], &name[end..])
        }
        _ => name,
    }
}

fn text<'c>(case: &'c Json, key: &str) -> &'c str {
    case[key].as_str().unwrap()
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn names_are_cleaned_and_refused_as_by_django() {
    let mut wrong = Vec::new();
    for case in cases("names") {
        let name = text(&case, "name");
        let validated =
            |relative| names::validate_file_name(name, relative).map(|()| name.to_owned());
        let ours = json!({
            "name": name,
            "valid": told(names::get_valid_filename(name), &case["valid"]),
            "bare": told(validated(false), &case["bare"]),
            "path": told(validated(true), &case["path"]),
        });
        if ours != case {
            wrong.push(format!("Django {case}\ndjr    {ours}"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn upload_to_makes_the_names_of_django() {
    let moment = Moment::parse("2026-03-05 07:08:09", &Zone::utc()).unwrap();
    let mut wrong = Vec::new();
    for case in cases("generated") {
        let moment = LocalDateTime::of_moment(moment, &Zone::utc());
        let ours = names::generate_filename(text(&case, "upload_to"), text(&case, "file"), moment);
        let ours = told(ours, &case["name"]);
        if ours != case["name"] {
            wrong.push(format!("{case}: {ours}"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn a_name_that_is_free_and_short_enough_is_djangos() {
    let mut wrong = Vec::new();
    for case in cases("available") {
        let existing = case["existing"].as_array().unwrap();
        let exists = |name: &str| Ok(existing.iter().any(|known| known == name));
        let max_length = case["max_length"].as_u64();
        let max_length = max_length.map(|length| usize::try_from(length).unwrap());
        let ours = names::get_available_name(text(&case, "name"), max_length, &exists);
        let ours = told(ours, &case["available"]);
        if ours != case["available"] {
            wrong.push(format!("{case}: {ours}"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn files_are_saved_where_django_saves_them() {
    let settings = Settings::parse("").unwrap();
    let modes = FileModes {
        file: 0o644,
        directory: None,
    };
    let mut wrong = Vec::new();
    for case in cases("saved") {
        let folder = tempfile::tempdir().unwrap();
        let storage = FileSystemStorage::new(folder.path().to_owned(), "", modes);
        let settings = &settings.storages.files["default"];
        let storage = FileStorage::new("default", std::sync::Arc::new(storage), settings);
        for django in case["saved"].as_array().unwrap() {
            let file = UploadedFile::in_memory("x", "", b"x".to_vec());
            let saved = storage.save(text(&case, "name"), &file, None);
            if let Ok(name) = &saved {
                assert!(Path::new(folder.path()).join(name).is_file(), "{case}");
            }
            let ours = told(saved, django);
            if ours != *django {
                wrong.push(format!("{case}: {ours}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn addresses_and_headers_are_djangos() {
    let modes = FileModes {
        file: 0o644,
        directory: None,
    };
    let storage = FileSystemStorage::new("media".into(), "/media/", modes);
    for case in cases("urls") {
        assert_eq!(
            storage.url(text(&case, "name")).unwrap(),
            text(&case, "url"),
            "{case}"
        );
    }
    for case in cases("dispositions") {
        let header = content_disposition(case["as_attachment"] == true, text(&case, "name"));
        assert_eq!(json!(header), case["header"], "{case}");
    }
}
