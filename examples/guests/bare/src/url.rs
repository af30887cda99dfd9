//! `http://HOST[:PORT][/PATH]`, the only kind there is here.
use alloc::{format, string::String};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    pub host: String,
    pub port: u16,
    pub path: String,
}

impl Url {
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text}: want http://HOST[:PORT][/PATH]");
        let rest = text.strip_prefix("http://").ok_or_else(wrong)?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
        let port = port.parse().ok().filter(|&port| port > 0);
        let sane = |c: char| c.is_ascii_graphic();
        if host.is_empty() || !text.chars().all(sane) {
            return Err(wrong());
        }
        Ok(Url {
            host: host.into(),
            port: port.ok_or_else(wrong)?,
            path: format!("/{path}"),
        })
    }

    /// The same place with more path behind it.
    pub fn join(&self, more: &str) -> Self {
        let path = format!("{}/{more}", self.path.trim_end_matches('/'));
        Url {
            path,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_host_port_and_path() {
        let url = Url::parse("http://kms.shop:8080/a").unwrap();
        assert_eq!(
            (url.host.as_str(), url.port, url.path.as_str()),
            ("kms.shop", 8080, "/a")
        );
        assert_eq!(url.join("b").path, "/a/b");
        assert_eq!(Url::parse("http://kms").unwrap().join("wrap").path, "/wrap");
    }

    #[test]
    fn refuses_other_schemes_and_nonsense() {
        for text in [
            "https://kms",
            "kms",
            "http://",
            "http://kms:0",
            "http://kms:x/",
            "http://k ms/",
        ] {
            assert!(Url::parse(text).is_err(), "{text}");
        }
    }
}
