//! Models that move to another app: their rows, references, content types and permissions go along.

use crate::support::Project;

const TAGS: &str = "[Tag]\nfields.name = { type = \"CharField\", max_length = 9 }\n";
const FIELDS: &str = "fields.name = { type = \"CharField\", max_length = 9 }\n\
    fields.parent = { type = \"ForeignKey\", to = \"self\", on_delete = \"CASCADE\", null = true }\n\
    fields.tags = { type = \"ManyToManyField\", to = \"a.Tag\" }\n";

/// The models that refer to the one that moves.
fn referring(to: &str) -> String {
    format!(
        "[Post]\nfields.item = {{ type = \"ForeignKey\", to = \"{to}\", on_delete = \"CASCADE\" }}\n\
         fields.items = {{ type = \"ManyToManyField\", to = \"{to}\", related_name = \"posts\" }}\n\
         [Shown]\nproxy_for = \"{to}\"\n"
    )
}

/// A project whose model `a.Item` has a row, a child, and references from everywhere.
fn filled(options: &str) -> Project {
    let project = Project::new().app("a").app("b").app("c");
    let item = FIELDS.replace("self", "Item");
    project.write("a/models.toml", &format!("{TAGS}[Item]\n{options}\n{item}"));
    project.write("c/models.toml", &referring("a.Item"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let table = if options.is_empty() {
        "a_item"
    } else {
        "items"
    };
    project
        .database()
        .execute_batch(&format!(
            "INSERT INTO {table} (name, parent_id) VALUES ('one', NULL), ('two', 1);
             INSERT INTO a_tag (name) VALUES ('tag');
             INSERT INTO {table}_tags (item_id, tag_id) VALUES (2, 1);
             INSERT INTO c_post (item_id) VALUES (2);
             INSERT INTO c_post_items (post_id, item_id) VALUES (1, 2);
             INSERT INTO auth_group (name) VALUES ('staff');
             INSERT INTO auth_group_permissions (group_id, permission_id)
                SELECT 1, id FROM auth_permission WHERE codename = 'change_item';"
        ))
        .unwrap();
    project
}

/// Declares the model in `b` as `name`, and no longer in `a`.
fn declare_moved(project: &Project, name: &str, options: &str) {
    let fields = FIELDS.replace("self", name);
    project.write("a/models.toml", TAGS);
    project.write("b/models.toml", &format!("[{name}]\n{options}\n{fields}"));
    project.write("c/models.toml", &referring(&format!("b.{name}")));
}

/// What a group may change, by the content type of the permission.
fn granted(project: &Project) -> Vec<String> {
    project.texts(
        "SELECT t.app_label || '.' || t.model || ' ' || p.codename FROM auth_group_permissions g
         JOIN auth_permission p ON p.id = g.permission_id
         JOIN django_content_type t ON t.id = p.content_type_id",
    )
}

fn content_types(project: &Project) -> Vec<String> {
    project.texts(
        "SELECT app_label || '.' || model FROM django_content_type
         WHERE app_label IN ('a', 'b', 'c') ORDER BY id",
    )
}

#[test]
fn a_model_of_another_app_with_the_same_table_is_a_question_with_both_answers() {
    let project = filled("db_table = \"items\"");
    declare_moved(&project, "Item", "db_table = \"items\"");
    let transcript = project.djr(["makemigrations"]).exited(3);
    for told in [
        "was `a.Item` moved to `b.Item`, which has its table `items`?",
        "`--rename a.Item=b.Item` or `--no-rename a.Item=b.Item`",
        "drops them and makes an empty table",
    ] {
        assert!(
            transcript.stderr().contains(told),
            "{}",
            transcript.stderr()
        );
    }
    assert!(project.names("b/migrations").is_empty());
    project.djr(["makemigrations", "--check"]).exited(1);
    // One that is called otherwise is asked about all the same.
    declare_moved(&project, "Thing", "db_table = \"items\"");
    let transcript = project.djr(["makemigrations"]).exited(3);
    let told = "was `a.Item` moved to `b.Thing`, which has its table `items`?";
    assert!(
        transcript.stderr().contains(told),
        "{}",
        transcript.stderr()
    );
}

#[test]
fn a_model_that_moves_with_its_table_keeps_rows_references_and_permissions() {
    let project = filled("db_table = \"items\"");
    let schema = "SELECT sql FROM sqlite_master WHERE sql LIKE '%items%' ORDER BY name";
    let before = project.texts(schema);
    declare_moved(&project, "Item", "db_table = \"items\"");
    let run = ["makemigrations", "--rename", "a.Item=b.Item"];
    project.djr(run).success();
    // The same option once more does no harm.
    project.djr(run).success();
    project.djr(["makemigrations", "--check"]).success();
    let transcript = project.djr(["migrate"]).success();
    assert!(
        !transcript.stderr().contains("snapshot"),
        "{}",
        transcript.stderr()
    );
    assert_eq!(project.texts(schema), before);
    project.djr(["check", "--database", "default"]).success();
    assert_eq!(granted(&project), ["b.item change_item"]);
    let moved = ["a.tag", "b.item", "c.shown", "c.post"];
    assert_eq!(content_types(&project), moved);
    assert_eq!(
        project.count("c_post_items JOIN items ON items.id = item_id"),
        1
    );
    for target in ["a", "c"] {
        project.djr(["migrate", target, "0001"]).success();
    }
    project.djr(["migrate", "b", "zero"]).success();
    assert_eq!(granted(&project), ["a.item change_item"]);
    assert_eq!(project.count("items"), 2);
}

#[test]
fn a_model_that_moves_to_a_default_table_has_its_tables_renamed() {
    for (name, decided) in [("Item", "a.Item=b.Item"), ("Thing", "a.Item=b.Thing")] {
        let project = filled("");
        declare_moved(&project, name, "");
        if name == "Item" {
            let transcript = project.djr(["makemigrations"]).exited(3);
            let told = "the first renames the table and keeps the rows";
            assert!(
                transcript.stderr().contains(told),
                "{}",
                transcript.stderr()
            );
        }
        project
            .djr(["makemigrations", "--rename", decided])
            .success();
        project.djr(["makemigrations", "--check"]).success();
        let transcript = project.djr(["migrate"]).success();
        assert!(
            !transcript.stderr().contains("snapshot"),
            "{}",
            transcript.stderr()
        );
        project.djr(["check", "--database", "default"]).success();
        let model = name.to_lowercase();
        let rows: Vec<(String, String)> = project.rows(&format!(
            "SELECT i.name, t.name FROM b_{model} i JOIN b_{model}_tags j ON j.{model}_id = i.id
             JOIN a_tag t ON t.id = j.tag_id JOIN c_post p ON p.item_id = i.id
             JOIN c_post_items q ON q.{model}_id = i.id"
        ));
        assert_eq!(rows, [("two".to_owned(), "tag".to_owned())]);
        assert_eq!(granted(&project), [format!("b.{model} change_item")]);
        project.djr(["migrate", "c", "0001"]).success();
        project.djr(["migrate", "a", "0001"]).success();
        assert_eq!(project.count("a_item"), 2);
        assert_eq!(granted(&project), ["a.item change_item"]);
    }
}

#[test]
fn fields_that_change_as_a_model_moves_are_changed_at_the_new_place() {
    let project = filled("");
    declare_moved(&project, "Item", "");
    let models = project.read("b/models.toml");
    let wider = models.replace("max_length = 9", "max_length = 19");
    let more = "fields.size = { type = \"IntegerField\", default = 3 }\n";
    project.write("b/models.toml", &format!("{wider}{more}"));
    project
        .djr(["makemigrations", "--rename", "a.Item=b.Item"])
        .success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    project.djr(["check", "--database", "default"]).success();
    let rows: Vec<(String, i64)> = project.rows("SELECT name, size FROM b_item ORDER BY id");
    assert_eq!(rows, [("one".to_owned(), 3), ("two".to_owned(), 3)]);
}

#[test]
fn models_that_refer_to_each_other_move_together() {
    let project = Project::new().app("a").app("b");
    let pair = |a: &str| {
        format!(
            "[X]\nfields.y = {{ type = \"ForeignKey\", to = \"{a}.Y\", on_delete = \"CASCADE\", null = true, related_name = \"+\" }}\n\
             [Y]\nfields.x = {{ type = \"ForeignKey\", to = \"{a}.X\", on_delete = \"CASCADE\", null = true, related_name = \"+\" }}\n"
        )
    };
    project.write("a/models.toml", &pair("a"));
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project
        .database()
        .execute_batch("INSERT INTO a_x (y_id) VALUES (NULL); INSERT INTO a_y (x_id) VALUES (1)")
        .unwrap();
    project.write("a/models.toml", "");
    project.write("b/models.toml", &pair("b"));
    project
        .djr([
            "makemigrations",
            "--rename",
            "a.X=b.X",
            "--rename",
            "a.Y=b.Y",
        ])
        .success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    project.djr(["check", "--database", "default"]).success();
    assert_eq!(project.count("b_y JOIN b_x ON b_x.id = b_y.x_id"), 1);
}

#[test]
fn a_table_that_another_model_took_over_is_not_dropped_with_the_former_model() {
    let project = Project::new().app("a").app("b");
    let item =
        "[Item]\ndb_table = \"items\"\nfields.name = { type = \"CharField\", max_length = 9 }\n";
    project.write("a/models.toml", item);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    let insert = "INSERT INTO items (name) VALUES ('one')";
    project.database().execute(insert, ()).unwrap();
    project.write("a/models.toml", "");
    project.write("b/models.toml", item);
    let run = ["makemigrations", "b", "--rename", "a.Item=b.Item"];
    project.djr(run).success();
    // Only the new app has its migration.
    std::fs::remove_file(project.path("a/migrations/0002_delete_item.toml")).ok();
    project.djr(["migrate"]).success();
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    assert_eq!(project.count("items"), 1);
    project.djr(["check", "--database", "default"]).success();
}

const USER: &str = r#"
[User.fields]
password = { type = "CharField", max_length = 128 }
last_login = { type = "DateTimeField", null = true, blank = true }
is_superuser = { type = "BooleanField", default = false }
username = { type = "CharField", max_length = 150, unique = true }
first_name = { type = "CharField", max_length = 150, blank = true }
last_name = { type = "CharField", max_length = 150, blank = true }
email = { type = "EmailField", blank = true }
is_staff = { type = "BooleanField", default = false }
is_active = { type = "BooleanField", default = true }
date_joined = { type = "DateTimeField", default = { function = "now" } }
"#;

#[test]
fn the_user_model_does_not_move() {
    let project = Project::new().app("a").app("b");
    project.write("a/models.toml", USER);
    let project = project.setting("[auth]\nuser_model = \"a.User\"");
    project.djr(["makemigrations"]).success();
    project.write("a/models.toml", "");
    project.write("b/models.toml", USER);
    let project = project.replaced("\"a.User\"", "\"b.User\"");
    let run = ["makemigrations", "--rename", "a.User=b.User"];
    let transcript = project.djr(run).exited(3);
    let told = "`a.user` cannot move to `b.user`: it is the user model";
    assert!(transcript.stderr().contains(told), "{transcript}");
}

#[test]
fn a_content_type_follows_the_new_name_of_its_model_both_ways() {
    let project = filled("");
    let models = project.read("a/models.toml");
    project.write("a/models.toml", &models.replace("Item", "Thing"));
    project.write("c/models.toml", &referring("a.Thing"));
    project
        .djr(["makemigrations", "--rename", "a.Item=Thing"])
        .success();
    project.djr(["migrate"]).success();
    assert_eq!(granted(&project), ["a.thing change_item"]);
    project.djr(["check", "--database", "default"]).success();
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(granted(&project), ["a.item change_item"]);
}

const DELETE: &str = "DeleteModel = { name = \"Item\" }";
const CREATE: &str = "CreateModel = { name = \"Item\", fields = { name = { type = \"CharField\", max_length = 9 } }, \
    options = { db_table = \"items\" } }";

/// A project with the table `items`, one row in it, and two migrations written by hand.
fn by_hand(deletion: &str, creation: &str) -> Project {
    let project = Project::new().app("a").app("b");
    let first = CREATE.to_owned();
    project.write(
        "a/migrations/0001_initial.toml",
        &format!("[[operations]]\n{first}\n"),
    );
    project.djr(["migrate"]).success();
    let insert = "INSERT INTO items (name) VALUES ('one')";
    project.database().execute(insert, ()).unwrap();
    project.write(
        "a/migrations/0002_delete.toml",
        &format!("dependencies = [\"a.0001_initial\"]\n[[operations]]\n{deletion}\n"),
    );
    project.write(
        "b/migrations/0001_initial.toml",
        &format!("dependencies = [\"a.0002_delete\"]\n[[operations]]\n{creation}\n"),
    );
    project
}

#[test]
fn a_run_does_not_drop_a_table_that_a_model_of_another_app_gets_in_it() {
    let project = by_hand(DELETE, CREATE);
    for run in [
        &["migrate"][..],
        &["migrate", "--no-snapshot"],
        &["migrate", "--rehearse"],
    ] {
        let transcript = project.djr(run).exited(3);
        for told in [
            "`a.0002_delete` drops the table `items` of `a.item` with its rows, and `b.item` gets an empty one",
            "djr migrate a 0002_delete",
        ] {
            assert!(
                transcript.stderr().contains(told),
                "{}",
                transcript.stderr()
            );
        }
    }
    assert_eq!(project.count("items"), 1);
    // That is followed.
    let transcript = project.djr(["migrate", "a", "0002_delete"]).success();
    assert!(
        transcript.stderr().contains("snapshot"),
        "{}",
        transcript.stderr()
    );
    project.djr(["migrate"]).success();
    assert_eq!(project.count("items"), 0);
}

#[test]
fn a_table_that_two_models_have_is_not_dropped_for_one_of_them() {
    let only_state =
        format!("SeparateDatabaseAndState = {{ state_operations = [{{ {CREATE} }}] }}");
    let project = by_hand("RunSQL = { sql = \"SELECT 1\" }", &only_state);
    project.write(
        "a/migrations/0003_late.toml",
        &format!(
            "dependencies = [\"a.0002_delete\", \"b.0001_initial\"]\n[[operations]]\n{DELETE}\n"
        ),
    );
    let transcript = project.djr(["migrate"]).exited(3);
    let told =
        "`a.0003_late` drops the table `items` of `a.item` with its rows, and `b.item` has it too";
    assert!(
        transcript.stderr().contains(told),
        "{}",
        transcript.stderr()
    );
    assert_eq!(project.count("items"), 1);
}

#[test]
fn the_content_type_follows_a_table_whatever_order_the_state_changes_in() {
    let state = |operation: &str| {
        format!("SeparateDatabaseAndState = {{ state_operations = [{{ {operation} }}] }}")
    };
    let project = by_hand(&state(DELETE), &state(CREATE));
    project.djr(["migrate"]).success();
    assert_eq!(content_types(&project), ["b.item"]);
    assert_eq!(project.count("items"), 1);
    project.djr(["migrate", "a", "0001"]).success();
    assert_eq!(content_types(&project), ["a.item"]);
}

#[test]
fn what_a_separate_operation_does_to_the_database_counts_for_fake_initial() {
    let project = Project::new().app("b").migrated();
    project.write(
        "b/migrations/0001_initial.toml",
        &format!(
            "[[operations]]\nSeparateDatabaseAndState = {{ database_operations = [{{ {CREATE} }}], \
             state_operations = [{{ {CREATE} }}] }}\n"
        ),
    );
    let table = "CREATE TABLE items (id integer PRIMARY KEY, name varchar(9) NOT NULL)";
    project.database().execute(table, ()).unwrap();
    project.djr(["migrate"]).exited(3);
    project.djr(["migrate", "--fake-initial"]).success();
}

#[test]
fn a_proxy_that_shows_another_model_is_made_again() {
    let project = Project::new().app("a");
    let models = |base: &str| {
        format!(
            "{TAGS}[Other]\nfields.x = {{ type = \"IntegerField\" }}\n[Shown]\nproxy_for = \"{base}\"\n"
        )
    };
    project.write("a/models.toml", &models("Tag"));
    project.djr(["makemigrations"]).success();
    project.write("a/models.toml", &models("Other"));
    project.djr(["makemigrations", "--check"]).exited(1);
    project.djr(["makemigrations"]).success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
}
