//! `collectstatic` is killed while a server serves what it writes.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::scenario::{Log, is_full};
use crate::support::{Project, faults};

/// How many files are collected, beside one stylesheet that refers to them all.
const FILES: usize = 60;

/// Enough that no file is written by one call.
const FILE_SIZE: usize = 9000;

fn kills() -> u32 {
    if is_full() { 200 } else { 8 }
}

/// The content of a file in one round: the same byte again and again, so that half of it would show.
fn content(file: usize, round: usize) -> String {
    let letter = char::from(b'a' + u8::try_from((file + round) % 26).unwrap());
    letter.to_string().repeat(FILE_SIZE)
}

/// Writes the sources of a round: a third of the files is new in each.
fn write_sources(project: &Project, round: usize) {
    for file in (0..FILES).filter(|file| round == 0 || file % 3 == round % 3) {
        project.write(format!("static/img/{file}.png"), &content(file, round));
    }
    let references =
        (0..FILES).map(|file| format!(".x{file} {{ background: url(img/{file}.png) }}"));
    let references: Vec<_> = references.collect();
    let text = format!("/* {round} */\n{}\n/* end */", references.join("\n"));
    project.write("static/site.css", &text);
}

/// All files of the root but the record, by name.
fn collected(project: &Project) -> HashMap<PathBuf, Vec<u8>> {
    let root = project.path("staticfiles");
    let entries = WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| {
        let name = entry.path().strip_prefix(&root).unwrap().to_owned();
        (name, fs::read(entry.path()).unwrap())
    });
    files
        .filter(|(name, _)| !name.starts_with(".djr-static"))
        .collect()
}

/// Fails for a file that is neither one of the sources nor made of them as a whole.
fn assert_whole(project: &Project) {
    for (name, bytes) in collected(project) {
        let text = String::from_utf8(bytes).unwrap();
        let is_whole = match name.extension().and_then(|ending| ending.to_str()) {
            Some("css") => text.starts_with("/* ") && text.ends_with("/* end */"),
            Some("json") => text.starts_with('{') && text.ends_with('}'),
            _ => is_one_letter(&text),
        };
        assert!(is_whole, "{} is half of a file", name.display());
    }
    // Whatever the manifest leads to is there.
    let Ok(manifest) = fs::read_to_string(project.path("staticfiles/staticfiles.json")) else {
        return;
    };
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    for name in manifest["paths"].as_object().unwrap().values() {
        let place = project.path("staticfiles").join(name.as_str().unwrap());
        assert!(place.exists(), "{} is not there", place.display());
    }
}

fn is_one_letter(text: &str) -> bool {
    text.len() == FILE_SIZE && text.chars().collect::<HashSet<_>>().len() == 1
}

/// Asks for the same files again and again until told to stop; returns how often.
fn browse(urls: &[String], is_over: &AtomicBool) -> usize {
    let agent = ureq::Agent::new_with_defaults();
    let count = AtomicUsize::new(0);
    while !is_over.load(Ordering::Relaxed) {
        for url in urls {
            let answer = agent.get(url).call();
            let mut answer = answer.unwrap_or_else(|error| panic!("{url}: {error}"));
            let text = answer.body_mut().read_to_string().unwrap();
            let is_whole = is_one_letter(&text) || text.ends_with("/* end */");
            assert!(is_whole, "{url}: {} bytes", text.len());
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
    count.into_inner()
}

#[test]
fn a_run_that_is_killed_while_the_site_is_served_breaks_nothing() {
    let project = Project::new()
        .file("urls.toml", "")
        .setting("[storages.staticfiles]\nbackend = \"manifest\"\nkeep = 1000")
        .replaced(
            "debug = true",
            "debug = false\nallowed_hosts = [\"127.0.0.1\"]",
        );
    write_sources(&project, 0);
    let started = Instant::now();
    project.djr(["collectstatic"]).success();
    let whole_run = started.elapsed();
    let hashed: Vec<_> = collected(&project).into_keys().collect();
    let hashed = hashed.iter().find(|name| {
        let name = name.to_string_lossy();
        name.starts_with("img/7.") && name != "img/7.png"
    });
    let hashed = format!("/static/{}", hashed.unwrap().display());
    let server = project.serve();
    let is_over = AtomicBool::new(false);
    let mut log = Log::new("collectstatic-served");
    let requests = thread::scope(|scope| {
        let paths = ["/static/site.css", "/static/img/8.png", hashed.as_str()];
        let urls = paths.map(|path| server.url(path));
        let is_over = &is_over;
        let browsing = scope.spawn(move || browse(&urls, is_over));
        for kill in 1..=kills() {
            write_sources(&project, usize::try_from(kill).unwrap());
            // No two moments are alike, and all parts of a run are met.
            let after = whole_run * (kill * 37 % kills()) / kills();
            let command = project.command(["collectstatic", "--noinput"]);
            faults::kill_after(command, after.max(Duration::from_millis(1)));
            assert_whole(&project);
            log.line(&format!("killed after {after:?}"));
        }
        project.djr(["collectstatic", "--noinput"]).success();
        assert_whole(&project);
        is_over.store(true, Ordering::Relaxed);
        browsing.join().unwrap()
    });
    log.line(&format!("{requests} requests were answered"));
    assert!(requests > 0);
    for file in 0..FILES {
        let name = format!("img/{file}.png");
        let source = project.read(format!("static/{name}"));
        assert_eq!(
            project.read(format!("staticfiles/{name}")),
            source,
            "{name}"
        );
    }
    assert!(!project.path("staticfiles/.djr-static/next").exists());
}
