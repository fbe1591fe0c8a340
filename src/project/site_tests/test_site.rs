//! A small project, its application, and a browser that keeps cookies.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use super::site_files::TEMPLATES;
pub(super) use super::site_files::URLS;
use crate::auth::{Hashers, NewUser, UserFields, UserTable, Users};
use crate::clock::Moment;
use crate::db::{Connection, Connections, Database, Durability};
use crate::diagnostic::Findings;
use crate::http::{Headers, HttpRequest, Method, Response};
use crate::logging::{Console, ConsoleLine};
use crate::mail::SentMessage;
use crate::middleware::Application;
use crate::project::{ProcessServices, Project};
use crate::settings::{SecretKey, Settings};
use crate::test_database::migrated_file;

/// Cheap hashers: the tests log in often.
const COSTS: &str = "[auth]\nsignup = true\npassword_hashers = ['pbkdf2_sha256', 'md5']\n[auth.costs]\npbkdf2_iterations = 10\n\
     [auth.throttle]\nmail_burst = 50\nform_burst = 50\n[mail]\nbackend = 'memory'\n";

/// The password of every user.
pub(super) const PASSWORD: &str = "sesame street";

/// What was logged so far.
type Records = Arc<Mutex<Vec<ConsoleLine>>>;

/// The files of a project.
pub(super) struct TestSite {
    folder: Arc<TempDir>,
    settings: String,
}

impl TestSite {
    /// A project with pages of every kind and the user `alice`; `settings` is added to its `[project]`.
    pub(super) fn new(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Self {
            folder: Arc::new(folder),
            settings: format!(
                "{COSTS}[site]\ntitle = 'Blog'\n[project]\napps = ['auth', 'contenttypes', 'sessions']\n{settings}"
            ),
        };
        for (name, text) in TEMPLATES {
            site.write(&format!("templates/{name}"), text);
        }
        site.write("urls.toml", URLS);
        site.write("djr.toml", &site.settings);
        fs::write(site.folder.path().join("db.sqlite3"), migrated_file()).unwrap();
        site.add_user(
            "alice",
            &hashers(&["pbkdf2_sha256"]).make_password(PASSWORD).unwrap(),
        );
        site
    }

    /// The same with other settings: `old` in them replaced by `new`.
    pub(super) fn replaced(mut self, old: &str, new: &str) -> Self {
        assert!(self.settings.contains(old), "{}", self.settings);
        self.settings = self.settings.replace(old, new);
        self.write("djr.toml", &self.settings);
        self
    }

    /// Writes a file.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn database(&self) -> Database {
        let path = self.folder.path().join("db.sqlite3");
        Database::new(path, Duration::from_secs(5))
    }

    /// A connection of the test's own.
    pub(super) fn connection(&self) -> Connection {
        self.database().open(Durability::Normal).unwrap()
    }

    /// How many sessions are kept.
    pub(super) fn sessions(&self) -> usize {
        let keys = self
            .connection()
            .column::<String>("SELECT session_key FROM django_session", &[]);
        keys.unwrap().len()
    }

    /// Adds a user with this hash.
    pub(super) fn add_user(&self, username: &str, encoded: &str) {
        let user = NewUser {
            password: encoded.to_owned(),
            email: format!("{username}@example.com"),
            date_joined: Moment::from_unix_seconds(1_700_000_000),
            ..NewUser::named(username)
        };
        let (connection, table) = (
            self.connection(),
            UserTable::new("auth_user", UserFields::usual()),
        );
        Users::new(&connection, &table).insert(&user).unwrap();
    }

    /// Gives `alice` a permission in the app `posts`, by a team.
    pub(super) fn grant(&self, codename: &str) {
        let connection = self.connection();
        for sql in [
            "INSERT OR IGNORE INTO django_content_type (app_label, model) VALUES ('posts', 'post')",
            "INSERT OR IGNORE INTO auth_group (name) VALUES ('editors')",
            "INSERT INTO auth_permission (content_type_id, codename, name) \
             SELECT id, ?, '' FROM django_content_type WHERE app_label = 'posts'",
            "INSERT INTO auth_group_permissions (group_id, permission_id) \
             SELECT auth_group.id, auth_permission.id FROM auth_group, auth_permission WHERE codename = ?",
            "INSERT OR IGNORE INTO auth_user_groups (user_id, group_id) \
             SELECT auth_user.id, auth_group.id FROM auth_user, auth_group WHERE username = 'alice'",
        ] {
            let values = [codename.into()];
            let values = if sql.contains('?') {
                values.as_slice()
            } else {
                &[]
            };
            connection.execute(sql, values).unwrap();
        }
    }

    fn open(&self) -> Result<Project, Findings> {
        let mut project = Project::open(Some(self.folder.path()), None)?;
        project.settings = project.settings.with_secret_key(SecretKey::new("test"));
        Ok(project)
    }

    /// Reads the project; lines of its log go to the second value.
    pub(super) fn read(&self) -> Result<(Application, Records), Findings> {
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        let services = ProcessServices::new(Console::new(false, move |lines| {
            kept.lock().unwrap().extend_from_slice(lines);
        }));
        Ok((self.open()?.application(services)?.application, log))
    }

    /// A browser at this project.
    pub(super) fn browser(&self) -> Browser {
        let (application, log) = self.read().unwrap();
        Browser {
            folder: Arc::clone(&self.folder),
            application: Arc::new(application),
            log,
            cookies: RefCell::default(),
            headers: vec![("Host".to_owned(), "localhost".to_owned())],
        }
    }
}

impl TestSite {
    /// Another browser at the same application.
    pub(super) fn browser_at(&self, application: &Arc<Application>) -> Browser {
        Browser {
            folder: Arc::clone(&self.folder),
            application: Arc::clone(application),
            log: Records::default(),
            cookies: RefCell::default(),
            headers: vec![("Host".to_owned(), "localhost".to_owned())],
        }
    }
}

/// Hashers as cheap as those of the project.
pub(super) fn hashers(names: &[&str]) -> Hashers {
    let settings = Settings::parse(COSTS).unwrap();
    Hashers::new(names.iter().copied(), &settings.auth.costs).unwrap()
}

/// What a client sees of a response whose body is in memory or in a file.
pub(super) fn seen(response: &Response) -> (u16, Headers, Option<Vec<u8>>) {
    let body = response.body.as_bytes().map(ToOwned::to_owned);
    (response.status, response.headers.clone(), body)
}

/// A client that keeps cookies.
pub(super) struct Browser {
    folder: Arc<TempDir>,
    application: Arc<Application>,
    log: Records,
    cookies: RefCell<BTreeMap<String, String>>,
    headers: Vec<(String, String)>,
}

impl Browser {
    /// What answers it.
    pub(super) fn application(&self) -> Arc<Application> {
        Arc::clone(&self.application)
    }

    /// The same browser again, with the cookies it has now.
    pub(super) fn again(&self) -> Self {
        Self {
            folder: Arc::clone(&self.folder),
            application: Arc::clone(&self.application),
            log: Arc::clone(&self.log),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
        }
    }

    /// Sends this header with every request.
    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn get(&self, target: &str) -> Response {
        self.send("GET", target, &[])
    }

    /// Sends a form as it stands.
    pub(super) fn post(&self, target: &str, fields: &[(&str, &str)]) -> Response {
        self.send("POST", target, fields)
    }

    /// Sends a form with the token of the cookie in it.
    pub(super) fn submit(&self, target: &str, fields: &[(&str, &str)]) -> Response {
        if self.cookie("csrftoken").is_none() {
            self.get("/accounts/login/");
        }
        let token = self.cookie("csrftoken").unwrap();
        let fields = [&[("csrfmiddlewaretoken", token.as_str())], fields].concat();
        self.send("POST", target, &fields)
    }

    /// Logs in by the form, to stay.
    pub(super) fn log_in(&self, username: &str) -> Response {
        self.submit(
            "/accounts/login/",
            &[
                ("username", username),
                ("password", PASSWORD),
                ("remember_me", "on"),
            ],
        )
    }

    pub(super) fn send(&self, method: &str, target: &str, fields: &[(&str, &str)]) -> Response {
        use crate::http::percent::{encode, safe};
        let body: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value, safe::NOTHING)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        let kind = if fields.is_empty() { "" } else { kind };
        self.send_body(method, target, kind, body.join("&").into_bytes())
    }

    /// Sends a body of a type.
    pub(super) fn send_body(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> Response {
        let response = self.answer(self.request(method, target, content_type, body));
        self.keep_cookies(&response);
        response
    }

    /// The answer to a request without a body, if it is in memory.
    pub(super) fn remembered(&self, method: &str, target: &str) -> Option<Response> {
        let request = self.request(method, target, "", Vec::new());
        self.application.respond_from_memory(request)
    }

    fn request(
        &self,
        method: &str,
        target: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> HttpRequest {
        let mut headers = Headers::from_iter(self.headers.clone());
        let cookies = self.cookies.borrow();
        let pairs: Vec<_> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        drop(cookies);
        if !pairs.is_empty() {
            headers.append("Cookie", pairs.join("; "));
        }
        if !content_type.is_empty() {
            headers.append("Content-Type", content_type);
        }
        let peer = "127.0.0.1".parse().unwrap();
        HttpRequest::new(Method::from_name(method), target, headers, body, peer).unwrap()
    }

    /// Answers as the server does: static files first. What is in memory of them must be what is on disk.
    fn answer(&self, request: HttpRequest) -> Response {
        if self.application.may_serve_static(&request.target)
            && let Some(response) = self.application.serve_static(request.clone())
        {
            if matches!(request.method, Method::Get | Method::Head)
                && let Some(remembered) = self.application.respond_from_memory(request)
            {
                assert_eq!(seen(&remembered), seen(&response));
            }
            return response;
        }
        self.application.respond(request)
    }

    fn keep_cookies(&self, response: &Response) {
        for header in response.headers.get_all("Set-Cookie") {
            let (name, value) = header.split(';').next().unwrap().split_once('=').unwrap();
            if header.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
    }

    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub(super) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .borrow_mut()
            .insert(name.to_owned(), value.to_owned());
    }

    /// What `work` makes of a request with these cookies.
    pub(super) fn with_request<T>(
        &self,
        cookies: &str,
        work: impl FnOnce(&crate::views::Request<'_>) -> T,
    ) -> T {
        let headers = Headers::from_iter([("Cookie".to_owned(), cookies.to_owned())]);
        let peer = "127.0.0.1".parse().unwrap();
        let request = HttpRequest::new(Method::Get, "/", headers, Vec::new(), peer).unwrap();
        let connections = Arc::new(Connections::new(BTreeMap::new()));
        work(&crate::views::Request::new(
            request,
            self.application.state(),
            self.application.urls(),
            &connections,
        ))
    }

    /// How many hashes of passwords were computed so far.
    pub(super) fn hashes(&self) -> u64 {
        self.application.state().hashers.hash_count()
    }

    /// Does something while all permits to hash a password are taken.
    pub(super) fn while_hashing<T>(&self, work: impl FnOnce() -> T) -> T {
        let hash_limiter = &self.application.state().hash_limiter;
        let permits: Vec<_> = std::iter::from_fn(|| hash_limiter.acquire(Duration::ZERO)).collect();
        let outcome = work();
        drop(permits);
        outcome
    }

    /// The mail sent so far.
    pub(super) fn mail(&self) -> Vec<SentMessage> {
        let state = self.application.state();
        assert!(state.background.wait(Duration::from_secs(30)));
        state.mailer.outbox()
    }

    /// The messages logged so far.
    pub(super) fn log(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter().map(|record| record.text.clone()).collect()
    }
}

/// The body as text.
pub(super) fn text(response: &Response) -> &str {
    std::str::from_utf8(response.body.as_bytes().unwrap()).unwrap()
}

/// The first value of a header, empty where there is none.
pub(super) fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers.get(name).unwrap_or_default()
}
