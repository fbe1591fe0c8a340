//! Which files of a scaffold are rendered, and what they are called then.

use std::path::{Path, PathBuf};

use minijinja::Environment;

use crate::files::FileMode;
use crate::scaffold::ScaffoldKind;
use crate::scaffold::answers::Answers;
use crate::scaffold::environment;
use crate::scaffold::manifest::{self, Manifest};
use crate::scaffold::{DjangoOptions, ScaffoldError};

/// Endings of templates of Python files, which tools would take for Python otherwise.
const TEMPLATE_ENDING: &str = ".py-tpl";

/// Files that Python makes.
const COMPILED: [&str; 3] = [".pyo", ".pyc", ".py.class"];

/// Which files of a scaffold are rendered, and what they are called then.
#[derive(Debug)]
pub(super) enum Rules {
    /// As its manifest says.
    Manifest(Box<Manifest>),
    /// As Django does with its templates of projects and apps, which have no manifest.
    Django {
        /// What it makes, and what the parts of paths are called that become its name.
        kind: ScaffoldKind,
        /// What the command was told.
        options: DjangoOptions,
    },
}

/// What becomes of a file of a scaffold.
#[derive(Debug)]
pub(super) struct FileRule {
    pub(super) path: PathBuf,
    pub(super) is_rendered: bool,
    pub(super) mode: FileMode,
    pub(super) is_generated: bool,
}

impl Rules {
    /// What becomes of the file called `name`; `None` where it is left out.
    pub(super) fn file(
        &self,
        name: &str,
        answers: &Answers,
        environment: &Environment<'_>,
        is_executable: bool,
    ) -> Result<Option<FileRule>, ScaffoldError> {
        match self {
            Self::Manifest(manifest) => {
                manifest_file(manifest, name, answers, environment, is_executable)
            }
            Self::Django { kind, options } => {
                Ok(django_file(*kind, options, name, answers, is_executable))
            }
        }
    }

    /// What the directory called `name` is called; `None` where it is left out.
    pub(super) fn directory(
        &self,
        name: &str,
        answers: &Answers,
        environment: &Environment<'_>,
    ) -> Result<Option<PathBuf>, ScaffoldError> {
        match self {
            // Directories without files are named in the manifest, since git does not keep them.
            Self::Manifest(manifest) => path(manifest, name, answers, environment).map(Some),
            Self::Django { kind, options } => {
                let is_wanted = !options.leaves_out(name.split('/'));
                Ok(is_wanted.then(|| PathBuf::from(django_name(*kind, name, answers))))
            }
        }
    }
}

fn manifest_file(
    manifest: &Manifest,
    name: &str,
    answers: &Answers,
    environment: &Environment<'_>,
    is_executable: bool,
) -> Result<Option<FileRule>, ScaffoldError> {
    if name == manifest::FILE_NAME || manifest.exclude.matches(name) {
        return Ok(None);
    }
    for (globs, expression) in &manifest.conditions {
        if globs.matches(name) && !environment::is_true(environment, expression, answers)? {
            return Ok(None);
        }
    }
    let (target, has_ending) = match name.strip_suffix(".j2") {
        Some(target) => (target, true),
        None => (name, false),
    };
    let path = path(manifest, target, answers, environment)?;
    let is_listed = |list: &[String]| list.iter().any(|listed| path == Path::new(listed));
    Ok(Some(FileRule {
        is_rendered: has_ending || manifest.templates.matches(name),
        mode: match (is_listed(&manifest.private), is_executable) {
            (true, _) => FileMode::Private,
            (false, true) => FileMode::Exactly(0o755),
            (false, false) => FileMode::Public,
        },
        is_generated: is_listed(&manifest.generated),
        path,
    }))
}

/// `name` with its parts renamed and rendered.
fn path(
    manifest: &Manifest,
    name: &str,
    answers: &Answers,
    environment: &Environment<'_>,
) -> Result<PathBuf, ScaffoldError> {
    let mut path = PathBuf::new();
    for part in name.split('/') {
        let renamed = manifest.renames.iter().find(|(from, _)| part == from);
        let template = renamed.map_or(part, |(_, to)| to);
        let rendered = environment.render_str(template, answers);
        let rendered = rendered.map_err(|source| ScaffoldError::Template {
            path: PathBuf::from(name),
            source,
        })?;
        let is_plain = !rendered.is_empty()
            && rendered != "."
            && rendered != ".."
            && !rendered.contains(['/', '\0', '\\', '\n']);
        if !is_plain {
            return Err(ScaffoldError::FileName {
                name: name.to_owned(),
                part: rendered,
            });
        }
        path.push(rendered);
    }
    Ok(path)
}

fn django_file(
    kind: ScaffoldKind,
    options: &DjangoOptions,
    name: &str,
    answers: &Answers,
    is_executable: bool,
) -> Option<FileRule> {
    let (directories, file_name) = name.rsplit_once('/').unwrap_or(("", name));
    let is_compiled = COMPILED.iter().any(|ending| name.ends_with(ending));
    if is_compiled || options.leaves_out(directories.split('/')) {
        return None;
    }
    let target = django_name(kind, name, answers);
    let target = match target.strip_suffix(TEMPLATE_ENDING) {
        Some(stem) => format!("{stem}.py"),
        None => target,
    };
    Some(FileRule {
        is_rendered: options.renders(&target, file_name),
        mode: if is_executable {
            FileMode::Exactly(0o755)
        } else {
            FileMode::Public
        },
        is_generated: false,
        path: PathBuf::from(target),
    })
}

/// `name` with the name of the project or the app in its place.
fn django_name(kind: ScaffoldKind, name: &str, answers: &Answers) -> String {
    let placeholder = kind.name_variable();
    let of_kind = answers.get(placeholder).map(ToString::to_string);
    name.replace(placeholder, &of_kind.unwrap_or_default())
}
