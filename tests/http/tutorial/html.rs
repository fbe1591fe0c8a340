//! A page as it is seen: its text, and its forms with their labels.

/// A tag, and the text behind it.
#[derive(Debug)]
struct Tag {
    /// With a slash before it where it closes.
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn owned(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }
}

fn tags(html: &str) -> Vec<Tag> {
    html.split('<').skip(1).filter_map(tag).collect()
}

/// The tag at the beginning of `text`, whose values hold no `>`.
fn tag(text: &str) -> Option<Tag> {
    let (inner, text) = text.split_once('>')?;
    let end = inner.find(|c: char| c.is_whitespace());
    let (name, mut rest) = inner.split_at(end.unwrap_or(inner.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c == '=' || c.is_whitespace());
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        if name.is_empty() {
            break;
        }
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => ("", after),
        };
        attributes.push((name.to_owned(), unescaped(value)));
        rest = after;
    }
    Some(Tag {
        name: name.to_ascii_lowercase(),
        attributes,
        text: unescaped(text),
    })
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Tags within a line.
const INLINE: &[&str] = &["a", "b", "code", "em", "label", "span", "strong", "time"];

/// The text of the page without its panel, on one line.
pub(super) fn text(html: &str) -> String {
    let page = html.split("<aside id=\"djr-panel\"").next().unwrap();
    let mut text = unescaped(page.split('<').next().unwrap());
    for tag in tags(page) {
        if !INLINE.contains(&tag.name.trim_start_matches('/')) {
            text.push(' ');
        }
        if !["title", "style", "script"].contains(&tag.name.as_str()) {
            text.push_str(&tag.text);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field, or a box of several.
#[derive(Debug)]
struct Control {
    id: String,
    name: String,
    /// What it sends; an unticked box sends nothing.
    value: Option<String>,
    /// What it sends once it is ticked.
    ticked: String,
    /// What the fieldset around it is called.
    group: String,
    /// The labels and values of a list to choose from.
    options: Vec<(String, String)>,
}

/// A form of a page.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// Where it is sent; empty where that is the page itself.
    pub(super) action: String,
    controls: Vec<Control>,
    /// Ids of controls, and what they are called.
    labels: Vec<(String, String)>,
    buttons: Vec<String>,
}

impl Form {
    /// The form on the page whose button is called `button`.
    #[track_caller]
    pub(super) fn with_button(html: &str, button: &str) -> Self {
        let forms = html.split("<form").skip(1);
        let mut forms = forms.map(|form| Self::read(&format!("<form{form}")));
        forms
            .find(|form| form.buttons.iter().any(|name| name == button))
            .unwrap_or_else(|| panic!("no button `{button}`:\n{html}"))
    }

    fn read(html: &str) -> Self {
        let mut form = Self::default();
        let mut group = String::new();
        for tag in tags(html) {
            let inside_label = form.labels.last_mut();
            match tag.name.as_str() {
                "form" => form.action = tag.owned("action"),
                "/form" => break,
                "legend" => tag.text.trim().trim_end_matches(':').clone_into(&mut group),
                "/fieldset" => group.clear(),
                "label" => form.labels.push((tag.owned("for"), tag.text.clone())),
                "input" => {
                    if let Some((id, text)) = inside_label
                        && tag.get("id") == Some(id)
                    {
                        text.push_str(&tag.text);
                    }
                    form.controls.push(input(&tag, &group));
                }
                "textarea" => {
                    let mut control = input(&tag, &group);
                    let text = tag.text.trim_start_matches('\r').trim_start_matches('\n');
                    control.value = Some(text.to_owned());
                    form.controls.push(control);
                }
                "select" => form.controls.push(Control {
                    value: None,
                    ..input(&tag, &group)
                }),
                "option" => form.add_option(&tag),
                "button" => form.buttons.push(tag.text.trim().to_owned()),
                _ => {}
            }
        }
        form
    }

    fn add_option(&mut self, tag: &Tag) {
        let select = self.controls.last_mut().unwrap();
        let value = tag.owned("value");
        if tag.get("selected").is_some() {
            select.value = Some(value.clone());
        }
        select.options.push((tag.text.trim().to_owned(), value));
    }

    /// Types or chooses `value` in what is labelled `label`.
    #[track_caller]
    pub(super) fn fill(&mut self, label: &str, value: &str) {
        let labels = self.labels.clone();
        let is_called = |control: &Control, label: &str| {
            let mut names = labels.iter().filter(|(id, _)| *id == control.id);
            names.any(|(_, text)| text.trim().trim_end_matches(':') == label)
        };
        for control in &mut self.controls {
            if control.group == label && is_called(control, value) {
                control.value = Some(control.ticked.clone());
                return;
            }
            if !is_called(control, label) {
                continue;
            }
            let option = control.options.iter().find(|(name, _)| name == value);
            assert!(control.options.is_empty() || option.is_some(), "{value}");
            control.value = Some(option.map_or(value, |(_, value)| value).to_owned());
            return;
        }
        panic!("nothing is called `{label}` and takes `{value}`: {self:?}");
    }

    /// What it sends.
    pub(super) fn fields(&self) -> Vec<(&str, &str)> {
        let controls = self.controls.iter();
        let sent = controls.filter_map(|one| Some((one.name.as_str(), one.value.as_deref()?)));
        sent.filter(|(name, _)| !name.is_empty()).collect()
    }
}

fn input(tag: &Tag, group: &str) -> Control {
    let is_box = matches!(tag.get("type"), Some("checkbox" | "radio"));
    let value = tag.owned("value");
    let is_sent = !is_box || tag.get("checked").is_some();
    Control {
        id: tag.owned("id"),
        name: tag.owned("name"),
        value: is_sent.then(|| value.clone()),
        ticked: value,
        group: group.to_owned(),
        options: Vec::new(),
    }
}
