//! Forms as real Django reads them, recorded in tests/parity/golden/uploads.json, and where djr reads them otherwise.

use std::io::Read as _;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{FormLimits, FormReader};
use crate::http::{FormData, FormEncoding, FormError, UploadDirectory};

/// What djr makes of bodies that it reads otherwise than Django: why it refuses them, or the form.
const DIFFERENCES: &[(&str, &str)] = &[
    ("no file was chosen", "no fields"),
    ("no boundary at all", "has no end: a boundary is missing"),
    ("the end is missing", "has no end: a boundary is missing"),
    ("cut within a value", "has no end: a boundary is missing"),
    ("cut within a head", "ends within its head"),
    (
        "the boundary of somebody else",
        "has no end: a boundary is missing",
    ),
    (
        "a line that begins with the boundary",
        "only begins with the boundary",
    ),
    ("lines that end in LF", "ends within its head"),
    ("a header without a colon", "has a header without `:`"),
    ("no head", "has no `Content-Disposition`"),
    ("no disposition", "has no `Content-Disposition`"),
    ("another disposition", "is not `form-data`"),
    ("no name", "has no name"),
    ("a name twice", "cannot be read"),
    ("a disposition twice", "has a header twice"),
    ("quotes that stay open", "cannot be read"),
    ("a header over two lines", "has a header without `:`"),
    ("base64", "is encoded for mail"),
    ("base64 that is none", "is encoded for mail"),
    ("a file in base64", "is encoded for mail"),
    ("quoted-printable", "is encoded for mail"),
    (
        "a form within a part of the same boundary",
        "ends within its head",
    ),
    ("a value in Latin-1", "is a text that is not in UTF-8"),
    ("filename* in Latin-1", "`filename*` that is not in UTF-8"),
    (
        "filename* that is not UTF-8",
        "`filename*` that is not in UTF-8",
    ),
    ("filename twice", "cannot be read"),
    (
        "files without a name count too",
        "the number of files exceeded 3",
    ),
    ("a head that is too large", "has a head that is too large"),
    (
        "a boundary that is not closed",
        "cannot be read, or has no boundary",
    ),
    ("capitals in the type", "one field"),
    ("a boundary of 201", "cannot be read, or has no boundary"),
    ("two boundaries", "cannot be read, or has no boundary"),
    ("another charset", "not in UTF-8 but in `utf-16`"),
];

fn recorded() -> Value {
    let recorded = include_str!("../../../tests/parity/golden/uploads.json");
    serde_json::from_str(recorded).unwrap()
}

fn limits(recorded: &Value) -> FormLimits {
    let limit = |name: &str| usize::try_from(recorded["limits"][name].as_u64().unwrap()).unwrap();
    FormLimits {
        fields: limit("DATA_UPLOAD_MAX_NUMBER_FIELDS"),
        files: limit("DATA_UPLOAD_MAX_NUMBER_FILES"),
        field_bytes: limit("DATA_UPLOAD_MAX_MEMORY_SIZE"),
        memory_bytes: limit("FILE_UPLOAD_MAX_MEMORY_SIZE"),
    }
}

fn read(
    case: &Value,
    limits: FormLimits,
    uploads: &Arc<UploadDirectory>,
) -> Result<FormData, FormError> {
    let body: Vec<u8> = case["body"]
        .as_str()
        .unwrap()
        .chars()
        .map(|c| u8::try_from(c).unwrap())
        .collect();
    match FormEncoding::of(case["type"].as_str().unwrap())? {
        Some(FormEncoding::Multipart { boundary }) if !body.is_empty() => {
            let mut reader = FormReader::new(&boundary, limits, Some(Arc::clone(uploads)));
            reader.push(&body)?;
            reader.finish()
        }
        _ => Ok(FormData::default()),
    }
}

fn told(form: &FormData) -> Value {
    let fields: Vec<_> = form
        .fields
        .iter()
        .map(|(name, value)| json!([name, value]))
        .collect();
    let files: Vec<_> = form
        .files
        .iter()
        .map(|(field, file)| {
            let mut content = Vec::new();
            file.open().unwrap().read_to_end(&mut content).unwrap();
            let content: String = content.into_iter().map(char::from).collect();
            json!({
                "field": field, "name": file.name(), "size": file.size(),
                "content": (file.size() < 100).then_some(content),
            })
        })
        .collect();
    json!({ "fields": fields, "files": files })
}

/// The same of Django, without what it says of the place and the type of a file.
fn told_by_django(form: &Value) -> Value {
    let mut form = form.clone();
    for file in form["files"].as_array_mut().unwrap() {
        let file = file.as_object_mut().unwrap();
        file.remove("on_disk");
        file.remove("type");
    }
    form
}

/// Whether djr's answer is the one that stands in [`DIFFERENCES`].
fn is_expected(ours: &Result<FormData, FormError>, expected: &str) -> bool {
    match ours {
        Err(error) => error.to_string().contains(expected),
        Ok(form) => match expected {
            "no fields" => form.fields.iter().count() == 0 && form.files.is_empty(),
            "one field" => form.fields.iter().count() == 1 && form.files.is_empty(),
            _ => false,
        },
    }
}

#[test]
fn forms_are_read_as_django_reads_them_or_refused() {
    let (recorded, directory) = (recorded(), tempfile::tempdir().unwrap());
    let uploads = Arc::new(UploadDirectory::open(directory.path()));
    let mut seen = Vec::new();
    for case in recorded["cases"].as_array().unwrap() {
        let name = case["case"].as_str().unwrap();
        let ours = read(case, limits(&recorded), &uploads);
        let is_same = match (&ours, case["form"].is_null()) {
            (Err(_), true) => case["status"] == 400,
            (Ok(form), false) => told(form) == told_by_django(&case["form"]),
            _ => false,
        };
        let difference = DIFFERENCES.iter().find(|(known, _)| *known == name);
        match difference {
            None => assert!(is_same, "{name}: {ours:?}, Django: {}", case["form"]),
            Some((_, expected)) => {
                assert!(is_expected(&ours, expected), "{name}: {ours:?}");
                seen.push(name);
            }
        }
    }
    let unseen = DIFFERENCES.iter().filter(|(name, _)| !seen.contains(name));
    assert_eq!(unseen.count(), 0, "a difference that is not recorded");
}

#[test]
fn files_are_on_disk_where_djangos_are_if_only_one_is_large() {
    let (recorded, directory) = (recorded(), tempfile::tempdir().unwrap());
    let uploads = Arc::new(UploadDirectory::open(directory.path()));
    let mut on_disk = 0;
    for case in recorded["cases"].as_array().unwrap() {
        let (Ok(form), Some(files)) = (
            read(case, limits(&recorded), &uploads),
            case["form"]["files"].as_array(),
        ) else {
            continue;
        };
        // Of several files Django has either all on disk or none; djr keeps those that come first in memory.
        for ((_, ours), django) in form.files.iter().zip(files).filter(|_| files.len() == 1) {
            let is_on_disk = ours.temporary_path().is_some();
            assert_eq!(
                is_on_disk,
                django["on_disk"].as_bool().unwrap(),
                "{}",
                case["case"]
            );
            on_disk += usize::from(is_on_disk);
        }
    }
    assert_eq!(on_disk, 1);
}
