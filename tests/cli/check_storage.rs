//! Warnings of sessions, caches and counts that are where they are not kept, or where everybody reads them.

use crate::support::Project;
use crate::support::faults::unprivileged;

/// What `check` says of a project with these lines; nothing where it is content.
fn told(lines: &str) -> String {
    let project = Project::new().setting(lines);
    let run = project.djr(["check"]);
    format!("{}{}", run.stdout(), run.stderr())
}

#[test]
fn sessions_in_a_cache_that_does_not_keep_or_share_them_are_told() {
    let sessions = |engine: &str, backend: &str| {
        told(&format!(
            "[sessions]\nengine = \"{engine}\"\n[caches.default]\nbackend = \"{backend}\"\nlocation = \"kept\""
        ))
    };
    for (engine, backend, expected) in [
        ("cache", "locmem", "a restart ends all"),
        ("cache", "dummy", "nobody can log in"),
        (
            "cached_db",
            "locmem",
            "neither other processes nor `djr sessions end`",
        ),
        ("cached_db", "dummy", "it only takes time"),
    ] {
        let told = sessions(engine, backend);
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("djr.toml:"), "{told}");
    }
    for (engine, backend) in [
        ("cache", "file"),
        ("cached_db", "file"),
        ("database", "dummy"),
        ("file", "locmem"),
        ("signed_cookies", "dummy"),
    ] {
        let told = sessions(engine, backend);
        assert!(!told.contains("in the cache"), "{engine} {backend}: {told}");
    }
}

#[test]
fn counts_in_a_cache_that_is_not_shared_or_forgets_are_told() {
    let counts = |cache: &str| told(&format!("[auth.throttle]\ncache = \"counts\"\n{cache}"));
    let unknown = counts("[caches.count]\nbackend = \"dummy\"");
    assert!(unknown.contains("`[caches]` has no `counts`"), "{unknown}");
    assert!(unknown.contains("did you mean `count`?"), "{unknown}");
    for backend in ["locmem", "dummy"] {
        let told = counts(&format!("[caches.counts]\nbackend = \"{backend}\""));
        assert!(
            told.contains("each process counts attempts for itself"),
            "{told}"
        );
    }
    let few = counts("[caches.counts]\nbackend = \"file\"\nlocation = \"kept\"");
    assert!(few.contains("keeps 300 entries"), "{few}");
    let enough =
        counts("[caches.counts]\nbackend = \"file\"\nlocation = \"kept\"\nmax_entries = 10000");
    assert!(!enough.contains("the cache `counts`"), "{enough}");
}

#[test]
fn directories_that_everybody_reads_are_refused() {
    for lines in [
        "[sessions]\nengine = \"file\"\nfile_path = \"media/sessions\"",
        "[sessions]\nengine = \"file\"\nfile_path = \"./media\"",
        "[caches.default]\nbackend = \"file\"\nlocation = \"assets/cache\"\n[static]\ndirs = [\"assets\"]",
        "[caches.default]\nbackend = \"file\"\nlocation = \"staticfiles\"\n[static]\nroot = \"staticfiles\"",
    ] {
        let project = Project::new().setting(lines);
        let run = project.djr(["check"]).exited(1);
        assert!(
            run.stderr().contains("which everybody may read")
                || run.stdout().contains("which everybody may read"),
            "{run}"
        );
    }
    let apart = told("[sessions]\nengine = \"file\"\nfile_path = \"mediasessions\"");
    assert!(!apart.contains("everybody"), "{apart}");
}

#[test]
#[cfg_attr(without_setpriv, ignore = "needs setpriv")]
fn a_directory_that_cannot_be_written_to_is_told() {
    let project = Project::new().setting("[sessions]\nengine = \"file\"\nfile_path = \"kept\"");
    let mode = |mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(project.root(), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o755);
    project.write("kept/x", "");
    let run = unprivileged(project.command(["check"]));
    let told = format!("{}{}", run.stdout(), run.stderr());
    assert!(told.contains("which cannot be written to"), "{told}");
    let file = Project::new()
        .setting("[sessions]\nengine = \"file\"\nfile_path = \"kept\"")
        .file("kept", "a file");
    let run = file.djr(["check"]);
    let told = format!("{}{}", run.stdout(), run.stderr());
    assert!(told.contains("which cannot be written to"), "{told}");
}

#[test]
#[cfg(feature = "s3")]
fn a_bucket_without_keys_or_encryption_is_told() {
    let bucket = |lines: &str| {
        told(&format!(
            "[storages.default]\nbackend = \"s3\"\nbucket_name = \"b\"\n{lines}\n"
        ))
    };
    let keys = "access_key = \"a\"\nsecret_key = \"hush\"\n";
    let unsigned = bucket("");
    assert!(unsigned.contains("has no key"), "{unsigned}");
    let plain = bucket(&format!("{keys}endpoint_url = \"http://s3.example.com\""));
    assert!(plain.contains("without encryption"), "{plain}");
    for sound in ["", "endpoint_url = \"http://127.0.0.1:9000\""] {
        let told = bucket(&format!("{keys}{sound}"));
        assert!(!told.contains("storage `default`"), "{told}");
        assert!(!told.contains("hush"), "{told}");
    }
}
