//! Reductions, from migrations as they are written.

use std::path::Path;

use crate::document::Document;
use crate::migrations::operations::Operation;
use crate::migrations::{Migration, MigrationKey, Optimizer, write_migration};
use crate::models::ModelKey;

fn operations(text: &str) -> Vec<Operation> {
    let lines: Vec<_> = text.trim().lines().map(str::trim).collect();
    let text = format!("[[operations]]\n{}", lines.join("\n[[operations]]\n"));
    let document = Document::parse(Path::new("x.toml"), &text).unwrap();
    let key = MigrationKey::new("posts", "0001");
    let migration = Migration::read(&key, &document, &ModelKey::new("auth", "User"));
    migration
        .unwrap_or_else(|findings| panic!("{findings}"))
        .operations
}

fn optimized(text: &str) -> Vec<Operation> {
    let user_model = ModelKey::new("auth", "User");
    let optimizer = Optimizer {
        app_label: "posts",
        user_model: &user_model,
    };
    optimizer.optimize(operations(text))
}

fn described(text: &str) -> Vec<String> {
    optimized(text).iter().map(Operation::describe).collect()
}

const CREATE: &str =
    r#"CreateModel = { name = "Post", fields = { title = { type = "TextField" } } }"#;

#[test]
fn a_model_is_made_as_it_ends_up() {
    let found = optimized(&format!(
        r#"{CREATE}
        AddField = {{ model = "Post", name = "n", field = {{ type = "IntegerField", default = 1 }}, preserve_default = false }}
        AlterField = {{ model = "Post", name = "title", field = {{ type = "CharField", max_length = 9 }} }}
        RenameField = {{ model = "Post", old_name = "title", new_name = "headline" }}
        AddIndex = {{ model = "Post", index = {{ name = "i", fields = ["headline"] }} }}
        AlterUniqueTogether = {{ name = "Post", unique_together = [["n", "headline"]] }}
        AlterModelOptions = {{ name = "Post", options = {{ ordering = ["n"] }} }}
        AlterModelTable = {{ name = "Post", table = "p" }}
        RenameModel = {{ old_name = "Post", new_name = "Entry" }}"#
    ));
    let migration = Migration::new(MigrationKey::new("posts", "0001"), found);
    assert_eq!(
        write_migration(&migration),
        "[[operations]]\n[operations.CreateModel]\nname = \"Entry\"\n[operations.CreateModel.fields]\n\
         n = { type = \"IntegerField\" }\nheadline = { type = \"CharField\", max_length = 9 }\n\
         [operations.CreateModel.options]\ndb_table = \"p\"\nordering = [\"n\"]\n\
         unique_together = [[\"n\", \"headline\"]]\nindexes = [{ name = \"i\", fields = [\"headline\"] }]\n"
    );
}

#[test]
fn what_is_made_and_removed_is_gone() {
    let found = described(&format!(
        r#"{CREATE}
        AddField = {{ model = "Tag", name = "n", field = {{ type = "IntegerField", default = 1 }} }}
        DeleteModel = {{ name = "Post" }}
        RemoveField = {{ model = "Tag", name = "n" }}"#
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_passes_a_script() {
    let found = described(&format!(
        r#"{CREATE}
        RunSQL = {{ sql = "SELECT 1" }}
        AddField = {{ model = "Post", name = "n", field = {{ type = "IntegerField", default = 1 }} }}"#
    ));
    assert_eq!(found.len(), 3);
}

#[test]
fn a_reference_waits_for_the_model_it_goes_to() {
    let found = described(&format!(
        r#"{CREATE}
        CreateModel = {{ name = "Tag", fields = {{ name = {{ type = "TextField" }} }} }}
        AddField = {{ model = "Post", name = "tag", field = {{ type = "ForeignKey", to = "posts.Tag", on_delete = "CASCADE", default = 1 }} }}"#
    ));
    assert_eq!(found, ["Create model Tag", "Create model Post"]);
}

#[test]
fn existing_rows_keep_their_default_when_the_field_is_altered_later() {
    let found = optimized(
        r#"AddField = { model = "Post", name = "n", field = { type = "IntegerField", default = 7 }, preserve_default = false }
        AlterField = { model = "Post", name = "n", field = { type = "BigIntegerField" } }"#,
    );
    let [
        Operation::AddField {
            field,
            preserve_default,
            ..
        },
    ] = found.as_slice()
    else {
        panic!("{found:?}");
    };
    assert!(field.default.is_some() && !preserve_default);
}

#[test]
fn renames_in_a_row_are_one() {
    let found = described(
        r#"RenameField = { model = "Post", old_name = "a", new_name = "b" }
        RenameField = { model = "Post", old_name = "b", new_name = "c" }
        RenameModel = { old_name = "A", new_name = "B" }
        RenameModel = { old_name = "B", new_name = "C" }"#,
    );
    assert_eq!(
        found,
        ["Rename field a on Post to c", "Rename model A to C"]
    );
}

#[test]
fn an_elidable_script_is_in_the_way_of_nothing_and_goes() {
    let found = described(
        r#"AddField = { model = "Post", name = "a", field = { type = "TextField", null = true } }
        RunSQL = { sql = "UPDATE posts_post SET a = 1", elidable = true }
        RemoveField = { model = "Post", name = "a" }"#,
    );
    assert!(found.is_empty(), "{found:?}");
}
