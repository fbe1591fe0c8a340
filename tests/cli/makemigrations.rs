//! `djr makemigrations`, `squashmigrations` and `optimizemigration`, as a user runs them.

use std::thread;

use crate::support::{Project, Terminal};

const POST: &str = "[Post.fields]\ntitle = { type = \"CharField\", max_length = 200 }\n";

fn project(models: &str) -> Project {
    let project = Project::new().app("posts");
    project.write("posts/models.toml", models);
    project
}

/// A project whose models have their first migration.
fn written(models: &str) -> Project {
    let project = project(models);
    project.djr(["makemigrations"]).success();
    project
}

#[test]
fn writes_what_changed_and_then_finds_nothing() {
    let project = project(POST);
    let first = project.djr(["makemigrations"]).success();
    assert_eq!(
        first.stdout(),
        "wrote posts/migrations/0001_initial.toml\n    Create model Post\n"
    );
    assert_eq!(
        project.read("posts/migrations/0001_initial.toml"),
        "initial = true\n\n[[operations]]\n[operations.CreateModel]\nname = \"Post\"\n\
         [operations.CreateModel.fields]\ntitle = { type = \"CharField\", max_length = 200 }\n"
    );
    let again = project.djr(["makemigrations"]).success();
    assert_eq!(again.stdout(), "no changes found\n");
    project.djr(["migrate"]).success();
    let columns: Vec<(String,)> = project.rows("SELECT name FROM pragma_table_info('posts_post')");
    assert_eq!(columns, [("id".to_owned(),), ("title".to_owned(),)]);
}

#[test]
fn a_check_or_a_dry_run_writes_nothing() {
    let project = project(POST);
    let check = project
        .djr(["makemigrations", "--check", "--json"])
        .exited(1);
    assert!(
        check.stderr().contains(r#""code":"missing-migrations""#),
        "{check}"
    );
    assert_eq!(check.json()["result"]["written"], false);
    let dry = project
        .djr(["makemigrations", "--dry-run", "-v", "2"])
        .success();
    assert!(dry.stdout().contains("[operations.CreateModel]"), "{dry}");
    assert!(project.names("posts/migrations").is_empty());
}

#[test]
fn a_likely_rename_is_never_a_loss() {
    let project = written(POST);
    project.djr(["migrate"]).success();
    let insert = "INSERT INTO posts_post (title) VALUES ('kept')";
    project.database().execute(insert, ()).unwrap();
    // A change beside the new name does not hide it.
    let changed = POST.replace("title", "headline").replace("200", "90");
    project.write("posts/models.toml", &changed);
    let refused = project.djr(["makemigrations"]).exited(3);
    assert_eq!(
        refused.stderr(),
        "error: was `posts.Post.title` renamed to `headline` (a CharField)?\n\
         hint: add `--rename posts.Post.title=headline` or `--no-rename posts.Post.title=headline`\n\
         hint: nothing was written; on a terminal, `djr makemigrations` asks\n"
    );
    // With `--check` a question is a change that no migration makes.
    let check = project.djr(["makemigrations", "--check", "--json"]);
    let check = check.exited(1);
    assert!(
        check.stderr().contains(r#""code":"missing-migrations""#),
        "{check}"
    );
    assert_eq!(project.names("posts/migrations").len(), 1);
    let rename = ["makemigrations", "--rename", "posts.Post.title=headline"];
    project.djr(rename).success();
    project.djr(["migrate"]).success();
    let rows: Vec<(String,)> = project.rows("SELECT headline FROM posts_post");
    assert_eq!(rows, [("kept".to_owned(),)]);
    // The same options once more do no harm.
    project.djr(rename).success();
}

#[test]
fn a_model_that_most_likely_has_a_new_name_is_asked_about() {
    let project = written(&format!("{POST}body = {{ type = \"TextField\" }}\n"));
    let renamed = format!("{POST}note = {{ type = \"TextField\" }}\n").replace("Post", "Entry");
    project.write("posts/models.toml", &renamed);
    let refused = project.djr(["makemigrations", "--json"]).exited(3);
    let error: serde_json::Value = serde_json::from_str(&refused.stderr()).unwrap();
    assert_eq!(error["error"]["code"], "undecided");
    let findings = error["error"]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "the model and the field: {refused}");
    let options = ["--no-rename", "posts.Post"];
    let outcome = project
        .djr([&["makemigrations"][..], &options].concat())
        .success();
    assert!(outcome.stdout().contains("Delete model Post"), "{outcome}");
}

#[test]
fn existing_rows_need_a_value_that_fits() {
    let project = written(POST);
    project.write(
        "posts/models.toml",
        &format!(
            "{POST}number = {{ type = \"IntegerField\" }}\nslug = {{ type = \"SlugField\" }}\n"
        ),
    );
    let refused = project.djr(["makemigrations"]).exited(3);
    assert!(
        refused
            .stderr()
            .contains("add `--default posts.Post.number='0'`"),
        "{refused}"
    );
    assert!(
        refused
            .stderr()
            .contains("add `--default posts.Post.slug='\"\"'`"),
        "{refused}"
    );
    let slug = "posts.Post.slug=\"\"";
    let wrong = [
        "makemigrations",
        "--default",
        slug,
        "--default",
        "posts.Post.number=\"one\"",
    ];
    let wrong = project.djr(wrong).exited(1);
    assert!(
        wrong
            .stderr()
            .contains("\"one\" cannot stand in a IntegerField"),
        "{wrong}"
    );
    let unknown = [
        "makemigrations",
        "--default",
        slug,
        "--default",
        "posts.Post.numbr=1",
    ];
    let unknown = project.djr(unknown).exited(1);
    assert!(unknown.stderr().contains("`posts.post.numbr`"), "{unknown}");
    let right = [
        "makemigrations",
        "--default",
        slug,
        "--default",
        "posts.Post.number=7",
    ];
    project.djr(right).success();
    let file = project.read("posts/migrations/0002_post_number_post_slug.toml");
    assert!(
        file.contains(
            r#"field = { type = "IntegerField", default = 7 }, preserve_default = false }"#
        ),
        "{file}"
    );
    project.djr(["makemigrations", "--check"]).success();
}

#[test]
fn a_person_is_asked() {
    let project = written(POST);
    let models = POST.replace("title", "headline") + "number = { type = \"IntegerField\" }\n";
    project.write("posts/models.toml", &models);
    let run = project.command(["makemigrations"]);
    let mut terminal = Terminal::start(run, "echo END");
    terminal.answer("was `posts.Post.title` renamed to `headline`", "y\r");
    terminal.answer(
        "what do the existing rows get in `posts.Post.number`?",
        "\u{1b}[B\r",
    );
    terminal.answer("Value:", "many\r");
    terminal.answer("is not a TOML value", "3\r");
    terminal.wait_for("END");
    let file = "posts/migrations/0002_rename_title_post_headline_post_number.toml";
    assert!(project.read(file).contains("default = 3"));
}

/// A project in which two people went on from the same migration.
fn forked(left: &str, right: &str) -> Project {
    let project = written(POST);
    let file = |operation: &str| {
        format!("dependencies = [\"posts.0001_initial\"]\n\n[[operations]]\n{operation}\n")
    };
    project.write("posts/migrations/0002_left.toml", &file(left));
    project.write("posts/migrations/0002_right.toml", &file(right));
    project
}

fn add(field: &str) -> String {
    format!(
        "AddField = {{ model = \"Post\", name = \"{field}\", field = {{ type = \"TextField\", default = \"\" }} }}"
    )
}

#[test]
fn two_last_migrations_are_joined_where_they_do_not_clash() {
    let project = forked(&add("a"), &add("b"));
    let refused = project.djr(["makemigrations"]).exited(3);
    assert_eq!(
        refused.stderr(),
        "error: the migrations of an app end in more than one: `posts.0002_left`, `posts.0002_right`\n\
         hint: join them: `djr makemigrations --merge`\n"
    );
    project.djr(["makemigrations", "--merge"]).success();
    assert_eq!(
        project.read("posts/migrations/0003_merge_0002_left_0002_right.toml"),
        "dependencies = [\"posts.0002_left\", \"posts.0002_right\"]\n"
    );
    project.djr(["migrate"]).success();
    let clash = forked(&add("a"), &add("a"));
    let refused = clash.djr(["makemigrations", "--merge"]).exited(3);
    assert!(refused.stderr().contains("changes `post.a`"), "{refused}");
    assert_eq!(clash.names("posts/migrations").len(), 3);
}

#[test]
fn the_last_migration_takes_more_until_it_is_applied() {
    let project = written(POST);
    project.write(
        "posts/models.toml",
        &format!("{POST}body = {{ type = \"TextField\" }}\n"),
    );
    let options = [
        "makemigrations",
        "--update",
        "--default",
        "posts.Post.body=\"\"",
    ];
    project.djr(options).success();
    assert_eq!(project.names("posts/migrations"), ["0001_initial.toml"]);
    let file = project.read("posts/migrations/0001_initial.toml");
    assert!(file.contains("body = { type = \"TextField\" }"), "{file}");
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    project.write("posts/models.toml", POST);
    let refused = project.djr(["makemigrations", "--update"]).exited(3);
    assert!(
        refused.stderr().contains("`posts.0001_initial` is applied"),
        "{refused}"
    );
}

#[test]
fn what_the_last_migration_takes_gives_its_file_another_name() {
    let project = written(POST);
    let with = |fields: &str| format!("{POST}{fields}");
    let one = "a = { type = \"TextField\", null = true }\n";
    project.write("posts/models.toml", &with(one));
    project.djr(["makemigrations"]).success();
    let files = || project.names("posts/migrations");
    assert_eq!(files(), ["0001_initial.toml", "0002_post_a.toml"]);
    let two = format!("{one}b = {{ type = \"TextField\", null = true }}\n");
    project.write("posts/models.toml", &with(&two));
    project.djr(["makemigrations", "--update"]).success();
    assert_eq!(files(), ["0001_initial.toml", "0002_post_a_post_b.toml"]);
    project.write("posts/models.toml", &with(one));
    project
        .djr(["makemigrations", "--update", "--name", "letters"])
        .success();
    assert_eq!(files(), ["0001_initial.toml", "0002_letters.toml"]);
    project.djr(["makemigrations", "--check"]).success();
}

#[test]
fn a_database_that_lacks_what_it_needs_is_named_before_more_is_written() {
    let project = written(POST).migrated();
    let sql = "DELETE FROM django_migrations WHERE app = 'contenttypes'";
    project.database().execute(sql, ()).unwrap();
    project.write("posts/models.toml", "");
    let refused = project.djr(["makemigrations"]);
    assert!(
        refused.stderr().contains("contenttypes.0001_initial"),
        "{refused}"
    );
    assert_ne!(refused.code(), Some(0));
    assert_eq!(project.names("posts/migrations"), ["0001_initial.toml"]);
}

#[test]
fn an_empty_migration_waits_for_its_operations() {
    let project = written(POST);
    let missing = project.djr(["makemigrations", "--empty"]).exited(2);
    assert!(missing.stderr().contains("APP"), "{missing}");
    project
        .djr(["makemigrations", "posts", "--empty", "--name", "fill"])
        .success();
    assert_eq!(
        project.read("posts/migrations/0002_fill.toml"),
        "dependencies = [\"posts.0001_initial\"]\n"
    );
    let built_in = project.djr(["makemigrations", "auth"]).exited(1);
    assert!(
        built_in.stderr().contains("`auth` is built in"),
        "{built_in}"
    );
    let unknown = project.djr(["makemigrations", "post"]).exited(1);
    assert!(
        unknown.stderr().contains("did you mean `posts`?"),
        "{unknown}"
    );
    let name = project.djr(["makemigrations", "--name", "../x"]).exited(1);
    assert!(name.stderr().contains("cannot be a part"), "{name}");
}

#[test]
fn many_at_once_write_what_one_writes() {
    let project = project(POST);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| project.djr(["makemigrations"]).success());
        }
    });
    assert_eq!(project.names("posts/migrations"), ["0001_initial.toml"]);
    project.djr(["makemigrations", "--check"]).success();
}

#[test]
fn a_squashed_migration_leads_where_the_others_led() {
    let project = written(POST);
    project.djr(["migrate"]).success();
    let models = format!("{POST}body = {{ type = \"TextField\", default = \"\" }}\n");
    project.write("posts/models.toml", &models);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let applied = project.copy();
    let squash = project.djr(["squashmigrations", "posts", "0002"]).success();
    assert_eq!(
        squash.stdout(),
        "wrote posts/migrations/0001_squashed_0002_post_body.toml\n    Create model Post\n\
         one migration for 2, 1 operation for 2\n"
    );
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate", "--check"]).success();
    let schema = "SELECT sql FROM sqlite_master WHERE name = 'posts_post'";
    std::fs::remove_file(project.path("db.sqlite3")).unwrap();
    project.djr(["migrate"]).success();
    assert_eq!(
        project.rows::<(String,)>(schema),
        applied.rows::<(String,)>(schema)
    );
    let nested = project
        .djr(["squashmigrations", "posts", "0001_squashed"])
        .exited(1);
    assert!(
        nested.stderr().contains("stands for other migrations"),
        "{nested}"
    );
}

#[test]
fn a_migration_is_rewritten_where_it_can_be_shorter() {
    let project = written(POST);
    let file = project.read("posts/migrations/0001_initial.toml");
    let longer = format!("{file}\n[[operations]]\n{}\n", add("body"));
    project.write("posts/migrations/0001_initial.toml", &longer);
    project
        .djr(["optimizemigration", "posts", "0001", "--check"])
        .exited(1);
    assert_eq!(project.read("posts/migrations/0001_initial.toml"), longer);
    project
        .djr(["optimizemigration", "posts", "0001"])
        .success();
    let shorter = project.read("posts/migrations/0001_initial.toml");
    assert_eq!(shorter.matches("[[operations]]").count(), 1, "{shorter}");
    let again = project
        .djr(["optimizemigration", "posts", "0001"])
        .success();
    assert_eq!(again.stdout(), "nothing to reduce\n");
}

#[test]
fn a_squashed_migration_that_would_need_itself_is_not_written() {
    let project = Project::new().app("posts").app("people");
    let reference = |to: &str| {
        format!(
            "x = {{ type = \"ForeignKey\", to = \"{to}\", on_delete = \"CASCADE\", null = true }}"
        )
    };
    let post = format!("[Post.fields]\n{}\n", reference("people.Person"));
    project.write("posts/models.toml", &post);
    let person = format!("[Person.fields]\n{}\n", reference("posts.Post"));
    project.write("people/models.toml", &person);
    let written = project.djr(["makemigrations"]).success();
    assert_eq!(written.stdout().matches("wrote").count(), 3, "{written}");
    project.djr(["migrate"]).success();
    let refused = project
        .djr(["squashmigrations", "people", "0002"])
        .exited(1);
    assert!(
        refused.stderr().contains("cannot be one migration"),
        "{refused}"
    );
    assert_eq!(project.names("people/migrations").len(), 2);
    project.djr(["migrate", "--check"]).success();
}

#[test]
fn fields_change_columns_in_an_order_in_which_each_is_free() {
    let models = |x: &str, y: &str, z: &str| {
        let field = |name: &str, column: &str| {
            format!("{name} = {{ type = \"IntegerField\", db_column = \"{column}\" }}\n")
        };
        format!(
            "[A.fields]\n{}{}{}",
            field("x", x),
            field("y", y),
            field("z", z)
        )
    };
    let project = written(&models("p", "q", "r"));
    project.djr(["migrate"]).success();
    // `x` takes the column of `y`, which takes that of `z`.
    project.write("posts/models.toml", &models("q", "R", "s"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.write("posts/models.toml", &models("R", "q", "s"));
    let refused = project.djr(["makemigrations"]).exited(1).to_string();
    let expected =
        "the fields `x`, `y` of `posts.a` take each other's columns, and none of them can go first";
    assert!(refused.contains(expected), "{refused}");
    project.write("posts/models.toml", &models("t", "q", "s"));
    project.djr(["makemigrations"]).success();
    project.write("posts/models.toml", &models("R", "q", "s"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
}
