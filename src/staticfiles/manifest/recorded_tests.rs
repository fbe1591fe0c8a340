//! What Django makes of the same files (`tests/parity/record_static_manifest.py`).

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{
    ManifestOptions, ProcessedFiles, ReferenceSearch, SearchedFile, content_hash, manifest_text,
};
use crate::staticfiles::{StaticFilesError, StaticPath};

#[derive(Deserialize)]
struct Recorded {
    case: String,
    js_modules: bool,
    is_hex: bool,
    files: Vec<(String, String)>,
    contents: Option<BTreeMap<String, String>>,
    manifest: Option<String>,
    error: Option<String>,
}

fn recorded() -> Vec<Recorded> {
    serde_json::from_str(include_str!(
        "../../../tests/parity/golden/static_manifest.json"
    ))
    .unwrap()
}

fn options(js_modules: bool) -> ManifestOptions {
    ManifestOptions {
        url: "/static/".to_owned(),
        js_modules,
        strict_source_maps: true,
    }
}

fn decoded(text: &str, is_hex: bool) -> Vec<u8> {
    if !is_hex {
        return text.as_bytes().to_vec();
    }
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    pairs.map(byte).collect()
}

/// What becomes of files with these names and contents.
fn process(
    files: &[(String, Vec<u8>)],
    options: &ManifestOptions,
) -> Result<ProcessedFiles, StaticFilesError> {
    let paths: Vec<_> = files
        .iter()
        .map(|(name, _)| StaticPath::new(name).unwrap())
        .collect();
    let searched = paths.iter().map(|path| SearchedFile {
        path,
        place: Path::new(path.as_str()),
    });
    let search = ReferenceSearch::new(searched.collect(), options);
    let contents = files.iter().map(|(_, content)| content.as_slice());
    let found = contents.clone().enumerate();
    let found = found.filter_map(|(index, content)| search.references(index, content));
    let hashes: Vec<_> = contents.map(content_hash).collect();
    search.post_process(found.collect(), &hashes)
}

#[test]
fn names_and_rewrites_files_as_django_does() {
    let mut different = Vec::new();
    for case in recorded() {
        let files = case.files.iter();
        let files: Vec<_> = files
            .map(|(name, text)| (name.clone(), decoded(text, case.is_hex)))
            .collect();
        let name = &case.case;
        let outcome = process(&files, &options(case.js_modules));
        if let Some(error) = &case.error {
            assert!(outcome.is_err(), "{name}: Django says {error}");
            continue;
        }
        let processed = outcome.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let contents: BTreeMap<_, _> = processed
            .files
            .iter()
            .filter_map(|file| Some((file.name.to_string(), file.content.clone()?)))
            .collect();
        let manifest = manifest_text(&processed.files);
        if Some(&contents) != case.contents.as_ref() || Some(&manifest) != case.manifest.as_ref() {
            different.push(format!("{name}: {contents:?} is not {:?}", case.contents));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The findings for files with these contents.
fn findings(files: &[(&str, &str)], options: &ManifestOptions) -> Vec<String> {
    let files = files.iter();
    let files: Vec<_> = files
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let findings = match process(&files, options) {
        Ok(processed) => processed.warnings,
        Err(StaticFilesError::References(findings)) => findings,
        Err(error) => panic!("{error:?}"),
    };
    let shown = findings
        .iter()
        .map(|finding| format!("{}: {finding}", finding.severity.name()));
    shown.collect()
}

#[test]
fn tells_of_all_that_leads_nowhere_with_its_place() {
    let files = [
        ("css/a.css", "a{}\nb{c:url(x.png)}\nd{e:url( '../y.css' )}"),
        ("b.js", "x();\n//# sourceMappingURL=b.js.map\n"),
        ("c.js", "x();"),
    ];
    let mut options = options(false);
    options.strict_source_maps = false;
    assert_eq!(
        findings(&files, &options),
        [
            "error: css/a.css:2:5: `x.png` leads to `css/x.png`, and there is no such static file",
            "error: css/a.css:3:5: `../y.css` leads to `y.css`, and there is no such static file",
            "warning: b.js:2:1: `b.js.map` leads to `b.js.map`, and there is no such static file",
        ]
    );
    options.strict_source_maps = true;
    assert_eq!(
        findings(&files[1..], &options),
        ["error: b.js:2:1: `b.js.map` leads to `b.js.map`, and there is no such static file"]
    );
}

#[test]
fn tells_of_circles_and_of_files_that_are_not_text() {
    let circle = [
        ("a.css", "@import 'b.css';"),
        ("b.css", "@import 'c.css';"),
        ("c.css", "@import 'b.css';"),
    ];
    assert_eq!(
        findings(&circle, &options(false)),
        ["error: b.css: `b.css`, `c.css` refer to each other in a circle"]
    );
    assert_eq!(
        findings(&[("a.css", "a{b:url(a.css)}")], &options(false)),
        ["error: a.css: `a.css` refers to itself"]
    );
}

#[test]
fn a_chain_may_be_of_any_length() {
    let names: Vec<_> = (0..40).map(|number| format!("{number}.css")).collect();
    let files: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let next = format!("@import '{}.css';", number + 1);
            let text = if number == 39 { "a{}".to_owned() } else { next };
            (name.clone(), text.into_bytes())
        })
        .collect();
    let processed = process(&files, &options(false)).unwrap();
    let first = &processed.files[0];
    let second = &processed.files[1];
    let expected = format!("@import url(\"{}\");", second.name);
    assert_eq!(first.content.as_deref(), Some(expected.as_str()));
}
