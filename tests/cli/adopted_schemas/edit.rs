//! Changes of the models of a schema that was taken over.

use crate::support::Project;

/// A change of `models.toml`.
pub(super) enum Edit {
    /// A field, as it is written.
    Add(&'static str, &'static str),
    /// A part of a field, and what takes its place.
    Alter(&'static str, &'static str, &'static str, &'static str),
    /// A field and its new name, and the names of their columns.
    Rename(&'static str, [&'static str; 2], [&'static str; 2]),
    /// An option of the model, as it is written.
    Declare(&'static str, &'static str),
    /// A field and its column.
    Remove(&'static str, &'static str, &'static str),
}

pub(super) use Edit::{Add, Alter, Declare, Remove, Rename};

impl Edit {
    fn model(&self) -> &'static str {
        match self {
            Add(model, _)
            | Alter(model, ..)
            | Rename(model, ..)
            | Declare(model, _)
            | Remove(model, ..) => model,
        }
    }

    /// The text of the model after the change.
    fn apply(&self, text: &str) -> String {
        let model = self.model();
        let fields = format!("[{model}.fields]\n");
        let line = |field: &str| {
            let start = format!("{field} = ");
            let line = text.lines().find(|line| line.starts_with(&start));
            line.unwrap_or_else(|| panic!("no field `{field}` in:\n{text}"))
        };
        let changed = match self {
            Add(_, field) => text.replace(&fields, &format!("{fields}{field}\n")),
            Declare(_, option) => text.replace(&fields, &format!("{option}\n{fields}")),
            Alter(_, field, from, to) => text.replace(line(field), &line(field).replace(from, to)),
            Rename(_, [old, new], columns) => {
                let [from, to] = columns.map(|column| format!("db_column = \"{column}\""));
                let renamed = line(old).replacen(old, new, 1).replace(&from, &to);
                text.replace(line(old), &renamed)
            }
            Remove(_, field, _) => text.replace(&format!("{}\n", line(field)), ""),
        };
        assert_ne!(changed, text, "{model}");
        changed
    }

    pub(super) fn make_migrations(&self, project: &Project) {
        let models = project.read("library/models.toml");
        let start = models.find(&format!("[{}]\n", self.model())).unwrap();
        let rest = models[start..].split("\n\n").take(2);
        let length = rest.map(|part| part.len() + 2).sum::<usize>();
        let end = models.len().min(start + length);
        let changed = self.apply(&models[start..end]);
        let models = format!("{}{changed}{}", &models[..start], &models[end..]);
        project.write("library/models.toml", &models);
        let decision;
        let mut arguments = vec!["makemigrations", "library"];
        if let Rename(model, [old, new], _) = self {
            decision = format!("library.{model}.{old}={new}");
            arguments.extend(["--rename", &decision]);
        }
        project.djr(&arguments[..]).success();
    }
}
