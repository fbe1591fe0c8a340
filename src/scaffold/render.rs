//! From the embedded files of a scaffold to paths, contents and modes.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::diagnostic::Finding;
use crate::files::FileMode;
use crate::scaffold::ScaffoldError;
use crate::scaffold::manifest::{self, Manifest};

/// A file of a new project or app.
#[derive(Debug)]
pub(super) struct ScaffoldFile {
    pub(super) path: PathBuf,
    pub(super) content: Vec<u8>,
    pub(super) mode: FileMode,
    /// Whether its content is different each time.
    pub(super) generated: bool,
}

/// All files and directories of a scaffold; the file that completes it comes last.
#[derive(Debug)]
pub(super) struct RenderedScaffold {
    pub(super) files: Vec<ScaffoldFile>,
    pub(super) directories: Vec<PathBuf>,
}

impl RenderedScaffold {
    /// The same in the directory `name`.
    pub(super) fn prefixed(mut self, name: &str) -> Self {
        for file in &mut self.files {
            file.path = Path::new(name).join(&file.path);
        }
        for directory in &mut self.directories {
            *directory = Path::new(name).join(&*directory);
        }
        self
    }
}

/// Renders the files of `scaffold` with the values of `context`.
pub(super) fn render(
    scaffold: &Dir<'_>,
    context: &Value,
) -> Result<RenderedScaffold, ScaffoldError> {
    let manifest = manifest(scaffold)?;
    let renderer = Renderer {
        environment: environment(),
        manifest: &manifest,
        context,
    };
    let mut sources = Vec::new();
    collect(scaffold, &mut sources);
    let mut files = Vec::new();
    for source in sources {
        files.push(renderer.file(source)?);
    }
    let is_last = |file: &ScaffoldFile| {
        manifest
            .last
            .as_deref()
            .is_some_and(|last| file.path == Path::new(last))
    };
    files.sort_by(|left, right| (is_last(left), &left.path).cmp(&(is_last(right), &right.path)));
    let directories = manifest.directories.iter();
    let directories: Result<_, _> = directories
        .map(|path| renderer.path(Path::new(path)))
        .collect();
    Ok(RenderedScaffold {
        files,
        directories: directories?,
    })
}

fn manifest(scaffold: &Dir<'_>) -> Result<Manifest, ScaffoldError> {
    let file = scaffold.get_file(manifest::FILE_NAME);
    let text = file.and_then(|file| file.contents_utf8()).ok_or_else(|| {
        let message = format!("the scaffold has no `{}`", manifest::FILE_NAME);
        ScaffoldError::Findings(Finding::error("scaffold-manifest", message).into())
    })?;
    let shown = Path::new("<djr>").join(manifest::FILE_NAME);
    Ok(Manifest::parse(&shown, text)?)
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
}

fn collect<'d>(directory: &'d Dir<'d>, found: &mut Vec<&'d include_dir::File<'d>>) {
    for entry in directory.entries() {
        match entry {
            DirEntry::Dir(directory) => collect(directory, found),
            DirEntry::File(file) if file.path() == Path::new(manifest::FILE_NAME) => {}
            DirEntry::File(file) => found.push(file),
        }
    }
}

struct Renderer<'r> {
    environment: Environment<'static>,
    manifest: &'r Manifest,
    context: &'r Value,
}

impl Renderer<'_> {
    fn file(&self, source: &include_dir::File<'_>) -> Result<ScaffoldFile, ScaffoldError> {
        let path = source.path();
        let template = path.extension().is_some_and(|extension| extension == "j2");
        let (path, content) = match source.contents_utf8() {
            Some(text) if template => {
                // Jinja drops the newline at the end of a template.
                let text = self.text(path, text)? + "\n";
                (self.path(&path.with_extension(""))?, text.into_bytes())
            }
            _ => (self.path(path)?, source.contents().to_vec()),
        };
        let listed = |list: &[String]| list.iter().any(|listed| path == Path::new(listed));
        let private = listed(&self.manifest.private);
        Ok(ScaffoldFile {
            content,
            mode: if private {
                FileMode::Private
            } else {
                FileMode::Public
            },
            generated: listed(&self.manifest.generated),
            path,
        })
    }

    /// `path` with its parts renamed.
    fn path(&self, path: &Path) -> Result<PathBuf, ScaffoldError> {
        let rename = |part: &std::ffi::OsStr| {
            let renamed = self
                .manifest
                .renames
                .iter()
                .find(|(from, _)| part == from.as_str());
            match renamed {
                Some((_, to)) => self.text(path, to).map(PathBuf::from),
                None => Ok(PathBuf::from(part)),
            }
        };
        path.iter().map(rename).collect()
    }

    fn text(&self, path: &Path, template: &str) -> Result<String, ScaffoldError> {
        let rendered = self.environment.render_str(template, self.context);
        rendered.map_err(|source| ScaffoldError::Template {
            path: path.to_owned(),
            source,
        })
    }
}
