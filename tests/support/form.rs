//! The form of a page, as a browser reads it and sends it when nobody has touched it.

/// The fields that a browser sends for the largest form of `page` that is posted, unchanged and without a button.
///
/// # Panics
/// If the page has no such form.
#[track_caller]
pub(crate) fn sent_unchanged(page: &str) -> Vec<(String, String)> {
    let forms = page.split("<form").skip(1);
    let posted = forms.filter(|form| {
        let head = form.split('>').next().unwrap_or_default();
        head.to_lowercase().contains("method=\"post\"")
    });
    let fields = posted.map(|form| fields(form.split("</form>").next().unwrap_or_default()));
    let largest = fields.max_by_key(Vec::len);
    largest.unwrap_or_else(|| panic!("no form that is posted:\n{page}"))
}

/// What is sent for the controls in `html`.
fn fields(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        let (tag, behind) = Tag::read(after);
        let Some(name) = tag.get("name").filter(|_| !tag.has("disabled")) else {
            continue;
        };
        match tag.name.as_str() {
            "input" => found.extend(tag.input_value().map(|value| (name, value))),
            "textarea" => {
                let (text, _) = behind.split_once("</textarea>").unwrap_or((behind, ""));
                found.push((name, area_value(text)));
            }
            "select" => {
                let (options, _) = behind.split_once("</select>").unwrap_or((behind, ""));
                let values = selected(options, tag.has("multiple")).into_iter();
                found.extend(values.map(|value| (name.clone(), value)));
            }
            _ => {}
        }
    }
    found
}

/// What a `textarea` sends: without the line that begins it, and with the line ends of forms.
fn area_value(html: &str) -> String {
    let text = unescaped(html).replace("\r\n", "\n");
    let text = text.strip_prefix('\n').unwrap_or(&text);
    text.replace('\n', "\r\n")
}

/// The chosen ones of `options`; of a list where only one can be chosen, the first if none is.
fn selected(options: &str, is_multiple: bool) -> Vec<String> {
    let options = options
        .split("<option")
        .skip(1)
        .map(|option| Tag::read(&format!("option{option}")).0);
    let options: Vec<_> = options.collect();
    let value = |tag: &Tag| tag.get("value").unwrap_or_default();
    let chosen: Vec<_> = options
        .iter()
        .filter(|tag| tag.has("selected"))
        .map(value)
        .collect();
    match (is_multiple, chosen.last()) {
        (true, _) => chosen,
        (false, Some(last)) => vec![last.clone()],
        (false, None) => options.first().map(value).into_iter().collect(),
    }
}

/// The beginning of an element.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The tag at the beginning of `html`, behind its `<`, and what follows it.
    fn read(html: &str) -> (Self, &str) {
        let end = html.find(|c: char| c.is_whitespace() || c == '>');
        let (name, mut rest) = html.split_at(end.unwrap_or(html.len()));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>');
            let (name, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let value = behind
                .strip_prefix("=\"")
                .and_then(|value| value.split_once('"'));
            let (value, behind) = value.unwrap_or(("", behind.trim_start_matches('=')));
            attributes.push((name.to_owned(), unescaped(value)));
            rest = behind;
        }
        let tag = Self {
            name: name.to_owned(),
            attributes,
        };
        (tag, rest.strip_prefix('>').unwrap_or(rest))
    }

    fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// What an `input` sends; none for a button, a file, and a box that is not ticked.
    fn input_value(&self) -> Option<String> {
        match self.get("type").as_deref() {
            Some("submit" | "button" | "image" | "reset" | "file") => None,
            Some("checkbox" | "radio") if !self.has("checked") => None,
            Some("checkbox" | "radio") => {
                Some(self.get("value").unwrap_or_else(|| "on".to_owned()))
            }
            _ => Some(self.get("value").unwrap_or_default()),
        }
    }
}

/// `html` as text.
pub(crate) fn unescaped(html: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
    ];
    let text = entities
        .iter()
        .fold(html.to_owned(), |text, (entity, c)| text.replace(entity, c));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::sent_unchanged;

    #[test]
    fn a_form_sends_what_it_shows() {
        let page = r#"<form method="post"><input name="logout"></form>
            <form class="x" method="post"><input type="hidden" name="a" value="1 &amp; &lt;2">
            <input name="b"> <input type="checkbox" name="c" checked> <input type="checkbox" name="d">
            <input type="file" name="e"> <input name="off" disabled> <button name="f" value="g">x</button>
            <textarea name="t" rows="2">

one
two</textarea><select name="s"><option value="">-</option><option value="2" selected>2</option></select>
            <select name="m" multiple><option value="1" selected>1</option><option value="2" selected></select>
            <select name="n"><option value="first">x</option></select></form>"#;
        let fields = sent_unchanged(page);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let expected = [
            ("a", "1 & <2"),
            ("b", ""),
            ("c", "on"),
            ("t", "\r\none\r\ntwo"),
            ("s", "2"),
            ("m", "1"),
            ("m", "2"),
            ("n", "first"),
        ];
        assert_eq!(fields, expected);
    }
}
