//! The files of rows: there as long as a committed row names them.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::db::{Connection, DatabaseAlias, DatabaseError};
use crate::forms::ModelForm;
use crate::forms::model_form::test_site::{Site, form_of_row, sample_form};
use crate::http::{FormData, QueryDict, UploadedFile, UploadedFiles};
use crate::query::{Query, QueryError, SaveOptions};
use crate::values::FieldValue;

const MODELS: &str = r#"
[Album.fields]
title = { type = "CharField", max_length = 20 }

[Photo.fields]
album = { type = "ForeignKey", to = "app.Album", on_delete = "CASCADE", null = true, blank = true }
title = { type = "CharField", max_length = 20, unique = true }
file = { type = "FileField", upload_to = "photos" }
scan = { type = "FileField", storage = "archive", blank = true }

[Note.fields]
photo = { type = "ForeignKey", to = "app.Photo", on_delete = "CASCADE", null = true }
paper = { type = "FileField", blank = true }
"#;

const SCRIPT: [&str; 3] = [
    "CREATE TABLE app_album (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL)",
    "CREATE TABLE app_photo (id integer PRIMARY KEY AUTOINCREMENT, album_id integer REFERENCES app_album (id) DEFERRABLE INITIALLY DEFERRED,
     title text NOT NULL UNIQUE, file text NOT NULL, scan text NOT NULL)",
    "CREATE TABLE app_note (id integer PRIMARY KEY AUTOINCREMENT, photo_id integer REFERENCES app_photo (id) DEFERRABLE INITIALLY DEFERRED,
     paper text NOT NULL)",
];

fn site() -> Site {
    let script: Vec<Json> = SCRIPT.iter().map(|line| Json::from(*line)).collect();
    Site::new(MODELS, "UTC", &script)
}

/// All files below the directory of the site, as paths.
fn files(site: &Site) -> Vec<String> {
    let mut found = Vec::new();
    for place in ["media", "archive"] {
        let walk = walkdir::WalkDir::new(site.folder().join(place));
        let entries = walk.into_iter().flatten();
        let files = entries.filter(|entry| entry.file_type().is_file());
        found.extend(files.map(|entry| {
            let path = entry.path().strip_prefix(site.folder()).unwrap();
            path.to_str().unwrap().to_owned()
        }));
    }
    found.sort();
    found
}

fn sent(fields: &str, files: &[(&str, &str)]) -> FormData {
    let mut uploaded = UploadedFiles::default();
    for (field, name) in files {
        let file = UploadedFile::in_memory(name, "text/plain", name.as_bytes().to_vec());
        uploaded.append(field, file);
    }
    FormData {
        fields: Arc::new(QueryDict::parse(fields, 10).unwrap()),
        files: Arc::new(uploaded),
    }
}

fn photo_form(site: &Site, key: &Json) -> ModelForm {
    form_of_row(site, &sample_form(site, "Photo", "fields = '__all__'"), key)
}

fn save(site: &Site, key: i64, fields: &str, files: &[(&str, &str)]) -> bool {
    let key = if key == 0 { Json::Null } else { key.into() };
    let mut form = photo_form(site, &key).bind(sent(fields, files)).unwrap();
    assert!(form.is_valid(), "{:?}", form.form.non_field_errors());
    form.save().unwrap().is_some()
}

fn delete(site: &Site, connection: &Connection, model: &str, key: i64) {
    let registry = &site.database.registry;
    let model = registry
        .shared(&crate::models::ModelKey::new("app", model))
        .unwrap();
    let query = Query::of(model).on(registry).unwrap();
    let rows = query.instances(connection).unwrap();
    let row = rows
        .iter()
        .find(|row| *row.key() == FieldValue::Integer(key));
    row.unwrap().delete(registry, connection).unwrap();
}

fn connection(site: &Site) -> crate::db::ConnectionHandle {
    site.database
        .connections
        .get(&DatabaseAlias::default())
        .unwrap()
}

/// Runs `work` in a transaction that is taken back.
fn taken_back(site: &Site, work: impl FnOnce(&Connection)) {
    let connection = connection(site);
    let outcome: Result<(), QueryError> = connection.transaction(|connection| {
        work(connection);
        Err(DatabaseError::Missing("on purpose".into()).into())
    });
    assert!(outcome.is_err());
}

#[test]
fn a_file_that_is_replaced_or_cleared_goes_unless_its_storage_keeps_it() {
    let site = site();
    assert!(save(
        &site,
        0,
        "title=a",
        &[("file", "one.txt"), ("scan", "scan.txt")]
    ));
    assert_eq!(files(&site), ["archive/scan.txt", "media/photos/one.txt"]);
    assert!(save(&site, 1, "title=b", &[]), "what is not sent stays");
    assert_eq!(files(&site), ["archive/scan.txt", "media/photos/one.txt"]);
    assert!(save(
        &site,
        1,
        "title=b&scan-clear=on",
        &[("file", "two.txt")]
    ));
    assert_eq!(files(&site), ["archive/scan.txt", "media/photos/two.txt"]);
    assert!(
        save(&site, 1, "title=b", &[("file", "two.txt")]),
        "the same name again"
    );
    let left = files(&site);
    assert!(
        left.len() == 2 && left[1].starts_with("media/photos/two_"),
        "{left:?}"
    );
}

#[test]
fn a_row_that_the_database_refuses_leaves_no_file_and_takes_none() {
    let site = site();
    assert!(save(&site, 0, "title=a", &[("file", "one.txt")]));
    let form = photo_form(&site, &Json::Null);
    let mut new = form
        .bind(sent("title=b", &[("file", "new.txt"), ("scan", "s.txt")]))
        .unwrap();
    let form = photo_form(&site, &1.into());
    let mut changed = form
        .bind(sent("title=b", &[("file", "changed.txt")]))
        .unwrap();
    assert!(new.is_valid() && changed.is_valid());
    site.execute("INSERT INTO app_photo (title, file, scan) VALUES ('b', '', '')");
    assert!(new.save().unwrap().is_none() && changed.save().unwrap().is_none());
    assert_eq!(files(&site), ["media/photos/one.txt"]);
}

#[test]
fn rows_that_go_take_their_files_with_those_of_rows_that_go_with_them() {
    let site = site();
    site.execute("INSERT INTO app_album (title) VALUES ('x')");
    assert!(save(
        &site,
        0,
        "title=a&album=1",
        &[("file", "one.txt"), ("scan", "s.txt")]
    ));
    assert!(save(&site, 0, "title=b", &[("file", "other.txt")]));
    std::fs::write(site.folder().join("media/paper.txt"), "x").unwrap();
    site.execute("INSERT INTO app_note (photo_id, paper) VALUES (1, 'paper.txt')");
    let all = [
        "archive/s.txt",
        "media/paper.txt",
        "media/photos/one.txt",
        "media/photos/other.txt",
    ];
    assert_eq!(files(&site), all);
    taken_back(&site, |connection| delete(&site, connection, "Album", 1));
    assert_eq!(files(&site), all, "nothing is committed");
    let handle = connection(&site);
    handle
        .transaction(|connection| {
            delete(&site, connection, "Album", 1);
            assert_eq!(files(&site), all, "nothing is committed yet");
            Ok::<_, DatabaseError>(())
        })
        .unwrap();
    assert_eq!(files(&site), ["archive/s.txt", "media/photos/other.txt"]);
    delete(&site, &handle, "Photo", 2);
    assert_eq!(files(&site), ["archive/s.txt"]);
}

#[test]
fn a_file_that_another_row_names_stays() {
    let site = site();
    assert!(save(&site, 0, "title=a", &[("file", "one.txt")]));
    site.execute("INSERT INTO app_note (paper) VALUES ('photos/one.txt')");
    delete(&site, &connection(&site), "Photo", 1);
    assert_eq!(files(&site), ["media/photos/one.txt"]);
    delete(&site, &connection(&site), "Note", 1);
    assert_eq!(files(&site), [""; 0]);
}

#[test]
fn a_change_that_is_taken_back_keeps_the_file_before() {
    let site = site();
    assert!(save(&site, 0, "title=a", &[("file", "one.txt")]));
    let registry = &site.database.registry;
    let model = registry
        .shared(&crate::models::ModelKey::new("app", "Photo"))
        .unwrap();
    let change = |connection: &Connection| {
        let rows = Query::of(model)
            .on(registry)
            .unwrap()
            .instances(connection)
            .unwrap();
        let mut row = rows[0].clone();
        row.set("file", FieldValue::Text("photos/two.txt".to_owned()));
        row.save(registry, connection, &SaveOptions::default())
            .unwrap();
    };
    taken_back(&site, change);
    assert_eq!(files(&site), ["media/photos/one.txt"]);
    change(&connection(&site));
    assert_eq!(files(&site), [""; 0]);
}

#[test]
fn a_file_that_its_storage_does_not_take_is_an_error_of_its_field() {
    let site = site();
    let large = UploadedFile::in_memory("large.txt", "", vec![b'x'; 1001]);
    let mut form = sent("title=a", &[("scan", "s.txt")]);
    let mut uploaded = (*form.files).clone();
    uploaded.append("file", large);
    form.files = Arc::new(uploaded);
    let mut form = photo_form(&site, &Json::Null).bind(form).unwrap();
    assert!(form.is_valid());
    assert!(form.save().unwrap().is_none());
    let errors = form.form.errors("file");
    assert_eq!(
        errors[0].message,
        "Ensure this file has at most 1000 bytes (it has 1001)."
    );
    assert_eq!(files(&site), [""; 0]);
}
