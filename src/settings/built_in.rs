//! The layer below all files: what is set where nothing is said.

use std::path::Path;
use std::sync::OnceLock;

use crate::document::Document;

const TEXT: &str = include_str!("built_in.toml");

/// The layer; a test holds that it can be read.
pub(super) fn document() -> Option<&'static Document> {
    static DOCUMENT: OnceLock<Option<Document>> = OnceLock::new();
    let parse = || Document::parse(Path::new("<djr>/settings/built_in.toml"), TEXT).ok();
    DOCUMENT.get_or_init(parse).as_ref()
}

#[cfg(test)]
mod tests {
    use crate::settings::{LogLevel, Settings};

    #[test]
    fn a_project_that_says_nothing_has_the_loggers_of_django() {
        let logging = Settings::parse("").unwrap().logging;
        let names: Vec<_> = logging.loggers.keys().collect();
        assert_eq!(names, ["djr", "djr.server"]);
        let djr = &logging.loggers["djr"];
        assert_eq!((djr.level, djr.handlers.len()), (LogLevel::Info, 2));
        assert!(djr.propagate && !logging.loggers["djr.server"].propagate);
        assert_eq!(logging.root.level, LogLevel::Warning);
    }

    #[test]
    fn a_key_that_is_set_leaves_the_others_of_its_table_as_they_are() {
        let text = "[logging.loggers.'djr.server']\nlevel = 'ERROR'\n[logging.handlers.console]\nlevel = 'WARNING'\n";
        let logging = Settings::parse(text).unwrap().logging;
        let server = &logging.loggers["djr.server"];
        assert_eq!(server.level, LogLevel::Error);
        assert_eq!(server.handlers, ["server"]);
        assert_eq!(logging.handlers["console"].level, LogLevel::Warning);
    }
}
