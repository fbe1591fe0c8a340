//! `collectstatic` is killed while a server serves what it writes.

use std::collections::{HashMap, HashSet};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use std::{env, fs, thread};

use md5::{Digest as _, Md5};
use walkdir::WalkDir;

use crate::scenario::{Log, is_full};
use crate::support::{Project, faults};

/// How many files are collected, beside one stylesheet that refers to them all.
const FILES: usize = 60;

/// Enough that no file is written by one call.
const FILE_SIZE: usize = 9000;

/// How many runs are killed: `DJR_KILLS`, or few.
fn kills() -> u32 {
    let asked = env::var("DJR_KILLS").ok();
    let asked = asked.map(|count| count.parse().expect("`DJR_KILLS` should be a number"));
    asked.unwrap_or(if is_full() { 200 } else { 8 })
}

/// Numbers between 0 and 1 that seem to follow no rule, always the same ones.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
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
        let ending = name.extension().and_then(|ending| ending.to_str());
        let bytes = match ending {
            Some("br") => decompressed_brotli(&bytes),
            Some("gz") => decompressed_gzip(&bytes),
            _ => bytes,
        };
        let text = String::from_utf8(bytes).unwrap();
        let is_whole = match ending {
            Some("css" | "br" | "gz") => text.starts_with("/* ") && text.ends_with("/* end */"),
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

/// Whoever reads the manifest finds each file it leads to, with the content that the name promises; files under their own
/// names are whole. Asks until told to stop; returns how often it asked.
fn browse(project: &Project, site: &str, is_over: &AtomicBool) -> usize {
    let agent = ureq::Agent::new_with_defaults();
    let mut count = 0;
    while !is_over.load(Ordering::Relaxed) {
        let manifest = project.read("staticfiles/staticfiles.json");
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        let names = manifest["paths"].as_object().unwrap();
        let chosen = names.iter().cycle().skip(count % names.len()).step_by(7);
        for (path, name) in chosen.take(10) {
            let name = name.as_str().unwrap();
            let content = get(&agent, &format!("{site}/static/{name}"), count);
            let digits = hex_md5(&content);
            assert!(name.contains(&digits[..12]), "{name} has the hash {digits}");
            let content = get(&agent, &format!("{site}/static/{path}"), count);
            let text = String::from_utf8(content).unwrap();
            let is_whole = is_one_letter(&text) || text.ends_with("/* end */");
            assert!(is_whole, "{path}: {} bytes", text.len());
            count += 2;
        }
    }
    count
}

/// The content at `url`, every other time asked for in a compressed form.
fn get(agent: &ureq::Agent, url: &str, count: usize) -> Vec<u8> {
    let codings = if count % 4 < 2 { "br" } else { "identity" };
    let answer = agent.get(url).header("accept-encoding", codings).call();
    let mut answer = answer.unwrap_or_else(|error| panic!("{url}: {error}"));
    let is_compressed = answer.headers().contains_key("content-encoding");
    let body = answer.body_mut().read_to_vec().unwrap();
    if is_compressed {
        return decompressed_brotli(&body);
    }
    body
}

fn decompressed_brotli(mut bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    brotli::BrotliDecompress(&mut bytes, &mut content).unwrap();
    content
}

fn decompressed_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut content)
        .unwrap();
    content
}

fn hex_md5(content: &[u8]) -> String {
    format!("{:032x}", u128::from_be_bytes(Md5::digest(content).into()))
}

#[test]
fn a_run_that_is_killed_while_the_site_is_served_breaks_nothing() {
    let storage = "backend = \"manifest\"\nkeep = 1000\ncompress = [\"br\", \"gzip\"]";
    let project = Project::new()
        .without_admin()
        .file("urls.toml", "")
        .setting(&format!("[storages.staticfiles]\n{storage}"))
        .replaced(
            "debug = true",
            "debug = false\nallowed_hosts = [\"127.0.0.1\"]",
        );
    write_sources(&project, 0);
    project.djr(["collectstatic"]).success();
    write_sources(&project, 1);
    let started = Instant::now();
    project.djr(["collectstatic", "--noinput"]).success();
    let whole_run = started.elapsed();
    let server = project.serve();
    let is_over = AtomicBool::new(false);
    let mut log = Log::new("collectstatic-served");
    let mut chance = Chance(20_261_130);
    let mut killed = 0;
    let requests = thread::scope(|scope| {
        let (project, site, is_over) = (&project, server.url(""), &is_over);
        let browsing = [site.clone(), site];
        let browsing = browsing.map(|site| scope.spawn(move || browse(project, &site, is_over)));
        for kill in 1..=kills() {
            write_sources(project, usize::try_from(kill).unwrap() + 1);
            let after = whole_run.mul_f64(chance.next());
            let command = project.command(["collectstatic", "--noinput"]);
            let was_running = faults::kill_after(command, after);
            assert_whole(project);
            killed += u32::from(was_running);
            let what = if was_running { "killed" } else { "done" };
            log.line(&format!("{what} after {after:?}"));
        }
        project.djr(["collectstatic", "--noinput"]).success();
        assert_whole(project);
        is_over.store(true, Ordering::Relaxed);
        browsing.map(|thread| thread.join().unwrap())
    });
    log.line(&format!(
        "{killed} runs were killed, {} requests were answered",
        requests.iter().sum::<usize>()
    ));
    assert!(killed > 0 && requests.iter().all(|count| *count > 0));
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
