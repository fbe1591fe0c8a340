//! Expressions of the Django template language, and the forms that they have in Jinja.

/// `url "post" post.id year=2024 as link` as a call.
pub(super) fn call(name: &str, words: &[&str]) -> String {
    let (words, target) = match words {
        [words @ .., "as", target] => (words, Some(target)),
        words => (words, None),
    };
    let call = format!("{name}({})", words.join(", "));
    match target {
        Some(target) => format!("{{% set {target} = {call} %}}"),
        None => format!("{{{{ {call} }}}}"),
    }
}

/// An expression with filters as `date:"Y"`, `forloop.counter` or `block.super`; `None` where it has none.
pub(super) fn variable(inner: &str) -> Option<String> {
    const NAMES: [(&str, &str); 8] = [
        ("block.super", "super()"),
        ("forloop.counter0", "loop.index0"),
        ("forloop.counter", "loop.index"),
        ("forloop.revcounter0", "loop.revindex0"),
        ("forloop.revcounter", "loop.revindex"),
        ("forloop.first", "loop.first"),
        ("forloop.last", "loop.last"),
        ("forloop.parentloop", "outer_loop"),
    ];
    let mut jinja = inner.to_owned();
    for (django, name) in NAMES {
        jinja = replace_word(&jinja, django, name);
    }
    jinja = filters(&jinja);
    (jinja != inner).then_some(jinja)
}

/// Replaces `word` where no letter, digit, dot or underscore stands around it, outside of strings.
fn replace_word(text: &str, word: &str, by: &str) -> String {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let (mut out, mut rest, mut quote) = (String::new(), text, None);
    while let Some(c) = rest.chars().next() {
        let free = quote.is_none() && !out.ends_with(part_of_name);
        let tail = rest
            .strip_prefix(word)
            .filter(|tail| free && !tail.starts_with(part_of_name));
        if let Some(tail) = tail {
            out.push_str(by);
            rest = tail;
            continue;
        }
        quote = toggled(quote, c);
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn toggled(quote: Option<char>, c: char) -> Option<char> {
    match quote {
        None if c == '"' || c == '\'' => Some(c),
        Some(open) if open == c => None,
        quote => quote,
    }
}

/// Writes `|date:"Y"` as `|date("Y")`.
pub(super) fn filters(text: &str) -> String {
    let (mut out, mut rest, mut quote) = (String::new(), text, None);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        quote = toggled(quote, c);
        out.push(c);
        if quote.is_some() || c != '|' {
            continue;
        }
        let name = rest.len() - rest.trim_start().len();
        let name = name
            + rest
                .trim_start()
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.trim_start().len());
        let Some(argument) = rest[name..].strip_prefix(':') else {
            continue;
        };
        let argument = &argument[..argument_length(argument)];
        out.extend([&rest[..name], "(", argument, ")"]);
        rest = &rest[name + 1 + argument.len()..];
    }
    out
}

fn argument_length(text: &str) -> usize {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        if quote.is_none() && (c.is_whitespace() || c == '|' || c == ')') {
            return index;
        }
        quote = toggled(quote, c);
    }
    text.len()
}

/// The words of a tag, strings with spaces in one piece.
pub(super) fn words(inner: &str) -> Vec<&str> {
    let (mut words, mut start, mut quote) = (Vec::new(), None, None);
    for (index, c) in inner.char_indices() {
        if quote.is_none() && c.is_whitespace() {
            if let Some(start) = start.take() {
                words.push(&inner[start..index]);
            }
            continue;
        }
        start.get_or_insert(index);
        quote = toggled(quote, c);
    }
    words.extend(start.map(|start| &inner[start..]));
    words
}
