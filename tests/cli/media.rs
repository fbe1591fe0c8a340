//! `djr media orphans`: files and rows that have lost each other.

use std::fs;
use std::process::Command as Process;

use crate::support::Project;

const MODELS: &str = r#"
[Post.fields]
title = { type = "CharField", max_length = 20 }
cover = { type = "ImageField", upload_to = "covers", blank = true }
paper = { type = "FileField", storage = "papers", blank = true }
"#;

fn project() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .setting("[storages.papers]\nlocation = \"papers\"\n")
        .file("blog/models.toml", MODELS)
        .file("media/covers/a.png", "a")
        .file("media/covers/lost.png", "lost")
        .file("media/old/b c.txt", "old")
        .file("media/.uploads/.djr-1-0/1.upload", "on its way")
        .file("media/.x.djr-tmp", "half of a file")
        .file("papers/a.pdf", "a")
        .file("papers/covers/a.png", "of another storage");
    for command in [&["makemigrations"][..], &["migrate"]] {
        project.djr(command).success();
    }
    let database = project.database();
    let rows = database.execute(
        "INSERT INTO blog_post (title, cover, paper) VALUES ('1', 'covers/a.png', 'a.pdf'), ('2', 'covers/gone.png', ''), ('3', '', '../djr.toml')",
        [],
    );
    assert_eq!(rows.unwrap(), 3);
    project
}

/// The files of the project become a day old.
fn age(project: &Project) {
    for place in ["media", "papers"] {
        let mut touch = Process::new("find");
        let touched = touch
            .arg(project.path(place))
            .args(["-type", "f", "-exec", "touch", "-d", "1 day ago", "{}", "+"])
            .status();
        assert!(touched.unwrap().success());
    }
}

#[test]
fn lists_files_without_rows_and_rows_without_files() {
    let project = project();
    let young = project.djr(["media", "orphans"]).success().to_string();
    assert!(
        young.contains("0 files of 5 are named by no row"),
        "{young}"
    );
    assert!(young.contains("3 files too young to tell"), "{young}");
    age(&project);
    let document = project.djr(["media", "orphans", "--json"]).success().json();
    let result = &document["result"];
    let names = |list: &str, key: &str| -> Vec<String> {
        let rows = result[list].as_array().unwrap().iter();
        rows.map(|row| row[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names("orphans", "name"),
        ["covers/lost.png", "old/b c.txt", "covers/a.png"]
    );
    assert_eq!(
        names("orphans", "storage"),
        ["default", "default", "papers"]
    );
    assert_eq!(names("missing", "name"), ["covers/gone.png", "../djr.toml"]);
    assert_eq!(names("missing", "model"), ["blog.Post", "blog.Post"]);
    assert_eq!(names("missing", "key"), ["2", "3"]);
    assert_eq!(
        (&result["files"], &result["deleted"]),
        (&5.into(), &serde_json::Value::Null)
    );
    let text = project
        .djr(["media", "orphans", "--storage", "papers"])
        .success()
        .to_string();
    assert!(text.contains("papers: covers/a.png (18 bytes, "), "{text}");
    assert!(
        text.contains("papers: ../djr.toml is missing, the `paper` of blog.Post 3"),
        "{text}"
    );
    assert!(
        text.contains("1 file of 2 is named by no row (18 bytes), 1 file of rows missing"),
        "{text}"
    );
    let unknown = project
        .djr(["media", "orphans", "--storage", "paper"])
        .exited(1)
        .to_string();
    assert!(unknown.contains("did you mean `papers`?"), "{unknown}");
}

#[test]
fn deletes_old_files_without_rows_and_nothing_else() {
    let project = project();
    age(&project);
    fs::write(project.path("media/covers/new.png"), "just came").unwrap();
    let asked = project
        .djr(["media", "orphans", "--delete"])
        .exited(3)
        .to_string();
    assert!(
        asked.contains("deletes 3 files that no row names"),
        "{asked}"
    );
    assert_eq!(project.names("media/old"), ["b c.txt"]);
    let deleted = project
        .djr(["media", "orphans", "--delete", "--noinput"])
        .success()
        .to_string();
    assert!(deleted.contains("deleted 3 files"), "{deleted}");
    assert_eq!(project.names("media/covers"), ["a.png", "new.png"]);
    assert_eq!(project.names("papers"), ["a.pdf", "covers"]);
    assert!(project.path("media/.uploads/.djr-1-0/1.upload").exists());
    let again = project
        .djr(["media", "orphans", "--delete", "--json"])
        .success()
        .json();
    assert_eq!(again["result"]["deleted"], 0);
    let all = project.djr([
        "media",
        "orphans",
        "--delete",
        "--noinput",
        "--older-than",
        "0",
    ]);
    assert!(all.success().to_string().contains("deleted 1 file"));
}

#[test]
fn what_is_wrong_with_storages_is_told_with_its_place() {
    for (settings, told) in [
        (
            "[storages.papers]\nlocation = \"media/papers\"",
            "each needs a directory of its own",
        ),
        (
            "[storages.papers]\nlocation = \"static\"",
            "overlaps `static`",
        ),
        (
            "[storages.papers]\nlocation = \".\"\nbase_url = \"/papers/\"",
            "everybody may read what lies in `[storages.papers] location`",
        ),
        (
            "[storages.papers]\nlocation = \"papers\"\nbase_url = \"/media/\"",
            "are both served below `/media/`",
        ),
    ] {
        let project = Project::new().setting(settings);
        let transcript = project.djr(["check"]).exited(1).to_string();
        assert!(transcript.contains(told), "{settings}\n{transcript}");
        assert!(transcript.contains("djr.toml:"), "{settings}\n{transcript}");
    }
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
        .setting("[storages.paper]\nlocation = \"papers\"\n")
        .file("blog/models.toml", MODELS);
    let transcript = project
        .djr(["check", "--tag", "models"])
        .exited(1)
        .to_string();
    assert!(
        transcript.contains("`[storages]` has no `papers`, which `blog.Post.paper` names"),
        "{transcript}"
    );
    assert!(transcript.contains("did you mean `paper`?"), "{transcript}");
}
