//! How many mails may be sent: a site that is broken must not flood its admins.

use crate::clock::Moment;

const HOUR: i64 = 3_600_000_000;

/// Mails that may be sent, filled up as time goes by.
#[derive(Debug)]
pub(super) struct MailBudget {
    per_hour: u32,
    /// Microseconds of waiting that are saved up; a mail costs `HOUR / per_hour` of them.
    saved: i64,
    last: Option<Moment>,
    left_out: usize,
}

impl MailBudget {
    /// Room for this many at once, and as many more in each hour.
    pub(super) fn new(per_hour: u32) -> Self {
        Self {
            per_hour: per_hour.max(1),
            saved: HOUR,
            last: None,
            left_out: 0,
        }
    }

    /// Whether a mail may be sent at `now`: then how many were left out before it.
    pub(super) fn spend(&mut self, now: Moment) -> Option<usize> {
        let last = self.last.replace(now).unwrap_or(now);
        let passed = now.unix_microseconds() - last.unix_microseconds();
        self.saved = self.saved.saturating_add(passed.max(0)).min(HOUR);
        let cost = HOUR / i64::from(self.per_hour);
        if self.saved < cost {
            self.left_out += 1;
            return None;
        }
        self.saved -= cost;
        Some(std::mem::take(&mut self.left_out))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::MailBudget;
    use crate::clock::Moment;

    #[test]
    fn lets_some_through_then_one_at_a_time_and_counts_the_others() {
        let mut budget = MailBudget::new(4);
        let start = Moment::from_unix_seconds(1_000_000);
        let minutes = |minutes: u64| start.after(Duration::from_secs(60 * minutes));
        for _ in 0..4 {
            assert_eq!(budget.spend(start), Some(0));
        }
        for _ in 0..7 {
            assert_eq!(budget.spend(minutes(1)), None);
        }
        assert_eq!(budget.spend(minutes(15)), Some(7));
        assert_eq!(budget.spend(minutes(16)), None);
        // A clock that was set back gives nothing away.
        assert_eq!(budget.spend(minutes(2)), None);
        assert_eq!(budget.spend(minutes(60)), Some(2));
    }
}
