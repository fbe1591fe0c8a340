//! The files of a room do not import each other in circles.
//!
//! A file imports what it names: the file that a path leads to is the one that defines the item,
//! however many modules hand it on. To hand on is not to import, unless the file also uses the item.
//! Below a room, a directory is read as one: its `mod.rs` may use its children, which extend what it defines.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::Visit;

use crate::exceptions::{CYCLES, assert_only};
use crate::imports::{Purpose, WrittenPath, written_paths};
use crate::source_file::{SourceFile, source_files, without_test_files};

#[test]
fn files_of_a_room_do_not_import_each_other_in_circles() {
    assert_only(&offences(&source_files()), CYCLES);
}

/// The files that are in a cycle, each with the shortest one.
fn offences(files: &[SourceFile]) -> Vec<(String, String)> {
    let graph = Graph::new(files);
    let cycle = |start: usize| {
        let cycle = graph.shortest_cycle(start)?;
        Some((files[start].path.clone(), graph.describe(&cycle)))
    };
    (0..files.len()).filter_map(cycle).collect()
}

/// What one file says to the others.
struct Node<'a> {
    file: &'a SourceFile,
    items: HashSet<String>,
    /// Every name in the file, except in `use`.
    names: HashSet<String>,
    paths: Vec<WrittenPath>,
}

/// The files, and for each of them the files of its room that it imports, with the line.
struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    modules: HashMap<&'a [String], usize>,
    imports: Vec<BTreeMap<usize, usize>>,
}

impl<'a> Graph<'a> {
    fn new(files: &'a [SourceFile]) -> Self {
        let nodes: Vec<_> = files.iter().map(Node::new).collect();
        let modules = files
            .iter()
            .enumerate()
            .filter(|(_, file)| !file.module.is_empty())
            .map(|(index, file)| (&file.module[..], index))
            .collect();
        let mut graph = Self {
            nodes,
            modules,
            imports: Vec::new(),
        };
        graph.imports = (0..files.len())
            .map(|index| graph.imports_of(index))
            .collect();
        graph
    }

    fn imports_of(&self, index: usize) -> BTreeMap<usize, usize> {
        let node = &self.nodes[index];
        let mut imports = BTreeMap::new();
        for path in node.paths.iter().filter(|path| node.uses(path)) {
            let target = self.absolute(index, path).and_then(|absolute| {
                let is_glob = matches!(path.purpose, Purpose::Glob { .. });
                self.defining_file(&absolute, is_glob, 0)
            });
            if let Some(target) = target
                && target != index
                && self.nodes[target].file.room() == node.file.room()
                && !node.may_use_child(&self.nodes[target])
            {
                imports.entry(target).or_insert(path.line);
            }
        }
        imports
    }

    /// Where `path`, written in the file `index`, leads; `None` if it leaves the crate or the file's own names.
    fn absolute(&self, index: usize, path: &WrittenPath) -> Option<Vec<String>> {
        if let Some(absolute) = path.absolute() {
            return Some(absolute);
        }
        let node = &self.nodes[index];
        let first = &path.segments[0];
        let child = [&node.file.module[..], std::slice::from_ref(first)].concat();
        let start = if self.modules.contains_key(&child[..]) {
            child
        } else {
            node.used_as(first)?.absolute()?
        };
        Some([&start[..], &path.segments[1..]].concat())
    }

    /// The file that defines what `path` leads to; `None` for a module by itself, whose items are
    /// named by longer paths, unless all of them are brought.
    fn defining_file(&self, path: &[String], is_glob: bool, depth: usize) -> Option<usize> {
        let mut lengths = (1..=path.len()).rev();
        let (length, module) =
            lengths.find_map(|length| Some((length, *self.modules.get(&path[..length])?)))?;
        let Some(name) = path.get(length) else {
            return is_glob.then_some(module);
        };
        let node = &self.nodes[module];
        if node.items.contains(name) || depth > 8 {
            return Some(module);
        }
        let rest = &path[length + 1..];
        let follow = |used: &WrittenPath, names: &[String]| {
            let target = [&self.absolute(module, used)?[..], names].concat();
            self.defining_file(&target, is_glob, depth + 1)
        };
        if let Some(used) = node.used_as(name) {
            return follow(used, rest);
        }
        let mut globs = node.paths.iter().filter(|path| {
            matches!(path.purpose, Purpose::Glob { .. }) && path.module == node.file.module
        });
        let from_glob = globs.find_map(|glob| {
            let file = follow(glob, &path[length..])?;
            self.nodes[file].items.contains(name).then_some(file)
        });
        Some(from_glob.unwrap_or(module))
    }

    /// The files on the shortest way from `start` back to itself.
    fn shortest_cycle(&self, start: usize) -> Option<Vec<usize>> {
        let mut previous = HashMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(file) = queue.pop_front() {
            for &next in self.imports[file].keys() {
                if next == start {
                    let way = std::iter::successors(Some(file), |file| previous.get(file).copied());
                    let mut cycle: Vec<_> = way.collect();
                    cycle.reverse();
                    return Some(cycle);
                }
                previous.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    file
                });
            }
        }
        None
    }

    fn describe(&self, cycle: &[usize]) -> String {
        let next = cycle.iter().cycle().skip(1);
        let steps = cycle.iter().zip(next).map(|(file, next)| {
            let line = self.imports[*file][next];
            format!("{}:{line}", self.nodes[*file].file.path)
        });
        let steps: Vec<_> = steps.collect();
        format!(
            "{} -> {}",
            steps.join(" -> "),
            self.nodes[cycle[0]].file.path
        )
    }
}

impl<'a> Node<'a> {
    fn new(file: &'a SourceFile) -> Self {
        let mut names = Names::default();
        names.visit_file(&file.syntax);
        Self {
            file,
            items: file.syntax.items.iter().filter_map(defined_name).collect(),
            names: names.found,
            paths: written_paths(&file.syntax, &file.module),
        }
    }

    /// Whether this is the `mod.rs` of a directory below a room, and `other` in that directory.
    fn may_use_child(&self, other: &Self) -> bool {
        self.file.module.len() > 1 && other.file.module.starts_with(&self.file.module)
    }

    /// Whether the file itself needs what `path` leads to, rather than handing it on.
    fn uses(&self, path: &WrittenPath) -> bool {
        match &path.purpose {
            Purpose::Use { name, public: true } => self.names.contains(name),
            Purpose::Glob { public } => !public,
            Purpose::Use { .. } | Purpose::Inline => true,
        }
    }

    /// The `use` at the top of the file that brings `name`.
    fn used_as(&self, name: &str) -> Option<&WrittenPath> {
        self.paths.iter().find(|path| {
            matches!(&path.purpose, Purpose::Use { name: used, .. } if used == name)
                && path.segments != [name]
        })
    }
}

fn defined_name(item: &syn::Item) -> Option<String> {
    let name = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Macro(item) => item.ident.as_ref()?,
        syn::Item::Mod(item) if item.content.is_some() => &item.ident,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

#[derive(Default)]
struct Names {
    found: HashSet<String>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, _: &'ast syn::ItemUse) {}

    fn visit_ident(&mut self, name: &'ast Ident) {
        self.found.insert(name.to_string());
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        for token in tokens.clone() {
            match token {
                TokenTree::Ident(name) => drop(self.found.insert(name.to_string())),
                TokenTree::Group(group) => self.visit_token_stream(&group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let files = files.iter().map(|(path, text)| SourceFile::new(path, text));
    let files = without_test_files(files.collect());
    let offences = offences(&files).into_iter();
    offences.map(|(_, cycle)| cycle).collect()
}

#[test]
fn a_cycle_is_found_through_re_exports_globs_and_macros() {
    let facade = "pub use self::a::A; pub(crate) use b::*; mod a; mod b;";
    let files = [
        ("src/room/mod.rs", facade),
        ("src/room/a.rs", "pub struct A;\nfn f() { g!(super::B) }"),
        ("src/room/b.rs", "use crate::room::A;\npub struct B;"),
    ];
    assert_eq!(
        cycles(&files),
        [
            "src/room/a.rs:2 -> src/room/b.rs:1 -> src/room/a.rs",
            "src/room/b.rs:1 -> src/room/a.rs:2 -> src/room/b.rs",
        ]
    );
    let through_alias = [
        ("src/room/mod.rs", "mod a; mod b; pub struct C;"),
        (
            "src/room/a.rs",
            "use super::b as other; fn f() { other::g() }",
        ),
        ("src/room/b.rs", "pub fn g() -> super::a::A {}"),
    ];
    assert_eq!(cycles(&through_alias).len(), 2);
    let room = [
        ("src/room/mod.rs", "mod a; use a::A; pub struct C(A);"),
        ("src/room/a.rs", "use super::C; pub struct A;"),
    ];
    assert_eq!(cycles(&room).len(), 2);
}

#[test]
fn what_is_handed_on_tested_or_in_another_room_makes_no_cycle() {
    let files = [
        (
            "src/room/mod.rs",
            "pub use a::A; mod a; mod b; #[cfg(test)] mod tests; pub struct C;",
        ),
        (
            "src/room/a.rs",
            "use super::{C, b}; pub struct A; #[cfg(test)] mod tests { use super::super::b::B; }",
        ),
        (
            "src/room/b.rs",
            "use super::A; pub struct B; use crate::other::D;",
        ),
        ("src/room/tests.rs", "use super::*; use super::a::A;"),
        ("src/other/mod.rs", "use crate::room::C; pub struct D;"),
        ("src/other/e/mod.rs", "mod f; use f::F; pub struct E(F);"),
        ("src/other/e/f.rs", "use super::E; pub struct F;"),
    ];
    assert_eq!(cycles(&files), Vec::<String>::new());
}
