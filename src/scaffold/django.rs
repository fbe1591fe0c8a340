//! Templates of projects and apps as Django has them: without a manifest, rendered by the endings of their names.

use minijinja::Value;

use crate::scaffold::ScaffoldKind;
use crate::scaffold::answers::Answers;
use crate::settings;

/// The version of Django whose documentation templates link to.
const DOCS_VERSION: &str = "5.2";

/// What keys begin with that are for development alone.
const INSECURE_PREFIX: &str = "django-insecure-";

/// Which files of a template without a manifest are rendered.
#[derive(Clone, Debug, Default)]
pub struct DjangoOptions {
    /// Endings of the names of files, without their dots; none stands for `py`.
    pub extensions: Vec<String>,
    /// Names of files beside them.
    pub names: Vec<String>,
    /// Directories that are left out; without any, all that are hidden.
    pub exclude: Option<Vec<String>>,
}

impl DjangoOptions {
    /// Whether one of `directories` is left out.
    pub(super) fn leaves_out<'n>(&self, mut directories: impl Iterator<Item = &'n str>) -> bool {
        directories.any(|directory| match &self.exclude {
            None => directory.starts_with('.') || directory == "__pycache__",
            Some(exclude) => {
                let mut exclude = exclude.iter().flat_map(|names| names.split(','));
                [".git", "__pycache__"].contains(&directory)
                    || exclude.any(|name| name.trim() == directory)
            }
        })
    }

    /// Whether the file that becomes `path`, and was called `name`, is rendered.
    pub(super) fn renders(&self, path: &str, name: &str) -> bool {
        let mut extensions = words(&self.extensions).map(|word| word.trim_start_matches('.'));
        let has_ending = |extension: &str| {
            path.strip_suffix(extension)
                .is_some_and(|stem| stem.ends_with('.'))
        };
        let has_extension = if self.extensions.is_empty() {
            has_ending("py")
        } else {
            extensions.any(has_ending)
        };
        has_extension || words(&self.names).any(|listed| listed == name)
    }
}

fn words(lists: &[String]) -> impl Iterator<Item = &str> {
    lists.iter().flat_map(|list| list.split(',')).map(str::trim)
}

/// What templates of Django know.
pub(super) fn context(kind: ScaffoldKind, name: &str, directory: &str) -> Answers {
    let letters = name.split('_').map(crate::text::title);
    let camel_case: String = letters.collect();
    let of_kind = kind.django_word();
    let key = format!(
        "{INSECURE_PREFIX}{}",
        settings::SecretKey::random().expose()
    );
    Answers::from([
        (format!("{of_kind}_name"), Value::from(name)),
        (format!("{of_kind}_directory"), directory.into()),
        (format!("camel_case_{of_kind}_name"), camel_case.into()),
        ("docs_version".to_owned(), DOCS_VERSION.into()),
        ("django_version".to_owned(), DOCS_VERSION.into()),
        ("secret_key".to_owned(), key.into()),
    ])
}

/// `text` in the language of Jinja: what both languages have is alike, and these tags of Django's have a form there.
pub(super) fn in_jinja(text: &str) -> String {
    let mut jinja = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_verbatim = false;
    while let Some(start) = rest.find("{%") {
        let Some(length) = rest[start..].find("%}") else {
            break;
        };
        let tag = &rest[start..start + length + 2];
        let mut words = tag[2..tag.len() - 2].split_whitespace();
        let (name, argument) = (words.next().unwrap_or_default(), words.next());
        jinja.push_str(&rest[..start]);
        match (name, argument) {
            ("verbatim", _) if !is_verbatim => {
                is_verbatim = true;
                jinja.push_str("{% raw %}");
            }
            ("endverbatim", _) if is_verbatim => {
                is_verbatim = false;
                jinja.push_str("{% endraw %}");
            }
            ("templatetag", Some(part)) if !is_verbatim => {
                let written = TEMPLATE_TAGS.iter().find(|(name, _)| *name == part);
                let written =
                    written.map_or(tag.to_owned(), |(_, text)| format!("{{{{ {text:?} }}}}"));
                jinja.push_str(&written);
            }
            ("load", _) if !is_verbatim => {}
            ("comment", _) if !is_verbatim => {
                let behind = &rest[start + length + 2..];
                let end = behind.find("{% endcomment %}");
                rest = end.map_or("", |end| &behind[end + "{% endcomment %}".len()..]);
                continue;
            }
            _ => jinja.push_str(tag),
        }
        rest = &rest[start + length + 2..];
    }
    jinja.push_str(rest);
    jinja
}

/// What `{% templatetag %}` writes.
const TEMPLATE_TAGS: [(&str, &str); 8] = [
    ("openblock", "{%"),
    ("closeblock", "%}"),
    ("openvariable", "{{"),
    ("closevariable", "}}"),
    ("openbrace", "{"),
    ("closebrace", "}"),
    ("opencomment", "{#"),
    ("closecomment", "#}"),
];

#[cfg(test)]
mod tests {
    use super::{DjangoOptions, in_jinja};

    #[test]
    fn files_are_chosen_as_django_chooses_them() {
        let mut options = DjangoOptions::default();
        assert!(options.renders("a/b.py", "b.py") && !options.renders("a/b.html", "b.html"));
        assert!(!options.renders("apy", "apy"));
        options.extensions = vec!["html,.txt".to_owned()];
        options.names = vec!["Procfile, b.md".to_owned()];
        for name in ["a.html", "a.txt", "Procfile", "b.md"] {
            assert!(options.renders(name, name), "{name}");
        }
        assert!(!options.renders("a.py", "a.py"));
        assert!(options.leaves_out(["a", ".github"].into_iter()));
        options.exclude = Some(vec!["docs".to_owned()]);
        assert!(!options.leaves_out(["a", ".github"].into_iter()));
        assert!(options.leaves_out(["docs"].into_iter()));
    }

    #[test]
    fn tags_of_django_have_a_form_in_jinja() {
        for (django, jinja) in [
            ("a {{ b }} {% if c %}", "a {{ b }} {% if c %}"),
            (
                "{% verbatim %}{{ a }}{% load x %}{% endverbatim %}",
                "{% raw %}{{ a }}{% load x %}{% endraw %}",
            ),
            ("{% templatetag openblock %} x", "{{ \"{%\" }} x"),
            (
                "{% load i18n %}a{% comment %}b{% c %}{% endcomment %}d",
                "ad",
            ),
            ("{% open", "{% open"),
        ] {
            assert_eq!(in_jinja(django), jinja);
        }
    }
}
