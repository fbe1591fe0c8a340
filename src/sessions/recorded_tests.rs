//! Every call of Django's sessions, as it was recorded.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::clock::Moment;
use crate::json::Json;
use crate::sessions::database::tests::store;
use crate::sessions::recorded_calls::{call, recording};
use crate::sessions::{DatabaseStore, Session, SessionData, SessionKey, SessionStore as _};
use crate::test_database::TestDatabase;

/// What the engines do, each of which is tried in `engine_tests`, and what their codec is.
const ENGINE: [&str; 10] = [
    "clear_expired",
    "create",
    "decode",
    "delete",
    "encode",
    "exists",
    "key_salt",
    "load",
    "save",
    "serializer",
];

fn data(value: &Value) -> SessionData {
    SessionData::from_json(Json::parse(&value.to_string()).unwrap()).unwrap()
}

/// The data with the moment of its end in one spelling.
fn plain(mut data: Value) -> Value {
    let expiry = data.get("_session_expiry").and_then(Value::as_str);
    if let Some(moment) = expiry.and_then(Moment::from_isoformat) {
        data["_session_expiry"] = moment.to_isoformat().into();
    }
    data
}

/// The session of `database` with the key and the data of the recording.
fn kept(store: &DatabaseStore, database: &TestDatabase, recording: &Value) -> SessionKey {
    let key = store.create(&data(&recording["data"])).unwrap();
    let wanted = recording["key"].as_str().unwrap();
    let sql = "UPDATE django_session SET session_key = ?";
    database
        .connection()
        .execute(sql, &[wanted.into()])
        .unwrap();
    assert_ne!(key.as_str(), wanted);
    SessionKey::parse(wanted).unwrap()
}

#[test]
fn every_call_does_what_it_does_in_django() {
    let recording = recording();
    let now = Moment::from_isoformat(recording["now"].as_str().unwrap()).unwrap();
    let calls = recording["calls"].as_array().unwrap();
    for step in calls {
        let database = TestDatabase::migrated();
        let store = store(&database).at(now);
        let key = kept(&store, &database, &recording);
        let mut session = Session::load(&store, Some(key.clone())).unwrap();
        let before = step["before"].as_array().unwrap();
        for earlier in before {
            let (name, arguments) = (earlier[0].as_str().unwrap(), earlier[1].as_array().unwrap());
            call(&mut session, name, arguments, now);
        }
        let (name, arguments) = (
            step["method"].as_str().unwrap(),
            step["arguments"].as_array().unwrap(),
        );
        let result = call(&mut session, name, arguments, now);
        // What is not there may be deleted twice.
        if step.get("raises").is_none() || name != "delete_test_cookie" {
            assert_eq!(
                result,
                step.get("result").map(|result| moment(result.clone())),
                "{step}"
            );
        }
        assert_eq!(plain(of(&session)), plain(step["data"].clone()), "{step}");
        if before.is_empty() {
            assert_eq!(session.is_modified(), step["modified"], "{step}");
        }
        session.save(&store).unwrap();
        let is_stored = store.exists(&key).unwrap();
        assert_eq!(is_stored, step["stored_under_the_old_key"], "{step}");
        let of_key = match session.key() {
            Some(kept) if *kept == key => "same",
            Some(_) => "other",
            // Nothing is no session here, and has no row.
            None if step["data"].as_object().unwrap().is_empty() && step["key"] == "other" => {
                "other"
            }
            None => "none",
        };
        assert_eq!(of_key, step["key"], "{step}");
    }
    let known: BTreeSet<_> = calls
        .iter()
        .map(|step| step["method"].as_str().unwrap())
        .collect();
    for method in recording["methods"].as_object().unwrap().keys() {
        let is_name = method.starts_with("TEST_COOKIE_");
        assert!(is_name || known.contains(method.as_str()), "{method}");
    }
    assert_eq!(recording["engine"], serde_json::json!(ENGINE));
}

fn of(session: &Session) -> Value {
    serde_json::from_str(&session.data().to_json()).unwrap()
}

/// A moment in the spelling of djr.
fn moment(result: Value) -> Value {
    let found = result.as_str().and_then(Moment::from_isoformat);
    found.map_or(result, |moment| moment.to_isoformat().into())
}
