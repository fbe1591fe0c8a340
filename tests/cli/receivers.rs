//! Receivers of signals hear of rows that commands write, as they do on Django (`tests/parity/record_signals.py`).

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::Project;

const MODELS: &str = r#"
[Tag.fields]
name = { type = "CharField", max_length = 50 }

[Post.fields]
title = { type = "CharField", max_length = 50 }
tags = { type = "ManyToManyField", to = "posts.Tag", blank = true }
"#;

/// A project whose receivers print what they hear.
fn project() -> Project {
    let receivers = include_str!("../parity/signals/receivers.py");
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .file("posts/models.toml", MODELS)
        .file("password", "Xk29!fooBAR")
        .file("other", "Xk29!fooBAZ")
        .file(
            "fixture.json",
            include_str!("../parity/signals/fixture.json"),
        )
        .file("acts.py", include_str!("../parity/signals/acts.py"));
    project.djr(["makemigrations"]).success();
    project.file("posts/signals.py", receivers)
}

fn superuser(name: &str) -> Vec<&str> {
    let given = ["--email", "a@example.com", "--password-file=password"];
    [&["createsuperuser", "--username", name], &given[..]].concat()
}

#[test]
fn signals_are_those_that_django_sends_for_the_same_acts() {
    let recorded: Value =
        serde_json::from_str(include_str!("../parity/golden/signals.json")).unwrap();
    let project = project();
    let mut differences = String::new();
    for (act, command) in [
        ("migrate", vec!["migrate"]),
        ("migrate again", vec!["migrate"]),
        (
            "migrate back",
            vec!["migrate", "posts", "zero", "--no-input"],
        ),
        ("migrate forth", vec!["migrate", "posts"]),
        ("createsuperuser", superuser("ada")),
        ("createsuperuser refused", superuser("refused")),
        (
            "changepassword",
            vec!["changepassword", "ada", "--password-file", "other"],
        ),
        ("loaddata", vec!["loaddata", "fixture.json"]),
        ("loaddata again", vec!["loaddata", "fixture.json"]),
        ("acts", vec!["shell", "acts.py"]),
        ("flush", vec!["flush", "--no-input"]),
    ] {
        let expected = &recorded[act];
        let run = project.djr(command);
        let text = run.stdout();
        let own = [
            "created superuser",
            "changed the password",
            "loaded 3 objects",
            "applied ",
            "undid ",
            "nothing to migrate",
            "deleted ",
        ];
        let heard = text
            .lines()
            .filter(|line| !own.iter().any(|own| line.starts_with(own)));
        let heard: Vec<_> = heard.collect();
        let lines = expected["lines"].as_array().unwrap().iter();
        let lines: Vec<_> = lines.map(|line| line.as_str().unwrap()).collect();
        if heard != lines {
            let (heard, lines) = (heard.join("\n"), lines.join("\n"));
            writeln!(differences, "{act}:\n{heard}\n-- instead of\n{lines}").unwrap();
        }
        if expected["raised"].is_string() {
            let run = run.exited(1);
            assert!(run.stderr().contains("posts/signals.py:"), "{run}");
        } else {
            run.success();
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn what_a_receiver_refuses_is_taken_back() {
    let project = project().migrated();
    project.djr(superuser("ada")).success();
    project.djr(superuser("refused")).exited(1);
    let users: Vec<(String,)> = project.rows("SELECT username FROM auth_user");
    assert_eq!(users, [("ada".to_owned(),)]);
}

#[test]
fn a_mistake_in_the_receivers_is_told_before_anything_is_written() {
    let project = project().migrated();
    let project = project.file("posts/signals.py", "import nothing_of_that_name\n");
    let run = project.djr(superuser("ada")).exited(1);
    assert!(run.stderr().contains("posts/signals.py:1:"), "{run}");
    let users: Vec<(String,)> = project.rows("SELECT username FROM auth_user");
    assert!(users.is_empty());
}

const PREPARED: &str = r"
from django.db import models
from django.db.models.signals import class_prepared

prepared = []


def note(sender, **kwargs):
    prepared.append(sender.__name__)


class_prepared.connect(note)


class Post(models.Model):
    pass
";

const OTHER_SIGNALS: &str = r#"
from django.test import SimpleTestCase
from django.test.signals import template_rendered

from posts import models


class SignalTests(SimpleTestCase):
    def test_classes_are_told_of_once_they_are_made(self):
        self.assertEqual(models.prepared.count("Post"), 1)

    def test_pages_are_told_of(self):
        seen = []

        def note(sender, template, context, **kwargs):
            seen.append((template.name, context["greeting"]))

        template_rendered.connect(note)
        self.client.get("/")
        self.assertEqual(seen, [("home.html", "Hello")])
"#;

#[test]
fn receivers_hear_of_classes_and_of_the_pages_of_tests() {
    let page = "[[urls]]\npath = \"\"\nview = \"template\"\ntemplate = \"home.html\"\ncontext = { greeting = \"Hello\" }\n";
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .file("posts/models.toml", MODELS)
        .file("posts/models.py", PREPARED)
        .file("posts/tests.py", OTHER_SIGNALS)
        .file("templates/home.html", "{{ greeting }}")
        .file("urls.toml", page);
    project.djr(["makemigrations"]).success();
    project.djr(["test"]).success();
}
