//! What models of one app take from another: abstract bases and the model of users.

use std::fs;

use djr::apps::{App, AppLabel, AppSource, Apps};
use djr::models::{ModelKey, ProjectState, Registry};
use djr::schema::{Direction, SchemaEditor};

/// The models of these apps, where a user is a `people.Person`.
fn registry(apps: &[(&str, &str)]) -> Registry {
    let root = tempfile::tempdir().unwrap();
    let app = |(label, text): &(&str, &str)| {
        let directory = root.path().join(label);
        fs::create_dir(&directory).unwrap();
        fs::write(directory.join("models.toml"), text).unwrap();
        App {
            label: AppLabel::new(label).unwrap(),
            source: AppSource::Disk(directory),
        }
    };
    let apps = Apps::new(apps.iter().map(app).collect());
    let user_model = ModelKey::new("people", "Person");
    Registry::read(&apps, &user_model).unwrap_or_else(|findings| panic!("{findings}"))
}

fn columns(registry: &Registry, model: &str) -> Vec<String> {
    let fields = registry.get(model).unwrap().fields.iter();
    fields.map(|field| field.name.clone()).collect()
}

const PEOPLE: (&str, &str) = (
    "people",
    r#"
    [Person.fields]
    code = { type = "CharField", max_length = 9, primary_key = true }
    "#,
);

#[test]
fn a_base_of_a_later_app_is_taken_over_with_the_bases_it_has() {
    let registry = registry(&[
        (
            "blog",
            r#"
            [Post]
            bases = ["shared.Stamped", "Titled"]
            [Post.fields]
            title = { type = "TextField" }
            [Titled]
            abstract = true
            [Titled.fields]
            title = { type = "CharField" }
            subtitle = { type = "CharField" }
            "#,
        ),
        PEOPLE,
        (
            "shared",
            r#"
            [Kept]
            abstract = true
            ordering = ["-made"]
            [Kept.fields]
            kept = { type = "BooleanField", default = true }
            [Stamped]
            abstract = true
            bases = ["Kept"]
            [Stamped.fields]
            made = { type = "DateTimeField", auto_now_add = true }
            "#,
        ),
    ]);
    let found = columns(&registry, "blog.Post");
    assert_eq!(found, ["id", "kept", "made", "subtitle", "title"]);
    let post = registry.get("blog.Post").unwrap();
    assert_eq!(post.options.ordering, ["-made"]);
    assert_eq!(post.field("title").unwrap().kind.class_name(), "TextField");
    assert!(registry.get("shared.Stamped").is_none(), "it has no table");
}

#[test]
fn a_reference_to_the_user_model_has_the_type_of_its_key() {
    let registry = registry(&[
        (
            "blog",
            r#"
            [Post.fields]
            author = { type = "ForeignKey", to = "auth.user_model", on_delete = "CASCADE" }
            readers = { type = "ManyToManyField", to = "auth.user_model", related_name = "+" }
            "#,
        ),
        PEOPLE,
    ]);
    let mut state = ProjectState::new(ModelKey::new("people", "Person"));
    for model in registry.models() {
        state.add(model.clone()).unwrap();
    }
    let mut editor = SchemaEditor::collecting(Direction::Forwards);
    let post = registry.get("blog.Post").unwrap();
    editor.create_model(&state, post).unwrap();
    let made = editor.finish().unwrap();
    let author = r#""author_id" varchar(9) NOT NULL REFERENCES "people_person" ("code")"#;
    assert!(made[0].contains(author), "{}", made[0]);
    let reader = r#""person_id" varchar(9) NOT NULL REFERENCES "people_person" ("code")"#;
    assert!(made[1].contains(reader), "{}", made[1]);
}
