//! A project in a temporary directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Row};
use tempfile::TempDir;

use super::{Invocation, Server, Transcript};

/// How long mail may take that is sent after the answer.
const MAIL_TIMEOUT: Duration = Duration::from_secs(20);

/// The settings of a test's project: Django's defaults, but with hashes that cost next to nothing.
const SETTINGS: &str = r#"
[project]
name = "mysite"
debug = true
apps = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]

[auth.costs]
argon2_time = 1
argon2_memory = 64
argon2_parallelism = 1
pbkdf2_iterations = 10
bcrypt_rounds = 4
scrypt_work_factor = 16
"#;

/// The first migration of `blog`.
const BLOG: &str = r#"
[[operations]]
CreateModel = { name = "Author", fields = { name = { type = "CharField", max_length = 50 } } }
[[operations]]
CreateModel = { name = "Post", fields = { author = { type = "ForeignKey", to = "Author", on_delete = "CASCADE" } } }
"#;

/// A project directory that is removed when the test ends.
///
/// Commands run in it see nothing of the caller's environment, find their home inside it, and
/// live in one fixed second ([`Invocation`]).
pub(crate) struct Project {
    directory: TempDir,
    environment: Vec<(String, String)>,
}

impl Project {
    /// A project of the built-in apps, not yet migrated.
    pub(crate) fn new() -> Self {
        Self::empty().file("djr.toml", SETTINGS.trim_start()).file(
            ".env",
            "DJR_SECRET_KEY=a-key-for-tests-that-signs-nothing-real\n",
        )
    }

    /// A project with an app of its own, `blog`, whose first migration makes two tables.
    pub(crate) fn with_blog() -> Self {
        Self::new()
            .replaced("\"staticfiles\"", "\"staticfiles\", \"blog\"")
            .file("blog/migrations/0001_initial.toml", BLOG)
    }

    /// A directory without a project, for `startproject`.
    pub(crate) fn empty() -> Self {
        Self {
            directory: tempfile::tempdir().expect("a temporary directory"),
            environment: Vec::new(),
        }
    }

    /// A project with the same files.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::empty();
        copy_tree(self.root(), copy.root());
        copy
    }

    /// The project's directory.
    pub(crate) fn root(&self) -> &Path {
        self.directory.path()
    }

    /// Where `path` lies in the project.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root().join(path)
    }

    /// The path of everything below `directory`, sorted; nothing where there is none.
    #[track_caller]
    pub(crate) fn names(&self, directory: &str) -> Vec<String> {
        let root = self.path(directory);
        if !root.exists() {
            return Vec::new();
        }
        let entries = walkdir::WalkDir::new(&root)
            .min_depth(1)
            .sort_by_file_name();
        let name = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(&root).unwrap();
            path.display().to_string()
        };
        entries
            .into_iter()
            .map(|entry| name(entry.unwrap()))
            .collect()
    }

    /// The texts of the `count` messages in the project's `mail`, by time, waiting for them.
    ///
    /// A message that is still being written has another ending.
    #[track_caller]
    pub(crate) fn mail(&self, count: usize) -> Vec<String> {
        let started = Instant::now();
        loop {
            let mut names = self.names("mail");
            names.retain(|name| {
                Path::new(name)
                    .extension()
                    .is_some_and(|ending| ending == "eml")
            });
            if names.len() >= count {
                assert_eq!(names.len(), count, "{names:?}");
                let text = |name| self.read(format!("mail/{name}"));
                return names.iter().map(text).collect();
            }
            let came = names.len();
            assert!(
                started.elapsed() < MAIL_TIMEOUT,
                "{came} of {count} messages came"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the file at `path` holds.
    #[track_caller]
    pub(crate) fn read(&self, path: impl AsRef<Path>) -> String {
        let path = self.path(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Writes a file, creating the directories above it.
    #[track_caller]
    pub(crate) fn file(self, path: impl AsRef<Path>, content: &str) -> Self {
        self.write(path, content);
        self
    }

    /// Writes a file of a project that is already in use, creating the directories above it.
    #[track_caller]
    pub(crate) fn write(&self, path: impl AsRef<Path>, content: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Writes `operations` into the second migration of `blog`, which follows the first.
    #[track_caller]
    pub(crate) fn second_migration(&self, operations: &str) {
        let dependencies = "dependencies = [\"blog.0001_initial\"]\n";
        self.write(
            "blog/migrations/0002_next.toml",
            &format!("{dependencies}{operations}"),
        );
    }

    /// Adds a line to `djr.toml`; a key belongs to the last table of the file.
    #[track_caller]
    pub(crate) fn setting(self, lines: &str) -> Self {
        let settings = self.read("djr.toml");
        self.file("djr.toml", &format!("{settings}\n{lines}\n"))
    }

    /// Replaces `before`, which `djr.toml` must hold, by `after`.
    #[track_caller]
    pub(crate) fn replaced(self, before: &str, after: &str) -> Self {
        let settings = self.read("djr.toml");
        assert!(settings.contains(before), "no `{before}` in:\n{settings}");
        self.file("djr.toml", &settings.replace(before, after))
    }

    /// The same without the admin, whose static files would be among those of the project.
    #[track_caller]
    pub(crate) fn without_admin(self) -> Self {
        self.replaced("\"admin\", ", "")
    }

    /// Sets a variable in the environment of every command that follows.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds an app as `djr startapp` does.
    #[track_caller]
    pub(crate) fn app(self, label: &str) -> Self {
        self.done(&["startapp", label])
    }

    /// Applies every migration.
    #[track_caller]
    pub(crate) fn migrated(self) -> Self {
        self.done(&["migrate"])
    }

    /// Creates a superuser.
    #[track_caller]
    pub(crate) fn superuser(self, username: &str, password: &str) -> Self {
        self.command(["createsuperuser", "--noinput"])
            .env("DJR_SUPERUSER_USERNAME", username)
            .env("DJR_SUPERUSER_EMAIL", "")
            .env("DJR_SUPERUSER_PASSWORD", password)
            .run()
            .success();
        self
    }

    #[track_caller]
    fn done(self, arguments: &[&str]) -> Self {
        self.djr(arguments).success();
        self
    }

    /// Runs `djr` in the project.
    #[must_use = "snapshot the transcript or call `success`"]
    pub(crate) fn djr<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Transcript {
        self.command(arguments).run()
    }

    /// A run of `djr` in the project that needs more than arguments; see [`Invocation::run`].
    pub(crate) fn command<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Invocation {
        let variables = self.environment.iter();
        variables.fold(
            Invocation::new(self.root(), arguments.as_ref()),
            |invocation, (name, value)| invocation.env(name, value),
        )
    }

    /// The rows that `sql` selects from the project's database.
    #[track_caller]
    pub(crate) fn rows<T>(&self, sql: &str) -> Vec<T>
    where
        T: for<'r> TryFrom<&'r Row<'r>, Error = rusqlite::Error>,
    {
        let database = self.database();
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| T::try_from(row)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The text that `sql` selects in each row.
    #[track_caller]
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        let rows: Vec<(String,)> = self.rows(sql);
        rows.into_iter().map(|(text,)| text).collect()
    }

    /// How many rows `table` has.
    #[track_caller]
    pub(crate) fn count(&self, table: &str) -> i64 {
        let [(count,)] = self.rows(&format!("SELECT count(*) FROM {table}"))[..] else {
            panic!("one row of a count")
        };
        count
    }

    /// The project's database.
    #[track_caller]
    pub(crate) fn database(&self) -> Connection {
        Connection::open(self.path("db.sqlite3")).unwrap()
    }

    /// Serves the project on a free port until the server is dropped.
    #[track_caller]
    pub(crate) fn serve(&self) -> Server {
        Server::start(self.command(["runserver", "127.0.0.1:0"]))
    }
}

fn copy_tree(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
