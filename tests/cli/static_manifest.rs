//! `djr collectstatic` with names that change with the content.

use std::fs;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;

use insta::assert_snapshot;

use crate::support::Project;

const STORAGE: &str = "[storages.staticfiles]\nbackend = \"manifest\"";

/// A stylesheet that refers to an image.
fn project() -> Project {
    Project::new()
        .without_admin()
        .setting(STORAGE)
        .file("static/css/site.css", "a { background: url(../img/a.png) }")
        .file("static/img/a.png", "PNG")
}

fn manifest(project: &Project) -> String {
    project.read("staticfiles/staticfiles.json")
}

#[test]
fn writes_files_under_names_that_change_and_the_manifest_that_leads_to_them() {
    let project = project();
    assert_snapshot!(project.djr(["collectstatic", "-v", "2"]), @"
    exit code: 0
    ----- stdout -----
    copied `css/site.css`
    copied `img/a.png`
    wrote `css/site.0885a968ae8a.css`
    wrote `img/a.55505ba281b0.png`
    2 static files copied to `staticfiles`, 2 post-processed
    ");
    assert_snapshot!(manifest(&project), @r#"{"paths": {"img/a.png": "img/a.55505ba281b0.png", "css/site.css": "css/site.0885a968ae8a.css"}, "version": "1.1", "hash": "0b9b262c98be"}"#);
    assert_snapshot!(project.names("staticfiles").join("\n"), @"
    .djr-static
    .djr-static/record
    css
    css/site.0885a968ae8a.css
    css/site.css
    img
    img/a.55505ba281b0.png
    img/a.png
    staticfiles.json
    ");
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    0 static files copied to `staticfiles`, 2 unmodified
    ");
}

#[test]
fn keeps_the_files_of_former_generations_for_who_still_reads_their_manifest() {
    let project = project().replaced(STORAGE, &format!("{STORAGE}\nkeep = 2"));
    let mut names = Vec::new();
    for content in ["PNG", "PNG 2", "PNG 3"] {
        project.write("static/img/a.png", content);
        project.djr(["collectstatic", "--noinput"]).success();
        let images = project.names("staticfiles/img");
        names.push(images.join(" "));
        // An unchanged run is not a generation.
        project.djr(["collectstatic", "--noinput"]).success();
        assert_eq!(project.names("staticfiles/img"), images);
    }
    assert_snapshot!(names.join("\n"), @"
    a.55505ba281b0.png a.png
    a.55505ba281b0.png a.9c0dbc41564d.png a.png
    a.9c0dbc41564d.png a.d71de486bbc7.png a.png
    ");
    project
        .djr(["collectstatic", "--noinput", "--clear"])
        .success();
    assert_snapshot!(project.names("staticfiles").join(" "), @".djr-static .djr-static/record css css/site.26a6a6f8d1cf.css css/site.css img img/a.d71de486bbc7.png img/a.png staticfiles.json");
}

#[test]
fn makes_again_what_was_removed_or_edited_by_hand() {
    let project = project();
    project.djr(["collectstatic"]).success();
    let whole = manifest(&project);
    let hashed: Vec<_> = project
        .names("staticfiles")
        .into_iter()
        .filter(|name| name.contains("site.") && name != "css/site.css")
        .collect();
    let [hashed] = hashed.as_slice() else {
        panic!("{hashed:?}");
    };
    let hashed = format!("staticfiles/{hashed}");
    let content = project.read(&hashed);
    fs::remove_file(project.path(&hashed)).unwrap();
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(project.read(&hashed), content);
    project.write(&hashed, "edited");
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(project.read(&hashed), content);
    project.write("staticfiles/staticfiles.json", "{}");
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(manifest(&project), whole);
}

#[test]
fn without_post_processing_the_manifest_stays_as_it_is() {
    let project = project();
    let no_post_process = ["collectstatic", "--noinput", "--no-post-process"];
    project.djr(no_post_process).success();
    assert!(!project.path("staticfiles/staticfiles.json").exists());
    project.djr(["collectstatic", "--noinput"]).success();
    let before = manifest(&project);
    project.write("static/img/a.png", "PNG 2");
    project.djr(no_post_process).success();
    assert_eq!(manifest(&project), before);
    project.djr(["collectstatic", "--noinput"]).success();
    assert_ne!(manifest(&project), before);
}

#[test]
fn publishes_nothing_where_a_reference_leads_nowhere() {
    let project = project();
    project.djr(["collectstatic"]).success();
    let before = project.names("staticfiles");
    let project = project
        .file(
            "static/css/new.css",
            "a{}\nb { background: url('gone.png') }",
        )
        .file(
            "static/js/app.js",
            "x();\n//# sourceMappingURL=app.js.map\n",
        );
    assert_snapshot!(project.djr(["collectstatic", "--noinput"]), @"
    exit code: 1
    ----- stderr -----
    error: static/css/new.css:2:17: `gone.png` leads to `css/gone.png`, and there is no such static file
    hint: `djr collectstatic --explain css/new.css` tells of each reference
    warning: static/js/app.js:2:1: `app.js.map` leads to `js/app.js.map`, and there is no such static file
    hint: `djr collectstatic --explain js/app.js` tells of each reference
    ");
    let mut after = project.names("staticfiles");
    after.retain(|name| !name.starts_with(".djr-static"));
    let mut expected = before;
    expected.retain(|name| !name.starts_with(".djr-static"));
    assert_eq!(after, expected);
    assert_snapshot!(project.djr(["collectstatic", "--explain", "css/new.css"]), @"
    exit code: 0
    ----- stdout -----
    `css/new.css` is `[PROJECT]/static/css/new.css`, found by `[static] dirs`
    static/css/new.css:2:17: `gone.png` leads to `css/gone.png`, which is missing
    ");
    project.write("static/css/new.css", "a{}");
    assert_snapshot!(project.djr(["collectstatic", "--noinput"]), @"
    exit code: 0
    ----- stdout -----
    2 static files copied to `staticfiles`, 2 unmodified, 2 post-processed
    ----- stderr -----
    warning: static/js/app.js:2:1: `app.js.map` leads to `js/app.js.map`, and there is no such static file
    hint: `djr collectstatic --explain js/app.js` tells of each reference
    ");
    let strict = project.replaced(STORAGE, &format!("{STORAGE}\nstrict_source_maps = true"));
    assert_snapshot!(strict.djr(["collectstatic", "--noinput"]), @"
    exit code: 1
    ----- stderr -----
    error: static/js/app.js:2:1: `app.js.map` leads to `js/app.js.map`, and there is no such static file
    hint: `djr collectstatic --explain js/app.js` tells of each reference
    ");
}

#[test]
fn explains_which_file_is_taken_and_what_it_refers_to() {
    let project = project()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"blog\"]")
        .file("blog/static/css/site.css", "b {}")
        .file(
            "static/css/more.css",
            "@import 'site.css';\na { b: url(https://x.y/z.png); c: url(../img) }",
        );
    assert_snapshot!(project.djr(["collectstatic", "--explain", "css/site.css"]), @"
    exit code: 0
    ----- stdout -----
    `css/site.css` is `[PROJECT]/static/css/site.css`, found by `[static] dirs`
    `[PROJECT]/blog/static/css/site.css`, found by the app `blog`, comes later and stays out
    static/css/site.css:1:17: `../img/a.png` leads to `img/a.png`
    ");
    assert_snapshot!(project.djr(["collectstatic", "--explain", "css/more.css"]), @"
    exit code: 0
    ----- stdout -----
    `css/more.css` is `[PROJECT]/static/css/more.css`, found by `[static] dirs`
    static/css/more.css:1:1: `site.css` leads to `css/site.css`
    static/css/more.css:2:8: `https://x.y/z.png` is not for static files
    static/css/more.css:2:35: `../img` leads to `img`
    ");
    let json = ["collectstatic", "--explain", "css/site.css", "--json"];
    assert_snapshot!(project.djr(json), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"path":"css/site.css","ignored_by":null,"found":[{"finder":"`[static] dirs`","place":"[PROJECT]/static/css/site.css"},{"finder":"the app `blog`","place":"[PROJECT]/blog/static/css/site.css"}],"references":[{"location":"static/css/site.css:1:17","url":"../img/a.png","target":"img/a.png","found":true}]}}
    "#);
    let ignored = ["collectstatic", "--explain", "css/site.css", "-i", "css"];
    assert_snapshot!(project.djr(ignored), @"
    exit code: 0
    ----- stdout -----
    `css/site.css` is left out: `css` fits its name
    it would be `[PROJECT]/static/css/site.css`, found by `[static] dirs`
    `[PROJECT]/blog/static/css/site.css`, found by the app `blog`, comes later and stays out
    [PROJECT]/static/css/site.css:1:17: `../img/a.png` leads to `img/a.png`
    ");
    assert_snapshot!(project.djr(["collectstatic", "--explain", "css/none.css"]), @"
    exit code: 1
    ----- stderr -----
    error: no static file is called `css/none.css`
    hint: did you mean `css/more.css`?
    hint: searched in `static`, `blog/static`
    ");
    assert!(!project.path("staticfiles").exists());
}

#[test]
fn a_reference_that_leads_nowhere_comes_with_the_file_that_may_be_meant() {
    let project = project();
    for url in ["../img/b.png", "a.png"] {
        project.write("static/css/wrong.css", &format!("a {{ b: url({url}) }}"));
        let transcript = project.djr(["collectstatic"]).exited(1).to_string();
        let message = format!("error: static/css/wrong.css:1:8: `{url}` leads to");
        assert!(transcript.contains(&message), "{transcript}");
        assert!(
            transcript.contains("hint: did you mean `img/a.png`?"),
            "{transcript}"
        );
    }
}

#[test]
fn a_file_under_its_own_name_and_under_that_of_its_content_is_stored_once() {
    let project = project();
    project.djr(["collectstatic"]).success();
    let image = fs::metadata(project.path("staticfiles/img/a.png")).unwrap();
    assert_eq!(image.nlink(), 2);
    // Links to the sources have no such second name.
    let linked = self::project();
    linked.djr(["collectstatic", "--link"]).success();
    let source = fs::metadata(linked.path("static/img/a.png")).unwrap();
    assert_eq!(source.nlink(), 1);
}

/// The same with compressed files, and one that is worth it.
fn compressing() -> Project {
    let text = format!("/* {} */", "long ".repeat(200));
    let codings = format!("{STORAGE}\ncompress = [\"br\", \"gzip\"]");
    project()
        .replaced(STORAGE, &codings)
        .file("static/js/long.js", &text)
}

#[test]
fn puts_compressed_files_beside_those_that_are_worth_it() {
    let project = compressing();
    assert_snapshot!(project.djr(["collectstatic", "-v", "2"]), @"
    exit code: 0
    ----- stdout -----
    copied `css/site.css`
    copied `img/a.png`
    copied `js/long.js`
    wrote `css/site.0885a968ae8a.css`
    wrote `img/a.55505ba281b0.png`
    wrote `js/long.7a4235f19721.js`
    wrote `js/long.7a4235f19721.js.br`
    wrote `js/long.7a4235f19721.js.gz`
    wrote `js/long.js.br`
    wrote `js/long.js.gz`
    3 static files copied to `staticfiles`, 3 post-processed, 4 compressed
    ");
    let gzip = fs::read(project.path("staticfiles/js/long.js.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&gzip[..])
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, project.read("static/js/long.js"));
    // Neither is done again.
    let inode = |name: &str| fs::metadata(project.path(name)).unwrap().ino();
    let before = inode("staticfiles/js/long.js.br");
    project.write("static/img/a.png", "PNG 2");
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(inode("staticfiles/js/long.js.br"), before);
}

#[test]
fn no_compressed_file_stays_beside_another_content() {
    let project = compressing();
    project.djr(["collectstatic"]).success();
    let compressed = || -> Vec<String> {
        let names = project.names("staticfiles/js").into_iter();
        names.filter(|name| name.starts_with("long.js.")).collect()
    };
    assert_eq!(compressed(), ["long.js.br", "long.js.gz"]);
    project.write("static/js/long.js", "short");
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(compressed(), Vec::<String>::new());
    project.write("static/js/long.js", &"long again ".repeat(100));
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(compressed(), ["long.js.br", "long.js.gz"]);
    project.write("static/js/long.js", "short again");
    project
        .djr(["collectstatic", "--noinput", "--no-post-process"])
        .success();
    assert_eq!(compressed(), Vec::<String>::new());
}
