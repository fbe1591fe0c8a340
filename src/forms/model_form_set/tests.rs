//! Rows of a parent and the parent saved at once, and forms that are sent to do harm.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::db::{ExecutedStatement, watch_statements};
use crate::forms::layout::FormLayout;
use crate::forms::model_form::test_site::{Site, data};
use crate::forms::model_form_set::save_together;
use crate::forms::{FormSetDefinition, Forms, ModelForm, ModelFormSet};
use crate::models::ModelKey;
use crate::query::{ModelInstance, Query};

const MODELS: &str = "[Album]\nstr = \"{{ name }}\"\n[Album.fields]\nname = { type = 'CharField', max_length = 20, unique = true }\n\
    cover = { type = 'FileField', upload_to = 'covers', blank = true }\n\
    [Track]\n[Track.fields]\nalbum = { type = 'ForeignKey', to = 'app.Album', on_delete = 'CASCADE' }\n\
    title = { type = 'CharField', max_length = 10 }\nlength = { type = 'IntegerField', null = true, blank = true }\n\
    [[Track.constraints]]\nname = 'has_length'\ncheck = { length__gt = 0 }\n\
    [Lyric.fields]\ntrack = { type = 'ForeignKey', to = 'app.Track', on_delete = 'PROTECT' }\n";

const TABLES: [&str; 5] = [
    "CREATE TABLE app_album (id integer PRIMARY KEY AUTOINCREMENT, name varchar(20) NOT NULL UNIQUE, cover varchar(100) NOT NULL)",
    "CREATE TABLE app_track (id integer PRIMARY KEY AUTOINCREMENT, album_id bigint NOT NULL REFERENCES app_album (id), \
     title varchar(10) NOT NULL, length integer NULL, CONSTRAINT has_length CHECK (length > 0))",
    "CREATE TABLE app_lyric (id integer PRIMARY KEY AUTOINCREMENT, track_id bigint NOT NULL REFERENCES app_track (id))",
    "INSERT INTO app_album VALUES (1, 'One', ''), (2, 'Two', '')",
    "INSERT INTO app_track VALUES (1, 1, 'A', 1), (2, 1, 'B', 2), (3, 2, 'C', 3)",
];

const FORMS: &str = "[AlbumForm]\nmodel = 'app.Album'\nfields = '__all__'\n\
    [TrackForm]\nmodel = 'app.Track'\nfields = ['title', 'length']\n\
    [TrackSet]\nform = 'TrackForm'\nparent_model = 'app.Album'\nextra = 0\n";

fn site() -> Site {
    let script: Vec<_> = TABLES.iter().copied().map(Json::from).collect();
    Site::new(MODELS, "UTC", &script)
}

fn tracks(forms: &Forms) -> Arc<FormSetDefinition> {
    Arc::clone(forms.get_set("app.TrackSet").unwrap())
}

fn album(site: &Site, key: &str) -> ModelInstance {
    let query = Query::new(ModelKey::new("app", "Album")).on(&site.database.registry);
    let query = query.unwrap();
    let rows = site
        .database
        .with(|connection| query.instances(connection))
        .unwrap();
    let mut rows = rows.into_iter();
    rows.find(|row| crate::values::to_text(row.key()) == key)
        .unwrap()
}

fn sent(values: &[(&str, &str)]) -> Json {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)));
    Json::Object(values.collect())
}

const TWO_NEW: [(&str, &str); 7] = [
    ("name", "New"),
    ("track_set-TOTAL_FORMS", "2"),
    ("track_set-INITIAL_FORMS", "0"),
    ("track_set-0-title", "X"),
    ("track_set-0-length", "5"),
    ("track_set-1-title", "Y"),
    ("track_set-1-length", "6"),
];

/// A new album with what is sent of it and of its tracks.
fn new_album(site: &Site, values: &[(&str, &str)]) -> (ModelForm, Vec<ModelFormSet>) {
    let forms = site.forms(FORMS);
    let form = ModelForm::create(forms.get("app.AlbumForm").unwrap(), &site.database).unwrap();
    let set = ModelFormSet::new(&tracks(&forms), &site.database).unwrap();
    let values = data(&sent(values));
    let set = set.of_parent(&form.instance).bind(values.clone()).unwrap();
    (form.bind(values).unwrap(), vec![set])
}

#[test]
fn a_new_parent_is_saved_with_its_rows() {
    let site = site();
    let (mut form, mut sets) = new_album(&site, &TWO_NEW);
    assert!(form.is_valid() && sets[0].is_valid());
    let row = save_together(&mut form, &mut sets).unwrap().unwrap();
    assert_eq!(crate::values::to_text(row.key()), "3");
    let rows = site.rows("app_track", true);
    let new: Vec<_> = rows.as_array().unwrap()[3..].to_vec();
    let expected = json!([
        { "id": 4, "album_id": 3, "title": "X", "length": 5 },
        { "id": 5, "album_id": 3, "title": "Y", "length": 6 },
    ]);
    assert_eq!(Json::from(new), expected);
}

#[test]
fn a_row_that_the_database_refuses_leaves_nothing_of_its_parent_behind() {
    let site = site();
    let (mut form, mut sets) = new_album(&site, &TWO_NEW);
    // Somebody else was quicker.
    let taken = "CREATE UNIQUE INDEX one_title ON app_track (title)";
    site.execute(taken);
    site.execute("UPDATE app_track SET title = 'Y' WHERE id = 3");
    assert!(save_together(&mut form, &mut sets).unwrap().is_none());
    assert_eq!(site.rows("app_album", true).as_array().unwrap().len(), 2);
    assert_eq!(site.rows("app_track", true).as_array().unwrap().len(), 3);
    let wrong: Vec<_> = sets[0]
        .set
        .forms
        .iter()
        .map(|form| form.form.has_errors())
        .collect();
    assert_eq!(wrong, [false, true]);
}

#[test]
fn a_row_that_others_forbid_to_delete_stays_and_the_set_says_so() {
    let site = site();
    site.execute("INSERT INTO app_lyric VALUES (1, 2)");
    let forms = site.forms(FORMS);
    let set = ModelFormSet::new(&tracks(&forms), &site.database).unwrap();
    let values = sent(&[
        ("track_set-TOTAL_FORMS", "2"),
        ("track_set-INITIAL_FORMS", "2"),
        ("track_set-0-id", "1"),
        ("track_set-0-title", "Changed"),
        ("track_set-0-length", "1"),
        ("track_set-1-id", "2"),
        ("track_set-1-DELETE", "on"),
    ]);
    let mut set = set
        .of_parent(&album(&site, "1"))
        .bind(data(&values))
        .unwrap();
    assert!(set.is_valid());
    assert!(set.save().unwrap().is_none());
    assert_eq!(set.set.non_form_errors()[0].code, "protected");
    assert_eq!(site.rows("app_track", true)[0]["title"], "A");
}

#[test]
fn rows_of_another_parent_are_neither_shown_nor_changed_nor_deleted() {
    let site = site();
    let forms = site.forms(FORMS);
    let set = || ModelFormSet::new(&tracks(&forms), &site.database).unwrap();
    let shown = set().of_parent(&album(&site, "1")).unbound().unwrap();
    assert_eq!(shown.set.forms.len(), 2);
    for (name, value) in [("track_set-0-title", "Mine"), ("track_set-0-DELETE", "on")] {
        let values = sent(&[
            ("track_set-TOTAL_FORMS", "1"),
            ("track_set-INITIAL_FORMS", "1"),
            ("track_set-0-id", "3"),
            ("track_set-0-album", "1"),
            ("track_set-0-length", "1"),
            (name, value),
        ]);
        let mut set = set()
            .of_parent(&album(&site, "1"))
            .bind(data(&values))
            .unwrap();
        if set.is_valid() {
            set.save().unwrap();
        }
        let kept = json!({ "id": 3, "album_id": 2, "title": "C", "length": 3 });
        assert_eq!(site.rows("app_track", true)[2], kept, "{name}");
    }
}

#[test]
fn a_row_that_somebody_deleted_meanwhile_is_not_made_again() {
    let site = site();
    let forms = site.forms(FORMS);
    let set = ModelFormSet::new(&tracks(&forms), &site.database).unwrap();
    let values = sent(&[
        ("track_set-TOTAL_FORMS", "1"),
        ("track_set-INITIAL_FORMS", "1"),
        ("track_set-0-id", "1"),
        ("track_set-0-title", "Changed"),
        ("track_set-0-length", "1"),
    ]);
    let set = set.of_parent(&album(&site, "1"));
    let mut set = set.bind(data(&values)).unwrap();
    site.execute("DELETE FROM app_track WHERE id = 1");
    assert!(set.is_valid() && set.save().unwrap().is_none());
    assert_eq!(set.set.forms[0].form.errors("id")[0].code, "invalid_choice");
    assert_eq!(site.rows("app_track", true).as_array().unwrap().len(), 2);
}

#[test]
fn a_million_forms_cost_as_much_as_are_made() {
    let site = site();
    let forms = site.forms(&format!("{FORMS}absolute_max = 50\nmax_num = 50\n"));
    let set = ModelFormSet::new(&tracks(&forms), &site.database).unwrap();
    let start = Instant::now();
    let values = sent(&[
        ("track_set-TOTAL_FORMS", "1000000000000"),
        ("track_set-INITIAL_FORMS", "1000000000000"),
    ]);
    let set = set
        .of_parent(&album(&site, "1"))
        .bind(data(&values))
        .unwrap();
    assert_eq!((set.is_valid(), set.set.forms.len()), (false, 50));
    assert!(start.elapsed() < Duration::from_secs(5));
}

const ORDERED: &str = "[TrackForm]\nmodel = 'app.Track'\nfields = ['title']\n\
    [Tracks]\nform = 'TrackForm'\nparent_model = 'app.Album'\norder_field = 'length'\nextra = 1\ncan_delete = true\n";

/// The titles of the tracks by their places.
fn in_order(site: &Site) -> String {
    let rows = site.rows("app_track", true);
    let mut rows: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["album_id"] == 1)
        .collect();
    rows.sort_by_key(|row| row["length"].as_i64());
    let rows = rows
        .iter()
        .map(|row| format!("{}{}", row["title"].as_str().unwrap(), row["length"]));
    rows.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_order_that_is_sent_is_written_into_the_field_of_the_set() {
    let site = site();
    site.execute("INSERT INTO app_track VALUES (4, 1, 'D', 3)");
    let forms = site.forms(ORDERED);
    let definition = forms.get_set("app.Tracks").unwrap();
    let parent = album(&site, "1");
    let set = || {
        ModelFormSet::new(definition, &site.database)
            .unwrap()
            .of_parent(&parent)
    };
    let shown = set().unbound().unwrap();
    assert_eq!(shown.set.forms.len(), 4);
    let move_to = |places: [&str; 3], new: [&str; 2], deleted: &str| {
        let mut values = vec![
            ("track_set-TOTAL_FORMS", "4"),
            ("track_set-INITIAL_FORMS", "3"),
        ];
        values.extend([
            ("track_set-0-id", "1"),
            ("track_set-1-id", "2"),
            ("track_set-2-id", "4"),
        ]);
        values.extend([
            ("track_set-0-title", "A"),
            ("track_set-1-title", "B"),
            ("track_set-2-title", "D"),
        ]);
        values.extend([
            ("track_set-0-ORDER", places[0]),
            ("track_set-1-ORDER", places[1]),
            ("track_set-2-ORDER", places[2]),
        ]);
        values.extend([
            ("track_set-3-title", new[0]),
            ("track_set-3-ORDER", new[1]),
            (deleted, "on"),
        ]);
        let mut set = set().bind(data(&sent(&values))).unwrap();
        assert!(set.is_valid(), "{:?}", set.set.forms);
        set.save().unwrap().unwrap();
        in_order(&site)
    };
    assert_eq!(move_to(["1", "2", "3"], ["", ""], "x"), "A1 B2 D3");
    assert_eq!(move_to(["3", "2", "1"], ["", ""], "x"), "D1 B2 A3");
    assert_eq!(move_to(["2", "", "-5"], ["", ""], "x"), "D1 A2 B3");
    assert_eq!(move_to(["1", "2", "3"], ["N", "0"], "x"), "N1 A2 B3 D4");
    site.execute("DELETE FROM app_track WHERE title = 'N'");
    assert_eq!(
        move_to(["1", "2", "3"], ["", ""], "track_set-1-DELETE"),
        "A1 D2"
    );
}

#[test]
fn a_field_that_cannot_keep_the_places_of_rows_is_reported() {
    let site = site();
    for (change, said) in [
        ("'length'", "'lenght'"),
        ("'length'", "'title'"),
        ("fields = ['title']", "fields = ['title', 'length']"),
        ("extra = 1", "order_by = ['title']"),
    ] {
        let found = site.findings(&ORDERED.replace(change, said));
        assert_eq!(found.len(), 1, "{said}: {found:?}");
    }
}

/// However many forms and fields show them.
#[test]
fn rows_that_fields_are_chosen_from_are_read_once_for_a_page() {
    let site = site();
    let forms = site.forms(
        "[TrackForm]\nmodel = 'app.Track'\nfields = '__all__'\n[Tracks]\nform = 'TrackForm'\nextra = 2\n",
    );
    let set = ModelFormSet::new(forms.get_set("app.Tracks").unwrap(), &site.database).unwrap();
    let read = Rc::new(Cell::new(0));
    let count = Rc::clone(&read);
    let watch = move |statement: ExecutedStatement| {
        count.set(count.get() + usize::from(statement.sql.contains("app_album")));
    };
    let page = watch_statements(watch, || {
        let set = set.unbound().unwrap().set;
        set.html(FormLayout::Div) + &set.empty_form.html(FormLayout::Table)
    });
    assert_eq!(page.matches("Two").count(), 6);
    assert_eq!(read.get(), 1);
}
