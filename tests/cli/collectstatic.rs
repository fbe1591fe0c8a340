//! `djr collectstatic` and `djr findstatic`, as a user runs them.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::thread;
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;

use crate::support::{Project, Terminal};

/// A project with two files of its own.
fn project() -> Project {
    Project::new()
        .without_admin()
        .file("static/css/site.css", "body {}")
        .file("static/robots.txt", "User-agent: *")
}

#[test]
fn copies_once_and_then_only_what_changed() {
    let project = project();
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    2 static files copied to `staticfiles`
    ");
    assert_eq!(project.read("staticfiles/css/site.css"), "body {}");
    let mode = fs::metadata(project.path("staticfiles/css/site.css")).unwrap();
    assert_eq!(mode.permissions().mode() & 0o777, 0o644);
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    0 static files copied to `staticfiles`, 2 unmodified
    ");
    project.write("static/robots.txt", "User-agent: a");
    assert_snapshot!(project.djr(["collectstatic", "--noinput", "-v", "2"]), @"
    exit code: 0
    ----- stdout -----
    copied `robots.txt`
    1 static file copied to `staticfiles`, 1 unmodified
    ");
    assert_eq!(project.read("staticfiles/robots.txt"), "User-agent: a");
}

#[test]
fn sees_another_content_of_the_same_size_and_time() {
    let project = project();
    let set_time = || {
        let path = project.path("static/robots.txt");
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1))
            .unwrap();
    };
    set_time();
    project.djr(["collectstatic"]).success();
    project.write("static/robots.txt", "user-AGENT: *");
    set_time();
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(project.read("staticfiles/robots.txt"), "user-AGENT: *");
}

#[test]
fn sees_an_older_file_of_the_same_size_put_in_place() {
    let project = project();
    project.djr(["collectstatic"]).success();
    project.write("static/robots.txt", "user-AGENT: *");
    let file = fs::File::options()
        .write(true)
        .open(project.path("static/robots.txt"))
        .unwrap();
    let year = Duration::from_secs(365 * 24 * 3600);
    file.set_modified(SystemTime::now() - year).unwrap();
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(project.read("staticfiles/robots.txt"), "user-AGENT: *");
}

/// The inode of a file: another one where the file was written again.
fn inode(project: &Project, path: &str) -> u64 {
    fs::symlink_metadata(project.path(path)).unwrap().ino()
}

#[test]
fn does_not_write_what_is_there_and_sees_what_was_edited_there() {
    let project = project();
    project.djr(["collectstatic"]).success();
    let before = inode(&project, "staticfiles/css/site.css");
    // The sources are old enough by now to be remembered.
    thread::sleep(Duration::from_millis(100));
    for _ in 0..2 {
        project.djr(["collectstatic"]).success();
        assert_eq!(inode(&project, "staticfiles/css/site.css"), before);
    }
    project.write("staticfiles/css/site.css", "BODY {}");
    project.djr(["collectstatic"]).exited(3);
    let transcript = project.djr(["collectstatic", "--noinput"]).success();
    assert!(transcript.to_string().contains("1 static file copied"));
    assert_eq!(project.read("staticfiles/css/site.css"), "body {}");
    assert_ne!(inode(&project, "staticfiles/css/site.css"), before);
}

#[test]
fn a_lost_or_damaged_record_costs_nothing_but_time() {
    let project = project();
    project.djr(["collectstatic"]).success();
    for record in ["", "nonsense", "djr-static-record 1 0 \0a|b|c"] {
        project.write("staticfiles/.djr-static/record", record);
        let transcript = project.djr(["collectstatic"]).success();
        let text = transcript.to_string();
        assert!(text.contains("0 static files copied"), "{text}");
    }
}

#[test]
fn makes_links_and_copies_in_place_of_each_other() {
    let project = project();
    assert_snapshot!(project.djr(["collectstatic", "--link"]), @"
    exit code: 0
    ----- stdout -----
    2 static files linked to `staticfiles`
    ");
    let target = fs::read_link(project.path("staticfiles/css/site.css")).unwrap();
    let source = project.path("static/css/site.css");
    assert_eq!(
        target.canonicalize().unwrap(),
        source.canonicalize().unwrap()
    );
    project.write("static/css/site.css", "new {}");
    assert_snapshot!(project.djr(["collectstatic", "--link"]), @"
    exit code: 0
    ----- stdout -----
    0 static files linked to `staticfiles`, 2 unmodified
    ");
    project.djr(["collectstatic", "--noinput"]).success();
    let metadata = fs::symlink_metadata(project.path("staticfiles/css/site.css")).unwrap();
    assert!(metadata.is_file());
    assert_eq!(project.read("staticfiles/css/site.css"), "new {}");
}

#[test]
fn takes_names_as_long_as_the_file_system_does() {
    let name = format!("{}.css", "é".repeat(125));
    assert_eq!(name.len(), 254);
    let project = project().file(format!("static/{name}"), "a {}");
    project.djr(["collectstatic"]).success();
    assert_eq!(project.read(format!("staticfiles/{name}")), "a {}");
}

#[test]
fn puts_the_files_of_a_directory_with_a_prefix_below_it() {
    let project = project()
        .setting("[static]\ndirs = [\"static\", \"lib/x:node_modules/x\", \"./odd:name\"]")
        .file("node_modules/x/x.js", "1")
        .file("odd:name/y.js", "2");
    project.djr(["collectstatic"]).success();
    assert_eq!(project.read("staticfiles/lib/x/x.js"), "1");
    assert_eq!(project.read("staticfiles/y.js"), "2");
    assert_snapshot!(project.djr(["findstatic", "lib/x/x.js"]), @"
    exit code: 0
    ----- stdout -----
    `lib/x/x.js` is here:
      [PROJECT]/node_modules/x/x.js
    ");
    project.djr(["findstatic", "x.js"]).exited(1);
    let nowhere = project.replaced("lib/x:node_modules/x", "lib/x:");
    assert_snapshot!(nowhere.djr(["collectstatic"]), @"
    exit code: 1
    ----- stderr -----
    error: djr.toml:15:19: `static.dirs` cannot have `lib/x:`: it must be the path of a directory
    ");
}

#[test]
fn what_a_killed_run_left_aside_goes_with_the_next() {
    let project = project().file("staticfiles/.djr-static/next/css/half.css", "half");
    project.djr(["collectstatic"]).success();
    assert!(!project.path("staticfiles/.djr-static/next").exists());
    assert!(!project.path("staticfiles/css/half.css").exists());
}

#[test]
fn loses_no_file_unless_told_to() {
    let project = project().file("staticfiles/robots.txt", "edited by hand");
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 3
    ----- stderr -----
    error: 1 file in `staticfiles` would be replaced or removed: `robots.txt`
    hint: nothing was changed; pass `--noinput` to go on, or `--dry-run` to see what would be done
    ");
    assert_eq!(project.read("staticfiles/robots.txt"), "edited by hand");
    assert!(!project.path("staticfiles/css").exists());
    assert_snapshot!(project.djr(["collectstatic", "--dry-run"]), @"
    exit code: 0
    ----- stdout -----
    would copy `css/site.css`
    would copy `robots.txt`
    2 static files would be copied to `staticfiles`
    ");
    assert_eq!(project.read("staticfiles/robots.txt"), "edited by hand");
}

#[test]
fn asks_on_a_terminal_and_names_the_files() {
    let project = project();
    for number in 0..5 {
        project.write(format!("static/{number}.js"), "new");
        project.write(format!("staticfiles/{number}.js"), "old");
    }
    let ended = "echo \"code=$?\"";
    let mut terminal = Terminal::start(project.command(["collectstatic"]), ended);
    let shown = terminal.wait_for("[y/N]:");
    let message = "5 files in `staticfiles` would be replaced or removed: `";
    assert!(
        shown.contains(message) && shown.contains(" and 2 more"),
        "{shown}"
    );
    terminal.answer("", "n\r");
    let shown = terminal.wait_for("code=3");
    assert!(
        shown.contains("not confirmed; nothing was changed"),
        "{shown}"
    );
    assert_eq!(project.read("staticfiles/3.js"), "old");
    let mut terminal = Terminal::start(project.command(["collectstatic"]), ended);
    terminal.answer("Continue? [y/N]:", "y\r");
    let shown = terminal.wait_for("code=0");
    assert!(
        shown.contains("7 static files copied to `staticfiles`"),
        "{shown}"
    );
    assert_eq!(project.read("staticfiles/3.js"), "new");
}

#[test]
fn clears_what_is_no_static_file() {
    let project = project()
        .file("staticfiles/old/gone.css", "old")
        .file("staticfiles/css/site.css", "body {}");
    symlink("/nowhere", project.path("staticfiles/broken")).unwrap();
    let dry = project.djr(["collectstatic", "--clear", "--dry-run"]);
    assert_snapshot!(dry, @"
    exit code: 0
    ----- stdout -----
    would copy `css/site.css`
    would copy `robots.txt`
    would remove `staticfiles/broken`
    would remove `staticfiles/old/gone.css`
    2 static files would be copied to `staticfiles`, 2 removed
    ");
    assert!(project.path("staticfiles/old/gone.css").exists());
    let transcript = project.djr(["collectstatic", "--clear", "--noinput", "--json"]);
    assert_snapshot!(transcript.success(), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"root":"staticfiles","dry_run":false,"linked":false,"copied":["css/site.css","robots.txt"],"unmodified":[],"removed":["staticfiles/broken","staticfiles/old/gone.css"],"post_processed":[],"compressed":[],"pruned":[],"duplicates":[],"skipped":[]}}
    "#);
    assert!(!project.path("staticfiles/old").exists());
    assert!(
        project
            .path("staticfiles/broken")
            .symlink_metadata()
            .is_err()
    );
    assert_eq!(project.read("staticfiles/css/site.css"), "body {}");
}

#[test]
fn takes_the_first_of_two_files_of_one_name_and_says_so() {
    let project = project()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"blog\"]")
        .file("blog/static/robots.txt", "from the app")
        .file("blog/static/blog/a.js", "1");
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    3 static files copied to `staticfiles`
    ----- stderr -----
    warning: `robots.txt` is taken from `static/robots.txt`; `blog/static/robots.txt` comes later and stays out
    ");
    assert_eq!(project.read("staticfiles/robots.txt"), "User-agent: *");
    assert_snapshot!(project.djr(["findstatic", "robots.txt"]), @"
    exit code: 0
    ----- stdout -----
    `robots.txt` is here:
      [PROJECT]/static/robots.txt
      [PROJECT]/blog/static/robots.txt
    ");
    assert_snapshot!(project.djr(["findstatic", "robots.txt", "--first", "--json"]), @r#"
    exit code: 0
    ----- stdout -----
    {"schema":1,"result":{"files":[{"path":"robots.txt","found":["[PROJECT]/static/robots.txt"]}]}}
    "#);
}

#[test]
fn leaves_out_hidden_files_and_what_is_ignored() {
    let project = project()
        .file("static/.env", "secret")
        .file("static/css/site.scss", "")
        .file("static/node_modules/a.js", "");
    let arguments = ["collectstatic", "-i", "*.scss", "--ignore", "node_modules"];
    project.djr(arguments).success();
    assert!(project.path("staticfiles/css/site.css").exists());
    for path in [".env", "css/site.scss", "node_modules"] {
        assert!(!project.path("staticfiles").join(path).exists(), "{path}");
    }
}

#[test]
fn no_link_leads_out_of_either_side() {
    let project = project()
        .file("secret.txt", "secret")
        .file("elsewhere/precious.css", "precious");
    symlink("../secret.txt", project.path("static/leak.txt")).unwrap();
    fs::create_dir(project.path("staticfiles")).unwrap();
    symlink("../elsewhere", project.path("staticfiles/css")).unwrap();
    assert_snapshot!(project.djr(["collectstatic", "--noinput"]), @"
    exit code: 3
    ----- stderr -----
    error: `staticfiles/css` is in the way of `css/site.css`
    hint: remove it, or pass `--clear` to start from an empty directory
    ");
    project
        .djr(["collectstatic", "--noinput", "--clear"])
        .success();
    assert_eq!(project.read("elsewhere/precious.css"), "precious");
    assert!(!project.path("elsewhere/site.css").exists());
    assert_eq!(project.read("staticfiles/css/site.css"), "body {}");
    assert!(!project.path("staticfiles/leak.txt").exists());
}

#[test]
fn does_not_collect_into_where_files_come_from() {
    for root in ["static", "static/all", ".", "..", "templates/../static"] {
        let settings = format!("[static]\nroot = \"{root}\"");
        let project = project().setting(&settings);
        let transcript = project.djr(["collectstatic", "--clear", "--noinput"]);
        let transcript = transcript.exited(3).to_string();
        assert!(transcript.contains("`[static] root` is"), "{transcript}");
        assert_eq!(project.read("static/robots.txt"), "User-agent: *");
    }
}

#[test]
fn names_a_file_that_is_a_directory_elsewhere() {
    let project = project()
        .replaced("\"staticfiles\"]", "\"staticfiles\", \"blog\"]")
        .file("blog/static/css", "a file");
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 1
    ----- stderr -----
    error: `css` is a file in one place and a directory, of `css/site.css`, in another
    hint: rename one of the two
    ");
}

#[test]
fn leaves_the_files_of_one_run_when_eight_start_at_once() {
    let mut project = project();
    for number in 0..40 {
        project = project.file(format!("static/many/{number}.js"), &"x".repeat(9000));
    }
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let arguments = ["collectstatic", "--noinput", "--clear"];
                project.djr(arguments).success()
            });
        }
    });
    let files = fs::read_dir(project.path("staticfiles/many")).unwrap();
    assert_eq!(files.count(), 40);
    assert_eq!(project.read("staticfiles/many/7.js").len(), 9000);
}

#[test]
fn says_where_it_looked_for_a_file_that_is_nowhere() {
    let project = project();
    assert_snapshot!(project.djr(["findstatic", "../djr.toml", "css/"]), @"
    exit code: 1
    ----- stdout -----
    `css/` is here:
      [PROJECT]/static/css
    ----- stderr -----
    error: no static file is called `../djr.toml`
    hint: searched in `static`
    ");
    assert_snapshot!(project.djr(["findstatic"]), @"
    exit code: 2
    ----- stderr -----
    error: missing: `<PATH>...`
    hint: usage: `djr findstatic <PATH>...`
    ");
}
