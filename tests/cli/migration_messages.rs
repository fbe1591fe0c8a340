//! What is said where a migration cannot be applied, and that it can be followed.

use crate::support::Project;

const CODE: &str = "fields.code = { type = \"CharField\", max_length = 9 }\n";

/// A project whose models have their first migration, applied.
fn migrated(models: &str, rows: &str) -> Project {
    let project = Project::new().app("a");
    project.write("a/models.toml", models);
    project.djr(["makemigrations"]).success();
    project.djr(["migrate"]).success();
    project.database().execute_batch(rows).unwrap();
    project
}

#[test]
fn a_key_that_is_changed_by_hand_is_an_error_that_names_the_migration() {
    let code = CODE.replace('9', "9, unique = true");
    let project = migrated(
        &format!(
            "[Line]\n{code}[Post]\nfields.line = {{ type = \"ForeignKey\", to = \"Line\", on_delete = \"CASCADE\" }}\n"
        ),
        "INSERT INTO a_line (code) VALUES ('c'); INSERT INTO a_post (line_id) VALUES (1)",
    );
    project.write(
        "a/migrations/0002_key.toml",
        "dependencies = [\"a.0001_initial\"]\n[[operations]]\nRemoveField = { model = \"Line\", name = \"id\" }\n\
         [[operations]]\nAlterField = { model = \"Line\", name = \"code\", field = { type = \"CharField\", max_length = 9, \
         primary_key = true } }\n",
    );
    project.write(
        "a/migrations/0003_later.toml",
        "dependencies = [\"a.0002_key\"]\n[[operations]]\nRunSQL = { sql = \"SELECT 1\" }\n",
    );
    let transcript = project.djr(["migrate"]).exited(3);
    for told in [
        "after `a.0002_key`, what `a_post` refers to is not a unique column of `a_line`",
        "remove the references of `a_post`",
    ] {
        assert!(transcript.stderr().contains(told), "{transcript}");
    }
    assert_eq!(
        project.count("a_post JOIN a_line ON a_line.id = line_id"),
        1
    );
}

#[test]
fn links_that_get_a_model_by_hand_are_refused_without_a_hint_that_loses_them() {
    let project = migrated(
        "[Post]\nfields.tags = { type = \"ManyToManyField\", to = \"Tag\" }\n\
         [Tag]\nfields.x = { type = \"IntegerField\" }\n\
         [Tagging]\nfields.post = { type = \"ForeignKey\", to = \"Post\", on_delete = \"CASCADE\", related_name = \"+\" }\n\
         fields.tag = { type = \"ForeignKey\", to = \"Tag\", on_delete = \"CASCADE\", related_name = \"+\" }\n",
        "",
    );
    project.write(
        "a/migrations/0002_through.toml",
        "dependencies = [\"a.0001_initial\"]\n[[operations]]\nAlterField = { model = \"Post\", name = \"tags\", \
         field = { type = \"ManyToManyField\", to = \"Tag\", through = \"Tagging\" } }\n",
    );
    let transcript = project.djr(["migrate"]).exited(3);
    for told in [
        "a.0002_through",
        "`tags` cannot get or lose `through`: its links have no place to go",
    ] {
        assert!(transcript.stderr().contains(told), "{transcript}");
    }
    assert!(
        !transcript.stderr().contains("remove the field"),
        "{transcript}"
    );
}

#[test]
fn a_unique_field_with_a_default_is_filled_in_the_three_steps_of_the_hint() {
    let project = migrated(
        &format!("[Line]\n{CODE}"),
        "INSERT INTO a_line (code) VALUES ('c'), ('d')",
    );
    let token = |options: &str| {
        format!(
            "[Line]\n{CODE}fields.token = {{ type = \"UUIDField\", unique = true, {options} }}\n"
        )
    };
    let wanted = token("default = { function = \"uuid4\" }");
    project.write("a/models.toml", &wanted);
    let transcript = project.djr(["makemigrations"]).success();
    let told = "is unique, and all existing rows get the same value";
    assert!(transcript.stderr().contains(told), "{transcript}");
    let transcript = project.djr(["migrate"]).exited(1);
    for told in [
        "a.0002_line_token",
        "all existing rows get the same value in `token`, which is unique",
        "give `token` of `Line` `null = true` and no default",
    ] {
        assert!(transcript.stderr().contains(told), "{transcript}");
    }
    let second = project.path("a/migrations/0002_line_token.toml");
    std::fs::remove_file(second).unwrap();
    project.write("a/models.toml", &token("null = true"));
    project.djr(["makemigrations"]).success();
    project
        .djr(["makemigrations", "a", "--empty", "--name", "fill"])
        .success();
    let empty = project.read("a/migrations/0003_fill.toml");
    let fill = "[[operations]]\nRunSQL = { sql = \"UPDATE a_line SET token = lower(hex(randomblob(16)))\", reverse_sql = \"\" }\n";
    project.write("a/migrations/0003_fill.toml", &format!("{empty}\n{fill}"));
    project.write("a/models.toml", &wanted);
    project.djr(["makemigrations"]).success();
    project.djr(["makemigrations", "--check"]).success();
    project.djr(["migrate"]).success();
    assert_eq!(project.count("(SELECT DISTINCT token FROM a_line)"), 2);
}

#[test]
fn a_squash_that_is_half_applied_says_which_files_to_bring_back() {
    let project = migrated(&format!("[Line]\n{CODE}"), "");
    let more = "fields.more = { type = \"IntegerField\", default = 1 }\n";
    project.write("a/models.toml", &format!("[Line]\n{CODE}{more}"));
    project.djr(["makemigrations"]).success();
    project
        .djr(["squashmigrations", "a", "0002", "--noinput"])
        .success();
    let names = ["0001_initial", "0002_line_more"];
    let path = |name: &str| project.path(format!("a/migrations/{name}.toml"));
    let kept = names.map(|name| std::fs::read_to_string(path(name)).unwrap());
    for name in names {
        std::fs::remove_file(path(name)).unwrap();
    }
    for run in [
        &["migrate"][..],
        &["migrate", "--plan"],
        &["migrate", "--check"],
    ] {
        let transcript = project.djr(run).exited(3);
        for told in [
            "stands for others of which `a.0001_initial` is applied and `a.0002_line_more` is not",
            "bring back the files of `a.0001_initial`, `a.0002_line_more`, run `djr migrate`, then delete them again",
        ] {
            assert!(transcript.stderr().contains(told), "{transcript}");
        }
    }
    // That is followed.
    for (name, text) in names.iter().zip(kept) {
        std::fs::write(path(name), text).unwrap();
    }
    project.djr(["migrate"]).success();
    for name in names {
        std::fs::remove_file(path(name)).unwrap();
    }
    project.djr(["migrate", "--check"]).success();
    project.djr(["check", "--database", "default"]).success();
}
