//! What a project and an app may be called.

use crate::project;
use crate::scaffold::ScaffoldError;
use crate::text;

/// Directories of a project that are not apps.
const PROJECT_DIRECTORIES: [&str; 4] = ["media", "static", "staticfiles", "templates"];

const NOT_AN_IDENTIFIER: &str = "letters, digits and `_` only, and no digit first";
const TAKEN_BY_APP: &str = "a built-in app is called so";
const TAKEN_BY_DIRECTORY: &str = "a directory of every project is called so";

/// The name of a project: an identifier that no built-in app has.
#[derive(Clone, Debug)]
pub struct ProjectName(String);

impl ProjectName {
    /// Checks `name`.
    pub fn new(name: &str) -> Result<Self, ScaffoldError> {
        check("a project", name, &["_site", "_project"], |name| {
            project::is_built_in(name).then_some(TAKEN_BY_APP)
        })?;
        Ok(Self(name.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as a heading: `my_blog` as `My blog`.
    pub fn title(&self) -> String {
        title(&self.0)
    }
}

/// The label of a new app: an identifier that no built-in app and no directory of a project has.
#[derive(Clone, Debug)]
pub struct AppName(String);

impl AppName {
    /// Checks `name`.
    pub fn new(name: &str) -> Result<Self, ScaffoldError> {
        check("an app", name, &["_app", "s"], |name| {
            let directory = PROJECT_DIRECTORIES
                .contains(&name)
                .then_some(TAKEN_BY_DIRECTORY);
            let built_in = project::is_built_in(name).then_some(TAKEN_BY_APP);
            built_in.or(directory)
        })?;
        Ok(Self(name.to_owned()))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The label as a heading: `blog_posts` as `Blog posts`.
    pub fn title(&self) -> String {
        title(&self.0)
    }
}

/// Checks `name`; suggests another one made of it, with one of `endings` where it is taken.
fn check(
    kind: &'static str,
    name: &str,
    suffixes: &[&str],
    taken: impl Fn(&str) -> Option<&'static str>,
) -> Result<(), ScaffoldError> {
    let is_free = |candidate: &String| text::is_identifier(candidate) && taken(candidate).is_none();
    let (reason, suggestion) = if !text::is_identifier(name) {
        (NOT_AN_IDENTIFIER, Some(to_identifier(name)).filter(is_free))
    } else if let Some(reason) = taken(name) {
        let mut candidates = suffixes.iter().map(|ending| format!("{name}{ending}"));
        (reason, candidates.find(is_free))
    } else {
        return Ok(());
    };
    Err(ScaffoldError::Name {
        name: name.to_owned(),
        kind,
        reason,
        suggestion,
    })
}

/// `My-Blog 2.0` as `my_blog_2_0`.
fn to_identifier(name: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let name: String = name.trim().chars().map(letter).collect();
    name.trim_matches('_').to_owned()
}

fn title(name: &str) -> String {
    let words = name.replace('_', " ");
    let words = words.trim();
    let mut letters = words.chars();
    letters.next().map_or_else(
        || name.to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::{AppName, ProjectName};
    use crate::diagnostic::Diagnostic as _;

    #[test]
    fn suggests_a_name_that_would_do() {
        let hints = |name| ProjectName::new(name).unwrap_err().hints();
        assert_eq!(hints("my-blog"), ["`my_blog` would do"]);
        assert_eq!(hints("My Blog 2.0"), ["`my_blog_2_0` would do"]);
        assert_eq!(hints("auth"), ["`auth_site` would do"]);
        assert!(hints("2048").is_empty());
        assert!(hints("").is_empty());
        assert!(hints("../../etc").contains(&"`etc` would do".to_owned()));
    }

    #[test]
    fn keeps_the_directories_of_a_project_from_apps() {
        assert!(AppName::new("templates").is_err());
        assert!(AppName::new("sessions").is_err());
        assert_eq!(AppName::new("blog_posts").unwrap().title(), "Blog posts");
        assert_eq!(ProjectName::new("_").unwrap().title(), "_");
    }
}
