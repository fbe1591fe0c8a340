//! Tags of a project's own, written as in the Django template language: what they are in Jinja.

use crate::templates::django_expression::{call, filters};
use crate::templates::own_tag::OwnTags;

/// What the tag of these `words` is in Jinja; `None` where it is not one of the project's.
pub(super) fn own_tag_form(words: &[&str], own: &OwnTags) -> Option<String> {
    let (name, arguments) = words.split_first()?;
    let ends = |end: &Option<String>| end.as_deref() == Some(name);
    if own.values().any(|tag| ends(&tag.end_name)) {
        return Some("{% endcall %}".to_owned());
    }
    let tag = own.get(*name)?;
    let arguments: Vec<_> = arguments.iter().map(|word| filters(word)).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    Some(match tag.end_name {
        Some(_) => format!("{{% call {name}({}) %}}", arguments.join(", ")),
        None => call(name, &arguments),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::own_tag_form;
    use crate::templates::own_tag::{OwnTag, OwnTags};
    use crate::templates::value::Value;

    #[test]
    fn tags_are_calls_and_blocks_are_call_blocks() {
        let tag = |name: &str, end_name: Option<&str>| OwnTag {
            name: name.to_owned(),
            end_name: end_name.map(ToOwned::to_owned),
            run: Arc::new(|_, _| Ok(Value::from(()))),
        };
        let tags = [tag("total", None), tag("box", Some("endbox"))];
        let own: OwnTags = tags.map(|tag| (tag.name.clone(), tag)).into();
        for (django, jinja) in [
            ("total cart tax=2", Some("{{ total(cart, tax=2) }}")),
            ("total as sum", Some("{% set sum = total() %}")),
            ("total day|date:\"Y\"", Some("{{ total(day|date(\"Y\")) }}")),
            ("box \"a\"", Some("{% call box(\"a\") %}")),
            ("endbox", Some("{% endcall %}")),
            ("endtotal", None),
            ("", None),
        ] {
            let words: Vec<_> = django.split_whitespace().collect();
            assert_eq!(own_tag_form(&words, &own).as_deref(), jinja, "{django}");
        }
    }
}
