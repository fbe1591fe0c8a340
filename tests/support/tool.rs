//! Programs that some tests need and not every machine has.
//!
//! The build script asks for them too, and has the tests of those that are missing ignored (`build.rs`).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program, and what must be allowed for a test to use it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tool {
    /// Traces system calls and makes them fail.
    Strace,
    /// Mounts a file system that only one run sees.
    Unshare,
    /// Runs a command as another user, where the tests run as root.
    Setpriv,
    /// A mail server in Python.
    Aiosmtpd,
    /// A cache on a server.
    Redis,
    /// Another one.
    Memcached,
    /// A server of buckets.
    SeaweedFs,
    /// Django itself.
    Django,
}

impl Tool {
    /// The tools, and the names that `cfg` knows them by where they are missing.
    #[allow(dead_code, reason = "only the build script goes through all of them")]
    pub(crate) const ALL: [(Self, &str); 8] = [
        (Self::Strace, "without_strace"),
        (Self::Unshare, "without_unshare"),
        (Self::Setpriv, "without_setpriv"),
        (Self::Aiosmtpd, "without_aiosmtpd"),
        (Self::Redis, "without_redis"),
        (Self::Memcached, "without_memcached"),
        (Self::SeaweedFs, "without_seaweedfs"),
        (Self::Django, "without_django"),
    ];

    /// Whether it is there and may do what the tests ask of it.
    pub(crate) fn is_available(self) -> bool {
        match self {
            Self::Strace => succeeds("strace", &["-o", "/dev/null", "true"]),
            Self::Unshare => succeeds("unshare", &["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]),
            Self::Setpriv => !is_root() || succeeds("setpriv", &[&AS_NOBODY[..], &READS].concat()),
            Self::Aiosmtpd => python_with_aiosmtpd().is_some(),
            Self::Redis => succeeds("redis-server", &["--version"]),
            Self::Memcached => succeeds("memcached", &["--version"]),
            Self::SeaweedFs => seaweedfs().is_some(),
            Self::Django => python_with_django().is_some(),
        }
    }

    /// Fails the test where the tool is missing.
    ///
    /// This happens in continuous integration, where nothing is ignored, and to a test that was
    /// built while the tool was there.
    #[track_caller]
    #[allow(dead_code, reason = "the build script only asks")]
    pub(crate) fn require(self) {
        let requirement = match self {
            Self::Strace => "`strace`, and the right to trace",
            Self::Unshare => "`unshare`, and the right to mount in a user namespace",
            Self::Setpriv => "`setpriv`, and a directory that every user may read",
            Self::Aiosmtpd => "a Python with aiosmtpd: `tests/parity/venv` makes one",
            Self::Redis => "`redis-server`",
            Self::Memcached => "`memcached`",
            Self::SeaweedFs => "`weed`, the server of SeaweedFS: `tests/parity/venv` installs it",
            Self::Django => "a Python with Django: `tests/parity/venv` makes one",
        };
        assert!(self.is_available(), "this test needs {requirement}");
    }
}

/// The options of `setpriv` for a user who owns nothing.
pub(crate) const AS_NOBODY: [&str; 5] = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];

/// What that user must be able to do: the executable under test lies below the repository.
const READS: [&str; 3] = [
    "test",
    "-r",
    concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
];

/// Whether the tests run as a user who may do everything.
pub(crate) fn is_root() -> bool {
    succeeds("sh", &["-c", "[ \"$(id -u)\" -eq 0 ]"])
}

/// The Python that has aiosmtpd: that of the virtual environment, or that of the system.
pub(crate) fn python_with_aiosmtpd() -> Option<PathBuf> {
    let candidates = [venv().join("bin/python"), PathBuf::from("python3")];
    let has_aiosmtpd = |python: &PathBuf| succeeds(python, &["-c", "import aiosmtpd"]);
    candidates.into_iter().find(has_aiosmtpd)
}

/// The Python that has Django: that of the virtual environment.
pub(crate) fn python_with_django() -> Option<PathBuf> {
    let python = venv().join("bin/python");
    succeeds(&python, &["-c", "import django"]).then_some(python)
}

/// The server of `weed`: that of the virtual environment, or that of the system.
pub(crate) fn seaweedfs() -> Option<PathBuf> {
    let candidates = [venv().join("bin/weed"), PathBuf::from("weed")];
    let is_there = |program: &PathBuf| succeeds(program, &["version"]);
    candidates.into_iter().find(is_there)
}

/// The virtual environment that `tests/parity/venv` makes.
fn venv() -> PathBuf {
    let venv = std::env::var_os("DJANGO_VENV").unwrap_or_else(|| "target/django".into());
    Path::new(env!("CARGO_MANIFEST_DIR")).join(venv)
}

fn succeeds(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> bool {
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}
