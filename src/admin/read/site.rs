//! `[site]`: how the pages of the admin look.

use crate::admin::site::SiteLook;
use crate::document::{Problems, Table};

/// Reads `[site]`.
pub(super) fn read_look(table: &Table, problems: &Problems) -> SiteLook {
    let usual = SiteLook::default();
    let keys = table.reader(problems);
    let site_url: Option<String> = keys.optional("site_url");
    let look = SiteLook {
        title: keys.or("title", usual.title),
        header: keys.or("header", usual.header),
        index_title: keys.or("index_title", usual.index_title),
        site_url: match site_url {
            Some(url) => Some(url).filter(|url| !url.is_empty()),
            None => usual.site_url,
        },
        logo: keys.optional("logo"),
        color: keys.optional("color"),
        empty_value: keys.or("empty_value_display", usual.empty_value),
    };
    if let (Some(color), Some(item)) = (&look.color, table.get("color"))
        && !is_color(color)
    {
        let message = format!("`{color}` is not a colour");
        let hint = "write `#2d6a4f`, or a name such as `teal`";
        problems.push(item.error("bad-color", message).hint(hint));
    }
    keys.finish();
    look
}

/// Whether a style sheet may hold `text` as a colour: digits behind `#`, or a name. Nothing else gets into the page.
fn is_color(text: &str) -> bool {
    match text.strip_prefix('#') {
        Some(digits) => {
            matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit())
        }
        None => !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic()),
    }
}
