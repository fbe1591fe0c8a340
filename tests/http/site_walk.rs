//! A walk through a site: its steps, and what is seen after each, in the form of `tests/parity/record_sites.py`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use fancy_regex::Regex;
use serde_json::{Value, json};

use crate::attacks::browser::{Browser, form_encoded};
use crate::support::{Project, Server};
use crate::test_server::RawResponse;

/// Headers of mail that differ with each message.
const OF_ONE_MAIL: [&str; 2] = ["date", "message-id"];

/// What differs with each request, and what stands for it.
static VARYING: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let pairs = [
        (r#"(?<=name="csrfmiddlewaretoken" value=")[^"]*"#, "TOKEN"),
        (
            r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?",
            "MOMENT",
        ),
    ];
    pairs
        .map(|(pattern, name)| (Regex::new(pattern).unwrap(), name))
        .into()
});

/// The moment and the signature of a signed cookie.
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r":[A-Za-z0-9]{6}:[\w-]{43}").unwrap());

/// What makes the name of a file unlike others.
static RANDOM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"_[A-Za-z0-9]{7}(?=\.|$)").unwrap());

/// A visitor of one site.
pub(crate) struct Walk<'a> {
    project: &'a Project,
    browser: Browser,
    /// Headers that are looked at.
    headers: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(project: &'a Project, server: &Server, headers: &'a Value) -> Self {
        let headers = headers.as_array().unwrap().iter();
        Self {
            project,
            browser: Browser::new(server.address()),
            headers: headers.map(|name| name.as_str().unwrap()).collect(),
        }
    }

    /// What is seen after `step`.
    pub(crate) fn take(&mut self, step: &Value) -> Value {
        if step["path"].is_string() {
            self.ask(step)
        } else if let Some(arguments) = step["run"].as_array() {
            let arguments = arguments.iter().map(|part| part.as_str().unwrap());
            let seen = self.run(&arguments.collect::<Vec<_>>());
            // Commands that djr has itself say it in their own words.
            match step["is_built_in"].as_bool() {
                Some(true) => json!({"code": seen["code"]}),
                _ => seen,
            }
        } else if let Some(count) = step["mail"].as_u64() {
            let texts = self.project.mail(usize::try_from(count).unwrap());
            let mut mails: Vec<_> = texts.iter().map(|text| mail(text)).collect();
            mails.sort_by_key(ToString::to_string);
            mails.into()
        } else if let Some(directory) = step["list"].as_str() {
            self.names_below(directory)
        } else {
            shown(&self.project.read(step["read"].as_str().unwrap())).into()
        }
    }

    fn ask(&mut self, step: &Value) -> Value {
        let token = self.browser.cookie("csrftoken").unwrap_or_default();
        let token = token.to_owned();
        let (body, kind) = sent(step, &token);
        let own = self.browser.headers.len();
        let mut headers = vec![("Content-Length".to_owned(), body.len().to_string())];
        for (name, usual) in [("Content-Type", kind), ("User-Agent", "walker")] {
            let is_sent = name != "Content-Type" || !body.is_empty();
            if is_sent && step["headers"][name].is_null() {
                headers.push((name.to_owned(), usual.to_owned()));
            }
        }
        for (name, value) in step["headers"].as_object().into_iter().flatten() {
            headers.push((name.clone(), value.as_str().unwrap().to_owned()));
        }
        if !token.is_empty() && step["form"].is_null() {
            headers.push(("X-CSRFToken".to_owned(), token));
        }
        self.browser.headers.extend(headers);
        let is_form = ["form", "json", "files"]
            .iter()
            .any(|key| !step[key].is_null());
        let usual = if is_form { "POST" } else { "GET" };
        let method = step["method"].as_str().unwrap_or(usual);
        let path = step["path"].as_str().unwrap();
        let answer = self.browser.exchange_raw(method, path, &body);
        self.browser.headers.truncate(own);
        self.seen(step, &answer)
    }

    fn seen(&self, step: &Value, answer: &RawResponse) -> Value {
        let headers = self.headers.iter().flat_map(|name| {
            let values = answer.headers(name).into_iter();
            // What djr tells a browser that has logged in is not Django's.
            let values = values.filter(|value| !value.starts_with("djr_device="));
            values.map(move |value| [(*name).to_owned(), shown_header(name, value)])
        });
        let mut headers: Vec<_> = headers.collect();
        headers.sort();
        // The pages of errors are of a design of one's own, unless the site made them.
        let kind = answer.header("content-type").unwrap_or_default();
        let is_page =
            answer.status < 400 || !kind.starts_with("text/html") || step["is_own"].is_boolean();
        json!({
            "status": answer.status,
            "headers": headers,
            "page": is_page.then(|| shown(&answer.text())),
        })
    }

    fn run(&self, arguments: &[&str]) -> Value {
        let done = self.project.djr(arguments);
        let mut seen = json!({"code": done.code(), "output": done.stdout()});
        if done.code() != Some(0) {
            let text = done.stderr();
            // `call_command`, which was recorded, raises the error and does not print what it is.
            let text = text.trim().trim_start_matches("error: ");
            let text = text.trim_start_matches("CommandError: ").to_owned();
            seen["error"] = text.into();
        }
        seen
    }

    fn names_below(&self, directory: &str) -> Value {
        let mut names = self.project.names(directory);
        names.retain(|name| self.project.path(directory).join(name).is_file());
        let names = names.iter().map(|name| RANDOM.replace_all(name, "_RANDOM"));
        let mut names: Vec<_> = names.collect();
        names.sort();
        json!(names)
    }
}

/// The body of a step, and its type.
fn sent(step: &Value, token: &str) -> (String, &'static str) {
    let mut fields = Vec::new();
    for (name, value) in step["form"].as_object().into_iter().flatten() {
        match value.as_array() {
            Some(values) => {
                fields.extend(
                    values
                        .iter()
                        .map(|one| (name.as_str(), one.as_str().unwrap())),
                );
            }
            None => fields.push((name, value.as_str().unwrap())),
        }
    }
    if !token.is_empty() {
        fields.push(("csrfmiddlewaretoken", token));
    }
    if !step["files"].is_null() {
        return (
            multipart(&fields, &step["files"]),
            "multipart/form-data; boundary=BOUNDARY",
        );
    }
    if !step["form"].is_null() {
        let pairs = fields.iter();
        let pairs =
            pairs.map(|(name, value)| format!("{}={}", form_encoded(name), form_encoded(value)));
        let pairs: Vec<_> = pairs.collect();
        return (pairs.join("&"), "application/x-www-form-urlencoded");
    }
    if !step["json"].is_null() {
        return (step["json"].to_string(), "application/json");
    }
    (
        step["body"].as_str().unwrap_or_default().to_owned(),
        "text/plain",
    )
}

fn multipart(fields: &[(&str, &str)], files: &Value) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        write!(
            body,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    for (name, file) in files.as_object().unwrap() {
        let [filename, kind, text] = [0, 1, 2].map(|at| file[at].as_str().unwrap());
        write!(
            body,
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
             Content-Type: {kind}\r\n\r\n{text}\r\n"
        )
        .unwrap();
    }
    body + "--BOUNDARY--\r\n"
}

/// A header without what differs with each request.
fn shown_header(name: &str, value: &str) -> String {
    if name != "Set-Cookie" {
        return value.to_owned();
    }
    let (pair, attributes) = value.split_once(';').unwrap_or((value, ""));
    let (cookie, content) = pair.split_once('=').unwrap();
    let pair = match cookie {
        "csrftoken" | "messages" | "sessionid" if content != "\"\"" => format!("{cookie}=VALUE"),
        _ => SIGNATURE.replace_all(pair, ":SIGNATURE").into_owned(),
    };
    let attributes = attributes.split(';').map(|attribute| {
        let is_date = attribute.trim_start().starts_with("expires=");
        if is_date { " expires=DATE" } else { attribute }
    });
    let attributes: Vec<_> = attributes.collect();
    format!("{pair};{}", attributes.join(";"))
}

/// A page without what differs with each request.
fn shown(page: &str) -> String {
    let page = VARYING
        .iter()
        .fold(page.to_owned(), |page, (pattern, name)| {
            pattern.replace_all(&page, *name).into_owned()
        });
    let page = page.replace("&#39;", "&#x27;").replace("&#34;", "&quot;");
    // Space between tags is not seen.
    let words: Vec<_> = page.split_whitespace().collect();
    let page = words.join(" ").replace(" <", "<").replace("> ", ">");
    page.trim().to_owned()
}

/// A message without what differs with each.
fn mail(text: &str) -> Value {
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap();
    let headers = head.replace("\n ", " ");
    let headers = headers.lines().filter(|line| {
        let name = line.split(':').next().unwrap().to_ascii_lowercase();
        !OF_ONE_MAIL.contains(&name.as_str()) && !name.starts_with("content-")
    });
    let mut headers: Vec<_> = headers.collect();
    headers.sort_unstable();
    json!({"headers": headers, "parts": parts(head, body)})
}

/// The parts of a message with the head `head`: their types and texts, however those are sent.
fn parts(head: &str, body: &str) -> Vec<[String; 2]> {
    let (_, kind) = head.split_once("Content-Type: ").unwrap();
    let kind = kind
        .lines()
        .take_while(|line| !line.contains(": "))
        .collect::<String>();
    if let Some((_, boundary)) = kind.split_once("boundary=\"") {
        let boundary = format!("--{}", boundary.split('"').next().unwrap());
        let inner = body
            .split(&boundary)
            .skip(1)
            .filter(|part| !part.starts_with("--"));
        let inner = inner.flat_map(|part| {
            let (head, body) = part.trim_start().split_once("\n\n").unwrap();
            parts(head, body)
        });
        return inner.collect();
    }
    let kind = kind.split(';').next().unwrap().trim();
    let is_encoded = head.contains("Content-Transfer-Encoding: base64");
    let decoded = is_encoded.then(|| {
        let lines: String = body.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD.decode(lines);
        String::from_utf8_lossy(&bytes.unwrap()).into_owned()
    });
    let text = decoded.as_deref().unwrap_or(body);
    vec![[kind.to_owned(), text.trim().to_owned()]]
}
