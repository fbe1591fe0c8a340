//! What real Django answers to the cases of `tests/parity/queries/django`, which are about what its own tests try.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::document::{Document, Item};
use crate::query::computed_tests::assert_none;
use crate::query::tests::{Library, MODELS, list};
use crate::query::{computed_tests, instance_tests};

/// A file of `tests/parity`.
fn parity(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.join("tests/parity").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(parity(name)).unwrap()
}

/// The cases of one of Django's test modules.
struct Module {
    name: String,
    document: Document,
}

impl Module {
    fn all() -> Vec<Self> {
        let files = fs::read_dir(parity("queries/django")).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| Self::read(file)).collect()
    }

    fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        Self {
            name: file.file_stem().unwrap().to_str().unwrap().to_owned(),
            document: Document::parse(file, &text).unwrap(),
        }
    }

    /// The cases of one kind: `query` or `read`.
    fn cases(&self, kind: &str) -> &[Item] {
        self.document.root().get(kind).map_or(&[], list)
    }
}

#[test]
fn what_the_tests_of_django_try_is_answered_as_django_answers_it() {
    let recorded: Value = serde_json::from_str(&text("golden/shapes.json")).unwrap();
    let zone = recorded["zone"].as_str().unwrap();
    let script = recorded["script"].as_array().unwrap();
    let models = format!("{MODELS}\n{}", text("queries/shapes.toml"));
    let library = Library::of(&models, zone, script);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for module in Module::all() {
        let answers = |kind| recorded["answers"][&module.name][kind].as_array().unwrap();
        let (queries, reads) = (module.cases("query"), module.cases("read"));
        assert_eq!(queries.len(), answers("query").len(), "{}", module.name);
        assert_eq!(reads.len(), answers("read").len(), "{}", module.name);
        let queries = queries.iter().zip(answers("query"));
        let queries =
            queries.filter_map(|(case, answer)| computed_tests::difference(case, answer, &library));
        let reads = reads.iter().zip(answers("read"));
        let reads =
            reads.filter_map(|(case, answer)| instance_tests::difference(case, answer, &library));
        let found = queries.chain(reads);
        wrong.extend(found.map(|told| format!("{}:{told}", module.name)));
        count += answers("query").len() + answers("read").len();
    }
    assert_none(&wrong, count);
}

#[test]
fn the_readme_names_every_test_that_a_case_is_about() {
    let readme = text("queries/README.md");
    for module in Module::all() {
        let heading = format!("### {}\n", module.name);
        let (_, section) = readme.split_once(&heading).expect(&heading);
        let section = section.split("\n### ").next().unwrap();
        let named: BTreeSet<_> = section
            .split(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric())
            .collect();
        let cases = ["query", "read"].map(|kind| module.cases(kind));
        for case in cases.into_iter().flatten() {
            let test = case.as_table().unwrap().get("test").unwrap();
            let test = test.as_str().unwrap();
            let place = case.origin.location();
            assert!(
                named.contains(test),
                "{}:{}: {test}",
                module.name,
                place.line
            );
        }
    }
    let writes = Module::read(&parity("queries/writes.toml"));
    for case in writes.cases("write") {
        let test = case.as_table().unwrap().get("test").and_then(Item::as_str);
        let Some((module, name)) = test.and_then(|test| test.rsplit_once('.')) else {
            continue;
        };
        let (_, section) = readme.split_once(&format!("### {module}\n")).expect(module);
        assert!(section.contains(name), "{module}.{name}");
    }
}
