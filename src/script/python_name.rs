//! The dotted name of something in Python: `posts.views.post_list`.

use std::fmt;

/// The dotted name of something in a module.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PythonName {
    /// The module, `posts.views`.
    pub module: String,
    /// What it is called there, `post_list`.
    pub attribute: String,
}

impl PythonName {
    /// Reads `text`; `None` where it has no dot, or parts that are not identifiers.
    pub fn parse(text: &str) -> Option<Self> {
        let (module, attribute) = text.rsplit_once('.')?;
        let are_identifiers = text.split('.').all(crate::text::is_identifier);
        are_identifiers.then(|| Self {
            module: module.to_owned(),
            attribute: attribute.to_owned(),
        })
    }
}

impl fmt::Display for PythonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.module, self.attribute)
    }
}

#[cfg(test)]
mod tests {
    use super::PythonName;

    #[test]
    fn the_last_part_is_what_stands_in_the_module() {
        let name = PythonName::parse("posts.views.post_list").unwrap();
        assert_eq!(
            (name.module.as_str(), name.attribute.as_str()),
            ("posts.views", "post_list")
        );
        assert_eq!(name.to_string(), "posts.views.post_list");
        for text in [
            "",
            "views",
            ".views",
            "posts.",
            "posts..views",
            "posts.1",
            "a b.c",
        ] {
            assert_eq!(PythonName::parse(text), None, "{text}");
        }
    }
}
