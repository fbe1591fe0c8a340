//! The pages of `docs/`, whose snippets are tried.

use std::path::Path;

/// The text of the page called `name`.
pub(crate) fn page_text(name: &str) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    std::fs::read_to_string(page).unwrap()
}

/// The snippets of the page called `name` that say which file they belong into, each with that, in order.
pub(crate) fn snippets(name: &str) -> Vec<(String, String)> {
    let page = page_text(name);
    let blocks = page.split("\n```").filter_map(|block| {
        let (head, text) = block.split_once('\n')?;
        let (_, file) = head.split_once(' ')?;
        Some((file.to_owned(), format!("{text}\n")))
    });
    blocks.collect()
}

/// The snippets of the page called `name` that belong into `file`.
pub(crate) fn snippets_of(name: &str, file: &str) -> Vec<String> {
    let snippets = snippets(name).into_iter();
    let wanted = snippets.filter(|(of, _)| of == file);
    wanted.map(|(_, text)| text).collect()
}
