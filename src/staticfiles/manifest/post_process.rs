//! Gives files names that change with their content, and has files refer to each other by them.
//!
//! 1. Stylesheets and scripts are searched for references to other files, all at once.
//! 2. They are put in an order in which each comes after those it refers to. Django goes over all files until nothing
//!    changes any more, at most five times; an order needs one time, and finds circles at once.
//! 3. In that order references are rewritten, and the names follow from the outcome.

use std::collections::HashMap;
use std::str;

use crate::diagnostic::{Finding, Location, Severity};
use crate::staticfiles::manifest::hashed_name::hashed_name;
use crate::staticfiles::manifest::references::{Target, Targets};
use crate::staticfiles::manifest::rewrite_patterns::{ReferencePatterns, WrittenReference};
use crate::staticfiles::manifest::{ContentHash, ManifestOptions, content_hash};
use crate::staticfiles::{Asset, StaticFilesError, StaticPath, parallel};
use crate::text;

/// A collected file.
#[derive(Clone, Copy, Debug)]
pub(in crate::staticfiles) struct ProcessInput<'f> {
    pub(in crate::staticfiles) path: &'f StaticPath,
    pub(in crate::staticfiles) asset: &'f Asset,
    /// The hash of its content.
    pub(in crate::staticfiles) hash: ContentHash,
}

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

/// Names `files`, given in the order they were collected in; fails with all references that lead nowhere.
pub(in crate::staticfiles) fn post_process(
    files: &[ProcessInput<'_>],
    options: &ManifestOptions,
) -> Result<ProcessedFiles, StaticFilesError> {
    let targets = Targets::new(files.iter().map(|file| file.path), &options.url);
    let indexes: Vec<usize> = (0..files.len()).collect();
    let scanned = parallel::map(&indexes, |index| scan(*index, files, &targets, options))?;
    let scanned: Vec<_> = scanned.into_iter().flatten().collect();
    let findings = scanned
        .iter()
        .flat_map(|file| file.findings.iter().cloned());
    let mut findings: Vec<_> = findings.collect();
    findings.dedup();
    let mut names: Vec<StaticPath> = files
        .iter()
        .map(|file| hashed_name(file.path, file.hash))
        .collect();
    let mut contents = HashMap::new();
    let ranks = ranks(&scanned).unwrap_or_else(|circle| {
        findings.push(in_a_circle(&circle, files));
        Vec::new()
    });
    let is_error = |finding: &Finding| finding.severity == Severity::Error;
    if findings.iter().any(is_error) {
        return Err(StaticFilesError::References(findings));
    }
    for rank in ranks {
        let rewritten = parallel::map(&rank, |file| {
            Ok::<_, StaticFilesError>(rewrite(file, files, &targets, &names))
        })?;
        for file in rewritten.into_iter().flatten() {
            names[file.index] = hashed_name(files[file.index].path, file.hash);
            contents.insert(file.index, file);
        }
    }
    let mut order: Vec<usize> = indexes;
    let depth = |index: &usize| files[*index].path.parents().count();
    order.sort_by_key(|index| std::cmp::Reverse(depth(index)));
    let files = order.into_iter().map(|index| {
        let changed = contents.remove(&index);
        ProcessedFile {
            index,
            path: files[index].path.clone(),
            name: names[index].clone(),
            hash: changed.as_ref().map_or(files[index].hash, |file| file.hash),
            content: changed.map(|file| file.text),
        }
    });
    Ok(ProcessedFiles {
        files: files.collect(),
        warnings: findings,
    })
}

/// A file with references to others.
#[derive(Debug)]
struct ScannedFile {
    index: usize,
    patterns: ReferencePatterns,
    text: String,
    /// The files it refers to.
    targets: Vec<usize>,
    findings: Vec<Finding>,
}

/// A file whose references were rewritten.
#[derive(Debug)]
struct RewrittenFile {
    index: usize,
    text: String,
    hash: ContentHash,
}

/// Looks for references in a file; `None` for one that has none.
fn scan(
    index: usize,
    files: &[ProcessInput<'_>],
    targets: &Targets<'_>,
    options: &ManifestOptions,
) -> Result<Option<ScannedFile>, StaticFilesError> {
    let file = files[index];
    let Some(patterns) = ReferencePatterns::of(file.path, options.js_modules) else {
        return Ok(None);
    };
    let bytes = file.asset.read()?;
    let mut scanned = ScannedFile {
        index,
        patterns,
        text: String::new(),
        targets: Vec::new(),
        findings: Vec::new(),
    };
    match str::from_utf8(&bytes) {
        Ok(text) => text.clone_into(&mut scanned.text),
        Err(error) => {
            scanned
                .findings
                .push(not_utf8(file, &bytes, error.valid_up_to()));
            return Ok(Some(scanned));
        }
    }
    let mut findings = Vec::new();
    let mut has_references = false;
    patterns.rewrite(&scanned.text, &mut |reference| {
        let found = targets.resolve(file.path, reference.url)?;
        has_references = true;
        match &found.target {
            Target::File(target) => scanned.targets.push(*target),
            Target::Directory(_) => {}
            Target::Missing(_) if reference.is_source_map && !options.strict_source_maps => {
                let mut finding = missing(&file, &scanned.text, reference, &found.target);
                finding.severity = Severity::Warning;
                findings.push(finding);
                return None;
            }
            Target::Missing(_) => {
                findings.push(missing(&file, &scanned.text, reference, &found.target));
                return None;
            }
        }
        // What is written changes what the next kind of reference is looked for in.
        Some(found.written(None))
    });
    scanned.findings = findings;
    Ok(has_references.then_some(scanned))
}

fn rewrite(
    file: &ScannedFile,
    files: &[ProcessInput<'_>],
    targets: &Targets<'_>,
    names: &[StaticPath],
) -> Option<RewrittenFile> {
    let path = files[file.index].path;
    let text = file.patterns.rewrite(&file.text, &mut |reference| {
        let found = targets.resolve(path, reference.url)?;
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

/// The files in groups, each of which refers to files of groups before it alone; or files that refer to each other in a
/// circle.
fn ranks(scanned: &[ScannedFile]) -> Result<Vec<Vec<&ScannedFile>>, Vec<usize>> {
    let mut rest: HashMap<usize, &ScannedFile> =
        scanned.iter().map(|file| (file.index, file)).collect();
    let mut ranks = Vec::new();
    while !rest.is_empty() {
        let is_ready = |file: &&ScannedFile| {
            let mut targets = file.targets.iter();
            !targets.any(|target| rest.contains_key(target))
        };
        let ready: Vec<_> = scanned
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
fn circle(files: &HashMap<usize, &ScannedFile>) -> Vec<usize> {
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

fn in_a_circle(circle: &[usize], files: &[ProcessInput<'_>]) -> Finding {
    let names = || circle.iter().map(|index| files[*index].path.as_str());
    let message = match circle {
        [_] => format!("{} refers to itself", text::quoted(names())),
        _ => format!("{} refer to each other in a circle", text::quoted(names())),
    };
    let finding = Finding::error("static-circle", message)
        .hint("a name that changes with the content of a file cannot stand in that content");
    match circle.first() {
        Some(first) => finding.at(Location::whole(files[*first].asset.display_path())),
        None => finding,
    }
}

fn not_utf8(file: ProcessInput<'_>, bytes: &[u8], offset: usize) -> Finding {
    let place = file.asset.display_path();
    let text = String::from_utf8_lossy(&bytes[..offset]);
    Finding::error("not-utf8", format!("`{}` is not UTF-8", file.path))
        .at(Location::of(place, &text, offset))
        .hint("save it as UTF-8, or leave it out with `--ignore`")
}

fn missing(
    file: &ProcessInput<'_>,
    text: &str,
    reference: WrittenReference<'_>,
    target: &Target,
) -> Finding {
    let Target::Missing(name) = target else {
        return Finding::error("missing-static-file", reference.text);
    };
    let url = reference.url.trim().trim_matches(['"', '\'']);
    let message = format!("`{url}` leads to `{name}`, and there is no such static file");
    let place = file.asset.display_path();
    let location = match text.find(reference.text) {
        Some(offset) => Location::of(place, text, offset),
        None => Location::whole(place),
    };
    let hint = format!(
        "`djr collectstatic --explain {}` tells of each reference",
        file.path
    );
    Finding::error("missing-static-file", message)
        .at(location)
        .hint(hint)
}
