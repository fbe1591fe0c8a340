//! What is wrong in a `forms.toml`, found with its place and the nearest name.

use std::fs;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::document::Problems;
use crate::forms::load_forms;
use crate::models::{ModelKey, Registry};

const MODELS: &str = "[Post.fields]\ntitle = { type = 'CharField', max_length = 200 }\n\
    body = { type = 'TextField' }\nseen = { type = 'IntegerField', editable = false }\n";

/// The findings of a file, each with its hints.
fn mistakes(text: &str) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("models.toml"), MODELS).unwrap();
    fs::write(root.path().join("forms.toml"), text).unwrap();
    let apps = Apps::new(vec![App {
        label: AppLabel::new("posts").unwrap(),
        source: AppSource::Disk(root.path().to_owned()),
    }]);
    let registry = Registry::read(&apps, &ModelKey::new("auth", "User")).unwrap();
    let problems = Problems::default();
    load_forms(&apps, Some(&registry), &Zone::utc(), &problems);
    let shown = root.path().display().to_string();
    let findings = problems.into_findings().into_iter();
    findings
        .map(|finding| {
            let hint = finding.hints.first().cloned().unwrap_or_default();
            format!("{finding} | {hint}").replace(&format!("{shown}/"), "")
        })
        .collect()
}

#[track_caller]
fn finds(text: &str, expected: &str) {
    let found = mistakes(text);
    assert!(
        found.iter().any(|line| line.starts_with(expected)),
        "{expected}\n{found:?}"
    );
}

#[test]
fn a_field_is_told_with_its_place_and_the_nearest_name() {
    for (field, expected) in [
        (
            "{ type = 'CharFeld' }",
            "forms.toml:2:14: `CharFeld` is not a field of a form | did you mean `CharField`?",
        ),
        (
            "{ type = 'CharField', max_lenght = 3 }",
            "forms.toml:2:27: unknown key `max_lenght` | did you mean `max_length`?",
        ),
        (
            "{ type = 'CharField', widget = 'Textaera' }",
            "forms.toml:2:36: `Textaera` is not a widget | did you mean `Textarea`?",
        ),
        (
            "{ type = 'RegexField', regex = '(' }",
            "forms.toml:2:36: `regex` cannot be used",
        ),
        (
            "{ type = 'DateField', initial = 'soon' }",
            "forms.toml:2:37: `initial` does not fit a DateField",
        ),
        (
            "{ type = 'TypedChoiceField', coerce = 'integer' }",
            "forms.toml:2:43: `integer` is not a coerce",
        ),
        (
            "{ type = 'ModelChoiceField', model = 'posts.Pst' }",
            "forms.toml:2:42: there is no model `posts.Pst` | did you mean `posts.Post`?",
        ),
        (
            "{ type = 'CharField', validators = ['validate_slg'] }",
            "forms.toml:2:41: `validate_slg` is not a validator | did you mean `validate_slug`?",
        ),
        ("{ }", "forms.toml:2:5: missing key `type`"),
        ("3", "forms.toml:2:5: the field `a` must be a table"),
    ] {
        finds(&format!("[F.fields]\na = {field}\n"), expected);
    }
}

#[test]
fn a_form_of_a_model_is_told_with_its_place_and_the_nearest_name() {
    for (form, expected) in [
        (
            "model = 'posts.Pots'\nfields = '__all__'",
            "forms.toml:2:9: there is no model `posts.Pots` | did you mean `posts.Post`?",
        ),
        (
            "model = 'posts.Post'",
            "forms.toml:2:9: a form of a model needs `fields` or `exclude`",
        ),
        (
            "model = 'posts.Post'\nfields = ['titel']",
            "forms.toml:3:11: `titel` is not a field of `Post` | did you mean `title`?",
        ),
        (
            "model = 'posts.Post'\nfields = ['seen']",
            "forms.toml:3:11: `seen` cannot be edited",
        ),
        (
            "model = 'posts.Post'\nfields = 'title'",
            "forms.toml:3:10: `fields` must be a list of names",
        ),
        (
            "model = 'posts.Post'\nexclude = []\nlabels = { bdy = 'B' }",
            "forms.toml:4:12: `bdy` is not a field of `Post` | did you mean `body`?",
        ),
        (
            "model = 'posts.Post'\nexclude = []\nwidget = 'x'",
            "forms.toml:4:1: unknown key `widget`",
        ),
        (
            "form = 'Missing'",
            "forms.toml:2:8: there is no form `Missing`",
        ),
    ] {
        finds(&format!("[F]\n{form}\n"), expected);
    }
}

#[test]
fn a_sound_file_has_no_mistakes() {
    let sound =
        "[F]\nmodel = 'posts.Post'\nfields = ['title', 'body']\n[Set]\nform = 'F'\nextra = 2\n";
    assert_eq!(mistakes(sound), Vec::<String>::new());
}
