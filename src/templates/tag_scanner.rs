//! The tags of a template, found without parsing it: comments and `raw` blocks are skipped.

/// The kinds of tags.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TagKind {
    /// `{% ... %}`
    Block,
    /// `{{ ... }}`
    Variable,
}

/// A tag and what stands in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Tag<'s> {
    pub(super) kind: TagKind,
    /// Where the tag begins, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Where its content begins.
    pub(super) inner_start: usize,
    /// Its content without the dashes and spaces around.
    pub(super) inner: &'s str,
}

/// All tags of `source`, in order.
pub(super) fn tags(source: &str) -> Vec<Tag<'_>> {
    let (mut tags, mut at) = (Vec::new(), 0);
    while let Some(start) = source[at..].find('{').map(|offset| at + offset) {
        let rest = &source[start..];
        let (kind, close) = match rest.as_bytes().get(1) {
            Some(b'%') => (TagKind::Block, "%}"),
            Some(b'{') => (TagKind::Variable, "}}"),
            Some(b'#') => {
                let Some(end) = rest.find("#}") else { break };
                at = start + end + 2;
                continue;
            }
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(end) = closing(rest, close) else {
            at = start + 2;
            continue;
        };
        let inner = rest[2..end].trim_start_matches(['-', '+']);
        let inner_start = start + (end - inner.len());
        let trimmed = inner.trim_start();
        let tag = Tag {
            kind,
            start,
            end: start + end + 2,
            inner_start: inner_start + (inner.len() - trimmed.len()),
            inner: trimmed.trim_end_matches(['-', '+']).trim_end(),
        };
        at = tag.end;
        if kind == TagKind::Block && tag.inner == "raw" {
            at = end_of_raw(source, at);
        }
        tags.push(tag);
    }
    tags
}

/// Where `close` stands outside of a string, in `rest`.
fn closing(rest: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in rest.char_indices().skip(2) {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, _) if rest[index..].starts_with(close) => return Some(index),
            _ => {}
        }
    }
    // A stray apostrophe must not hide the rest of the template.
    rest.find(close)
}

fn end_of_raw(source: &str, at: usize) -> usize {
    let mut search = at;
    while let Some(offset) = source[search..].find("{%") {
        let tag = search + offset;
        let inner = source[tag + 2..].trim_start_matches(['-', '+', ' ', '\t', '\n']);
        if inner.starts_with("endraw") {
            return tag;
        }
        search = tag + 2;
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::{TagKind, tags};

    #[test]
    fn finds_tags_and_nothing_else() {
        let source = "{# {{ a }} #}{%- if x == '%}' -%}{{ y }}{% raw %}{{ z }}{% endraw %}{";
        let found: Vec<_> = tags(source)
            .iter()
            .map(|tag| (tag.kind, tag.inner))
            .collect();
        let expected = [
            (TagKind::Block, "if x == '%}'"),
            (TagKind::Variable, "y"),
            (TagKind::Block, "raw"),
            (TagKind::Block, "endraw"),
        ];
        assert_eq!(found, expected);
        let second = tags(source)[1];
        assert_eq!(&source[second.start..second.end], "{{ y }}");
        assert_eq!(&source[second.inner_start..=second.inner_start], "y");
    }
}
