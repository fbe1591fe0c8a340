//! The responses of Django's session middleware, as they were recorded.

use serde_json::{Value, json};

use super::test_site::TestSite;
use crate::clock::{self, Moment};
use crate::http::{Headers, HttpRequest, Method, Response};
use crate::middleware::Application;
use crate::sessions::recorded_calls::{call, recording};
use crate::sessions::{SessionCodec, SessionData};
use crate::signing::SecretKeys;

/// A site whose `[sessions]` are those of a recorded case.
fn site(settings: &Value) -> TestSite {
    let lines = settings.as_object().unwrap().iter();
    let lines: Vec<String> = lines
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect();
    let lines = lines.concat();
    TestSite::new(&format!(
        "allowed_hosts = ['*']\nmiddleware = ['sessions']\n[sessions]\n{lines}"
    ))
}

/// Puts the sessions of the recording into the table: one that goes on, one that ended.
fn fill(site: &TestSite, recording: &Value, now: Moment) {
    let connection = site.connection();
    connection
        .execute("DELETE FROM django_session", &[])
        .unwrap();
    let codec = SessionCodec::stored(&SecretKeys::new("test", Vec::new()));
    let document = recording["data"].to_string();
    let data = SessionData::from_json(crate::json::Json::parse(&document).unwrap()).unwrap();
    for (cookie, seconds) in [("kept", 1000), ("ended", -1000)] {
        let ends = Moment::from_unix_seconds(now.unix_seconds() + seconds);
        let key = recording["cookies"][cookie].as_str().unwrap();
        let values = [key.into(), codec.encode(&data).into(), ends.into()];
        let sql =
            "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)";
        connection.execute(sql, &values).unwrap();
    }
}

fn respond(application: &Application, recording: &Value, case: &Value, now: Moment) -> Response {
    let mut headers = Headers::default();
    headers.append("Host", "localhost");
    if let Some(cookie) = recording["cookies"][case["cookie"].as_str().unwrap()].as_str() {
        let name = case["settings"].get("cookie_name").and_then(Value::as_str);
        headers.append(
            "Cookie",
            format!("{}={cookie}", name.unwrap_or("sessionid")),
        );
    }
    let peer = [127, 0, 0, 1].into();
    let request = HttpRequest::new(Method::Get, "/", headers, Vec::new(), peer).unwrap();
    let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
    application.respond_with(request, &|request| {
        let session = request.session()?;
        for action in case["actions"].as_array().unwrap() {
            let (name, arguments) = (action[0].as_str().unwrap(), action[1].as_array().unwrap());
            session.with(|session| call(session, name, arguments, now))?;
        }
        Ok(Response::empty(status, Headers::default()))
    })
}

/// The data of a row, with the moments of its end as far away as recorded.
fn stored(site: &TestSite, condition: &str) -> Vec<Value> {
    let codec = SessionCodec::stored(&SecretKeys::new("test", Vec::new()));
    let sql = format!("SELECT session_data FROM django_session WHERE {condition}");
    let rows: Vec<String> = site.connection().column(&sql, &[]).unwrap();
    let read =
        |text: &String| serde_json::from_str(&codec.decode(text).unwrap().to_json()).unwrap();
    rows.iter().map(read).collect()
}

/// The cookie without the moments at which it was set and ends, and with what its value stands for.
fn cookie(header: &str, kept: &str) -> String {
    let parts = header
        .split("; ")
        .filter(|part| !part.starts_with("expires="));
    let mut parts: Vec<String> = parts.map(ToOwned::to_owned).collect();
    let (name, value) = parts[0].split_once('=').unwrap();
    let value = match value {
        "\"\"" | "NEW" | "KEPT" => value.to_owned(),
        value if value == kept => "KEPT".to_owned(),
        _ => "NEW".to_owned(),
    };
    parts[0] = format!("{name}={value}");
    // Browsers forget a cookie whose age is past, whatever its number.
    let parts = parts
        .iter()
        .map(|part| match part.strip_prefix("Max-Age=-") {
            Some(_) => "Max-Age=0",
            None => part,
        });
    parts.collect::<Vec<_>>().join("; ")
}

/// Whether djr does something else than Django, on purpose: it keeps no row of an empty session, brings none back that ended,
/// and has the browser forget a cookie that names none.
fn differs(case: &Value) -> bool {
    let is_empty_row = case.get("new") == Some(&json!({}));
    let is_unknown = case.get("raises").is_some();
    let is_brought_back = case["cookie"] == "ended" && case["actions"] == json!([["clear", []]]);
    is_empty_row || is_unknown || is_brought_back
}

#[test]
fn every_response_is_that_of_django() {
    let recording = recording();
    let kept = recording["key"].as_str().unwrap();
    let mut settings = Value::Null;
    let mut served: Option<(TestSite, Application)> = None;
    for case in recording["responses"].as_array().unwrap() {
        if case["settings"] != settings || served.is_none() {
            settings = case["settings"].clone();
            let site = site(&settings);
            let (application, _) = site.read().unwrap();
            served = Some((site, application));
        }
        let (site, application) = served.as_ref().unwrap();
        let now = clock::now();
        fill(site, &recording, now);
        let response = respond(application, &recording, case, now);
        let cookies: Vec<_> = response
            .headers
            .get_all("Set-Cookie")
            .map(|header| cookie(header, kept))
            .collect();
        let vary = response.headers.get("Vary").unwrap_or_default();
        let is_new = format!(
            "session_key NOT IN ('{kept}', '{}')",
            recording["cookies"]["ended"].as_str().unwrap()
        );
        if differs(case) {
            assert_eq!(vary, "Cookie", "{case}");
            assert_eq!(stored(site, &is_new), [Value::Null; 0], "{case}");
            assert_eq!(!cookies.is_empty(), case["cookie"] != "none", "{case}");
            assert!(
                cookies
                    .iter()
                    .all(|cookie| cookie.contains("=\"\"; Max-Age=0")),
                "{case}: {cookies:?}"
            );
            continue;
        }
        let expected = case["set_cookie"].as_array().unwrap().iter();
        let expected: Vec<_> = expected
            .map(|header| cookie(header.as_str().unwrap(), kept))
            .collect();
        assert_eq!(cookies, expected, "{case}");
        assert_eq!(vary, case["vary"], "{case}");
        let names = |data: &Value| {
            data.as_object().map(|data| {
                let items = data.iter().filter(|(_, value)| {
                    value.as_str().is_none_or(|text| !text.contains("+00:00"))
                });
                Value::Object(
                    items
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect(),
                )
            })
        };
        let of_kept = stored(site, &format!("session_key = '{kept}'"));
        assert_eq!(
            of_kept.first().and_then(names),
            names(&case["kept"]),
            "{case}"
        );
        let of_new = stored(site, &is_new);
        assert_eq!(
            of_new.first().and_then(names),
            names(&case["new"]),
            "{case}"
        );
    }
}
