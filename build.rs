//! Tells cargo about the directories that are embedded, since `include_dir` does not notice new
//! files, and about the programs that tests need and this machine does not have; freezes Python.

#[cfg(feature = "python")]
#[path = "build/frozen.rs"]
mod frozen;
#[path = "tests/support/tool.rs"]
mod tool;

use std::path::Path;
use std::{env, io};

use tool::Tool;

#[cfg_attr(
    not(feature = "python"),
    expect(
        clippy::unnecessary_wraps,
        reason = "only what freezes Python can fail"
    )
)]
fn main() -> io::Result<()> {
    watch_embedded_directories();
    ignore_tests_without_their_tools();
    #[cfg(feature = "python")]
    frozen::write()?;
    Ok(())
}

fn watch_embedded_directories() {
    for directory in [
        "scaffolds",
        "src/auth/app",
        "src/contenttypes/app",
        "src/admin/app",
        "src/sessions/app",
        "src/script/python",
    ] {
        if Path::new(directory).exists() {
            println!("cargo::rerun-if-changed={directory}");
        }
    }
}

/// Sets `without_strace` and the like, by which a test is compiled as ignored.
///
/// Cargo's own harness knows of ignored tests only what is compiled. A release is not asked what
/// tests need, and in continuous integration a missing tool is a failure.
fn ignore_tests_without_their_tools() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=tests/support/tool.rs");
    for variable in ["CI", "PATH", "DJANGO_VENV"] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let is_probed =
        env::var_os("CI").is_none() && env::var("PROFILE").is_ok_and(|it| it == "debug");
    for (tool, name) in Tool::ALL {
        println!("cargo::rustc-check-cfg=cfg({name})");
        if is_probed && !tool.is_available() {
            println!("cargo::rustc-cfg={name}");
        }
    }
}
