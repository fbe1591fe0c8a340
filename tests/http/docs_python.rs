//! The snippets of `docs/python.md`, and of the pages it leads to, are modules of a project, and load.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::attacks::browser::Browser;
use crate::support::Project;
use crate::support::page::page_text;

const MODELS: &str = r#"
[Product.fields]
name = { type = "CharField", max_length = 50 }
slug = { type = "SlugField", unique = true }
price = { type = "DecimalField", max_digits = 8, decimal_places = 2 }
on_sale = { type = "BooleanField", default = false }
stock = { type = "IntegerField", default = 0 }

[Review.fields]
product = { type = "ForeignKey", to = "Product", on_delete = "CASCADE", related_name = "reviews" }
text = { type = "TextField" }
"#;

const POSTS: &str = r#"
[Author.fields]
name = { type = "CharField", max_length = 50 }

[Tag.fields]
name = { type = "CharField", max_length = 50 }

[Post.fields]
title = { type = "CharField", max_length = 200 }
status = { type = "CharField", max_length = 2, default = "DF", choices = [["DF", "Draft"], ["PB", "Published"]] }
author = { type = "ForeignKey", to = "Author", on_delete = "CASCADE", related_name = "posts" }
tags = { type = "ManyToManyField", to = "Tag", related_name = "posts" }
"#;

/// Answers that the module that the path names could be loaded.
const VIEWS: &str = r"
from importlib import import_module

from django.http import HttpResponse


def load(request, name):
    return HttpResponse(import_module(name).__name__)
";

const URLS: &str = r#"
[[urls]]
path = "<str:name>/"
view = "shop.views.load"
"#;

/// The names of the pages about Python, without the made list of names.
fn pages() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let names = fs::read_dir(docs).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names
        .filter(|name| name.starts_with("python") && name != "python-names.md")
        .collect();
    names.sort();
    names
}

/// The blocks of Python of the pages: the name of the module that each is, and its text.
fn snippets() -> Vec<(String, String)> {
    let text: String = pages().iter().map(|name| page_text(name)).collect();
    let blocks = text.split("\n```python").skip(1).enumerate();
    let blocks = blocks.map(|(number, block)| {
        let (file, rest) = block.split_once('\n').unwrap();
        let text = rest.split("\n```").next().unwrap();
        let name = match file.trim().strip_suffix(".py") {
            Some(file) => file.replace('/', "."),
            None => format!("shop.snippet_{number}"),
        };
        (name, format!("{text}\n"))
    });
    blocks.collect()
}

#[test]
fn the_entrance_leads_to_every_page_about_python() {
    let entrance = page_text("python.md");
    for name in pages().iter().filter(|name| *name != "python.md") {
        assert!(entrance.contains(&format!("]({name})")), "{name}");
    }
}

#[test]
fn every_snippet_about_python_is_a_module_that_loads() {
    let snippets = snippets();
    assert!(snippets.len() > 20, "{}", snippets.len());
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"shop\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .file("shop/models.toml", MODELS)
        .file("posts/models.toml", POSTS)
        .file("shop/views.py", VIEWS)
        .file("urls.toml", URLS);
    let project = snippets.iter().fold(project, |project, (name, text)| {
        project.file(format!("{}.py", name.replace('.', "/")), text)
    });
    project.djr(["makemigrations"]).success();
    let project = project.migrated();
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    let mut broken = String::new();
    for (name, text) in &snippets {
        let page = browser.get(&format!("/{name}/")).text();
        if page.lines().next() != Some(name.as_str()) {
            let says = page.split("<h1>").nth(1).unwrap_or(&page);
            let says: String = says.chars().take(200).collect();
            writeln!(broken, "{text}\n{says}\n").unwrap();
        }
    }
    assert!(broken.is_empty(), "{broken}");
}
