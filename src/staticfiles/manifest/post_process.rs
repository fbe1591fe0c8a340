//! Gives files names that change with their content, and has files refer to each other by them.
//!
//! 1. Stylesheets and scripts are searched for references to other files, all at once.
//! 2. They are put in an order in which each comes after those it refers to. Django goes over all files until nothing
//!    changes any more, at most five times; an order needs one time, and finds circles at once.
//! 3. In that order references are rewritten, and the names follow from the outcome.

use std::collections::HashMap;

use crate::diagnostic::{Finding, Location, Severity};
use crate::staticfiles::manifest::hashed_name::hashed_name;
use crate::staticfiles::manifest::reference_search::{ReferenceSearch, ReferringFile};
use crate::staticfiles::manifest::references::Target;
use crate::staticfiles::manifest::{ContentHash, content_hash};
use crate::staticfiles::{StaticFilesError, StaticPath, parallel};
use crate::text;

/// A file that has its name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::staticfiles) struct ProcessedFile {
    /// Its place among those that were given.
    pub(in crate::staticfiles) index: usize,
    pub(in crate::staticfiles) path: StaticPath,
    /// The name with the hash of the content in it.
    pub(in crate::staticfiles) name: StaticPath,
    /// The hash of the content behind that name.
    pub(in crate::staticfiles) hash: ContentHash,
    /// That content; `None` where it is the original.
    pub(in crate::staticfiles) content: Option<String>,
}

/// What became of all files.
#[derive(Debug)]
pub(in crate::staticfiles) struct ProcessedFiles {
    /// The files, in the order in which Django lists them.
    pub(in crate::staticfiles) files: Vec<ProcessedFile>,
    /// What is missing but not missed.
    pub(in crate::staticfiles) warnings: Vec<Finding>,
}

impl ReferenceSearch<'_> {
    /// Names the files, whose contents have these hashes, once all that are searched have been; fails with all
    /// references that lead nowhere.
    pub(in crate::staticfiles) fn post_process(
        &self,
        mut found: Vec<ReferringFile>,
        hashes: &[ContentHash],
    ) -> Result<ProcessedFiles, StaticFilesError> {
        found.sort_unstable_by_key(|file| file.index);
        let mut findings: Vec<_> = found
            .iter()
            .flat_map(|file| file.findings.iter().cloned())
            .collect();
        findings.dedup();
        let ranks = ranks(&found).unwrap_or_else(|circle| {
            findings.push(self.in_a_circle(&circle));
            Vec::new()
        });
        let is_error = |finding: &Finding| finding.severity == Severity::Error;
        if findings.iter().any(is_error) {
            return Err(StaticFilesError::References(findings));
        }
        let files = self.files.iter().zip(hashes);
        let names = files.map(|(file, hash)| hashed_name(file.path, *hash));
        let mut names: Vec<StaticPath> = names.collect();
        let mut contents = HashMap::new();
        for rank in ranks {
            let rewritten = parallel::map(&rank, |file| {
                Ok::<_, StaticFilesError>(self.rewrite(file, &names))
            })?;
            for file in rewritten.into_iter().flatten() {
                names[file.index] = hashed_name(self.files[file.index].path, file.hash);
                contents.insert(file.index, file);
            }
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        let depth = |index: &usize| self.files[*index].path.parents().count();
        order.sort_by_key(|index| std::cmp::Reverse(depth(index)));
        let files = order.into_iter().map(|index| {
            let changed = contents.remove(&index);
            ProcessedFile {
                index,
                path: self.files[index].path.clone(),
                name: names[index].clone(),
                hash: changed.as_ref().map_or(hashes[index], |file| file.hash),
                content: changed.map(|file| file.text),
            }
        });
        Ok(ProcessedFiles {
            files: files.collect(),
            warnings: findings,
        })
    }

    fn rewrite(&self, file: &ReferringFile, names: &[StaticPath]) -> Option<RewrittenFile> {
        let path = self.files[file.index].path;
        let text = file.patterns.rewrite(&file.text, &mut |reference| {
            let found = self.targets.resolve(path, reference.url)?;
            match found.target {
                Target::File(target) => Some(found.written(Some(&names[target]))),
                Target::Directory(_) => Some(found.written(None)),
                Target::Missing(_) => None,
            }
        });
        (*text != file.text).then(|| RewrittenFile {
            index: file.index,
            hash: content_hash(text.as_bytes()),
            text: text.into_owned(),
        })
    }

    fn in_a_circle(&self, circle: &[usize]) -> Finding {
        let names = || circle.iter().map(|index| self.files[*index].path.as_str());
        let message = match circle {
            [_] => format!("{} refers to itself", text::quoted(names())),
            _ => format!("{} refer to each other in a circle", text::quoted(names())),
        };
        let finding = Finding::error("static-circle", message)
            .hint("a name that changes with the content of a file cannot stand in that content");
        match circle.first() {
            Some(first) => finding.at(Location::whole(self.files[*first].place)),
            None => finding,
        }
    }
}

/// A file whose references were rewritten.
#[derive(Debug)]
struct RewrittenFile {
    index: usize,
    text: String,
    hash: ContentHash,
}

/// The files in groups, each of which refers to files of groups before it alone; or files that refer to each other in a
/// circle.
fn ranks(found: &[ReferringFile]) -> Result<Vec<Vec<&ReferringFile>>, Vec<usize>> {
    let mut rest: HashMap<usize, &ReferringFile> =
        found.iter().map(|file| (file.index, file)).collect();
    let mut ranks = Vec::new();
    while !rest.is_empty() {
        let is_ready = |file: &&ReferringFile| {
            let mut targets = file.targets.iter();
            !targets.any(|target| rest.contains_key(target))
        };
        let ready: Vec<_> = found
            .iter()
            .filter(|file| rest.contains_key(&file.index))
            .filter(is_ready)
            .collect();
        if ready.is_empty() {
            return Err(circle(&rest));
        }
        for file in &ready {
            rest.remove(&file.index);
        }
        ranks.push(ready);
    }
    Ok(ranks)
}

/// A circle among `files`, each of which refers to one of them.
fn circle(files: &HashMap<usize, &ReferringFile>) -> Vec<usize> {
    let mut path = Vec::new();
    let mut next = files.keys().min().copied();
    while let Some(index) = next {
        if let Some(start) = path.iter().position(|seen| *seen == index) {
            return path.split_off(start);
        }
        path.push(index);
        let mut targets = files.get(&index).into_iter().flat_map(|file| &file.targets);
        next = targets.find(|target| files.contains_key(target)).copied();
    }
    path
}
