//! Markdown as HTML that is safe to show, whoever wrote it.
//!
//! The events of `pulldown-cmark` are written out here instead of by its own writer and a sanitiser behind it: a writer
//! that knows only harmless elements has nothing to take away again, and needs no parser of HTML. What is HTML in the
//! source is text, an address of a link or a picture has a scheme that runs nothing, and no attribute comes through.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::text::html::escape_html;

/// How deep elements are nested; what is deeper is written without its element.
const DEPTH: usize = 64;

/// Schemes that lead to pages and people.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// `source` (`CommonMark` with tables, strikethrough and task lists) as HTML.
pub fn markdown(source: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = MarkdownWriter::default();
    for event in Parser::new_ext(source, options) {
        writer.event(event);
    }
    writer.out
}

#[derive(Default)]
struct MarkdownWriter {
    out: String,
    /// The ends of the elements that are open; an empty one for what is nested too deeply.
    open: Vec<String>,
    /// The source of the picture whose text is read.
    picture: Option<Picture>,
    alignments: Vec<Alignment>,
    is_table_head: bool,
    column: usize,
}

struct Picture {
    source: String,
    title: String,
    /// What it shows, in words.
    text: String,
    /// Pictures in its text.
    inner: usize,
}

impl MarkdownWriter {
    fn event(&mut self, event: Event<'_>) {
        if self.picture.is_some() {
            self.in_picture(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.out.push_str(&escape_html(&text)),
            Event::Code(text) => {
                let text = escape_html(&text);
                self.out.extend(["<code>", &text, "</code>"]);
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let checked = if is_done { " checked" } else { "" };
                let input = format!("<input type=\"checkbox\" disabled{checked}> ");
                self.out.push_str(&input);
            }
        }
    }

    /// The text of a picture is the text of its parts.
    fn in_picture(&mut self, event: Event<'_>) {
        let Some(picture) = &mut self.picture else {
            return;
        };
        match event {
            Event::Start(Tag::Image { .. }) => picture.inner += 1,
            Event::End(TagEnd::Image) if picture.inner > 0 => picture.inner -= 1,
            Event::End(TagEnd::Image) => self.end_picture(),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => {
                picture.text.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => picture.text.push(' '),
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let text = escape_html(&picture.text);
        let Some(source) = safe_address(&picture.source) else {
            self.out.push_str(&text);
            return;
        };
        let title = titled(&picture.title);
        let picture = [
            "<img src=\"",
            &source,
            "\" alt=\"",
            &text,
            "\"",
            &title,
            ">",
        ];
        self.out.extend(picture);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.element("<p>", "</p>\n"),
            Tag::Heading { level, .. } => {
                self.element(&format!("<{level}>"), &format!("</{level}>\n"));
            }
            Tag::BlockQuote(_) => self.element("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(None) => self.element("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.element("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => {
                self.element(&format!("<ol start=\"{start}\">\n"), "</ol>\n");
            }
            Tag::Item => self.element("<li>", "</li>\n"),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<del>", "</del>"),
            Tag::Link {
                dest_url,
                title,
                link_type,
                ..
            } => {
                let mail = matches!(link_type, pulldown_cmark::LinkType::Email);
                let address = if mail {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                self.link(&address, &title);
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                self.picture = Some(Picture {
                    source: dest_url.to_string(),
                    title: title.to_string(),
                    text: String::new(),
                    inner: 0,
                });
            }
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.element("<table>\n", "</tbody></table>\n");
            }
            Tag::TableHead => {
                self.is_table_head = true;
                self.row("<thead>\n<tr>", "</tr>\n</thead>\n<tbody>\n");
            }
            Tag::TableRow => self.row("<tr>", "</tr>\n"),
            Tag::TableCell => self.cell(),
            // Blocks of HTML hold text here; the rest is not switched on.
            _ => self.open.push(String::new()),
        }
    }

    fn end(&mut self, end: TagEnd) {
        if end == TagEnd::TableHead {
            self.is_table_head = false;
        }
        if let Some(end) = self.open.pop() {
            self.out.push_str(&end);
        }
    }

    fn element(&mut self, start: &str, end: &str) {
        if self.open.len() >= DEPTH {
            self.open.push(String::new());
            return;
        }
        self.out.push_str(start);
        self.open.push(end.to_owned());
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let language = escape_html(language);
        let start = if language.is_empty() {
            "<pre><code>".to_owned()
        } else {
            format!("<pre><code class=\"language-{language}\">")
        };
        self.element(&start, "</code></pre>\n");
    }

    fn link(&mut self, address: &str, title: &str) {
        match safe_address(address) {
            Some(address) => {
                let title = titled(title);
                let start = format!("<a href=\"{address}\"{title} rel=\"nofollow\">");
                self.element(&start, "</a>");
            }
            None => self.open.push(String::new()),
        }
    }

    fn row(&mut self, start: &str, end: &str) {
        self.column = 0;
        self.element(start, end);
    }

    fn cell(&mut self) {
        let name = if self.is_table_head { "th" } else { "td" };
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " style=\"text-align: left\"",
            Some(Alignment::Center) => " style=\"text-align: center\"",
            Some(Alignment::Right) => " style=\"text-align: right\"",
            _ => "",
        };
        self.column += 1;
        self.element(&format!("<{name}{align}>"), &format!("</{name}>"));
    }
}

fn titled(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    format!(" title=\"{}\"", escape_html(title))
}

/// `address` for an attribute; `None` where its scheme could run something.
///
/// A browser passes over control characters and spaces in a scheme, so that they count for nothing here.
fn safe_address(address: &str) -> Option<String> {
    let is_passed_over = |c: char| c.is_control() || c.is_whitespace();
    let bare: String = address.chars().filter(|c| !is_passed_over(*c)).collect();
    let before_path = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = before_path
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_safe = scheme.is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()));
    let bare: String = address.chars().filter(|c| !c.is_control()).collect();
    is_safe.then(|| escape_html(bare.trim()))
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn writes_paragraphs_lists_tables_and_code() {
        for (source, html) in [
            (
                "# A *b*\n\nc  \nd",
                "<h1>A <em>b</em></h1>\n<p>c<br>\nd</p>\n",
            ),
            (
                "3. a\n4. b",
                "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n",
            ),
            (
                "- [x] a",
                "<ul>\n<li><input type=\"checkbox\" disabled checked> a</li>\n</ul>\n",
            ),
            (
                "```rust ignore\na < b\n```",
                "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n",
            ),
            (
                "~~a~~ **b** `c`",
                "<p><del>a</del> <strong>b</strong> <code>c</code></p>\n",
            ),
            (
                "|a|b|\n|-|:-:|\n|c|d|",
                "<table>\n<thead>\n<tr><th>a</th><th style=\"text-align: center\">b</th></tr>\n</thead>\n<tbody>\n\
                 <tr><td>c</td><td style=\"text-align: center\">d</td></tr>\n</tbody></table>\n",
            ),
            (
                "[a](/b?c=1&d \"e\")",
                "<p><a href=\"/b?c=1&amp;d\" title=\"e\" rel=\"nofollow\">a</a></p>\n",
            ),
            (
                "<a@b.example> <https://c.example>",
                "<p><a href=\"mailto:a@b.example\" rel=\"nofollow\">a@b.example</a> \
                 <a href=\"https://c.example\" rel=\"nofollow\">https://c.example</a></p>\n",
            ),
            (
                "![a *b*](c.png)",
                "<p><img src=\"c.png\" alt=\"a b\"></p>\n",
            ),
            ("", ""),
        ] {
            assert_eq!(markdown(source), html, "{source}");
        }
    }

    /// Whatever the source, the page holds no element or attribute beyond those that this writer knows.
    #[test]
    fn attacks_come_out_as_text() {
        for source in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick=\"x\">\n\n*a*\n\n</div>",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](java\tscript:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "[a](\u{1}javascript:alert(1))",
            "[a](vbscript:x)",
            "[a](data:text/html;base64,PHNjcmlwdD4=)",
            "<javascript:alert(1)>",
            "![a](javascript:alert(1))",
            "![a\" onerror=\"alert(1)](b)",
            "[a](b \"\\\" onmouseover=\\\"alert(1)\")",
            "[a](\"onmouseover=alert(1)//)",
            "```\"><script>alert(1)</script>\n```",
            "[a]: javascript:alert(1)\n\n[a]",
            "<!-- <script>alert(1)</script> -->",
            "<?php system('x') ?>",
            "<![CDATA[<script>]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<svg/onload=alert(1)>",
            "|a|\n|-|\n|<script>|",
            "![![a](javascript:x)](b)",
        ] {
            let html = markdown(source);
            assert!(is_harmless(&html), "{source:?}: {html}");
        }
    }

    /// Reads the tags of `html`: of each only the names and addresses that are expected.
    fn is_harmless(html: &str) -> bool {
        let tags = html
            .split('<')
            .skip(1)
            .map(|tag| tag.split('>').next().unwrap());
        tags.into_iter().all(|tag| {
            let name = tag
                .trim_start_matches('/')
                .split([' ', '>'])
                .next()
                .unwrap();
            let known = [
                "p", "a", "img", "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "em",
            ];
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            let address = tag.split("href=\"").chain(tag.split("src=\"")).skip(1);
            let is_plain = |address: &str| !address.split(['/', '"']).next().unwrap().contains(':');
            known.contains(&name)
                && !outside_quotes.contains(" on")
                && address.clone().all(is_plain)
        })
    }

    #[test]
    fn a_nesting_bomb_is_written_flat() {
        for source in [
            "> ".repeat(20_000) + "a",
            "*".repeat(20_000) + "a",
            "[".repeat(20_000) + "a",
            "- ".repeat(5_000) + "a",
            "![".repeat(10_000) + "a",
            "<".repeat(20_000),
            "`".repeat(20_000) + "a",
        ] {
            let begun = std::time::Instant::now();
            let html = markdown(&source);
            assert!(html.matches("<blockquote>").count() <= super::DEPTH);
            assert!(html.contains('a') || source.ends_with('<'));
            assert!(begun.elapsed().as_secs() < 10, "{}", &source[..4]);
        }
    }
}
