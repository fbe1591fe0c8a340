//! What is wrong in a `forms.toml`, found with its place and the nearest name.

use std::fs;

use crate::apps::{App, AppLabel, AppSource, Apps};
use crate::clock::Zone;
use crate::document::Problems;
use crate::forms::{load_forms, no_code};
use crate::models::{ModelKey, Registry};

const MODELS: &str = "[Post.fields]\ntitle = { type = 'CharField', max_length = 200 }\n\
    body = { type = 'TextField' }\nseen = { type = 'IntegerField', editable = false }\n\
    [Comment.fields]\npost = { type = 'ForeignKey', to = 'posts.Post', on_delete = 'CASCADE' }\n\
    text = { type = 'TextField' }\n\
    [Link.fields]\nfrom_post = { type = 'ForeignKey', to = 'posts.Post', on_delete = 'CASCADE', related_name = '+' }\n\
    to_post = { type = 'ForeignKey', to = 'posts.Post', on_delete = 'CASCADE', related_name = '+' }\n";

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
    load_forms(&apps, Some(&registry), &Zone::utc(), &no_code, &problems);
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
            "model = 'posts.Post'\nexclude = []\nfield_classes = { title = 'SlugFeld' }",
            "forms.toml:4:27: `SlugFeld` is not a field of a form | did you mean `SlugField`?",
        ),
        (
            "model = 'posts.Post'\nexclude = []\nlocalized_fields = ['titel']",
            "forms.toml:4:21: `titel` is not a field of `Post` | did you mean `title`?",
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
fn a_form_set_is_told_with_its_place_and_the_nearest_name() {
    let forms = "[Plain.fields]\na = { type = 'CharField' }\n\
        [P]\nmodel = 'posts.Post'\nfields = ['title']\n\
        [C]\nmodel = 'posts.Comment'\nfields = ['text']\n\
        [L]\nmodel = 'posts.Link'\nfields = ['to_post']\n";
    for (set, expected) in [
        (
            "form = 'C'\nparent_model = 'posts.Pots'",
            "forms.toml:14:16: there is no model `posts.Pots` | did you mean `posts.Post`?",
        ),
        (
            "form = 'P'\nparent_model = 'posts.Comment'",
            "forms.toml:14:16: `Post` has no foreign key to `posts.Comment`",
        ),
        (
            "form = 'L'\nparent_model = 'posts.Post'",
            "forms.toml:14:16: `Link` has several foreign keys to `posts.Post` | add `fk_name`, one of \
             `from_post`, `to_post`",
        ),
        (
            "form = 'L'\nparent_model = 'posts.Post'\nfk_name = 'form_post'",
            "forms.toml:15:11: `form_post` is not a foreign key of `Link` to `posts.Post` | did you mean \
             `from_post`?",
        ),
        (
            "form = 'C'\nfk_name = 'post'",
            "forms.toml:14:11: `fk_name` needs a `parent_model`",
        ),
        (
            "form = 'Plain'\nfilter = { a = 1 }",
            "forms.toml:14:10: `filter` is for sets of forms of a model | the form `posts.Plain` has no `model`",
        ),
        (
            "form = 'P'\nfilter = { titel = 'x' }",
            "forms.toml:14:12: `posts.post` has no field `titel` | did you mean `title`?",
        ),
        (
            "form = 'P'\norder_by = ['-bdy']",
            "forms.toml:14:13: `posts.post` has no field `bdy` | did you mean `body`?",
        ),
        (
            "form = 'P'\nmax_num = 5\nabsolute_max = 4",
            "forms.toml:15:16: `absolute_max` must be at least `max_num`",
        ),
        (
            "form = 'P'\nmax_nmu = 5",
            "forms.toml:14:1: unknown key `max_nmu` | did you mean `max_num`?",
        ),
        ("form = 'P'\nextra = -1", "forms.toml:14:9: "),
    ] {
        finds(&format!("{forms}[S]\n{set}\n"), expected);
    }
}

#[test]
fn rows_that_are_chosen_from_are_told_with_the_nearest_name() {
    for (options, expected) in [
        ("filter = { titel = 'x' }", "forms.toml:2:67: "),
        ("exclude = { title__contians = 'x' }", "forms.toml:2:68: "),
        ("order_by = ['titel']", "forms.toml:2:68: "),
        ("to_field_name = 'titel'", "forms.toml:2:72: "),
        ("label_from_field = 'titel'", "forms.toml:2:75: "),
        ("filter = 3", "forms.toml:2:65: "),
        (
            "order_by = 3",
            "forms.toml:2:67: an order is a list of names of fields",
        ),
    ] {
        let field = format!("a = {{ type = 'ModelChoiceField', model = 'posts.Post', {options} }}");
        finds(&format!("[F.fields]\n{field}\n"), expected);
    }
}

#[test]
fn a_sound_file_has_no_mistakes() {
    let sound =
        "[F]\nmodel = 'posts.Post'\nfields = ['title', 'body']\n[Set]\nform = 'F'\nextra = 2\n";
    assert_eq!(mistakes(sound), Vec::<String>::new());
}

#[test]
fn a_message_for_an_error_that_there_is_not_is_told() {
    for (text, expected) in [
        (
            "[F.fields]\na = { type = 'CharField', error_messages = { requird = 'x' } }\n",
            "forms.toml:2:46: no error of `a` has the code `requird` | did you mean `required`?",
        ),
        (
            "[F.fields]\na = { type = 'BooleanField', error_messages = { xyz = 'x' } }\n",
            "forms.toml:2:49: no error of `a` has the code `xyz` | its codes are `required`",
        ),
        (
            "[F]\nmodel = 'Post'\nfields = ['title']\nerror_messages = { title = { uniqe = 'x' } }\n",
            "forms.toml:4:30: no error of `title` has the code `uniqe` | did you mean `unique`?",
        ),
        (
            "[F]\nmodel = 'Post'\nfields = ['title']\nerror_messages = { __all__ = { unique_togeter = 'x' } }\n",
            "forms.toml:4:32: no error of `__all__` has the code `unique_togeter` | did you mean `unique_together`?",
        ),
    ] {
        assert_eq!(mistakes(text), [expected]);
    }
    let own = "validators = [{ RegexValidator = { regex = '^a', code = 'mine' } }], error_messages = { mine = 'x' }";
    let sound = format!("[F.fields]\na = {{ type = 'CharField', {own} }}\n");
    assert_eq!(mistakes(&sound), Vec::<String>::new());
}

/// What follows from a mistake is not told again.
#[test]
fn one_mistake_is_told_once() {
    for (text, expected) in [
        (
            "[F]\nmodel = 'posts.Post'\nfeilds = ['title']\n",
            "forms.toml:3:1: unknown key `feilds` | did you mean `fields`?",
        ),
        (
            "[F]\nmodel = 'Pots'\nfields = ['title']\n[S]\nform = 'F'\n",
            "forms.toml:2:9: there is no model `Pots` | did you mean `Post`?",
        ),
        (
            "[F]\nmodel = 'posts.Post'\nfields = ['title']\nerror_messages = { __all__ = 'x' }\n",
            "forms.toml:4:30: `__all__` must be a table of messages | ",
        ),
        (
            "[F]\nmodel = 'posts.Post'\nfields = ['title']\nerror_messages = { __all__ = { unique = 5 } }\n",
            "forms.toml:4:41: the message of `unique` must be a string | ",
        ),
        (
            "[F]\nmodel = 'posts.Post'\nfields = ['title']\nerror_messages = { title = { unique = 5 } }\n",
            "forms.toml:4:39: the message of `unique` must be a string | ",
        ),
        (
            "[F]\nmodel = 'Comment'\nfields = ['text']\n[S]\nform = 'F'\norder_field = 'text'\n",
            "forms.toml:6:15: `text` is not a field of `Comment` for whole numbers | add `{ type = \"PositiveIntegerField\", default = 0 }` to the model",
        ),
    ] {
        assert_eq!(mistakes(text), [expected]);
    }
    assert!(mistakes("[F]\nmodel = 'Post'\nfields = ['title']\n").is_empty());
}
