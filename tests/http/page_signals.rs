//! Receivers in Python hear of the rows that djr's own pages write, and may refuse them.

use crate::attacks::browser::Browser;
use crate::support::Project;

const MODELS: &str = r#"
[Tag.fields]
name = { type = "CharField", max_length = 50 }

[Post.fields]
title = { type = "CharField", max_length = 50 }
tags = { type = "ManyToManyField", to = "Tag", blank = true }

[Heard.fields]
what = { type = "CharField", max_length = 200 }
"#;

/// Keeps what is heard as rows: they are in the same transaction as what is told of.
const SIGNALS: &str = r#"
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from posts.models import Heard, Post

MODELS = (Post, get_user_model())


def note(*words):
    Heard.objects.create(what=" ".join(map(str, words)))


@receiver(pre_save)
@receiver(post_save)
def saved(sender, signal, instance, created=None, update_fields=None, **kwargs):
    if sender in MODELS:
        if str(instance) == "refused":
            raise ValueError("nothing is called so")
        note("before" if signal is pre_save else "saved", sender.__name__, instance, created, sorted(update_fields or ()))
"#;

const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = "new/"
view = "generic.create"
model = "posts.Post"
fields = ["title", "tags"]
success_url = "/done/"
"#;

const FORM: &str = "<form method=\"post\">{{ csrf_input }}{{ form }}</form>";
const PASSWORD: &str = "a wholly new passphrase 7";

fn site() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "[project]",
            "[auth]\nsignup = true\n\n[project]\nallowed_hosts = [\"testserver\"]",
        )
        .file("posts/models.toml", MODELS)
        .file("templates/posts/post_form.html", FORM)
        .file("urls.toml", URLS);
    project.djr(["makemigrations"]).success();
    project.migrated().file("posts/signals.py", SIGNALS)
}

#[test]
fn receivers_hear_of_accounts() {
    let project = site();
    let server = project.serve();
    let mut ada = Browser::new(server.address());
    let account = [
        ("username", "ada"),
        ("email", "ada@example.com"),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ];
    assert_eq!(ada.submit("/accounts/signup/", &account).status, 302);
    let lines: Vec<(String,)> = project.rows("SELECT what FROM posts_heard ORDER BY id");
    let lines: Vec<_> = lines.into_iter().map(|(line,)| line).collect();
    assert_eq!(
        lines,
        [
            "before User ada None []",
            "saved User ada True []",
            "before User ada None ['last_login']",
            "saved User ada False ['last_login']",
        ]
    );
}

#[test]
fn what_a_receiver_refuses_is_not_written_by_a_page() {
    let project = site().file(
        "posts/models.py",
        "from django.db import models\n\n\nclass Post(models.Model):\n    def __str__(self):\n        return self.title\n",
    );
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let answer = visitor.submit("/new/", &[("title", "refused")]);
    assert_eq!(answer.status, 500);
    assert!(
        answer.text().contains("posts/signals.py:"),
        "{}",
        answer.text()
    );
    let rows: Vec<(String,)> = project.rows("SELECT title FROM posts_post");
    assert!(rows.is_empty(), "{rows:?}");
}
