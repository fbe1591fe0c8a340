//! Looks for the references that files have to others.

use std::path::Path;
use std::str;

use crate::diagnostic::{Finding, Location, Severity};
use crate::staticfiles::StaticPath;
use crate::staticfiles::manifest::ManifestOptions;
use crate::staticfiles::manifest::references::{Target, Targets};
use crate::staticfiles::manifest::rewrite_patterns::{ReferencePatterns, WrittenReference};

/// A file that may refer to others, and be referred to.
#[derive(Clone, Copy, Debug)]
pub(in crate::staticfiles) struct SearchedFile<'f> {
    pub(in crate::staticfiles) path: &'f StaticPath,
    /// Where it comes from, for messages.
    pub(in crate::staticfiles) place: &'f Path,
}

/// A search for references among files; several threads may look into files at once.
#[derive(Debug)]
pub(in crate::staticfiles) struct ReferenceSearch<'f> {
    pub(super) files: Vec<SearchedFile<'f>>,
    pub(super) targets: Targets<'f>,
    options: &'f ManifestOptions,
}

/// A file that refers to others, or cannot be looked into.
#[derive(Debug)]
pub(in crate::staticfiles) struct ReferringFile {
    /// Its place among those that are searched.
    pub(super) index: usize,
    pub(super) patterns: ReferencePatterns,
    pub(super) text: String,
    /// The files it refers to.
    pub(super) targets: Vec<usize>,
    pub(super) findings: Vec<Finding>,
}

impl<'f> ReferenceSearch<'f> {
    /// A search among `files`, given in the order they were collected in.
    pub(in crate::staticfiles) fn new(
        files: Vec<SearchedFile<'f>>,
        options: &'f ManifestOptions,
    ) -> Self {
        Self {
            targets: Targets::new(files.iter().map(|file| file.path), &options.url),
            files,
            options,
        }
    }

    /// Whether the file of this index is of a kind that refers to others.
    pub(in crate::staticfiles) fn looks_into(&self, index: usize) -> bool {
        self.patterns(index).is_some()
    }

    fn patterns(&self, index: usize) -> Option<ReferencePatterns> {
        ReferencePatterns::of(self.files[index].path, self.options.js_modules)
    }

    /// The references in `content`, that of the file of this index; `None` where there are none.
    pub(in crate::staticfiles) fn references(
        &self,
        index: usize,
        content: &[u8],
    ) -> Option<ReferringFile> {
        let mut referring = ReferringFile {
            index,
            patterns: self.patterns(index)?,
            text: String::new(),
            targets: Vec::new(),
            findings: Vec::new(),
        };
        let file = self.files[index];
        let text = match str::from_utf8(content) {
            Ok(text) => text,
            Err(error) => {
                let finding = not_utf8(file, content, error.valid_up_to());
                referring.findings.push(finding);
                return Some(referring);
            }
        };
        let mut has_references = false;
        referring.patterns.rewrite(text, &mut |reference| {
            let found = self.targets.resolve(file.path, reference.url)?;
            has_references = true;
            match &found.target {
                Target::File(target) => referring.targets.push(*target),
                Target::Directory(_) => {}
                Target::Missing(_) => {
                    let mut finding = self.missing(file, text, reference, &found.target);
                    if reference.is_source_map && !self.options.strict_source_maps {
                        finding.severity = Severity::Warning;
                    }
                    referring.findings.push(finding);
                    return None;
                }
            }
            // What is written changes what the next kind of reference is looked for in.
            Some(found.written(None))
        });
        if !has_references {
            return None;
        }
        text.clone_into(&mut referring.text);
        Some(referring)
    }

    fn missing(
        &self,
        file: SearchedFile<'_>,
        text: &str,
        reference: WrittenReference<'_>,
        target: &Target,
    ) -> Finding {
        let Target::Missing(name) = target else {
            return Finding::error("missing-static-file", reference.text);
        };
        let url = reference.url.trim().trim_matches(['"', '\'']);
        let message = format!("`{url}` leads to `{name}`, and there is no such static file");
        let place = file.place;
        let location = match text.find(reference.text) {
            Some(offset) => Location::of(place, text, offset),
            None => Location::whole(place),
        };
        let hint = format!(
            "`djr collectstatic --explain {}` tells of each reference",
            file.path
        );
        let finding = Finding::error("missing-static-file", message).at(location);
        match self.targets.nearest(name) {
            Some(nearest) => finding
                .hint(format!("did you mean `{nearest}`?"))
                .hint(hint),
            None => finding.hint(hint),
        }
    }
}

fn not_utf8(file: SearchedFile<'_>, bytes: &[u8], offset: usize) -> Finding {
    let place = file.place;
    let text = String::from_utf8_lossy(&bytes[..offset]);
    Finding::error("not-utf8", format!("`{}` is not UTF-8", file.path))
        .at(Location::of(place, &text, offset))
        .hint("save it as UTF-8, or leave it out with `--ignore`")
}
