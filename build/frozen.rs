//! Freezes Python: Django's modules, and of the library of Python those that `src/script/library/modules.txt` names, with
//! what stands beside that list in the place of others.
//!
//! The library comes from the crate `rustpython-pylib`, without its own copy of all modules in compiled form: most of
//! them are of no use inside a server. Done here and not by a macro of the sources, it is not done again whenever they
//! are compiled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use rustpython_compiler::{CompileOpts, Mode, compile};
use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};

const DJANGO: &str = "src/script/python";
const LIBRARY: &str = "src/script/library";
const LIST: &str = "src/script/library/modules.txt";

/// Assertions and the texts of documentation are left out, as by Python's own option `-OO`: each interpreter would keep them.
///
/// djr's own modules have no assertions.
const WITHOUT_DOCUMENTATION: u8 = 2;

/// Writes `django.frozen` and `library.frozen` into the directory of what is built.
pub(crate) fn write() -> io::Result<()> {
    println!("cargo::rerun-if-changed={LIBRARY}");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let django = all_in(Path::new(DJANGO))?;
    fs::write(out.join("django.frozen"), freeze(&django)?)?;
    let mut library = chosen()?;
    library.extend(all_in(Path::new(LIBRARY))?);
    fs::write(out.join("library.frozen"), freeze(&library)?)
}

/// The modules under `root` by their names.
fn all_in(root: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut found = BTreeMap::new();
    add_directory(root, "", &mut found)?;
    Ok(found)
}

fn add_directory(
    path: &Path,
    package: &str,
    found: &mut BTreeMap<String, PathBuf>,
) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        let name = match (package, stem) {
            (package, "__init__") => package.to_owned(),
            ("", stem) => stem.to_owned(),
            (package, stem) => format!("{package}.{stem}"),
        };
        if path.is_dir() {
            add_directory(&path, &name, found)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.insert(name, path);
        }
    }
    Ok(())
}

/// The modules of the library that the list names: `name`, or `name.*` with all below it.
fn chosen() -> io::Result<BTreeMap<String, PathBuf>> {
    let all = all_in(Path::new(rustpython_pylib::LIB_PATH))?;
    let list = fs::read_to_string(LIST)?;
    let words = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace);
    let mut found = BTreeMap::new();
    for word in words {
        let (name, below) = match word.strip_suffix(".*") {
            Some(name) => (name, format!("{name}.")),
            None => (word, String::new()),
        };
        let path = all
            .get(name)
            .ok_or_else(|| told(format!("{LIST}: the library has not `{name}`")))?;
        found.insert(name.to_owned(), path.clone());
        if !below.is_empty() {
            let below = all.iter().filter(|(name, _)| name.starts_with(&below));
            found.extend(below.map(|(name, path)| (name.clone(), path.clone())));
        }
    }
    Ok(found)
}

fn freeze(modules: &BTreeMap<String, PathBuf>) -> io::Result<Vec<u8>> {
    let mut frozen = Vec::new();
    for (name, path) in modules {
        let source = fs::read_to_string(path)?;
        let options = CompileOpts {
            optimize: WITHOUT_DOCUMENTATION,
            ..CompileOpts::default()
        };
        let code = compile(&source, Mode::Exec, name, options)
            .map_err(|error| told(format!("{}: {error}", path.display())))?;
        let module = FrozenModule {
            code: FrozenCodeObject::encode(&code),
            package: path.ends_with("__init__.py"),
        };
        frozen.push((name.as_str(), module));
    }
    Ok(FrozenLib::encode(frozen).bytes)
}

fn told(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
