//! `djr users token`: makes, lists and revokes the tokens that programs log in with.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::auth::{ApiToken, ApiTokens};
use crate::commands::accounts::Accounts;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Finding, Findings};
use crate::text;
use crate::ui::Ui;

/// Make, list and revoke tokens that programs log in with
///
/// The new token is printed once; the database keeps only a hash of it. A program sends it with every request:
/// `Authorization: Token ...`. It may do what its user may do, until it is revoked or the user is deactivated.
#[derive(Args, Debug)]
pub(super) struct UserTokenArgs {
    /// The name of the user
    #[arg(value_name = "USERNAME")]
    username: String,
    /// What the new token is for, as the list shows it
    #[arg(long, value_name = "TEXT", default_value = "")]
    label: String,
    /// List the tokens of the user, and make none
    #[arg(long, conflicts_with = "revoke")]
    list: bool,
    /// Revoke this token, and make none; may be repeated
    #[arg(long, value_name = "ID")]
    revoke: Vec<String>,
    #[command(flatten)]
    database: WriteArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &UserTokenArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let user = accounts.user(&args.username)?;
    let tokens = ApiTokens::new(&accounts.connection);
    if args.list {
        let tokens = tokens.of_user(&user.pk)?;
        let tokens = tokens.into_iter().map(ListedToken::from).collect();
        return Ok(ui.result(&ListedTokens { tokens })?);
    }
    if args.revoke.is_empty() {
        let token = tokens.create(&user.pk, &args.label)?;
        return Ok(ui.result(&NewToken {
            user: user.username,
            token: token.expose().to_owned(),
        })?);
    }
    let known = tokens.of_user(&user.pk)?;
    if let Some(id) = args
        .revoke
        .iter()
        .find(|id| known.iter().all(|token| token.id != **id))
    {
        let message = format!("`{}` has no token `{id}`", user.username);
        let finding = Finding::error("unknown-token", message);
        let ids = known.iter().map(|token| token.id.as_str());
        let hint = format!("`djr users token {} --list` shows them", user.username);
        return Err(Findings::from(finding.suggest_or(id, ids, hint)).into());
    }
    accounts
        .connection
        .transaction(|_| tokens.revoke(&user.pk, &args.revoke))?;
    Ok(ui.result(&RevokedTokens {
        user: user.username,
        revoked: args.revoke.clone(),
    })?)
}

#[derive(Serialize)]
struct NewToken {
    user: String,
    token: String,
}

impl fmt::Display for NewToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.token)
    }
}

#[derive(Debug, Serialize)]
struct ListedTokens {
    tokens: Vec<ListedToken>,
}

#[derive(Debug, Serialize)]
struct ListedToken {
    id: String,
    label: String,
    created: String,
}

impl From<ApiToken> for ListedToken {
    fn from(token: ApiToken) -> Self {
        Self {
            id: token.id,
            label: token.label,
            created: token.created.to_rfc3339(),
        }
    }
}

impl fmt::Display for ListedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tokens.is_empty() {
            return f.write_str("no tokens");
        }
        let lines = self.tokens.iter().map(|token| {
            let label = text::escape_control(&token.label);
            format!("{}  {}  {label}", token.id, token.created)
                .trim_end()
                .to_owned()
        });
        f.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
}

#[derive(Debug, Serialize)]
struct RevokedTokens {
    user: String,
    revoked: Vec<String>,
}

impl fmt::Display for RevokedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = text::quoted(self.revoked.iter().map(String::as_str));
        write!(f, "revoked {ids} of `{}`", self.user)
    }
}
