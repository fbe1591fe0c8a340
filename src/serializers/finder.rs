//! Finds fixtures by their names: in the `fixtures/` of apps, and in the current directory.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::apps::{App, AppSource};
use crate::db::DatabaseAlias;
use crate::serializers::{Compression, FixtureFormat, LoadError};

/// A fixture that was found.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The file; `-` for standard input.
    pub path: PathBuf,
    /// Its format.
    pub format: FixtureFormat,
    /// How it is compressed.
    pub compression: Compression,
}

impl Fixture {
    /// Standard input.
    pub fn stdin(format: FixtureFormat) -> Self {
        Self {
            path: PathBuf::from("-"),
            format,
            compression: Compression::None,
        }
    }

    /// How many bytes the file has; 0 where that cannot be told.
    pub fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |metadata| metadata.len())
    }

    /// Opens it; uncompressed by the caller.
    pub(super) fn open(&self) -> io::Result<Box<dyn Read>> {
        if self.path == Path::new("-") {
            return Ok(Box::new(io::stdin().lock()));
        }
        Ok(Box::new(File::open(&self.path)?))
    }
}

/// The directories that are searched, in order, for the fixtures of one database.
#[derive(Clone, Debug)]
pub struct FixtureFinder {
    directories: Vec<PathBuf>,
    database: DatabaseAlias,
}

impl FixtureFinder {
    /// Searches `apps` and then the current directory for fixtures of `database` and of any.
    pub fn new<'a>(apps: impl Iterator<Item = &'a App>, database: &DatabaseAlias) -> Self {
        let directories = apps.filter_map(|app| match &app.source {
            AppSource::Disk(root) => Some(root.join("fixtures")),
            AppSource::Embedded(_) => None,
        });
        let current = std::iter::once(PathBuf::from("."));
        Self {
            directories: directories.chain(current).collect(),
            database: database.clone(),
        }
    }

    /// The names of the fixtures in the `fixtures/` of apps, as [`FixtureFinder::find`] takes them.
    pub fn names(&self) -> Vec<String> {
        let of_apps = self
            .directories
            .iter()
            .filter(|directory| directory.ends_with("fixtures"));
        let files = of_apps.flat_map(std::fs::read_dir).flatten();
        let names = files
            .flatten()
            .filter_map(|file| file.file_name().into_string().ok());
        names
            .filter(|name| FixtureName::parse(name).is_ok_and(|parts| parts.format.is_some()))
            .collect()
    }

    /// The files of fixture `name`, which may lack its endings; each directory may have one.
    ///
    /// `users` is `users.json`, `users.jsonl.gz` and the like, and `users.ALIAS.json` for the database.
    pub fn find(&self, name: &str) -> Result<Vec<Fixture>, LoadError> {
        let name_parts = FixtureName::parse(name)?;
        let path = Path::new(name);
        let directories = if path.is_absolute() {
            vec![PathBuf::new()]
        } else {
            self.directories.clone()
        };
        let mut found = Vec::new();
        for directory in &directories {
            let mut files = self.files(&name_parts, directory);
            // Whoever names a file with all its endings means that one, whatever stands beside it.
            if let Some(exact) = files.iter().position(|file| file.path.ends_with(name)) {
                files = vec![files.swap_remove(exact)];
            }
            if files.len() > 1 {
                let names = files.iter().map(|file| file.path.display().to_string());
                return Err(LoadError::Ambiguous {
                    name: name.to_owned(),
                    names: names.collect(),
                });
            }
            found.extend(files);
        }
        if found.is_empty() {
            return Err(LoadError::Missing {
                name: name.to_owned(),
                places: directories,
            });
        }
        Ok(found)
    }

    /// The files in `directory` that `name` may mean.
    fn files(&self, name: &FixtureName<'_>, directory: &Path) -> Vec<Fixture> {
        // `./users.json` would be the same file, but reads worse.
        let directory = directory.strip_prefix(".").unwrap_or(directory);
        let mut found = Vec::new();
        for database in [format!(".{}", self.database), String::new()] {
            for (ending, format) in FixtureFormat::ALL {
                for (suffix, compression) in [("", Compression::None), (".gz", Compression::Gzip)] {
                    let fits = name.format.is_none_or(|wanted| wanted == format)
                        && name.compression.is_none_or(|wanted| wanted == compression);
                    let file = format!("{}{database}.{ending}{suffix}", name.stem);
                    let path = directory.join(file);
                    if fits && path.is_file() {
                        found.push(Fixture {
                            path,
                            format,
                            compression,
                        });
                    }
                }
            }
        }
        found
    }
}

/// A name taken apart: `users.json.gz`. What it does not say may be anything, as in Django.
struct FixtureName<'n> {
    stem: &'n str,
    format: Option<FixtureFormat>,
    compression: Option<Compression>,
}

impl<'n> FixtureName<'n> {
    fn parse(name: &'n str) -> Result<Self, LoadError> {
        let unknown = || LoadError::UnknownFormat {
            name: name.to_owned(),
        };
        let compression = Compression::of(name).map_err(|_| unknown())?;
        let (bare, compression) = match compression {
            Compression::Gzip => (name.trim_end_matches(".gz"), Some(Compression::Gzip)),
            Compression::None => (name, None),
        };
        let file = bare.rsplit('/').next().unwrap_or(bare);
        let ending = file.rsplit_once('.').map(|(_, ending)| ending);
        match ending {
            None => Ok(Self {
                stem: bare,
                format: None,
                compression,
            }),
            Some(ending) => Ok(Self {
                stem: &bare[..bare.len() - ending.len() - 1],
                format: Some(FixtureFormat::named(ending).ok_or_else(unknown)?),
                compression,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::FixtureFinder;
    use crate::apps::{App, AppLabel, AppSource};
    use crate::db::DatabaseAlias;
    use crate::serializers::LoadError;

    #[test]
    fn finds_files_with_and_without_their_endings() {
        let root = tempfile::tempdir().unwrap();
        let fixtures = root.path().join("fixtures");
        fs::create_dir(&fixtures).unwrap();
        for name in [
            "a.json",
            "a.other.json",
            "b.jsonl.gz",
            "c.json",
            "c.json.gz",
            "d.xml",
            "f.other.jsonl",
            "g.default.json",
            "g.json",
        ] {
            fs::write(fixtures.join(name), "[]").unwrap();
        }
        let app = App {
            label: AppLabel::new("posts").unwrap(),
            source: AppSource::Disk(root.path().to_owned()),
        };
        let found = |name: &str, database: &str| {
            let alias = DatabaseAlias::new(database);
            let finder = FixtureFinder::new(std::iter::once(&app), &alias);
            let found = finder.find(name)?;
            let names = found
                .iter()
                .map(|fixture| fixture.path.file_name().unwrap().to_owned());
            Ok::<_, LoadError>(
                names
                    .map(|name| name.into_string().unwrap())
                    .collect::<Vec<_>>(),
            )
        };
        let names = |name: &str| found(name, "default");
        assert_eq!(names("a").unwrap(), ["a.json"]);
        assert_eq!(names("b").unwrap(), ["b.jsonl.gz"]);
        assert_eq!(names("b.jsonl.gz").unwrap(), ["b.jsonl.gz"]);
        assert_eq!(names("c.json.gz").unwrap(), ["c.json.gz"]);
        // Django finds two here, and there is no longer name to tell them apart.
        assert_eq!(names("c.json").unwrap(), ["c.json"]);
        // Each line was tried with Django's `loaddata`.
        for ambiguous in [("c", "default"), ("a", "other"), ("g", "default")] {
            let outcome = found(ambiguous.0, ambiguous.1);
            assert!(
                matches!(outcome, Err(LoadError::Ambiguous { .. })),
                "{ambiguous:?}"
            );
        }
        assert_eq!(found("f", "other").unwrap(), ["f.other.jsonl"]);
        assert!(matches!(names("f"), Err(LoadError::Missing { .. })));
        assert_eq!(names("f.other.jsonl").unwrap(), ["f.other.jsonl"]);
        assert_eq!(found("g", "other").unwrap(), ["g.json"]);
        assert!(matches!(
            names("f.other"),
            Err(LoadError::UnknownFormat { .. })
        ));
        assert!(matches!(
            names("d.xml"),
            Err(LoadError::UnknownFormat { .. })
        ));
        assert!(matches!(names("e"), Err(LoadError::Missing { .. })));
    }
}
