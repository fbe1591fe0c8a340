//! Receivers in Python hear of the rows that djr's own pages write: sign-up, generic forms and the API.

use serde_json::{Value, json};

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
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
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


@receiver(pre_delete, sender=Post)
@receiver(post_delete, sender=Post)
def deleted(signal, instance, **kwargs):
    note("goes" if signal is pre_delete else "gone", instance)


@receiver(m2m_changed, sender=Post.tags.through)
def tagged(action, instance, pk_set, **kwargs):
    note(action, instance, sorted(pk_set or ()))


@receiver(user_logged_in)
@receiver(user_logged_out)
def came(signal, user, **kwargs):
    note("came" if signal is user_logged_in else "went", user)


@receiver(user_login_failed)
def failed(credentials, **kwargs):
    note("failed", credentials["username"])
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

[[urls]]
path = "posts/<int:pk>/"
view = "generic.update"
model = "posts.Post"
fields = ["title", "tags"]
success_url = "/done/"

[[urls]]
path = "posts/<int:pk>/delete/"
view = "generic.delete"
model = "posts.Post"
success_url = "/done/"

[[urls]]
path = "api/posts/"
view = "api.model"
model = "posts.Post"
fields = ["id", "title", "tags"]
permissions = "AllowAny"
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
        .file("templates/posts/post_confirm_delete.html", FORM)
        .file("urls.toml", URLS);
    project.djr(["makemigrations"]).success();
    let project = project.migrated().file("posts/signals.py", SIGNALS);
    let tags =
        "from posts.models import Tag; Tag.objects.create(name='a'); Tag.objects.create(name='b')";
    project.djr(["shell", "-c", tags]).success();
    project
}

/// What was heard since this was last asked, in order.
fn heard(project: &Project, known: &mut usize) -> Vec<String> {
    let rows: Vec<(String,)> = project.rows("SELECT what FROM posts_heard ORDER BY id");
    let new = rows.into_iter().skip(*known).map(|(what,)| what);
    let new: Vec<_> = new.collect();
    *known += new.len();
    new
}

#[test]
fn receivers_hear_of_accounts() {
    let project = site();
    let server = project.serve();
    let mut ada = Browser::new(server.address());
    let mut known = 0;
    let account = [
        ("username", "ada"),
        ("email", "ada@example.com"),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ];
    assert_eq!(ada.submit("/accounts/signup/", &account).status, 302);
    let lines = heard(&project, &mut known);
    assert_eq!(
        lines,
        [
            "before User ada None []",
            "saved User ada True []",
            "came ada",
            "before User ada None ['last_login']",
            "saved User ada False ['last_login']",
        ]
    );
    let token = ada.token("/accounts/password_change/");
    ada.post(
        "/accounts/logout/",
        &[("csrfmiddlewaretoken", token.as_str())],
    );
    assert_eq!(heard(&project, &mut known), ["went ada"]);
    ada.log_in("ada", "wrong");
    assert_eq!(heard(&project, &mut known), ["failed ada"]);
}

#[test]
fn receivers_hear_of_generic_forms() {
    let project = site();
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let mut known = 0;
    let post = [("title", "One"), ("tags", "1"), ("tags", "2")];
    assert_eq!(visitor.submit("/new/", &post).status, 302);
    assert_eq!(
        heard(&project, &mut known),
        [
            "before Post Post object (None) None []",
            "saved Post Post object (1) True []",
            "pre_add Post object (1) [1, 2]",
            "post_add Post object (1) [1, 2]",
        ]
    );
    let changed = [("title", "Two"), ("tags", "2")];
    assert_eq!(visitor.submit("/posts/1/", &changed).status, 302);
    assert_eq!(
        heard(&project, &mut known),
        [
            "before Post Post object (1) None []",
            "saved Post Post object (1) False []",
            "pre_remove Post object (1) [1]",
            "post_remove Post object (1) [1]",
        ]
    );
    assert_eq!(visitor.submit("/posts/1/delete/", &[]).status, 302);
    assert_eq!(
        heard(&project, &mut known),
        ["goes Post object (1)", "gone Post object (1)"]
    );
}

#[test]
fn receivers_hear_of_the_api() {
    let project = site();
    let server = project.serve();
    let mut known = 0;
    let status = |method: &str, path: &str, row: &Value| {
        let body = row.to_string();
        let program = Browser::new(server.address()).header("Content-Type", "application/json");
        let mut program = program.header("Content-Length", &body.len().to_string());
        program.exchange_raw(method, path, &body).status
    };
    let row = json!({"title": "One", "tags": [1]});
    assert_eq!(status("POST", "/api/posts/", &row), 201);
    assert_eq!(
        status("PATCH", "/api/posts/1/", &json!({"title": "Two"})),
        200
    );
    assert_eq!(status("DELETE", "/api/posts/1/", &json!({})), 204);
    assert_eq!(
        heard(&project, &mut known),
        [
            "before Post Post object (None) None []",
            "saved Post Post object (1) True []",
            "pre_add Post object (1) [1]",
            "post_add Post object (1) [1]",
            "before Post Post object (1) None []",
            "saved Post Post object (1) False []",
            "goes Post object (1)",
            "gone Post object (1)",
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
