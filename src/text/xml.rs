//! XML as Python's `XMLGenerator` writes it, and so Django's feeds.

/// A document that is being written.
#[derive(Debug)]
pub struct XmlWriter {
    text: String,
    /// The elements that are open.
    open: Vec<&'static str>,
    /// Whether the last start tag still lacks its `>`: an element without content is closed in it.
    is_in_tag: bool,
}

impl XmlWriter {
    /// A document with its declaration.
    pub fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(),
            open: Vec::new(),
            is_in_tag: false,
        }
    }

    /// Opens an element; its attributes are written in the order of their names.
    pub fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.finish_tag();
        self.text.push('<');
        self.text.push_str(name);
        let mut attributes = attributes.to_vec();
        attributes.sort_unstable();
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push('=');
            self.text.push_str(&quoted(value));
        }
        self.open.push(name);
        self.is_in_tag = true;
    }

    /// Writes text into the element that is open. Characters that XML cannot hold are left out.
    pub fn characters(&mut self, text: &str) {
        let text = escaped(text);
        if !text.is_empty() {
            self.finish_tag();
            self.text.push_str(&text);
        }
    }

    /// Closes the element that was opened last.
    pub fn end(&mut self) {
        let Some(name) = self.open.pop() else {
            return;
        };
        if std::mem::take(&mut self.is_in_tag) {
            self.text.push_str("/>");
        } else {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    /// Writes an element that holds nothing but `text`.
    pub fn element(&mut self, name: &'static str, text: &str) {
        self.element_with(name, &[], text);
    }

    /// Writes an element with attributes that holds nothing but `text`.
    pub fn element_with(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.characters(text);
        self.end();
    }

    /// Closes what is open, and returns the document.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.text
    }

    fn finish_tag(&mut self) {
        if std::mem::take(&mut self.is_in_tag) {
            self.text.push('>');
        }
    }
}

impl Default for XmlWriter {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether XML 1.0 can hold `character`.
fn is_character(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter(|character| is_character(*character)) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The value of an attribute, in the quotes that need the fewest escapes.
fn quoted(value: &str) -> String {
    let escaped = escaped(value);
    let escaped = escaped
        .replace('\n', "&#10;")
        .replace('\r', "&#13;")
        .replace('\t', "&#9;");
    match (escaped.contains('"'), escaped.contains('\'')) {
        (false, _) => format!("\"{escaped}\""),
        (true, false) => format!("'{escaped}'"),
        (true, true) => format!("\"{}\"", escaped.replace('"', "&quot;")),
    }
}

#[cfg(test)]
mod tests {
    use super::XmlWriter;

    #[test]
    fn writes_no_character_that_a_reader_would_refuse() {
        let mut xml = XmlWriter::new();
        xml.element_with("a", &[("b", "\0x\u{1f}\n")], "\u{b}\u{ffff}");
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"x&#10;\"/>"
        );
    }
}
