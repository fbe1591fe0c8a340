//! The locks that commands lifted, as a process knows of them.

use std::collections::HashMap;

use crate::auth::throttle::client_network;
use crate::auth::throttle::unlocks::{RequestedUnlock, Unlock};

/// What a lock was lifted for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
enum LockSubject {
    /// All attempts at an account.
    Account(String),
    /// All attempts from a network.
    Network(u128),
    /// Attempts at an account from a network.
    Pair(String, u128),
}

/// The number of the last lock that was lifted for each: with it their buckets have other names, and are new ones.
#[derive(Debug, Default)]
pub(super) struct LiftedLocks {
    /// The number of the last one of all; none before the table was looked at.
    pub(super) seen: Option<i64>,
    last: HashMap<LockSubject, i64>,
}

impl LiftedLocks {
    /// Takes note of `requested`, in the order of their numbers.
    pub(super) fn add(&mut self, requested: &[RequestedUnlock]) {
        for RequestedUnlock { id, unlock } in requested {
            for subject in subjects(unlock) {
                self.last.insert(subject, *id);
            }
            self.seen = Some(*id);
        }
        self.seen.get_or_insert_default();
    }

    /// Part of the name of the bucket of `account`.
    pub(super) fn of_account(&self, account: &str) -> i64 {
        self.number(&LockSubject::Account(account.to_owned()))
    }

    /// The same of a network.
    pub(super) fn of_network(&self, network: u128) -> i64 {
        self.number(&LockSubject::Network(network))
    }

    /// The same of `account` from a network.
    pub(super) fn of_pair(&self, account: &str, network: u128) -> i64 {
        let pair = self.number(&LockSubject::Pair(account.to_owned(), network));
        pair.max(self.of_account(account))
    }

    fn number(&self, subject: &LockSubject) -> i64 {
        self.last.get(subject).copied().unwrap_or_default()
    }
}

fn subjects(unlock: &Unlock) -> Vec<LockSubject> {
    let network = unlock.address.map(client_network);
    let of_account = match (unlock.account.clone(), network) {
        (Some(account), Some(network)) => Some(LockSubject::Pair(account, network)),
        (Some(account), None) => Some(LockSubject::Account(account)),
        (None, _) => None,
    };
    let of_network = network.map(LockSubject::Network);
    of_account.into_iter().chain(of_network).collect()
}
