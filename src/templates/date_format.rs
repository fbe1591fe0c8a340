//! Moments written by Django's date format characters (`Y-m-d H:i`).

use crate::clock::{Moment, Zone};

/// Writes `moment` in `zone`; a backslash makes the next character stand for itself.
pub fn format_date(moment: Moment, zone: &Zone, format: &str) -> String {
    let (mut out, mut chars) = (String::new(), format.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => push(&mut out, moment, zone, c),
        }
    }
    out
}

fn push(out: &mut String, moment: Moment, zone: &Zone, c: char) {
    let strftime = |pattern: &str| moment.format(zone, pattern);
    let number = |pattern: &str| strftime(pattern).trim().parse::<i64>().unwrap_or_default();
    let text = match c {
        'd' => strftime("%d"),
        'j' => number("%d").to_string(),
        'D' => strftime("%a"),
        'l' => strftime("%A"),
        'S' => suffix(number("%d")).to_owned(),
        'w' => strftime("%w"),
        'z' => number("%j").to_string(),
        'W' => number("%V").to_string(),
        'm' => strftime("%m"),
        'n' => number("%m").to_string(),
        'M' => strftime("%b"),
        'b' => strftime("%b").to_lowercase(),
        'E' | 'F' => strftime("%B"),
        'N' => ap_month(number("%m"), &strftime("%B")),
        't' => days_in_month(number("%Y"), number("%m")).to_string(),
        'y' => strftime("%y"),
        'Y' => strftime("%Y"),
        'o' => strftime("%G"),
        'L' => if is_leap(number("%Y")) {
            "True"
        } else {
            "False"
        }
        .to_owned(),
        'g' => number("%I").to_string(),
        'G' => number("%H").to_string(),
        'h' => strftime("%I"),
        'H' => strftime("%H"),
        'i' => strftime("%M"),
        's' => strftime("%S"),
        'u' => format!("{:06}", moment.unix_microseconds().rem_euclid(1_000_000)),
        'a' => if number("%H") < 12 { "a.m." } else { "p.m." }.to_owned(),
        'A' => strftime("%p"),
        'f' => twelve_hours(number("%I"), number("%M")),
        'P' => ap_time(number("%H"), number("%I"), number("%M")),
        'e' | 'T' => strftime("%Z"),
        'O' => strftime("%z"),
        'Z' => offset_seconds(&strftime("%z")).to_string(),
        'c' => strftime("%Y-%m-%dT%H:%M:%S%:z"),
        'r' => strftime("%a, %d %b %Y %H:%M:%S %z"),
        'U' => moment.unix_seconds().to_string(),
        c => c.to_string(),
    };
    out.push_str(&text);
}

fn suffix(day: i64) -> &'static str {
    match (day % 10, day / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Months as the Associated Press shortens them.
fn ap_month(month: i64, name: &str) -> String {
    match month {
        3..=7 => name.to_owned(),
        9 => "Sept.".to_owned(),
        _ => format!("{}.", &name[..3]),
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn twelve_hours(hour: i64, minute: i64) -> String {
    if minute == 0 {
        hour.to_string()
    } else {
        format!("{hour}:{minute:02}")
    }
}

fn ap_time(hour: i64, twelve: i64, minute: i64) -> String {
    match (hour, minute) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        _ => {
            let half = if hour < 12 { "a.m." } else { "p.m." };
            format!("{} {half}", twelve_hours(twelve, minute))
        }
    }
}

fn offset_seconds(offset: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| {
        offset
            .get(range)
            .and_then(|digits| digits.parse::<i64>().ok())
            .unwrap_or_default()
    };
    let seconds = part(1..3) * 3600 + part(3..5) * 60;
    if offset.starts_with('-') {
        -seconds
    } else {
        seconds
    }
}

#[cfg(test)]
mod tests {
    use super::format_date;
    use crate::clock::{Moment, Zone};

    #[test]
    fn writes_what_django_writes() {
        // 2023-11-14 22:13:20 UTC; written by Django 5.2.
        let moment = Moment::from_unix_seconds(1_700_000_000);
        let write = |format: &str| format_date(moment, &Zone::utc(), format);
        assert_eq!(write("Y-m-d H:i:s"), "2023-11-14 22:13:20");
        assert_eq!(write("N j, Y, P"), "Nov. 14, 2023, 10:13 p.m.");
        assert_eq!(write("D d M y, jS F"), "Tue 14 Nov 23, 14th November");
        assert_eq!(
            write("l g:i a A f G h w W z t L"),
            "Tuesday 10:13 p.m. PM 10:13 22 10 2 46 318 30 False"
        );
        assert_eq!(write("c"), "2023-11-14T22:13:20+00:00");
        assert_eq!(write("r"), "Tue, 14 Nov 2023 22:13:20 +0000");
        assert_eq!(
            write("U Z O e \\Y\\m u"),
            "1700000000 0 +0000 UTC Ym 000000"
        );
    }
}
