//! The `help` of a command, read from its file without running that.

/// The value of `help = "..."` in the body of a class, where it is a plain text: one literal, or several side by side.
pub(super) fn plain_help(source: &str) -> Option<String> {
    let assigned = source.lines().enumerate().find_map(|(number, line)| {
        let value = line.trim_start().strip_prefix("help")?.trim_start();
        let value = value.strip_prefix('=')?;
        let is_in_class = line.starts_with([' ', '\t']) && !value.starts_with('=');
        is_in_class.then_some((number, value))
    });
    let (number, value) = assigned?;
    let below: Vec<_> = source.lines().skip(number + 1).collect();
    let mut rest: &str = &format!("{value}\n{}", below.join("\n"));
    rest = rest.trim_start_matches([' ', '\t']);
    let in_brackets = rest.starts_with('(');
    rest = rest.strip_prefix('(').unwrap_or(rest);
    let mut text = String::new();
    let mut is_found = false;
    loop {
        rest = if in_brackets {
            rest.trim_start()
        } else {
            rest.trim_start_matches([' ', '\t'])
        };
        let Some((piece, behind)) = literal(rest) else {
            break;
        };
        text.push_str(&piece);
        rest = behind;
        is_found = true;
    }
    let ends = if in_brackets {
        rest.starts_with(')')
    } else {
        rest.is_empty() || rest.starts_with(['\n', '#', ';'])
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_found && ends && !line.is_empty()).then_some(line)
}

/// The text of the literal that `source` begins with, and what is behind it.
fn literal(source: &str) -> Option<(String, &str)> {
    let (is_raw, source) = match source.as_bytes().first()? {
        b'r' | b'R' => (true, &source[1..]),
        b'u' | b'U' => (false, &source[1..]),
        _ => (false, source),
    };
    let quote = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|quote| source.starts_with(quote))?;
    let mut text = String::new();
    let mut chars = source[quote.len()..].char_indices();
    while let Some((index, letter)) = chars.next() {
        let here = quote.len() + index;
        if source[here..].starts_with(quote) {
            return Some((text, &source[here + quote.len()..]));
        }
        match letter {
            '\\' if is_raw => {
                text.push('\\');
                text.push(chars.next()?.1);
            }
            '\\' => text.push_str(&escaped(chars.next()?.1)?),
            '\n' if quote.len() == 1 => return None,
            letter => text.push(letter),
        }
    }
    None
}

/// What stands for a backslash and `letter`; `None` for those that are more than one letter long.
fn escaped(letter: char) -> Option<String> {
    Some(match letter {
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        '\n' => String::new(),
        '\'' | '"' | '\\' => letter.to_string(),
        'x' | 'u' | 'U' | 'N' | '0'..='7' => return None,
        letter => format!("\\{letter}"),
    })
}

#[cfg(test)]
mod tests {
    use super::plain_help;

    fn help(assignment: &str) -> Option<String> {
        plain_help(&format!(
            "class Command(BaseCommand):\n    {assignment}\n\n    def handle(self): ...\n"
        ))
    }

    #[test]
    fn reads_texts_of_every_kind() {
        for (assignment, text) in [
            ("help = 'Closes the poll'", "Closes the poll"),
            ("help=\"It's \\\"over\\\"\"  # why", "It's \"over\""),
            (
                "help = (\n        'One '\n        \"two\"\n    )",
                "One two",
            ),
            ("help = \"\"\"One\n    two\n    \"\"\"", "One two"),
            ("help = r'a\\b'", "a\\b"),
            ("help = 'a' 'b'", "ab"),
        ] {
            assert_eq!(help(assignment).as_deref(), Some(text), "{assignment}");
        }
    }

    #[test]
    fn what_has_to_be_run_is_not_read() {
        for assignment in [
            "help = _('x')",
            "help = 'x' + y",
            "help = f'{x}'",
            "help = 'x' % y",
            "help = 'unfinished",
            "help = ('a', 'b')",
            "help = '\\x41'",
            "help == 'x'",
            "helper = 'x'",
            "help = ''",
            "help =",
            "help",
            "help = (",
            "help = '''",
            "help = '\\",
        ] {
            assert_eq!(help(assignment), None, "{assignment}");
        }
        assert_eq!(plain_help("help = 'of the module'"), None);
        assert_eq!(plain_help(""), None);
    }
}
