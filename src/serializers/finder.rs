//! Finds fixtures by their names: in the `fixtures/` of apps, and in the current directory.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::apps::{App, AppSource};
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

/// The directories that are searched, in order.
#[derive(Clone, Debug)]
pub struct FixtureFinder {
    directories: Vec<PathBuf>,
}

impl FixtureFinder {
    /// Searches `apps` and then the current directory.
    pub fn new<'a>(apps: impl Iterator<Item = &'a App>) -> Self {
        let directories = apps.filter_map(|app| match &app.source {
            AppSource::Disk(root) => Some(root.join("fixtures")),
            AppSource::Embedded(_) => None,
        });
        let current = std::iter::once(PathBuf::from("."));
        Self {
            directories: directories.chain(current).collect(),
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
            found.extend(name_parts.within(name, directory)?);
        }
        if found.is_empty() {
            return Err(LoadError::Missing {
                name: name.to_owned(),
                places: directories,
            });
        }
        Ok(found)
    }
}

/// A name taken apart: `users.json.gz`.
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
                compression: compression.or(Some(Compression::None)),
            }),
        }
    }

    /// The one file in `directory`, if it has one.
    fn within(&self, name: &str, directory: &Path) -> Result<Option<Fixture>, LoadError> {
        let mut found = Vec::new();
        for (ending, format) in FixtureFormat::ALL {
            for (suffix, compression) in [("", Compression::None), (".gz", Compression::Gzip)] {
                let fits = self.format.is_none_or(|name_parts| name_parts == format)
                    && self
                        .compression
                        .is_none_or(|name_parts| name_parts == compression);
                // `./users.json` would be the same file, but reads worse.
                let directory = directory.strip_prefix(".").unwrap_or(directory);
                let path = directory.join(format!("{}.{ending}{suffix}", self.stem));
                if fits && path.is_file() {
                    found.push(Fixture {
                        path,
                        format,
                        compression,
                    });
                }
            }
        }
        if found.len() > 1 {
            let names = found
                .iter()
                .map(|fixture| fixture.path.display().to_string());
            return Err(LoadError::Ambiguous {
                name: name.to_owned(),
                names: names.collect(),
            });
        }
        Ok(found.pop())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::FixtureFinder;
    use crate::apps::{App, AppLabel, AppSource};
    use crate::serializers::LoadError;

    #[test]
    fn finds_files_with_and_without_their_endings() {
        let root = tempfile::tempdir().unwrap();
        let fixtures = root.path().join("fixtures");
        fs::create_dir(&fixtures).unwrap();
        for name in ["a.json", "b.jsonl.gz", "c.json", "c.json.gz", "d.xml"] {
            fs::write(fixtures.join(name), "[]").unwrap();
        }
        let app = App {
            label: AppLabel::new("posts").unwrap(),
            source: AppSource::Disk(root.path().to_owned()),
        };
        let finder = FixtureFinder::new(std::iter::once(&app));
        let names = |name: &str| {
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
        assert_eq!(names("a").unwrap(), ["a.json"]);
        assert_eq!(names("b").unwrap(), ["b.jsonl.gz"]);
        assert_eq!(names("b.jsonl.gz").unwrap(), ["b.jsonl.gz"]);
        assert_eq!(names("c.json").unwrap(), ["c.json"]);
        assert!(matches!(names("c"), Err(LoadError::Ambiguous { .. })));
        assert!(matches!(
            names("d.xml"),
            Err(LoadError::UnknownFormat { .. })
        ));
        assert!(matches!(names("e"), Err(LoadError::Missing { .. })));
    }
}
