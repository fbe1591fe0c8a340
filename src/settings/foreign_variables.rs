//! Variables that an orchestrator sets for a service that happens to be called `djr` or `djr-something`.

/// Whether `name` is a variable that Kubernetes or Docker made for a service, and not a setting.
///
/// Their forms are those of Docker's container links, which Kubernetes took over: `DJR_PORT=tcp://10.0.0.1:80`,
/// `DJR_PORT_80_TCP_ADDR`, `DJR_SERVICE_HOST`, `DJR_SERVICE_PORT_HTTP`. A link also hands over the variables of the
/// other container, such as `DJR_ENV_FOO`, whatever their names are; `value_of` tells whether there is such a link.
pub(super) fn is_foreign<'v>(
    name: &str,
    value: &str,
    value_of: impl Fn(&str) -> Option<&'v str>,
) -> bool {
    is_of_link(name, value_of)
        || name.ends_with("_SERVICE_HOST")
        || name.ends_with("_SERVICE_PORT")
        || name.contains("_SERVICE_PORT_")
        || (name.ends_with("_PORT") && is_address(value))
        || (name.ends_with("_NAME") && value.starts_with('/'))
        || is_port_of_link(name)
}

/// Whether `name` is `DJR_ENV_FOO` where `DJR_NAME`, which every link sets, is `/web/djr`.
fn is_of_link<'v>(name: &str, value_of: impl Fn(&str) -> Option<&'v str>) -> bool {
    name.match_indices("_ENV_").any(|(end, _)| {
        let link = value_of(&format!("{}_NAME", &name[..end]));
        link.is_some_and(|link| link.starts_with('/'))
    })
}

fn is_address(value: &str) -> bool {
    let scheme = value.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["tcp", "udp", "sctp"].contains(&scheme))
}

/// Whether `name` ends as `_PORT_80_TCP` or `_PORT_80_TCP_ADDR` does.
fn is_port_of_link(name: &str) -> bool {
    let Some((_, rest)) = name.rsplit_once("_PORT_") else {
        return false;
    };
    let mut parts = rest.split('_');
    let number = parts.next().unwrap_or_default();
    let protocol = parts.next().unwrap_or_default();
    let part = parts.next();
    number.parse::<u16>().is_ok()
        && ["TCP", "UDP", "SCTP"].contains(&protocol)
        && part.is_none_or(|part| ["ADDR", "PORT", "PROTO"].contains(&part))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn knows_what_kubernetes_and_docker_set_for_a_service() {
        for (name, value) in [
            ("DJR_SERVICE_HOST", "10.0.0.1"),
            ("DJR_SERVICE_PORT", "80"),
            ("DJR_SERVICE_PORT_HTTP", "80"),
            ("DJR_PORT", "tcp://10.0.0.1:80"),
            ("DJR_PORT_80_TCP", "tcp://10.0.0.1:80"),
            ("DJR_PORT_80_TCP_PROTO", "tcp"),
            ("DJR_PORT_80_TCP_PORT", "80"),
            ("DJR_PORT_53_UDP_ADDR", "10.0.0.1"),
            ("DJR_WEB_1_SERVICE_HOST", "10.0.0.1"),
            ("DJR_NAME", "/web/djr"),
        ] {
            assert!(is_foreign(name, value, |_| None), "{name}");
        }
        for (name, value) in [
            ("DJR_PORT", "80"),
            ("DJR_PORT_X_TCP", "1"),
            ("DJR_PORT_80_TCP_MODE", "1"),
            ("DJR_DEBUG", "1"),
            ("DJR_NAME", "blog"),
        ] {
            assert!(!is_foreign(name, value, |_| None), "{name}");
        }
        let linked = |name: &str| (name == "DJR_WEB_NAME").then_some("/app/djr_web");
        assert!(is_foreign("DJR_WEB_ENV_FOO", "1", linked));
        assert!(!is_foreign("DJR_ENV_FOO", "1", linked));
        assert!(!is_foreign("DJR_WEB_FOO", "1", linked));
    }
}
