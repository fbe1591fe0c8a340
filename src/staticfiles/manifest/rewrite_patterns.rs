//! What counts as a reference to another file, in stylesheets and scripts.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::staticfiles::StaticPath;
use crate::text::{PatternMatch, PythonPattern};

/// A reference in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenReference<'t> {
    /// What it refers to, as it is written.
    pub(super) url: &'t str,
    /// The whole of it.
    pub(super) text: &'t str,
    /// Whether it is to a source map, which only those miss who debug.
    pub(super) is_source_map: bool,
}

/// A kind of reference: how it is found, and how it is written again.
struct RewritePattern {
    /// With the groups `matched`, `url` and, where it is kept, `kept`.
    pattern: &'static str,
    /// What stands before what is kept, before the address, and behind it.
    parts: [&'static str; 3],
    is_source_map: bool,
}

const STYLESHEETS: &[RewritePattern] = &[
    RewritePattern {
        pattern: r#"(?i)(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))"#,
        parts: ["url(", "\"", "\")"],
        is_source_map: false,
    },
    RewritePattern {
        pattern: r#"(?i)(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])"#,
        parts: ["@import url(", "\"", "\")"],
        is_source_map: false,
    },
    RewritePattern {
        pattern: r"(?m)^(?P<matched>/\*#[ \t]sourceMappingURL=(?P<url>.*)[ \t]*\*/)$",
        parts: ["/*# sourceMappingURL=", "", " */"],
        is_source_map: true,
    },
];

const SCRIPTS: &[RewritePattern] = &[RewritePattern {
    pattern: r"(?m)^(?P<matched>//# sourceMappingURL=(?P<url>.*))$",
    parts: ["//# sourceMappingURL=", "", ""],
    is_source_map: true,
}];

const MODULES: &[RewritePattern] = &[
    RewritePattern {
        pattern: r#"(?i)(?P<matched>import(?s:(?P<kept>[\s\{].*?|\*\s*as\s*\w+))\s*from\s*['"](?P<url>[./].*?)["']\s*;)"#,
        parts: ["import", " from \"", "\";"],
        is_source_map: false,
    },
    RewritePattern {
        pattern: r#"(?i)(?P<matched>export(?s:(?P<kept>[\s\{].*?))\s*from\s*["'](?P<url>[./].*?)["']\s*;)"#,
        parts: ["export", " from \"", "\";"],
        is_source_map: false,
    },
    RewritePattern {
        pattern: r#"(?i)(?P<matched>import\s*['"](?P<url>[./].*?)["']\s*;)"#,
        parts: ["import", "\"", "\";"],
        is_source_map: false,
    },
    RewritePattern {
        pattern: r#"(?i)(?P<matched>import\(["'](?P<url>.*?)["']\))"#,
        parts: ["import(", "\"", "\")"],
        is_source_map: false,
    },
];

/// A pattern that is ready to be looked for.
#[derive(Debug)]
struct CompiledPattern {
    pattern: PythonPattern,
    parts: [&'static str; 3],
    is_source_map: bool,
}

/// The kinds of reference that a file may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReferencePatterns {
    kinds: [&'static [CompiledPattern]; 2],
}

impl ReferencePatterns {
    /// Those of the file at `path`; `None` for a file that is not looked into.
    pub(super) fn of(path: &StaticPath, js_modules: bool) -> Option<Self> {
        static COMPILED: [OnceLock<Vec<CompiledPattern>>; 3] = [const { OnceLock::new() }; 3];
        let kinds = |index: usize, patterns: &[RewritePattern]| {
            COMPILED[index].get_or_init(|| compile(patterns)).as_slice()
        };
        let (_, ending) = path.as_str().rsplit_once('.')?;
        let kinds = match ending {
            "css" => [kinds(0, STYLESHEETS), &[]],
            "js" if js_modules => [kinds(1, SCRIPTS), kinds(2, MODULES)],
            "js" => [kinds(1, SCRIPTS), &[]],
            _ => return None,
        };
        Some(Self { kinds })
    }

    /// `text` with the address of each reference replaced by what `replace` makes of it, kind by kind, as Django does;
    /// `None` leaves a reference as it is.
    pub(super) fn rewrite<'t>(
        self,
        text: &'t str,
        replace: &mut dyn FnMut(WrittenReference<'_>) -> Option<String>,
    ) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for kind in self.kinds.into_iter().flatten() {
            let rewritten = match kind.rewrite(&text, replace) {
                Cow::Owned(rewritten) => rewritten,
                Cow::Borrowed(_) => continue,
            };
            text = Cow::Owned(rewritten);
        }
        text
    }
}

impl CompiledPattern {
    fn rewrite<'t>(
        &self,
        text: &'t str,
        replace: &mut dyn FnMut(WrittenReference<'_>) -> Option<String>,
    ) -> Cow<'t, str> {
        let replaced = self.pattern.replace_all(text, &mut |found| {
            let reference = WrittenReference {
                url: found.group("url"),
                text: found.group("matched"),
                is_source_map: self.is_source_map,
            };
            replace(reference).map(|url| self.written(found, &url))
        });
        // None of the patterns looks ahead or back, so that none can take too long.
        replaced.unwrap_or(Cow::Borrowed(text))
    }

    fn written(&self, found: &PatternMatch<'_>, url: &str) -> String {
        let [before, middle, after] = self.parts;
        format!("{before}{}{middle}{url}{after}", found.group("kept"))
    }
}

fn compile(patterns: &[RewritePattern]) -> Vec<CompiledPattern> {
    let patterns = patterns.iter().filter_map(|kind| {
        // A test holds that all of them can be read.
        let pattern = PythonPattern::parse(kind.pattern).ok()?;
        Some(CompiledPattern {
            pattern,
            parts: kind.parts,
            is_source_map: kind.is_source_map,
        })
    });
    patterns.collect()
}

#[cfg(test)]
mod tests {
    use super::{MODULES, SCRIPTS, STYLESHEETS, compile};

    #[test]
    fn all_patterns_can_be_read() {
        for patterns in [STYLESHEETS, SCRIPTS, MODULES] {
            assert_eq!(compile(patterns).len(), patterns.len());
        }
    }
}
