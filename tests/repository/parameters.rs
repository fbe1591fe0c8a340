//! No function takes a tuple: two parameters are two, or a struct with names.

use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{FnArg, Signature, Type};

use crate::exceptions::{TUPLE_PARAMETERS, assert_only};
use crate::source_file::{SourceFile, source_files};

#[test]
fn no_function_takes_a_tuple() {
    assert_only(&offences(&source_files()), TUPLE_PARAMETERS);
}

/// The functions that take a tuple, each with its place.
fn offences(files: &[SourceFile]) -> Vec<(String, String)> {
    let mut offences = Vec::new();
    for file in files {
        let mut finder = Finder::default();
        finder.visit_file(&file.syntax);
        for (line, function) in finder.found {
            let offence = format!("{}:{line}: `{function}`", file.path);
            offences.push((format!("{}: {function}", file.path), offence));
        }
    }
    offences
}

#[derive(Default)]
struct Finder {
    found: Vec<(usize, String)>,
}

impl<'ast> Visit<'ast> for Finder {
    // What a trait of another crate asks for is not this function's choice.
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let is_conversion = item.trait_.as_ref().is_some_and(|implemented| {
            let last = implemented.0.segments.last();
            last.is_some_and(|segment| segment.ident == "From" || segment.ident == "TryFrom")
        });
        if !is_conversion {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        let typed = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        for parameter in typed.filter(|typed| is_tuple(&typed.ty)) {
            let line = parameter.span().start().line;
            self.found.push((line, signature.ident.to_string()));
        }
    }
}

/// Whether it is a tuple, a reference to one, or perhaps one.
fn is_tuple(kind: &Type) -> bool {
    match kind {
        Type::Tuple(tuple) => !tuple.elems.is_empty(),
        Type::Reference(reference) => is_tuple(&reference.elem),
        Type::Paren(inner) => is_tuple(&inner.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(is_optional_tuple),
        _ => false,
    }
}

fn is_optional_tuple(segment: &syn::PathSegment) -> bool {
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return false;
    };
    segment.ident == "Option"
        && arguments
            .args
            .iter()
            .any(|argument| matches!(argument, syn::GenericArgument::Type(kind) if is_tuple(kind)))
}

#[test]
fn a_tuple_is_found_in_every_kind_of_function() {
    let text = "fn a((x, y): (u8, u8)) {}
        impl B { fn b(&self, pair: &(u8, u8)) {} }
        trait C { fn c(pair: Option<(u8, u8)>); }
        fn d(pairs: &[(u8, u8)], map: Vec<(u8, u8)>, nothing: ()) { fn e(pair: (u8, u8)) {} }
        impl From<(u8, u8)> for B { fn from(pair: (u8, u8)) -> Self {} }
        #[cfg(test)] mod tests { fn f(pair: (u8, u8)) {} }";
    let found = offences(&[SourceFile::new("src/room/file.rs", text)]);
    let lines: Vec<_> = found.iter().map(|(_, line)| line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "src/room/file.rs:1: `a`",
            "src/room/file.rs:2: `b`",
            "src/room/file.rs:3: `c`",
            "src/room/file.rs:4: `e`",
        ]
    );
}
