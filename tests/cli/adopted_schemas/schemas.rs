//! The schemas, and what is changed in each.

use super::edit::{Add, Alter, Declare, Remove, Rename};
use super::{strings, survives};
use crate::adoption::adopted;

#[test]
fn a_music_shop_survives() {
    survives(
        "music_shop.sql",
        &[
            Add("Song", r#"stars = { type = "IntegerField", default = 3 }"#),
            Alter("Record", "title", "160", "200"),
            Rename("Performer", ["name", "stage_name"], ["Name", "StageName"]),
            Declare(
                "Song",
                r#"constraints = [{ name = "song_long", check = { milliseconds__gt = 0 } }]"#,
            ),
            Remove("Clerk", "fax", "Fax"),
        ],
    );
}

#[test]
fn a_trading_company_survives() {
    survives(
        "trading_company.sql",
        &[
            Add(
                "OrderDetails",
                r#"note = { type = "TextField", default = "" }"#,
            ),
            Alter(
                "Orders",
                "shipname",
                r#""TextField""#,
                r#""CharField", max_length = 60"#,
            ),
            Rename("Staff", ["lastname", "surname"], ["LastName", "Surname"]),
            Declare(
                "Orders",
                r#"indexes = [{ name = "orders_date", fields = ["-orderdate"] }]"#,
            ),
            Remove("Kinds", "picture", "Picture"),
            Alter(
                "Goods",
                "discontinued",
                r#""TextField""#,
                r#""CharField", max_length = 9"#,
            ),
        ],
    );
}

#[test]
fn a_film_rental_survives() {
    let project = survives(
        "film_rental.sql",
        &[
            Add("Movie", r#"stars = { type = "IntegerField", default = 3 }"#),
            Alter("Performer", "first_name", "45", "60"),
            Rename("Worker", ["name", "full_name"], ["name", "full_name"]),
            Declare(
                "Rental",
                r#"constraints = [{ name = "rental_paid", check = { amount__gte = 0 } }]"#,
            ),
            Remove("Rental", "note", "note"),
            Alter("Movie", "title", "255", "300"),
        ],
    );
    let file = project.database();
    file.execute_batch("INSERT INTO performer VALUES (3, 'A', 'B', '1999-01-01')")
        .unwrap();
    let stamped = "SELECT CAST(last_update > '2000' AS text) FROM performer WHERE performer_id = 3";
    assert_eq!(strings(&file, stamped), ["1"]);
}

#[test]
fn a_password_manager_survives() {
    survives(
        "password_manager.sql",
        &[
            Add(
                "Secrets",
                r#"archived = { type = "BooleanField", default = false }"#,
            ),
            Alter(
                "Devices",
                "name",
                r#""TextField""#,
                r#""CharField", max_length = 200"#,
            ),
            Rename(
                "Accounts",
                ["hint", "password_hint"],
                ["hint", "password_hint"],
            ),
            Declare(
                "Secrets",
                r#"indexes = [{ name = "secrets_deleted", fields = ["deleted_at"] }]"#,
            ),
            Remove("Secrets", "reprompt", "reprompt"),
            Add("Events", r#"note = { type = "TextField", default = "" }"#),
            Declare(
                "Events",
                r#"constraints = [{ name = "events_type", check = { event_type__gt = 0 } }]"#,
            ),
        ],
    );
}

#[test]
fn the_places_of_a_browser_survive() {
    let project = survives(
        "browser_places.sql",
        &[
            Add(
                "MozPages",
                r#"rating = { type = "FloatField", default = 0.5 }"#,
            ),
            Alter(
                "MozMarks",
                "title",
                r#""CharField""#,
                r#""CharField", max_length = 500"#,
            ),
            Rename(
                "MozPages",
                ["description", "summary"],
                ["description", "summary"],
            ),
            Declare(
                "MozNotes",
                r#"indexes = [{ name = "notes_page", fields = ["page", "flags"] }]"#,
            ),
            Remove("MozVisits", "session", "session"),
            Add(
                "MozRecent",
                r#"note = { type = "TextField", default = "" }"#,
            ),
            Alter(
                "MozRecent",
                "url",
                "null = true, blank = true",
                r#"default = "", blank = true, null = true, db_index = true"#,
            ),
            Alter(
                "MozMeta",
                "value",
                r#""TextField""#,
                r#""TextField", blank = true, default = "x""#,
            ),
            Alter(
                "MozPages",
                "url",
                r#""CharField""#,
                r#""CharField", max_length = 2000"#,
            ),
        ],
    );
    let file = project.database();
    file.execute_batch("DELETE FROM moz_marks WHERE guid = 'root________'")
        .unwrap();
    assert_eq!(
        strings(&file, "SELECT count(*) || '' FROM moz_marks_deleted"),
        ["2"]
    );
}

#[test]
fn a_mail_program_survives() {
    let project = survives(
        "mail_program.sql",
        &[
            Add("Mails", r#"snippet = { type = "TextField", default = "" }"#),
            Alter(
                "Mails",
                "subject",
                r#""TextField""#,
                r#""CharField", max_length = 998"#,
            ),
            Rename("Folders", ["name", "label"], ["name", "label"]),
            Declare(
                "People",
                r#"indexes = [{ name = "people_frecency", fields = ["frecency"] }]"#,
            ),
            Remove("Folders", "indexingpriority", "indexingPriority"),
            Alter(
                "SpamTokens",
                "token",
                "null = true",
                "null = true, db_index = true",
            ),
            Alter(
                "Attributes",
                "value",
                "type = ",
                r#"help_text = "v", verbose_name = "val", type = "#,
            ),
            Add(
                "Attributes",
                r#"seen = { type = "BooleanField", default = false }"#,
            ),
        ],
    );
    let file = project.database();
    file.execute_batch(
        "INSERT INTO mails (threadID, subject, snippet, body) VALUES (1, 'new', '', 'zebra')",
    )
    .unwrap();
    let found =
        "SELECT subject FROM mails_text WHERE mails_text MATCH 'zebra OR fox' ORDER BY rowid";
    assert_eq!(strings(&file, found), ["Hello world", "new"]);
}

#[test]
fn a_notes_server_survives() {
    let project = survives(
        "notes_server.sql",
        &[
            Add(
                "Notes",
                r#"deleted_time = { type = "IntegerField", default = 0 }"#,
            ),
            Alter(
                "Notes",
                "title",
                r#""TextField""#,
                r#""CharField", max_length = 500"#,
            ),
            Rename("Notebooks", ["user_data", "extra"], ["user_data", "extra"]),
            Declare(
                "NoteTags",
                r#"constraints = [{ name = "note_tags_once", fields = ["note_id", "tag_id"] }]"#,
            ),
            Remove("Notes", "altitude", "altitude"),
            Alter(
                "NotesNormalized",
                "title",
                r#""TextField""#,
                r#""CharField", max_length = 500"#,
            ),
            Alter(
                "SyncItems",
                "item_id",
                r#""TextField""#,
                r#""CharField", max_length = 50"#,
            ),
        ],
    );
    let file = project.database();
    file.execute_batch("INSERT INTO notes_normalized (id, title, body) VALUES ('n3', 'zebra', '')")
        .unwrap();
    let found = "SELECT id FROM notes_fts WHERE notes_fts MATCH 'zebra OR milk' ORDER BY docid";
    assert_eq!(strings(&file, found), ["n1", "n3"]);
}

#[test]
fn a_book_library_survives() {
    let project = survives(
        "book_library.sql",
        &[
            Add(
                "Volumes",
                r#"pages = { type = "IntegerField", default = 0 }"#,
            ),
            Alter(
                "Volumes",
                "isbn",
                r#""TextField""#,
                r#""CharField", max_length = 20"#,
            ),
            Rename("Series", ["sort", "sort_name"], ["sort", "sort_name"]),
            Declare(
                "Formats",
                r#"constraints = [{ name = "formats_size", check = { uncompressed_size__gt = 0 } }]"#,
            ),
            Remove("Volumes", "flags", "flags"),
            Alter(
                "LastRead",
                "user",
                r#""TextField""#,
                r#""CharField", max_length = 50"#,
            ),
            Alter(
                "VolumesWritersLink",
                "writer",
                "IntegerField",
                "BigIntegerField",
            ),
        ],
    );
    let file = project.database();
    file.execute_batch("INSERT INTO volumes (title, path, pages) VALUES ('third', '', 1)")
        .unwrap();
    assert_eq!(
        strings(
            &file,
            "SELECT id || uuid || sort FROM volumes WHERE title = 'THIRD'"
        ),
        ["41u-41THIRD"]
    );
    file.execute_batch("INSERT INTO remarks VALUES (9, 77, 'x')")
        .unwrap_err();
}

#[test]
fn what_an_adopted_table_says_in_words_of_its_own_goes_when_its_model_says_so() {
    let script = "CREATE TABLE u (id integer primary key, a text, b text, c int, d int check (d > 0), e int, x text UNIQUE,
             UNIQUE (b, c), CHECK (e > 1), CHECK (e <> 7));
         CREATE UNIQUE INDEX u_a ON u(a); CREATE UNIQUE INDEX u_ce ON u(c, e); CREATE UNIQUE INDEX u_own ON u(b, e DESC);
         INSERT INTO u VALUES (1, 'a', 'b', 1, 1, 2, 'x'), (2, 'c', 'd', 2, 2, 3, 'z');";
    let project = adopted(script);
    let text = project.read("library/models.toml");
    let without = |text: &str, parts: &[&str]| {
        parts.iter().fold(text.to_owned(), |text, part| {
            assert!(text.contains(part), "{part} in {text}");
            text.replace(part, "")
        })
    };
    let sets = "unique_together = [[\"b\", \"c\"], [\"c\", \"e\"]]\n";
    for parts in [
        &[sets][..],
        &[sets, "unique = true, "],
        &[
            sets,
            "unique = true, ",
            "    { name = \"u_check\", check = { d__gt = 0 } },\n",
            "    { name = \"u_check2\", check = { e__gt = 1 } },\n",
        ],
    ] {
        project.write("library/models.toml", &without(&text, parts));
        project.djr(["makemigrations", "library"]).success();
        project.djr(["migrate"]).success();
        let run = project.djr(["check", "--database"]).success();
        let left =
            "warning: `CHECK (e <> 7)` of `u` is in no migration [\"extra-check:u.e <> 7\"]\n";
        assert_eq!(run.stderr(), left);
    }
    let file = project.database();
    file.execute_batch("INSERT INTO u VALUES (3, 'a', 'b', 1, 0, 0, 'x')")
        .unwrap();
    file.execute_batch("INSERT INTO u VALUES (4, 'a', 'b', 1, 0, 7, 'x')")
        .unwrap_err();
    file.execute_batch("INSERT INTO u VALUES (5, 'a', 'b', 1, 0, 0, 'x')")
        .unwrap_err();
}
