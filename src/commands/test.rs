//! `djr test`: runs the tests of the project, on a database of their own.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;

use clap::Args;

use crate::commands::python::{self, Program};
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::json::Json;
use crate::json::python::quoted;
use crate::project::Project;
use crate::settings::override_for_run;
use crate::ui::Ui;

/// Where files stay in memory, on systems that have it.
const IN_MEMORY: &str = "/dev/shm";

/// The database that is always there.
const DEFAULT: &str = "default";

/// Passwords of tests guard nothing.
const CHEAP_HASHES: &str = "[auth.costs]\nargon2_time = 1\nargon2_memory = 8\nargon2_parallelism = 1\n\
                            pbkdf2_iterations = 1\nbcrypt_rounds = 4\nscrypt_work_factor = 2\n";

/// Run the tests of the project
///
/// Those in `tests.py` and `test_*.py` of the apps, written with `django.test` or `unittest`, on a database that the
/// migrations make for them, in memory, and that is removed afterwards.
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    /// What to run: `posts`, `posts.tests.PostTests`, `posts/tests.py` [default: everything]
    #[arg(value_name = "TEST_LABEL")]
    labels: Vec<String>,
    /// Only tests whose names have this in them, with `*` for anything; can be given several times
    #[arg(short, value_name = "PATTERN")]
    k: Vec<String>,
    /// The names of files with tests
    #[arg(short, long, value_name = "PATTERN", default_value = "test*.py")]
    pattern: String,
    /// Stop after the first failure
    #[arg(long)]
    failfast: bool,
    /// Keep the database, and use it again
    #[arg(long)]
    keepdb: bool,
    /// Only tests of this tag; can be given several times
    #[arg(long = "tag", value_name = "NAME")]
    tags: Vec<String>,
    /// No tests of this tag; can be given several times
    #[arg(long = "exclude-tag", value_name = "NAME")]
    exclude_tags: Vec<String>,
    /// Run them in another order each time, or in that of this number
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "")]
    shuffle: Option<String>,
    /// Run them in the reverse order
    #[arg(short, long)]
    reverse: bool,
    /// With `debug = true`
    #[arg(long)]
    debug_mode: bool,
    /// Show the output of tests that fail alone
    #[arg(short, long)]
    buffer: bool,
    /// Tell how long it took
    #[arg(long)]
    timing: bool,
    /// Run them in several processes, as many as there are processors, or N; each has a database of its own
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "auto")]
    parallel: Option<String>,
    /// Show the N slowest tests, all with 0
    #[arg(long, value_name = "N")]
    durations: Option<usize>,
    /// Show the statements of tests that fail
    #[arg(short, long)]
    debug_sql: bool,
    /// The class that runs the tests, in place of that of `TEST_RUNNER`
    #[arg(long, value_name = "NAME")]
    testrunner: Option<String>,
    /// Nothing is asked anyway
    #[arg(long, visible_alias = "no-input", hide = true)]
    noinput: bool,
    /// There is no debugger in djr: this says so
    #[arg(long, hide = true)]
    pdb: bool,
    /// The directory of one of the processes of `--parallel`
    #[arg(long, hide = true, value_name = "DIR")]
    worker: Option<PathBuf>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &TestArgs) -> Result<(), CommandError> {
    if args.pdb {
        return Err(no_debugger().into());
    }
    let place = TestPlace::make(global, args)?;
    let outcome = run_in(ui, global, args, &place);
    // The databases of a process are removed by the one that started it.
    if !args.keepdb && args.worker.is_none() {
        place.remove();
    }
    outcome
}

fn run_in(
    ui: &Ui,
    global: &GlobalArgs,
    args: &TestArgs,
    place: &TestPlace,
) -> Result<(), CommandError> {
    let list = |items: &[String]| Json::Array(items.iter().cloned().map(Json::String).collect());
    let text = |text: Option<&String>| text.cloned().map_or(Json::Null, Json::String);
    let durations = args.durations.map(|count| count.to_string());
    let durations = durations.map_or(Json::Null, Json::Number);
    let options = [
        ("labels", list(&args.labels)),
        ("patterns", list(&args.k)),
        ("pattern", Json::String(args.pattern.clone())),
        ("failfast", Json::Boolean(args.failfast)),
        ("keepdb", Json::Boolean(args.keepdb)),
        ("tags", list(&args.tags)),
        ("exclude_tags", list(&args.exclude_tags)),
        ("shuffle", text(args.shuffle.as_ref())),
        ("reverse", Json::Boolean(args.reverse)),
        ("debug_mode", Json::Boolean(args.debug_mode)),
        ("buffer", Json::Boolean(args.buffer)),
        ("timing", Json::Boolean(args.timing)),
        ("parallel", text(args.parallel.as_ref())),
        ("durations", durations),
        ("debug_sql", Json::Boolean(args.debug_sql)),
        ("testrunner", text(args.testrunner.as_ref())),
        ("worker", Json::Boolean(args.worker.is_some())),
        ("directory", text(Some(&place.text()))),
        ("has_color", Json::Boolean(has_color(global))),
        ("json", Json::Boolean(ui.is_json())),
        ("verbosity", Json::Number(global.verbosity().to_string())),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value));
    let program = Program {
        function: "_djr_program.test",
        options: Json::Object(options.into()),
        is_logged: false,
        works_at_once: true,
    };
    python::run(ui, global, program)
}

/// The directory of the databases.
struct TestPlace(PathBuf);

impl TestPlace {
    /// Makes it, and has all that this process reads of settings be those of tests.
    fn make(global: &GlobalArgs, args: &TestArgs) -> Result<Self, CommandError> {
        let project = global.project()?;
        let directory = match &args.worker {
            Some(directory) => directory.clone(),
            None if args.keepdb => project.path(".djr/test"),
            None => parent().join(format!("djr-test-{}", process::id())),
        };
        let made = fs::DirBuilder::new()
            .mode(0o700)
            .recursive(args.keepdb || args.worker.is_some())
            .create(&directory);
        made.map_err(|error| cannot(&directory, &error))?;
        override_for_run(&settings_of_tests(&project, &directory, args.debug_mode))?;
        Ok(Self(directory))
    }

    fn text(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }

    fn remove(&self) {
        // What is left in memory is gone with the machine.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Where files stay in memory, or are removed with all that is temporary.
fn parent() -> PathBuf {
    let memory = Path::new(IN_MEMORY);
    if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

/// The settings of tests: databases in `directory`, mail that stays in memory, passwords that are hashed at the least cost.
fn settings_of_tests(project: &Project, directory: &Path, debug: bool) -> String {
    let settings = &project.settings;
    let hosts = settings.project.allowed_hosts.iter().map(String::as_str);
    let hosts: Vec<_> = hosts.chain(["testserver"]).map(quoted).collect();
    let mut text = format!(
        "[project]\ndebug = {debug}\nallowed_hosts = [{}]\n\n[mail]\nbackend = \"memory\"\n\n{CHEAP_HASHES}",
        hosts.join(", "),
    );
    let mut files: Vec<&Path> = Vec::new();
    for (alias, database) in &settings.databases {
        let known = files.iter().position(|file| *file == database.name);
        let number = known.unwrap_or_else(|| {
            files.push(&database.name);
            files.len() - 1
        });
        let file = match alias.as_str() {
            DEFAULT => directory.join("db.sqlite3"),
            _ if *database.name == *settings.databases[DEFAULT].name => {
                directory.join("db.sqlite3")
            }
            _ => directory.join(format!("db-{number}.sqlite3")),
        };
        let (alias, file) = (quoted(alias), quoted(&file.to_string_lossy()));
        // Writing to a text cannot fail.
        write!(text, "\n[databases.{alias}]\nname = {file}\n").ok();
    }
    text
}

/// Whether the report, which goes to standard error, is for a person at a terminal.
fn has_color(global: &GlobalArgs) -> bool {
    let is_refused = global.is_without_color() || std::env::var_os("NO_COLOR").is_some();
    io::stderr().is_terminal() && !is_refused
}

fn no_debugger() -> Findings {
    let message = "djr has no debugger: `--pdb` cannot be followed";
    let hint = "`print()` in the test, and `-k NAME` to run it alone";
    Finding::error("no-debugger", message).hint(hint).into()
}

fn cannot(path: &Path, error: &io::Error) -> Findings {
    let message = format!("cannot write `{}`: {error}", path.display());
    Finding::error("test-database", message).into()
}
