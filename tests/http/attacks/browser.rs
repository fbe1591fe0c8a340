//! A browser: cookies, forms with their token, no redirects followed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::test_server::{Client, RawResponse};

/// Cookies of one site.
pub(crate) struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
    /// What it asks for the site by.
    pub(crate) host: String,
    /// Headers of every request.
    pub(crate) headers: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: BTreeMap::new(),
            host: "testserver".to_owned(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Plants a cookie, as an attacker on a neighbouring host can.
    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn get(&mut self, path: &str) -> RawResponse {
        self.exchange("GET", path, "")
    }

    /// The token of the form at `path`.
    #[track_caller]
    pub(crate) fn token(&mut self, path: &str) -> String {
        let page = self.get(path).text();
        let (_, rest) = page
            .split_once("name=\"csrfmiddlewaretoken\" value=\"")
            .unwrap_or_else(|| panic!("no form at {path}:\n{page}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// Fills the form at `path` and sends it there.
    #[track_caller]
    pub(crate) fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> RawResponse {
        let token = self.token(path);
        let mut all = vec![("csrfmiddlewaretoken", token.as_str())];
        all.extend(fields);
        self.post(path, &all)
    }

    /// Sends a form without looking at the page first.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> RawResponse {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", form_encoded(name), form_encoded(value)))
            .collect();
        self.exchange("POST", path, &fields.join("&"))
    }

    /// Logs in; the answer is that of the form.
    #[track_caller]
    pub(crate) fn log_in(&mut self, username: &str, password: &str) -> RawResponse {
        let fields = [("username", username), ("password", password)];
        self.submit("/accounts/login/", &fields)
    }

    /// Whether the page for users is shown, and whose it is.
    pub(crate) fn username(&mut self) -> Option<String> {
        let answer = self.get("/mine/");
        let text = answer.text();
        let name = text.strip_prefix("mine: ")?;
        (answer.status == 200).then(|| name.to_owned())
    }

    pub(crate) fn exchange(&mut self, method: &str, path: &str, body: &str) -> RawResponse {
        if method != "POST" {
            return self.exchange_raw(method, path, body);
        }
        let own = self.headers.len();
        let length = body.len().to_string();
        for (name, value) in [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", &*length),
        ] {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
        let answer = self.exchange_raw(method, path, body);
        self.headers.truncate(own);
        answer
    }

    /// Sends a body of any type, whose headers are in `headers`.
    pub(crate) fn exchange_raw(&mut self, method: &str, path: &str, body: &str) -> RawResponse {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        for (name, value) in &self.headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        if !self.cookies.is_empty() {
            let cookies = self.cookies.iter();
            let cookies: Vec<_> = cookies
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            write!(request, "Cookie: {}\r\n", cookies.join("; ")).unwrap();
        }
        let mut client = Client::connect(&*self.address);
        client.send(format!("{request}\r\n{body}"));
        let answer = client.response_to(method);
        for cookie in answer.headers("set-cookie") {
            self.store_cookie(cookie);
        }
        answer
    }

    fn store_cookie(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}

/// `text` as a field of a form.
pub(crate) fn form_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => write!(encoded, "%{byte:02X}").unwrap(),
        }
    }
    encoded
}
