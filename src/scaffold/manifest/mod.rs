//! `scaffold.toml`: what a scaffold asks for, and what its files cannot carry themselves.

mod globs;
mod variable;

pub(in crate::scaffold) use globs::Globs;
pub(in crate::scaffold) use variable::VariableDefault;
pub use variable::{ScaffoldVariable, VariableChoice, VariableKind};

use std::path::Path;

use minijinja::Environment;

use crate::diagnostic::Findings;
use crate::document::{Document, Item, Problems, TableReader};

/// The name of the manifest, which does not become a file of the project.
pub(super) const FILE_NAME: &str = "scaffold.toml";

/// What a scaffold says about its files.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// What it makes, in a line.
    pub(super) description: String,
    /// The built-in scaffold that it adds to.
    pub(super) extends: Option<Item>,
    /// What is asked for, in this order.
    pub(super) variables: Vec<ScaffoldVariable>,
    /// Parts of paths, and the templates of what they become.
    pub(super) renames: Vec<(String, String)>,
    /// Directories that are empty at first.
    pub(super) directories: Vec<String>,
    /// Files that are rendered beside those that end in `.j2`.
    pub(super) templates: Globs,
    /// Files that are not part of what is made.
    pub(super) exclude: Globs,
    /// Files that are made where an expression is true.
    pub(super) conditions: Vec<(Globs, String)>,
    /// Files for their owner alone.
    pub(super) private: Vec<String>,
    /// Files whose content is different each time.
    pub(super) generated: Vec<String>,
    /// The file that is written after all others.
    pub(super) last: Option<String>,
}

impl Manifest {
    /// Reads `text`, the manifest at `path`; `environment` is what its expressions are compiled with.
    pub(super) fn parse(
        path: &Path,
        text: &str,
        environment: &Environment<'_>,
    ) -> Result<Self, Findings> {
        let document = Document::parse(path, text)?;
        let problems = Problems::default();
        let fields = document.root().reader(&problems);
        let mut manifest = Self {
            description: fields.optional("description").unwrap_or_default(),
            extends: fields.optional("extends"),
            variables: variable::read_all(&fields, environment),
            renames: pairs(fields.item("renames")),
            ..Self::default()
        };
        if let Some(files) = fields.table("files") {
            manifest.read_files(&files, environment);
            files.finish();
        }
        fields.finish();
        problems.finish(manifest)
    }

    /// The same with all that the manifest `base` says beside it.
    pub(super) fn over(mut self, base: Self) -> Self {
        let added = std::mem::take(&mut self.variables);
        self.variables = base.variables;
        for variable in added {
            self.variables.retain(|other| other.name != variable.name);
            self.variables.push(variable);
        }
        self.renames.extend(base.renames);
        self.directories.extend(base.directories);
        self.templates.extend(base.templates);
        self.exclude.extend(base.exclude);
        self.conditions.extend(base.conditions);
        self.private.extend(base.private);
        self.generated.extend(base.generated);
        self.last = self.last.or(base.last);
        self
    }

    fn read_files(&mut self, fields: &TableReader<'_>, environment: &Environment<'_>) {
        self.directories = fields.optional("directories").unwrap_or_default();
        self.private = fields.optional("private").unwrap_or_default();
        self.generated = fields.optional("generated").unwrap_or_default();
        self.last = fields.optional("last");
        self.templates = globs(fields, "templates");
        self.exclude = globs(fields, "exclude");
        let Some(conditions) = fields.item("when").and_then(Item::as_table) else {
            return;
        };
        for entry in conditions.entries() {
            let Some(globs) = Globs::read(&entry.key, entry, fields.problems()) else {
                continue;
            };
            if let Some(expression) =
                variable::expression(&entry.key, &entry.item, environment, fields.problems())
            {
                self.conditions.push((globs, expression));
            }
        }
    }
}

/// The entries of a table of strings.
fn pairs(table: Option<&Item>) -> Vec<(String, String)> {
    let entries = table
        .and_then(Item::as_table)
        .map(crate::document::Table::entries);
    let entries = entries.unwrap_or_default().iter();
    let pair = |entry: &crate::document::TableEntry| {
        Some((entry.key.clone(), entry.item.as_str()?.to_owned()))
    };
    entries.filter_map(pair).collect()
}

fn globs(fields: &TableReader<'_>, key: &'static str) -> Globs {
    let patterns: Vec<Item> = fields.optional(key).unwrap_or_default();
    let mut all = Globs::default();
    for item in &patterns {
        let pattern = item.as_str().unwrap_or_default();
        if let Some(globs) = Globs::read(pattern, item, fields.problems()) {
            all.extend(globs);
        }
    }
    all
}
