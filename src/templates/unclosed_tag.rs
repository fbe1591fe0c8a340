//! Finds a `{{` or `{%` that is not closed: the engine then reads the page itself and complains of what stands there.

/// A tag that is not closed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct UnclosedTag {
    /// Where it begins, in bytes.
    pub(super) offset: usize,
    /// `{{` or `{%`.
    pub(super) open: &'static str,
    /// What is missing.
    pub(super) close: &'static str,
}

/// The tag that is not closed and holds the byte `at`, where the engine stopped.
pub(super) fn unclosed_tag(source: &str, at: usize) -> Option<UnclosedTag> {
    let (offset, open, close) = last_opening(source, at)?;
    let inside = source.get(offset + 2..)?;
    let inside = inside.find(close).map_or(inside, |end| &inside[..end]);
    let is_closed = offset + 2 + inside.len() < source.len();
    let tag = UnclosedTag {
        offset,
        open,
        close,
    };
    (!is_closed || reads_as_page(inside)).then_some(tag)
}

/// The last `{{` or `{%` before `at`; what begins there is what the engine did not expect.
fn last_opening(source: &str, at: usize) -> Option<(usize, &'static str, &'static str)> {
    let pairs = [("{{", "}}"), ("{%", "%}")];
    let found = pairs.map(|(open, close)| {
        let starts = source.match_indices(open).map(|(offset, _)| offset);
        let last = starts.take_while(|offset| offset + 2 <= at).last();
        last.map(|offset| (offset, open, close))
    });
    found
        .into_iter()
        .flatten()
        .max_by_key(|(offset, _, _)| *offset)
}

/// Whether a text between the brackets of a tag holds the next tag, or HTML.
fn reads_as_page(text: &str) -> bool {
    let is_html =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
    let html = text.split('<').skip(1).any(is_html);
    html || text.contains("{{") || text.contains("{%")
}

#[cfg(test)]
mod tests {
    use super::unclosed_tag;

    fn found(source: &str, at: &str) -> Option<(usize, &'static str)> {
        let at = source.find(at).unwrap();
        unclosed_tag(source, at).map(|tag| (tag.offset, tag.close))
    }

    #[test]
    fn a_tag_that_runs_into_the_page_is_not_closed() {
        for source in [
            "<h1>{{ site.title is up</h1>\n",
            "<h1>{{ site.title is up</h1>\n{{ x }}",
            "<h1>{{ site.title is up\n{% if x %}{% endif %}",
            "<h1>{{ site.title is up",
        ] {
            assert_eq!(found(source, "up"), Some((4, "}}")), "{source}");
        }
        assert_eq!(found("{{ a }}{% if x <p>", "<p"), Some((7, "%}")));
    }

    #[test]
    fn a_tag_that_is_closed_is_left_alone() {
        for source in ["{{ a b }}", "{{ a < b c }}<p>", "{% iff up %}", "up"] {
            assert_eq!(
                found(source, source.rsplit(' ').next().unwrap()),
                None,
                "{source}"
            );
        }
    }
}
