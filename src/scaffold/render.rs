//! From the files of a scaffold to paths, contents and modes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use minijinja::{Environment, UndefinedBehavior};

use crate::files::FileMode;
use crate::scaffold::answers::Answers;
use crate::scaffold::environment::environment;
use crate::scaffold::rules::{FileRule, Rules};
use crate::scaffold::source::{ScaffoldTree, TreeFile, path_of};
use crate::scaffold::{ScaffoldError, django};

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

/// Renders the files of `tree` with `answers`.
pub(super) fn render(
    tree: &ScaffoldTree,
    rules: &Rules,
    answers: &Answers,
) -> Result<RenderedScaffold, ScaffoldError> {
    let renderer = Renderer {
        environment: match rules {
            Rules::Manifest(_) => environment(),
            Rules::Django { .. } => django_environment(),
        },
        rules,
        answers,
    };
    let mut files = Vec::new();
    for (name, source) in &tree.files {
        files.extend(renderer.file(name, source)?);
    }
    files.sort_by(|left, right| {
        (renderer.is_last(left), &left.path).cmp(&(renderer.is_last(right), &right.path))
    });
    if let Some(pair) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return Err(ScaffoldError::SamePath(pair[0].path.clone()));
    }
    let directories = renderer.directories(tree)?;
    Ok(RenderedScaffold {
        files,
        directories: directories.into_iter().collect(),
    })
}

/// As Django's language has it: what is not defined is nothing.
fn django_environment() -> Environment<'static> {
    let mut environment = environment();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment
}

struct Renderer<'r> {
    environment: Environment<'static>,
    rules: &'r Rules,
    answers: &'r Answers,
}

impl Renderer<'_> {
    fn file(&self, name: &str, source: &TreeFile) -> Result<Option<ScaffoldFile>, ScaffoldError> {
        let (rules, environment) = (self.rules, &self.environment);
        let rule = rules.file(name, self.answers, environment, source.is_executable)?;
        let Some(rule) = rule else {
            return Ok(None);
        };
        Ok(Some(ScaffoldFile {
            content: self.content(name, source, &rule)?,
            path: rule.path,
            mode: rule.mode,
            generated: rule.is_generated,
        }))
    }

    fn content(
        &self,
        name: &str,
        source: &TreeFile,
        rule: &FileRule,
    ) -> Result<Vec<u8>, ScaffoldError> {
        if !rule.is_rendered {
            return Ok(source.content.to_vec());
        }
        let text = std::str::from_utf8(&source.content)
            .map_err(|_| ScaffoldError::NotText(path_of(name)))?;
        let rendered = match self.rules {
            Rules::Manifest(_) => self.environment.render_named_str(name, text, self.answers),
            Rules::Django { .. } => {
                let jinja = django::in_jinja(text);
                self.environment
                    .render_named_str(name, &jinja, self.answers)
            }
        };
        let rendered = rendered.map_err(|source| ScaffoldError::Template {
            path: path_of(name),
            source,
        })?;
        Ok(rendered.into_bytes())
    }

    /// The directories that have no files, or none that are made.
    fn directories(&self, tree: &ScaffoldTree) -> Result<BTreeSet<PathBuf>, ScaffoldError> {
        let named: Box<dyn Iterator<Item = &String>> = match self.rules {
            Rules::Manifest(manifest) => Box::new(manifest.directories.iter()),
            Rules::Django { .. } => Box::new(tree.directories.iter()),
        };
        let mut directories = BTreeSet::new();
        for name in named {
            let (answers, environment) = (self.answers, &self.environment);
            directories.extend(self.rules.directory(name, answers, environment)?);
        }
        Ok(directories)
    }

    fn is_last(&self, file: &ScaffoldFile) -> bool {
        let Rules::Manifest(manifest) = self.rules else {
            return false;
        };
        let last = manifest.last.as_deref();
        last.is_some_and(|last| file.path == Path::new(last))
    }
}
