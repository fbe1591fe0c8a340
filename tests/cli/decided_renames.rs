//! `djr makemigrations --rename`: what a person decided is carried out, or is an error.

use crate::support::Project;

/// A project whose models have their first migration.
fn written(models: &str) -> Project {
    let project = Project::new().app("posts");
    project.write("posts/models.toml", models);
    project.djr(["makemigrations"]).success();
    project
}

/// A project with a table `posts_a` of the fields `fields`, one row in it.
fn with_row(fields: &str, columns: &str, values: &str) -> Project {
    let project = written(fields);
    project.djr(["migrate"]).success();
    let insert = format!("INSERT INTO posts_a ({columns}) VALUES ({values})");
    project.database().execute(&insert, ()).unwrap();
    project
}

const NUMBER: &str = "{ type = \"IntegerField\" }";
const WORDS: &str = "{ type = \"CharField\", max_length = 9 }";

#[test]
fn a_chain_of_decided_renames_moves_every_column_along() {
    let fields = format!("[A]\nfields.x = {NUMBER}\nfields.y = {WORDS}\n");
    let project = with_row(&fields, "x, y", "7, 'seven'");
    let fields = format!("[A]\nfields.y = {NUMBER}\nfields.z = {WORDS}\n");
    project.write("posts/models.toml", &fields);
    let decided = ["--rename", "posts.A.x=y", "--rename", "posts.A.y=z"];
    let run = [&["makemigrations"][..], &decided].concat();
    project.djr(&run).success();
    project.djr(["migrate"]).success();
    let rows: Vec<(i64, String)> = project.rows("SELECT y, z FROM posts_a");
    assert_eq!(rows, [(7, "seven".to_owned())]);
    // The same options once more do no harm.
    project.djr(&run).success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate", "posts", "0001"]).success();
    let rows: Vec<(i64, String)> = project.rows("SELECT x, y FROM posts_a");
    assert_eq!(rows, [(7, "seven".to_owned())]);
}

#[test]
fn fields_that_swap_their_names_keep_their_values() {
    let fields = format!("[A]\nfields.x = {NUMBER}\nfields.y = {WORDS}\n");
    let project = with_row(&fields, "x, y", "7, 'seven'");
    let fields = format!("[A]\nfields.x = {WORDS}\nfields.y = {NUMBER}\n");
    project.write("posts/models.toml", &fields);
    let decided = ["--rename", "posts.A.x=y", "--rename", "posts.A.y=x"];
    project
        .djr([&["makemigrations"][..], &decided].concat())
        .success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    let rows: Vec<(String, i64)> = project.rows("SELECT x, y FROM posts_a");
    assert_eq!(rows, [("seven".to_owned(), 7)]);
    project.djr(["check", "--database", "default"]).success();
    project.djr(["migrate", "posts", "0001"]).success();
    let rows: Vec<(i64, String)> = project.rows("SELECT x, y FROM posts_a");
    assert_eq!(rows, [(7, "seven".to_owned())]);
}

#[test]
fn chains_and_swaps_of_decided_models_keep_their_rows() {
    let models = |number: &str, words: &str| {
        format!(
            "[{number}]\nfields.x = {NUMBER}\nfields.own = {{ type = \"ManyToManyField\", to = \"{words}\" }}\n\
             [{words}]\nfields.y = {WORDS}\n"
        )
    };
    let project = with_row(&models("A", "B"), "x", "7");
    let words = "INSERT INTO posts_b (y) VALUES ('seven'); INSERT INTO posts_a_own (a_id, b_id) VALUES (1, 1)";
    project.database().execute_batch(words).unwrap();
    for (number, words, decided) in [
        ("B", "C", ["posts.A=B", "posts.B=C"]),
        ("C", "B", ["posts.B=C", "posts.C=B"]),
    ] {
        project.write("posts/models.toml", &models(number, words));
        let run = [
            "makemigrations",
            "--rename",
            decided[0],
            "--rename",
            decided[1],
        ];
        project.djr(run).success();
        project.djr(["makemigrations", "--check"]).success();
        project.djr(["migrate"]).success();
        let (number, words) = (number.to_lowercase(), words.to_lowercase());
        let rows: Vec<(i64, String)> = project.rows(&format!(
            "SELECT x, y FROM posts_{number} n JOIN posts_{number}_own o ON o.{number}_id = n.id \
             JOIN posts_{words} w ON w.id = o.{words}_id"
        ));
        assert_eq!(rows, [(7, "seven".to_owned())]);
    }
    project.djr(["migrate", "posts", "0001"]).success();
    let rows: Vec<(i64,)> = project.rows("SELECT x FROM posts_a");
    assert_eq!(rows, [(7,)]);
}

#[test]
fn a_decision_that_has_no_effect_is_an_error() {
    let fields = format!("[A]\nfields.x = {NUMBER}\nfields.y = {WORDS}\n");
    let project = written(&fields);
    let fields = format!(
        "[A]\nfields.y = {WORDS}\nfields.z = {NUMBER}\nfields.n = {{ type = \"IntegerField\", null = true }}\n"
    );
    project.write("posts/models.toml", &fields);
    for (options, told) in [
        (
            &["--rename", "posts.A.x=zz"][..],
            "the models have no `posts.a.zz`",
        ),
        (
            &["--rename", "posts.A.x=y"],
            "`posts.a.x` cannot become `posts.a.y`, which is there already",
        ),
        (
            &["--rename", "posts.A.q=z"],
            "the migrations have no `posts.a.q`",
        ),
        (
            &["--rename", "posts.A.x=z", "--rename", "posts.A.y=z"],
            "contradicts",
        ),
        (
            &["--rename", "posts.A.x=z", "--no-rename", "posts.A.x=z"],
            "contradicts",
        ),
        (&["--no-rename", "posts.A.x=zz"], "have `posts.a.zz`"),
        (&["--rename", "posts.A=B"], "the models have no `posts.b`"),
        (
            &["--rename", "posts.A.x=z", "--default", "posts.A.n=3"],
            "`--default posts.a.n` has no effect",
        ),
    ] {
        let refused = project.djr([&["makemigrations"][..], options].concat());
        let refused = refused.exited(1);
        assert!(refused.stderr().contains(told), "{refused}");
    }
    assert_eq!(project.names("posts/migrations").len(), 1);
}

/// A project whose second migration renames `old` to `y`, adds `n` to the rows and lets `m` lose its nulls.
fn decided_before() -> Project {
    let null = "{ type = \"IntegerField\", null = true }";
    let project = written(&format!(
        "[A]\nfields.old = {NUMBER}\nfields.kept = {WORDS}\nfields.m = {null}\nfields.gone = {WORDS}\n\
         [Unused]\nfields.x = {NUMBER}\n"
    ));
    let models = format!(
        "[A]\nfields.y = {NUMBER}\nfields.kept = {WORDS}\nfields.n = {NUMBER}\nfields.m = {NUMBER}\n\
         [Used]\nfields.x = {NUMBER}\n"
    );
    project.write("posts/models.toml", &models);
    project
        .djr([&["makemigrations"][..], &DECISIONS].concat())
        .success();
    project
}

const DECISIONS: [&str; 10] = [
    "--rename",
    "posts.A.old=y",
    "--no-rename",
    "posts.A.gone",
    "--rename",
    "posts.Unused=Used",
    "--default",
    "posts.A.n=3",
    "--no-default",
    "posts.A.m",
];

#[test]
fn decisions_that_the_migrations_carry_out_already_do_no_harm() {
    let project = decided_before();
    let again = project.djr([&["makemigrations"][..], &DECISIONS].concat());
    assert_eq!(again.success().stdout(), "no changes found\n");
}

#[test]
fn decisions_about_what_never_was_or_did_not_change_are_errors_beside_other_changes_too() {
    let project = decided_before();
    let models = std::fs::read_to_string(project.path("posts/models.toml")).unwrap();
    for other_change in ["", "[New]\nfields.x = { type = \"IntegerField\" }\n"] {
        project.write("posts/models.toml", &format!("{models}{other_change}"));
        for (options, told) in [
            (
                &["--rename", "posts.A.q=y"][..],
                "the migrations have no `posts.a.q`",
            ),
            (
                &["--rename", "posts.Q=Used"],
                "the migrations have no `posts.q`",
            ),
            (
                &["--rename", "auth.Q=posts.Used"],
                "the migrations have no `auth.q`",
            ),
            (
                &["--rename", "posts.A.gone=y"],
                "the migrations have no `posts.a.gone`",
            ),
            (&["--rename", "posts.A.kept=y"], "which is there already"),
            (&["--no-rename", "posts.A.y"], "the models still have it"),
            (&["--no-rename", "posts.A"], "the models still have it"),
            (
                &["--no-rename", "posts.A.q=y"],
                "the migrations do not have it",
            ),
            (
                &["--no-rename", "posts.A.q"],
                "neither the models nor the migrations",
            ),
            (
                &["--default", "posts.A.y=3"],
                "`--default posts.a.y` has no effect",
            ),
            (
                &["--no-default", "posts.A.y"],
                "`--no-default posts.a.y` has no effect",
            ),
            (
                &["--rename", "posts.A.old=y", "--no-rename", "posts.A.old"],
                "`--rename posts.a.old=y` contradicts `--no-rename posts.a.old`",
            ),
            (
                &["--default", "posts.A.n=3", "--no-default", "posts.A.n"],
                "of `posts.a.n` contradict each other",
            ),
            (
                &["--default", "posts.A.n=3", "--default", "posts.A.n=4"],
                "of `posts.a.n` contradict each other",
            ),
        ] {
            let refused = project.djr([&["makemigrations"][..], options].concat());
            let refused = refused.exited(1);
            assert!(refused.stderr().contains(told), "{refused}");
        }
    }
    assert_eq!(project.names("posts/migrations").len(), 2);
}

#[test]
fn decisions_beside_a_mode_or_an_app_that_asks_for_none_are_refused() {
    let project = decided_before().app("other");
    let rename = ["--rename", "posts.A.kept=words"];
    for mode in [&["--merge"][..], &["--empty", "posts"]] {
        let run = [&["makemigrations"][..], mode, &rename].concat();
        project.djr(run).exited(2);
    }
    let models = std::fs::read_to_string(project.path("posts/models.toml")).unwrap();
    let models = models.replace("fields.kept", "fields.words");
    project.write("posts/models.toml", &models);
    let run = [&["makemigrations", "other"][..], &rename].concat();
    let refused = project.djr(run).exited(1);
    let told = "`--rename posts.a.kept=words` has no effect: another app is asked for";
    assert!(refused.stderr().contains(told), "{refused}");
}
