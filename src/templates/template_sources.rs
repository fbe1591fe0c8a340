//! Where templates are found.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::apps::{self, AppSource, Apps};

/// The directories that are searched, in order.
#[derive(Clone, Debug)]
pub struct TemplateSources {
    dirs: Vec<PathBuf>,
    apps: Apps,
}

/// A template's text and the file it was read from, as messages show it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct TemplateFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// Whether it came with the binary.
    pub(super) is_built_in: bool,
}

impl TemplateSources {
    /// Searches `dirs`, then `templates/` of each of `apps`, the built-in ones last.
    ///
    /// In Django an app must stand before `admin` for its `registration/` pages to be seen, and few
    /// know it: here a page of the project's own always wins over one that came with the binary.
    pub fn new(dirs: Vec<PathBuf>, apps: &Apps) -> Self {
        let (built_in, own): (Vec<_>, Vec<_>) = apps
            .iter()
            .cloned()
            .partition(|app| matches!(app.source, AppSource::Embedded(_)));
        let apps = Apps::new(own.into_iter().chain(built_in).collect());
        Self { dirs, apps }
    }

    /// The first template called `name`.
    pub(super) fn find(&self, name: &str) -> io::Result<Option<TemplateFile>> {
        if !is_inside(name) {
            return Ok(None);
        }
        for dir in &self.dirs {
            let path = dir.join(name);
            if path.is_file() {
                let text = fs::read_to_string(&path)?;
                return Ok(Some(TemplateFile {
                    path,
                    text,
                    is_built_in: false,
                }));
            }
        }
        for app in self.apps.iter() {
            let within = format!("templates/{name}");
            if let Some(content) = app.read(&within)? {
                let path = app.display_path(&within);
                return Ok(Some(TemplateFile {
                    path,
                    text: text_of(content.into_owned())?,
                    is_built_in: matches!(app.source, AppSource::Embedded(_)),
                }));
            }
        }
        Ok(None)
    }

    /// Whether there is a template called `name`; one that cannot be read is there too.
    pub fn has(&self, name: &str) -> bool {
        !matches!(self.find(name), Ok(None))
    }

    /// The names of all templates, sorted; a name that occurs twice comes once.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for dir in &self.dirs {
            names.extend(apps::list_directory(dir)?);
        }
        for app in self.apps.iter() {
            names.extend(app.list_all("templates")?);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The directories of `[templates] dirs`.
    pub fn dirs(&self) -> &[PathBuf] {
        &self.dirs
    }
}

/// Whether a name stays below the directories it is looked up in.
fn is_inside(name: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    name.split('/').all(plain) && !name.contains(['\\', '\0'])
}

fn text_of(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
