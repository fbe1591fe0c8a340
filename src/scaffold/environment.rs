//! What the files, names and expressions of a scaffold are rendered with.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Rest;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};

use crate::clock::{Date, Zone};
use crate::crypto;
use crate::scaffold::ScaffoldError;
use crate::scaffold::answers::Answers;
use crate::text;

/// What the files, names and expressions of a scaffold are rendered with. What is not defined is an error.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    // The files are of any language: what is rendered is written as it is.
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_syntax(syntax.unwrap_or_default());
    environment.add_filter("slug", |text: &str| text::slugify(text));
    environment.add_filter("snake", |text: &str| words(text).join("_"));
    environment.add_filter("kebab", |text: &str| words(text).join("-"));
    environment.add_filter("pascal", |text: &str| pascal(text));
    environment.add_filter("camel", |text: &str| camel(text));
    environment.add_function("year", year);
    environment.add_function("random_secret", |length: Rest<usize>| {
        crypto::random_string(length.first().copied().unwrap_or(50), crypto::ALPHANUMERIC)
    });
    environment
}

/// Whether `expression` is true of `answers`.
pub(super) fn is_true(
    environment: &Environment<'_>,
    expression: &str,
    answers: &Answers,
) -> Result<bool, ScaffoldError> {
    let value = environment.compile_expression(expression);
    let value = value.and_then(|compiled| compiled.eval(answers));
    let value: Value = value.map_err(|error| ScaffoldError::Condition {
        expression: expression.to_owned(),
        message: message(&error),
    })?;
    Ok(value.is_true())
}

/// What `error` says, without the name of what was rendered.
pub(super) fn message(error: &Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

fn year() -> i16 {
    Date::today_in(&Zone::utc()).year()
}

/// `My-blogPosts 2` as `my`, `blog`, `posts` and `2`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            let begins =
                !before.is_alphanumeric() || letter.is_uppercase() && before.is_lowercase();
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    words
}

fn pascal(text: &str) -> String {
    words(text)
        .iter()
        .map(|word| text::capitalized(word))
        .collect()
}

fn camel(text: &str) -> String {
    let mut words = words(text).into_iter();
    let first = words.next().unwrap_or_default();
    first
        + &words
            .map(|word| text::capitalized(&word))
            .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::environment;

    #[test]
    fn names_have_the_forms_of_languages() {
        let render = |template: &str| environment().render_str(template, ()).unwrap();
        for (filter, expected) in [
            ("slug", "my-blogposts-2"),
            ("snake", "my_blog_posts_2"),
            ("kebab", "my-blog-posts-2"),
            ("pascal", "MyBlogPosts2"),
            ("camel", "myBlogPosts2"),
        ] {
            assert_eq!(
                render(&format!("{{{{ 'My blogPosts 2'|{filter} }}}}")),
                expected
            );
        }
        assert_eq!(render("{{ random_secret(9)|length }}"), "9");
        assert!(environment().render_str("{{ nothing }}", ()).is_err());
    }
}
