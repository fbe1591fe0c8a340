//! Links of the documentation lead somewhere, and its lists are whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::root;

/// The pages that are written by hand or made: those of `docs/`, and those beside it.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<_> = ["README.md", "CONTRIBUTING.md"]
        .map(|name| root().join(name))
        .into();
    let docs = fs::read_dir(root().join("docs")).unwrap();
    pages.extend(docs.map(|entry| entry.unwrap().path()));
    pages
}

/// The text outside of snippets.
fn prose(text: &str) -> String {
    let parts = text.split("```").step_by(2);
    parts.collect()
}

/// Where the links of `text` within the repository lead.
fn links(text: &str) -> Vec<String> {
    let text = prose(text);
    let links = text.split("](").skip(1);
    let links = links.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
    links.filter(|link| !link.contains("://")).collect()
}

/// The names by which the headings of `text` are linked to: small letters, digits, and `-` for a space.
fn anchors(text: &str) -> BTreeSet<String> {
    let text = prose(text);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| -> String {
        let name = line.trim_start_matches('#').trim().to_lowercase();
        let kept = name.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        });
        kept.collect()
    };
    headings.map(anchor).collect()
}

/// What is wrong with `link` on `page`.
fn broken(page: &Path, link: &str) -> Option<String> {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => page.to_owned(),
        file => page.parent().unwrap().join(file),
    };
    let missing = || Some(format!("{}: {link}", page.display()));
    if !target.exists() {
        return missing();
    }
    if anchor.is_empty() || anchors(&fs::read_to_string(&target).unwrap()).contains(anchor) {
        return None;
    }
    missing()
}

#[test]
fn every_link_of_the_documentation_leads_somewhere() {
    let pages = pages().into_iter();
    let broken: Vec<_> = pages
        .flat_map(|page| {
            let links = links(&fs::read_to_string(&page).unwrap());
            links
                .into_iter()
                .filter_map(move |link| broken(&page, &link))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_index_of_the_documentation_knows_every_page() {
    let index = root().join("docs/README.md");
    let known = links(&fs::read_to_string(index).unwrap());
    for page in pages() {
        let name = page.file_name().unwrap().to_str().unwrap();
        let is_known = known
            .iter()
            .any(|link| link.split('#').next().unwrap().ends_with(name));
        assert!(is_known || name == "README.md", "{name}");
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let pages = fs::read_dir(root().join("man")).unwrap();
    let names = pages.filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".1")?.strip_prefix("djr-")?;
        let above = name.split('-').next()?;
        // A command of a group has a page beside that of its group.
        (above == name).then(|| format!("`{name}`"))
    });
    let missing: Vec<_> = names.filter(|name| !readme.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let page = root().join("docs/README.md");
    for (link, is_broken) in [
        ("tutorial.md", false),
        ("tutorial.md#8-a-json-api", false),
        ("../README.md#install", false),
        ("tutorial.md#nothing", true),
        ("nothing.md", true),
        ("#nothing", true),
    ] {
        assert_eq!(broken(&page, link).is_some(), is_broken, "{link}");
    }
}
