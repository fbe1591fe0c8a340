//! What one page says on the next.

use std::sync::Arc;
use std::time::Duration;

use super::test_site::{TestSite, header, text};
use crate::db::DatabaseAlias;
use crate::http::{Response, SetCookie};
use crate::messages::{Message, MessageCodec, level};
use crate::sessions::{DatabaseEngine, SessionEngine as _, SessionKey};
use crate::signing::SecretKeys;
use crate::test_database::TestDatabase;
use crate::views::{LazySession, Messages};

const PAGE: &str =
    "{% if messages %}{% for m in messages %}[{{ m.tags }}: {{ m }}]{% endfor %}{% endif %}";

fn codec() -> MessageCodec {
    MessageCodec::new(&SecretKeys::new("test", Vec::new()))
}

fn said(messages: &[Message]) -> String {
    codec().encode(messages).unwrap().0
}

#[test]
fn a_page_shows_messages_once() {
    let site = TestSite::new("debug = true");
    site.write("templates/home.html", PAGE);
    site.write("templates/post.html", "{% if messages %}some{% endif %}");
    let html = Message {
        is_safe: true,
        extra_tags: Some("big".to_owned()),
        ..Message::new(level::SUCCESS, "<b>done</b>")
    };
    let browser = site.browser();
    browser.set_cookie(
        "messages",
        &said(&[Message::new(level::ERROR, "<no>"), html]),
    );
    let waiting = browser.get("/posts/1/");
    assert_eq!(
        (text(&waiting), header(&waiting, "Set-Cookie")),
        ("some", "")
    );
    let shown = browser.get("/");
    assert_eq!(
        text(&shown),
        "[error: &lt;no&gt;][big success: <b>done</b>]"
    );
    let expected =
        "messages=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax";
    assert_eq!(header(&shown, "Set-Cookie"), expected);
    assert_eq!(text(&browser.get("/")), "");
}

#[test]
fn a_forged_cookie_shows_nothing() {
    let site = TestSite::new("debug = true");
    site.write("templates/home.html", PAGE);
    let browser = site.browser();
    browser.set_cookie(
        "messages",
        &said(&[Message::new(level::INFO, "x")]).replace(':', "_"),
    );
    assert_eq!(text(&browser.get("/")), "");
}

#[test]
fn what_does_not_fit_into_the_cookie_is_kept_in_the_session() {
    let database = TestDatabase::migrated();
    let (connections, age) = (database.connections.clone(), Duration::from_secs(60));
    let engine = DatabaseEngine::new(connections, DatabaseAlias::default(), age);
    let store = engine.store(&SecretKeys::new("test", Vec::new()));
    let session =
        |key: Option<SessionKey>| Arc::new(LazySession::new(key, Arc::clone(&store), age));
    let first = session(None);
    let messages = Messages::new(codec(), None, Some(Arc::clone(&first)));
    messages.add(Message::new(level::DEBUG, "for developers"));
    let texts: Vec<_> = (0..12)
        .map(|number| {
            format!(
                "{number} {}",
                crate::crypto::random_string(450, crate::crypto::ALPHANUMERIC)
            )
        })
        .collect();
    for text in &texts {
        messages.add(Message::new(level::INFO, text.as_str()));
    }
    let mut response = Response::default();
    messages
        .keep(SetCookie::new("messages", ""), &mut response)
        .unwrap();
    let cookie = response.cookies()[0].value.clone();
    assert!(cookie.len() <= crate::messages::MAX_SIZE);
    let (key, _) = first.save(false).unwrap().unwrap();
    let second = session(Some(key));
    let messages = Messages::new(codec(), Some(cookie), Some(Arc::clone(&second)));
    let shown: Vec<_> = messages
        .show()
        .into_iter()
        .map(|message| message.text)
        .collect();

    assert_eq!(shown, texts);
    messages
        .keep(SetCookie::new("messages", ""), &mut response)
        .unwrap();
    assert_eq!(second.text("_messages").unwrap(), None);
}
