//! `djr users import`: all of them or none.

use crate::support::{Invocation, Project};

const HASH: &str = "pbkdf2_sha256$10$salt$7ohr4eg1drNwbzGNcpAJZ0nGSnKc4c+R8Z4eQ8w1q6E=";

fn import(project: &Project, options: &[&str], text: &str) -> Invocation {
    let arguments = [&["users", "import", "-", "--format", "csv"], options].concat();
    project.command(arguments).stdin(text)
}

fn usernames(project: &Project) -> Vec<String> {
    let rows: Vec<(String,)> = project.rows("SELECT username FROM auth_user ORDER BY username");
    rows.into_iter().map(|(username,)| username).collect()
}

#[test]
fn reads_every_column_of_csv() {
    let project = Project::new().migrated();
    project.djr(["groups", "create", "editors"]).success();
    let csv = format!(
        "\u{feff}username,email,first_name,last_name,is_active,is_staff,is_superuser,password,groups,date_joined,last_login\r\n\
         ana,Ana@EXAMPLE.com,\"A, na\",B,no,TRUE,0,{HASH},editors; editors,2020-02-03T04:05:06Z,2021-01-01 00:00:00\r\n\
         bob,,,,,,,,,,\r\n"
    );
    let run = import(&project, &[], &csv).run().success();
    assert_eq!(run.stdout(), "created 2 users\n");
    let sql = "SELECT email || '|' || first_name || '|' || is_active || is_staff || is_superuser, password, \
               date_joined || '|' || last_login FROM auth_user WHERE username = 'ana'";
    let rows: Vec<(String, String, String)> = project.rows(sql);
    let [(ana, hash, dates)] = rows.try_into().unwrap();
    assert_eq!((&*ana, &*hash), ("Ana@example.com|A, na|010", HASH));
    assert_eq!(dates, "2020-02-03 04:05:06|2021-01-01 00:00:00");
    let members: Vec<(i64,)> = project.rows("SELECT count(*) FROM auth_user_groups");
    assert_eq!(members, [(1,)]);
    let sql = "SELECT is_active, password FROM auth_user WHERE username = 'bob'";
    let rows: Vec<(i64, String)> = project.rows(sql);
    assert!(rows[0].0 == 1 && rows[0].1.starts_with('!'));
}

#[test]
fn reads_lists_and_lines_of_json() {
    let project = Project::new().migrated();
    let list =
        r#"[{"username": "ana", "is_staff": true, "groups": ["a", "b"]}, {"username": "bob"}]"#;
    let project = project
        .file("users.json", list)
        .file("more.jsonl", "{\"username\": \"eve\"}\n");
    let run = project.djr(["users", "import", "users.json", "--create-groups", "--json"]);
    let document = run.success().json();
    assert_eq!(document["result"]["created"], 2);
    assert_eq!(
        document["result"]["groups_created"].to_string(),
        r#"["a","b"]"#
    );
    project.djr(["users", "import", "more.jsonl"]).success();
    assert_eq!(usernames(&project), ["ana", "bob", "eve"]);
}

#[test]
fn names_every_reject_by_its_line_and_imports_nothing() {
    let project = Project::new().migrated();
    let csv = "username,email,password,is_staff,shoe\n\
               ana,,,,\n\
               b b,none,secret-word,maybe,\n\
               ana,,,,\n\
               ,x@y.zz,,,\n\
               short\n";
    let run = import(&project, &[], csv).run().exited(1);
    assert_eq!(
        run.stderr(),
        "nothing was imported: 8 problems\n\
         error: -:1:34: there is no column `shoe`\n\
         hint: `djr users import --help` names the columns\n\
         error: -:3:1: `username`: a username has only letters, digits and `@`, `.`, `+`, `-`, `_`\n\
         error: -:3:1: `email`: this is not an email address\n\
         error: -:3:1: `password`: this is not an encoded hash; `--plain-passwords` hashes passwords\n\
         error: -:3:1: `is_staff`: this is neither `true` nor `false`\n\
         error: -:4:1: `ana` stands in line 2 too\n\
         error: -:5:1: `username`: a username is needed\n\
         error: -:6:1: this row has 1 value, the first line 5 names\n"
    );
    assert!(!run.stderr().contains("secret-word"), "{run}");
    assert!(usernames(&project).is_empty());
}

#[test]
fn tells_a_person_of_the_first_rejects_and_a_program_of_all() {
    let project = Project::new().migrated();
    let rows: Vec<_> = (0..50).map(|number| format!("a b{number}")).collect();
    let csv = format!("username\n{}\n", rows.join("\n"));
    let run = import(&project, &[], &csv).run().exited(1);
    assert_eq!(run.stderr().lines().count(), 21, "{run}");
    let told = "nothing was imported: 50 problems, these are the first 20\n";
    assert!(run.stderr().starts_with(told), "{run}");
    let run = import(&project, &["--json"], &csv).run().exited(1);
    let document: serde_json::Value = serde_json::from_str(&run.stderr()).unwrap();
    let findings = document["error"]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 50);
}

#[test]
fn changes_users_that_are_there_only_if_asked_to() {
    let project = Project::new().migrated();
    let csv = "username,email\nana,a@b.cc\nbob,b@b.cc\n";
    import(&project, &[], csv).run().success();
    let more = "username,email\neve,\nana,a@b.cc\nbob,new@b.cc\n";
    let run = import(&project, &[], more).run().exited(1);
    assert!(
        run.stderr()
            .contains("-:3:1: a user called `ana` exists already"),
        "{run}"
    );
    assert!(run.stderr().contains("hint: `--update`"), "{run}");
    assert_eq!(usernames(&project), ["ana", "bob"]);
    let run = import(&project, &["--update", "--dry-run"], more)
        .run()
        .success();
    assert_eq!(
        run.stdout(),
        "a dry run: nothing is written, otherwise created 1 user, updated 1, left 1 as they were\n"
    );
    assert_eq!(usernames(&project), ["ana", "bob"]);
    import(&project, &["--update"], more).run().success();
    let again = import(&project, &["--update", "--json"], more)
        .run()
        .success()
        .json();
    assert_eq!(again["result"]["changed"], false);
    assert_eq!(again["result"]["unchanged"], 3);
}

#[test]
fn hashes_plain_passwords_and_refuses_weak_ones() {
    let project = Project::new().migrated();
    let csv = "username,password\nana,Xk29!fooBAR\nbob,12345\n";
    let run = import(&project, &["--plain-passwords"], csv)
        .run()
        .exited(1);
    assert!(run.stderr().contains("-:3:1: `bob`: "), "{run}");
    assert!(!run.stderr().contains("12345"), "{run}");
    assert!(usernames(&project).is_empty());
    import(&project, &["--plain-passwords", "--weak-passwords"], csv)
        .run()
        .success();
    let hashes: Vec<(String,)> = project.rows("SELECT password FROM auth_user");
    assert!(
        hashes.iter().all(|(hash,)| hash.starts_with("argon2$")),
        "{hashes:?}"
    );
    let same = project
        .command([
            "ensure",
            "user",
            "--username",
            "ana",
            "--password-file",
            "-",
            "--json",
        ])
        .stdin("Xk29!fooBAR");
    assert_eq!(same.run().success().json()["result"]["changed"], false);
}

#[test]
fn refuses_hashes_that_would_let_nobody_in() {
    let project = Project::new().migrated();
    let csv = "username,password\nana,md5$salt$0123456789abcdef0123456789abcdef\n";
    let run = import(&project, &[], csv).run().exited(1);
    assert!(run.stderr().contains("a hash of `md5`"), "{run}");
}

#[test]
fn tells_what_is_wrong_with_the_file() {
    let project = Project::new()
        .migrated()
        .file("users.txt", "")
        .file("users.json", "{}");
    project.djr(["users", "import", "users.txt"]).exited(2);
    let run = project.djr(["users", "import", "users.json"]).exited(1);
    assert!(
        run.stderr().contains("users.json:1:1: this is not a list"),
        "{run}"
    );
    project.djr(["users", "import", "missing.csv"]).exited(1);
}

#[test]
fn reads_a_table_as_a_spreadsheet_writes_it() {
    let project = Project::new().migrated();
    let semicolons = "\u{feff}username;email;groups\r\nana;a@b.cc;\"x;y\"\r\n";
    import(&project, &["--create-groups"], semicolons)
        .run()
        .success();
    let tabs = "username\temail\nbob\tb@b.cc\n";
    import(&project, &[], tabs).run().success();
    assert_eq!(usernames(&project), ["ana", "bob"]);
    let members: Vec<(i64,)> = project.rows("SELECT count(*) FROM auth_user_groups");
    assert_eq!(members, [(2,)]);
    let run = import(&project, &[], "username,email,username\neve,,\n")
        .run()
        .exited(1);
    assert!(
        run.stderr()
            .contains("-:1:16: the first line names `username` twice"),
        "{run}"
    );
}

#[test]
fn says_where_a_file_is_not_json_and_what_to_write() {
    let project = Project::new().migrated();
    let told = |text: &str, expected: &str| {
        let run = project.command(["users", "import", "-", "--format", "json"]);
        let run = run.stdin(text).run().exited(1);
        assert!(run.stderr().contains(expected), "{text}: {run}");
    };
    told(
        "Here are the users:\n[]",
        "-:1:1: this is not JSON\nhint: the file is a list of objects",
    );
    told(
        "[{\"username\": \"eve\"}]\nDone.",
        "-:2:1: something follows the list",
    );
    told(
        "[\n [\"eve\", \"e@b.cc\"]\n]",
        "-:2:2: this is a list, not an object\nhint: write `{",
    );
    told(
        "{\"users\": []}",
        "-:1:1: this is not a list of objects\nhint: put `[` and `]`",
    );
    told(
        "[{\"username\": see below}]",
        "-:1:15: `see` is not a value",
    );
    told(
        "[\n  {\"username\": \"eve\", \"emial\": \"\"}]",
        "-:2:3: there is no column `emial`\nhint: did you mean `email`?",
    );
}

#[test]
fn a_table_without_names_is_told_and_names_are_told_where_they_stand() {
    let project = Project::new().migrated();
    let no_names = "error: -:1:1: the first line does not name a column\nhint: put names over";
    for (csv, told) in [
        ("bob,a@x.com\n", no_names),
        ("bob,a@x.com\neve,e@x.com\n", no_names),
        (
            "\u{feff}\n\"bob\";x",
            "error: -:2:1: the first line does not",
        ),
        (
            "username,emial\n",
            "error: -:1:10: there is no column `emial`\nhint: did you mean `email`?",
        ),
        (
            "usrname\nx\n",
            "error: -:1:1: there is no column `usrname`\nhint: did you mean `username`?",
        ),
        (
            "username,shoe\na,1\nb,2\n",
            "error: -:1:10: there is no column `shoe`",
        ),
    ] {
        let run = import(&project, &[], csv).run().exited(1);
        assert!(run.stderr().contains(told), "{csv}: {run}");
        assert!(!run.stderr().contains("a@x.com"), "{run}");
    }
    let run = import(&project, &[], "bob,a@x.com\neve,e@x.com\n")
        .run()
        .exited(1);
    assert_eq!(run.stderr().matches("error:").count(), 1, "{run}");
    import(&project, &[], "username,email\n").run().success();
    assert_eq!(usernames(&project), [""; 0]);
}

#[test]
fn what_no_form_takes_is_not_imported() {
    let project = Project::new().migrated();
    let null = "null characters are not allowed";
    for (format, text, told) in [
        ("csv", "username,first_name\nn1,x\0y\n", null),
        ("csv", "username,groups\nn1,x\0y\n", null),
        (
            "json",
            r#"[{"username": "n1", "last_name": "x\u0000y"}]"#,
            null,
        ),
        (
            "json",
            r#"[{"username": "n1", "groups": ["x\u0000y"]}]"#,
            null,
        ),
        (
            "json",
            r#"[{"username": "d1", "username": "d2"}]"#,
            "-:1:21: the key `username` stands here twice",
        ),
        (
            "jsonl",
            r#"{"username": "d1", "username": "d2"}"#,
            "-:1:20: the key `username` stands here twice",
        ),
        (
            "json",
            "[{\"username\": \"d1\"},\n oops {}]",
            "-:2:2: `oops` is not a value",
        ),
    ] {
        let run = [
            "users",
            "import",
            "-",
            "--create-groups",
            "--format",
            format,
        ];
        let run = project.command(run).stdin(text).run().exited(1);
        assert!(run.stderr().contains(told), "{text}: {run}");
    }
    assert_eq!(usernames(&project), [""; 0]);
}
