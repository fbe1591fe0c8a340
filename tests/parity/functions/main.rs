//! djr's functions for the tests of parity: a JSON object with an `op` on each line of standard input, its answer on
//! each line of standard output. An example, so that no installation has it.

use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::time::Duration;

use djr::auth::names::{is_username, normalize_username};
use djr::auth::{
    Hashers, NewUser, PasswordResetTokenGenerator, User, UserKey, decode_uid, encode_uid,
    session_auth_hash,
};
use djr::clock::{Moment, Zone};
use djr::crypto::csrf;
use djr::json::Json;
use djr::sessions::{self, SessionData};
use djr::settings::HashCosts;
use djr::signing::{CookieSigner, SecretKeys, Signer, TimestampSigner};
use djr::values::is_email;
use serde_json::{Value, json};

/// Cheap, and with each number unlike the default of Django.
const COSTS: HashCosts = HashCosts {
    argon2_time: 1,
    argon2_memory: 1024,
    argon2_parallelism: 2,
    pbkdf2_iterations: 1000,
    bcrypt_rounds: 4,
    scrypt_work_factor: 1024,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = Question(&question).answer()?;
        writeln!(stdout().lock(), "{answer}")?;
    }
    Ok(())
}

/// Answers that were refused are null.
struct Question<'q>(&'q Value);

impl Question<'_> {
    fn answer(&self) -> Result<Value, Box<dyn std::error::Error>> {
        Ok(match self.text("op") {
            "make_password" => json!(self.hashers()?.make_password(self.text("password"))?),
            "check_password" => {
                let verdict = self
                    .hashers()?
                    .verify(self.text("password"), self.text("encoded"));
                json!({ "correct": verdict.correct, "must_update": verdict.must_update })
            }
            "sign" => json!(self.signer().sign(self.text("value"))),
            "unsign" => json!(self.signer().unsign(self.text("signed")).ok()),
            "sign_time" => json!(self.timed().sign(self.text("value"))),
            "unsign_time" => json!(
                self.timed()
                    .unsign(self.text("signed"), self.max_age())
                    .ok()
            ),
            "dumps" => json!(
                self.timed()
                    .sign_object(&self.0["object"], self.flag("compress"))?
            ),
            "loads" => {
                let object = self
                    .timed()
                    .unsign_object(self.text("signed"), self.max_age());
                json!({ "object": object.unwrap_or(Value::Null) })
            }
            "sign_cookie" => json!(self.cookie().sign(self.text("value"))),
            "unsign_cookie" => json!(
                self.cookie()
                    .unsign(self.text("signed"), self.max_age())
                    .ok()
            ),
            "encode_session" => {
                let document = Json::parse(&self.0["data"].to_string());
                let data = document.and_then(SessionData::from_json);
                let data = data.ok_or("a session is an object")?;
                json!(sessions::SessionCodec::stored(&self.keys()).encode(&data))
            }
            "decode_session" => {
                let data = sessions::SessionCodec::stored(&self.keys()).decode(self.text("text"));
                let document = data.map_or("null".to_owned(), |data| data.to_json());
                serde_json::from_str(&document)?
            }
            "session_auth_hash" => {
                json!(session_auth_hash(self.text("password"), self.text("key")))
            }
            "make_token" => self.tokens(|tokens, user, now| json!(tokens.make_token(user, now)))?,
            "check_token" => json!(self.tokens(|tokens, user, now| {
                tokens.check_token(user, self.text("token"), now, Duration::from_secs(259_200))
            })?),
            "uid" => json!([
                encode_uid(self.text("pk")),
                decode_uid(self.text("encoded"))
            ]),
            "unmask" => json!(csrf::unmask(self.text("token")).ok()),
            "mask" => json!(csrf::mask(self.text("secret"))),
            "username" => {
                let name = self.text("name");
                json!([is_username(name), normalize_username(name)])
            }
            "email" => {
                let email = self.text("email");
                let fits = email.chars().count() <= 254;
                json!(email.is_empty() || fits && is_email(email))
            }
            op => return Err(format!("no function is called `{op}`").into()),
        })
    }

    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_default()
    }

    fn flag(&self, key: &str) -> bool {
        self.0[key].as_bool().unwrap_or_default()
    }

    fn max_age(&self) -> Option<Duration> {
        self.0["max_age"].as_u64().map(Duration::from_secs)
    }

    fn keys(&self) -> SecretKeys {
        let fallbacks = self.0["fallbacks"].as_array().into_iter().flatten();
        let fallbacks = fallbacks.filter_map(Value::as_str).map(ToOwned::to_owned);
        SecretKeys::new(self.text("key"), fallbacks.collect())
    }

    fn hashers(&self) -> Result<Hashers, djr::auth::PasswordError> {
        Hashers::new([self.text("hasher")], &COSTS)
    }

    fn signer(&self) -> Signer {
        Signer::new(&self.keys(), self.text("salt"))
    }

    fn timed(&self) -> TimestampSigner {
        TimestampSigner::new(&self.keys(), self.text("salt"))
    }

    fn cookie(&self) -> CookieSigner {
        CookieSigner::new(&self.keys(), self.text("name"), self.text("salt"))
    }

    fn tokens<T>(
        &self,
        work: impl FnOnce(&PasswordResetTokenGenerator<'_>, &User, Moment) -> T,
    ) -> Result<T, Box<dyn std::error::Error>> {
        let (keys, zone) = (
            self.keys(),
            Zone::named(self.text("zone")).ok_or("no such zone")?,
        );
        let now = self.0["now"].as_i64().ok_or("`now` is missing")?;
        let user = self.user();
        let tokens = PasswordResetTokenGenerator::new(&keys, &zone);
        Ok(work(&tokens, &user, Moment::from_unix_seconds(now)))
    }

    fn user(&self) -> User {
        let new = NewUser::named("somebody");
        User {
            pk: UserKey::new(self.text("pk").into(), self.text("pk")),
            password: self.text("password").to_owned(),
            last_login: Moment::from_isoformat(self.text("last_login")),
            is_superuser: new.is_superuser,
            username: new.username,
            first_name: new.first_name,
            last_name: new.last_name,
            email: self.text("email").to_owned(),
            is_staff: new.is_staff,
            is_active: new.is_active,
            date_joined: Some(new.date_joined),
        }
    }
}
