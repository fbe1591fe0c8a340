//! Names as Django has them.

use serde_json::Value;

use crate::crypto::ALPHANUMERIC;
use crate::http::UploadedFile;
use crate::settings::Settings;
use crate::storage::{FileStorage, InMemoryStorage, StorageError, names};

const VECTORS: &str = include_str!("../../tests/parity/storage/file_names.json");

/// The random characters of the recording.
const RECORDED_SUFFIX: &str = "AbCdEf1";

fn vectors(part: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    vectors[part].as_array().unwrap().clone()
}

fn assert_same<T: AsRef<str>>(ours: Result<T, StorageError>, django: &str, case: &Value) {
    match ours {
        Ok(ours) => assert!(is_same(ours.as_ref(), django), "{} {case}", ours.as_ref()),
        Err(error) => {
            let refuses = django.starts_with("SuspiciousFileOperation");
            assert!(refuses && error.is_suspicious(), "{error} {case}");
        }
    }
}

/// Whether the names are the same, but for characters that are random.
fn is_same(ours: &str, django: &str) -> bool {
    let Some(at) = django.find(RECORDED_SUFFIX) else {
        return ours == django;
    };
    let end = at + RECORDED_SUFFIX.len();
    let suffix = ours.get(at..end).unwrap_or_default();
    let is_random = suffix.chars().all(|c| ALPHANUMERIC.contains(c));
    let around = (&django[..at], &django[end..]);
    is_random && ours.len() == django.len() && (&ours[..at], &ours[end..]) == around
}

#[test]
fn names_of_files_are_cleaned_and_refused_as_by_django() {
    let cases = vectors("valid_filename");
    assert!(cases.len() >= 16);
    for case in cases {
        let given = case["in"].as_str().unwrap();
        let valid = names::get_valid_filename(given);
        assert_same(valid, case["get_valid_filename"].as_str().unwrap(), &case);
        let validated = names::validate_file_name(given, false).map(|()| given);
        assert_same(
            validated,
            case["validate_file_name"].as_str().unwrap(),
            &case,
        );
    }
}

#[test]
fn files_are_saved_under_djangos_names() {
    let cases = vectors("storage_names");
    assert!(cases.len() >= 15);
    let storage = memory();
    for case in cases {
        let file = UploadedFile::in_memory("x", "", b"x".to_vec());
        let max_length = case["max_length"].as_u64();
        let max_length = max_length.map(|length| usize::try_from(length).unwrap());
        let (name, django) = (
            case["name"].as_str().unwrap(),
            case["saved_as"].as_str().unwrap(),
        );
        if django.contains(RECORDED_SUFFIX) && max_length.is_none() {
            // It was there when Django was asked.
            storage.create(name, &file).ok();
        }
        assert_same(storage.save(name, &file, max_length), django, &case);
    }
}

fn memory() -> FileStorage {
    let settings = Settings::parse("").unwrap();
    let settings = &settings.storages.files["default"];
    FileStorage::new(
        "default",
        std::sync::Arc::new(InMemoryStorage::new("/m/")),
        settings,
    )
}
