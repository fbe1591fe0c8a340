//! A file of `src/`, parsed, without its tests.

use std::fs;
use std::path::Path;

use syn::{Attribute, File, Item};

use crate::{root, sources};

/// A file of the program.
pub(crate) struct SourceFile {
    /// Its path from the repository's root.
    pub(crate) path: String,
    /// The module it is, such as `["db", "wal"]`; empty for the roots `lib.rs` and `main.rs`.
    pub(crate) module: Vec<String>,
    /// Its text, tests included.
    pub(crate) text: String,
    /// Its items, except those that are compiled for tests only.
    pub(crate) syntax: File,
    /// The modules that it declares for tests only.
    test_modules: Vec<Vec<String>>,
}

impl SourceFile {
    /// Parses `text`, the file at `path`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut syntax = syn::parse_file(text).unwrap();
        let module = module_of(Path::new(path));
        let test_modules = test_modules(&module, &syntax.items);
        remove_tests(&mut syntax.items);
        Self {
            path: path.to_owned(),
            module,
            text: text.to_owned(),
            syntax,
            test_modules,
        }
    }

    /// The top-level module it belongs to.
    pub(crate) fn room(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }
}

/// Every file of the program, except those that hold tests only.
pub(crate) fn source_files() -> Vec<SourceFile> {
    let files: Vec<_> = sources().iter().map(|path| read(path)).collect();
    without_test_files(files)
}

/// Leaves out the files of modules that are declared for tests only.
pub(crate) fn without_test_files(files: Vec<SourceFile>) -> Vec<SourceFile> {
    let test_modules: Vec<_> = files
        .iter()
        .flat_map(|file| file.test_modules.clone())
        .collect();
    let is_test = |file: &SourceFile| {
        let mut test_modules = test_modules.iter();
        test_modules.any(|test| file.module.starts_with(test))
    };
    files.into_iter().filter(|file| !is_test(file)).collect()
}

/// The module that the file at `path` is: `db/mod.rs` is `db`, while `lib.rs` and `main.rs` are roots.
pub(crate) fn module_of(path: &Path) -> Vec<String> {
    let within = path.strip_prefix("src").unwrap().with_extension("");
    let parts = within.iter().map(|part| part.to_str().unwrap().to_owned());
    let mut module: Vec<_> = parts.collect();
    module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    module
}

fn read(path: &Path) -> SourceFile {
    let relative = path.strip_prefix(root()).unwrap().to_str().unwrap();
    SourceFile::new(relative, &fs::read_to_string(path).unwrap())
}

/// The modules that `module`, which has these items, declares for tests only.
fn test_modules(module: &[String], items: &[Item]) -> Vec<Vec<String>> {
    let is_test = |item: &&Item| attributes(item).iter().any(is_for_tests);
    let names = items.iter().filter(is_test).filter_map(|item| match item {
        Item::Mod(inner) => Some(inner.ident.to_string()),
        _ => None,
    });
    names.map(|name| [module, &[name]].concat()).collect()
}

fn remove_tests(items: &mut Vec<Item>) {
    items.retain(|item| !attributes(item).iter().any(is_for_tests));
    for item in items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &mut module.content
        {
            remove_tests(items);
        }
    }
}

/// Whether it is `#[cfg(test)]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    let condition = || attribute.parse_args::<syn::Path>();
    attribute.path().is_ident("cfg") && condition().is_ok_and(|path| path.is_ident("test"))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
