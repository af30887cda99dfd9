//! Just enough HTTP/1.1: finds one request at the start of what has come in.
use core::str;

/// Most bytes of one request, with its body.
pub const LIMIT: usize = 16 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub enum Parsed<'a> {
    Incomplete,
    Malformed,
    TooLarge,
    Request(Request<'a>),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// The client wants no further request on this connection.
    pub close: bool,
    pub body: &'a [u8],
    /// Bytes it takes with its body.
    pub length: usize,
}

pub fn parse(bytes: &[u8]) -> Parsed<'_> {
    let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else {
        return match bytes.len() {
            0..LIMIT => Parsed::Incomplete,
            _ => Parsed::TooLarge,
        };
    };
    let Some((request, body)) = str::from_utf8(&bytes[..end]).ok().and_then(head) else {
        return Parsed::Malformed;
    };
    let length = (end + 4).saturating_add(body);
    if length > LIMIT {
        Parsed::TooLarge
    } else if length > bytes.len() {
        Parsed::Incomplete
    } else {
        let body = &bytes[end + 4..length];
        Parsed::Request(Request {
            body,
            length,
            ..request
        })
    }
}

/// The request, and the length of its body. None: not a request, or one with a body of unknown length.
fn head(text: &str) -> Option<(Request<'_>, usize)> {
    let mut lines = text.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, path, version) = (words.next()?, words.next()?, words.next()?);
    let known = matches!(version, "HTTP/1.0" | "HTTP/1.1") && words.next().is_none();
    if !known || method.is_empty() || !path.starts_with('/') {
        return None;
    }
    let (mut close, mut body) = (version == "HTTP/1.0", 0);
    for line in lines {
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        if key.eq_ignore_ascii_case("connection") {
            close = value.eq_ignore_ascii_case("close")
                || close && !value.eq_ignore_ascii_case("keep-alive");
        } else if key.eq_ignore_ascii_case("content-length") {
            body = value.parse().ok()?;
        } else if key.eq_ignore_ascii_case("transfer-encoding") {
            return None;
        }
    }
    let request = Request {
        method,
        path,
        close,
        body: &[],
        length: 0,
    };
    Some((request, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec};

    fn request(text: &str) -> Request<'_> {
        match parse(text.as_bytes()) {
            Parsed::Request(request) => request,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn takes_one_request_and_leaves_the_next() {
        let first = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
        let both = format!("{first}GET /b HTTP/1.1\r\n\r\n");
        let found = request(&both);
        assert_eq!(
            (found.method, found.path, found.length),
            ("GET", "/a", first.len())
        );
        assert!(!found.close);
    }

    #[test]
    fn a_body_belongs_to_its_request() {
        let text = "POST / HTTP/1.1\r\ncontent-LENGTH: 3\r\n\r\nabc";
        assert_eq!(request(text).length, text.len());
        assert_eq!(request(text).body, b"abc");
        assert_eq!(
            parse(&text.as_bytes()[..text.len() - 1]),
            Parsed::Incomplete
        );
    }

    #[test]
    fn knows_when_the_client_wants_to_close() {
        assert!(request("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n").close);
        assert!(request("GET / HTTP/1.0\r\n\r\n").close);
        assert!(!request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").close);
    }

    #[test]
    fn refuses_what_is_not_http() {
        for head in [
            "",
            "GET",
            "GET /",
            "GET / HTTP/2",
            "GET x HTTP/1.1",
            "GET / HTTP/1.1 x",
            "GET / HTTP/1.1\r\nnonsense",
            "GET / HTTP/1.1\r\nContent-Length: -1",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked",
        ] {
            assert_eq!(
                parse(format!("{head}\r\n\r\n").as_bytes()),
                Parsed::Malformed,
                "{head}"
            );
        }
        assert_eq!(parse(b"\xff\r\n\r\n"), Parsed::Malformed);
    }

    #[test]
    fn refuses_what_is_too_large() {
        assert_eq!(parse(&vec![b'a'; LIMIT]), Parsed::TooLarge);
        assert_eq!(parse(&vec![b'a'; LIMIT - 1]), Parsed::Incomplete);
        for length in ["16384", "18446744073709551615"] {
            let text = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
            assert_eq!(parse(text.as_bytes()), Parsed::TooLarge, "{length}");
        }
    }
}
