//! `djr test`: runs the tests of the project, on a database of their own.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;

use clap::Args;

use crate::commands::python::{self, Program};
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::json::Json;
use crate::json::python::quoted;
use crate::ui::Ui;

/// Where files stay in memory, on systems that have it.
const IN_MEMORY: &str = "/dev/shm";

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
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &TestArgs) -> Result<(), CommandError> {
    let place = TestPlace::make(global, args)?;
    let outcome = run_in(ui, global, args, &place);
    place.remove(args.keepdb);
    outcome
}

fn run_in(
    ui: &Ui,
    global: &GlobalArgs,
    args: &TestArgs,
    place: &TestPlace,
) -> Result<(), CommandError> {
    let of_tests = global.with_settings(&place.settings);
    let list = |items: &[String]| Json::Array(items.iter().cloned().map(Json::String).collect());
    let shuffle = args.shuffle.clone().map_or(Json::Null, Json::String);
    let options = [
        ("labels", list(&args.labels)),
        ("patterns", list(&args.k)),
        ("pattern", Json::String(args.pattern.clone())),
        ("failfast", Json::Boolean(args.failfast)),
        ("keepdb", Json::Boolean(args.keepdb)),
        ("tags", list(&args.tags)),
        ("exclude_tags", list(&args.exclude_tags)),
        ("shuffle", shuffle),
        ("reverse", Json::Boolean(args.reverse)),
        ("debug_mode", Json::Boolean(args.debug_mode)),
        ("buffer", Json::Boolean(args.buffer)),
        ("timing", Json::Boolean(args.timing)),
        ("json", Json::Boolean(ui.is_json())),
        ("verbosity", Json::Number(global.verbosity().to_string())),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value));
    let program = Program {
        function: "_djr_program.test",
        options: Json::Object(options.into()),
        is_logged: false,
    };
    python::run(ui, &of_tests, program)
}

/// The directory of the database, and of the settings that name it.
struct TestPlace {
    directory: PathBuf,
    settings: PathBuf,
}

impl TestPlace {
    fn make(global: &GlobalArgs, args: &TestArgs) -> Result<Self, CommandError> {
        let project = global.project()?;
        let settings = &project.settings.project;
        let directory = if args.keepdb {
            project.path(".djr/test")
        } else {
            let memory = Path::new(IN_MEMORY);
            let parent = if memory.is_dir() {
                memory.to_owned()
            } else {
                std::env::temp_dir()
            };
            parent.join(format!("djr-test-{}", process::id()))
        };
        let made = fs::DirBuilder::new()
            .mode(0o700)
            .recursive(args.keepdb)
            .create(&directory);
        made.map_err(|error| cannot(&directory, &error))?;
        let hosts = settings
            .allowed_hosts
            .iter()
            .map(String::as_str)
            .chain(["testserver"]);
        let hosts: Vec<_> = hosts.map(quoted).collect();
        let database = directory.join("db.sqlite3");
        let mut text = format!(
            "[project]\ndebug = {}\nallowed_hosts = [{}]\n\n[databases.default]\nname = {}\n\n[mail]\nbackend = \"memory\"\n",
            args.debug_mode,
            hosts.join(", "),
            quoted(&database.to_string_lossy()),
        );
        if let Some(own) = global.paths().1 {
            let own = fs::read_to_string(own).map_err(|error| cannot(own, &error))?;
            text = format!("{own}\n{text}");
        }
        let settings = directory.join("settings.toml");
        fs::write(&settings, text).map_err(|error| cannot(&settings, &error))?;
        Ok(Self {
            directory,
            settings,
        })
    }

    /// Removes everything but a database that is kept.
    fn remove(&self, keeps: bool) {
        // What is left in memory is gone with the machine.
        if keeps {
            fs::remove_file(&self.settings).ok();
        } else {
            fs::remove_dir_all(&self.directory).ok();
        }
    }
}

fn cannot(path: &Path, error: &std::io::Error) -> Findings {
    let message = format!("cannot write `{}`: {error}", path.display());
    Finding::error("test-database", message).into()
}
