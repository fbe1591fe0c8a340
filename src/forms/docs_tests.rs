//! The snippets of `docs/forms.md`: what they declare is read, what they print is printed.

use std::fs;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::document::Problems;
use crate::forms::{FIELD_CLASSES, Form, Forms, known_field_options, load_forms, no_code};
use crate::models::{ModelKey, Registry};
use crate::templates::value::Value;
use crate::templates::{Context, render_page};

const PAGE: &str = include_str!("../../docs/forms.md");

const MODELS: &str = "[Tag.fields]\nname = { type = 'CharField', max_length = 20 }\n\
    [Post.fields]\ntitle = { type = 'CharField', max_length = 200 }\nbody = { type = 'TextField' }\n\
    tags = { type = 'ManyToManyField', to = 'posts.Tag' }\n\
    [Comment.fields]\npost = { type = 'ForeignKey', to = 'posts.Post', on_delete = 'CASCADE' }\n\
    author = { type = 'CharField', max_length = 30 }\ntext = { type = 'TextField' }\n";

/// The snippets in the language `language`.
fn snippets(language: &str) -> Vec<&'static str> {
    let start = format!("```{language}\n");
    let snippets = PAGE.split(start.as_str()).skip(1);
    snippets
        .map(|rest| rest.split("\n```").next().unwrap())
        .collect()
}

/// The forms of all snippets, each in the app that its first line names.
fn forms() -> Forms {
    let root = tempfile::tempdir().unwrap();
    let app = |label: &str| {
        let directory = root.path().join(label);
        fs::create_dir(&directory).unwrap();
        let file = format!("# {label}/forms.toml\n");
        let own = snippets("toml")
            .into_iter()
            .filter(|text| text.starts_with(&file));
        fs::write(
            directory.join("forms.toml"),
            own.collect::<Vec<_>>().join("\n"),
        )
        .unwrap();
        if label == "posts" {
            fs::write(directory.join("models.toml"), MODELS).unwrap();
        }
        App {
            label: AppLabel::new(label).unwrap(),
            source: AppSource::Disk(directory),
        }
    };
    let apps = Apps::new(vec![app("contact"), app("posts")]);
    let registry = Registry::read(&apps, &ModelKey::new("auth", "User")).unwrap();
    let problems = Problems::default();
    let forms = load_forms(&apps, Some(&registry), &Zone::utc(), &no_code, &problems);
    problems.finish(()).unwrap();
    forms
}

#[test]
fn the_forms_of_the_page_can_be_read_and_printed() {
    let forms = forms();
    for name in [
        "contact.ContactForm",
        "posts.PostForm",
        "contact.PersonForm",
    ] {
        let form = Form::of(forms.get(name).unwrap_or_else(|| panic!("{name}")));
        for template in snippets("jinja") {
            let context = Context::default()
                .with("form", Value::from_object(form.clone()))
                .with("csrf_input", "");
            let page = render_page(template, context).unwrap();
            assert!(page.contains("name=\""), "{name}: {page}");
        }
    }
    assert!(
        forms
            .get_set("contact.PersonFormSet")
            .unwrap()
            .options
            .can_delete
    );
    for name in ["posts.TagFormSet", "posts.CommentFormSet"] {
        let set = forms.get_set(name).unwrap_or_else(|| panic!("{name}"));
        assert!(set.options.can_delete && set.rows.is_some(), "{name}");
    }
    assert_eq!((snippets("toml").len(), snippets("jinja").len()), (5, 2));
}

#[test]
fn the_page_names_every_class_with_all_its_options() {
    let rows: Vec<_> = PAGE
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let everywhere = [
        "type",
        "label",
        "label_suffix",
        "help_text",
        "initial",
        "required",
        "disabled",
        "widget",
        "validators",
        "error_messages",
        "localize",
        "show_hidden_initial",
    ];
    let is_told = |option: &str| PAGE.contains(&format!("`{option}`"));
    for class in FIELD_CLASSES {
        assert!(
            rows.iter().any(|row| row.contains(&format!("`{class}`"))),
            "{class}"
        );
        let options = known_field_options(class);
        let untold: Vec<_> = options
            .iter()
            .filter(|option| !everywhere.contains(&option.as_str()) && !is_told(option))
            .collect();
        assert!(untold.is_empty(), "{class}: {untold:?}");
    }
}
