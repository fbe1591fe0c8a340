//! Identifiers in SQL.

/// Quotes an identifier for SQL: `auth_user` as `"auth_user"`.
pub fn quote_name(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 2);
    write_quoted_name(&mut quoted, name);
    quoted
}

/// Writes an identifier, quoted.
pub(super) fn write_quoted_name(sql: &mut String, name: &str) {
    sql.push('"');
    for (index, part) in name.split('"').enumerate() {
        if index > 0 {
            sql.push_str("\"\"");
        }
        sql.push_str(part);
    }
    sql.push('"');
}

#[cfg(test)]
mod tests {
    use super::quote_name;

    #[test]
    fn a_quote_in_a_name_ends_no_name() {
        assert_eq!(quote_name("auth_user"), r#""auth_user""#);
        assert_eq!(quote_name(r#"a"b""#), r#""a""b""""#);
    }
}
