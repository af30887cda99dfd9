//! What a server answered.
use alloc::{string::String, vec::Vec};
use core::str;

/// Most bytes of one reply.
pub const LIMIT: usize = 64 * 1024;

#[derive(Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Reply {
    /// The body's beginning, for a message.
    pub fn excerpt(&self) -> String {
        let end = self.body.len().min(200);
        String::from_utf8_lossy(&self.body[..end]).trim().into()
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

/// None: more bytes are to come. The reply must say how long its body is.
pub fn parse(bytes: &[u8]) -> Result<Option<Reply>, Malformed> {
    if bytes.len() > LIMIT {
        return Err(Malformed);
    }
    let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else {
        return Ok(None);
    };
    let (status, length) = str::from_utf8(&bytes[..end])
        .ok()
        .and_then(head)
        .filter(|(_, length)| *length <= LIMIT)
        .ok_or(Malformed)?;
    let body = &bytes[end + 4..];
    let body = body.get(..length).map(Vec::from);
    Ok(body.map(|body| Reply { status, body }))
}

fn head(text: &str) -> Option<(u16, usize)> {
    let mut lines = text.split("\r\n");
    let status = lines
        .next()?
        .strip_prefix("HTTP/1.")?
        .get(2..5)?
        .parse()
        .ok()?;
    let length = lines.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())
    })??;
    Some((status, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_status_and_body_once_all_is_there() {
        let text = b"HTTP/1.1 404 Not Found\r\ncontent-length: 3\r\n\r\nabc";
        for end in 0..text.len() {
            assert_eq!(parse(&text[..end]), Ok(None), "{end}");
        }
        let reply = parse(text).unwrap().unwrap();
        assert_eq!((reply.status, reply.body.as_slice()), (404, &b"abc"[..]));
    }

    #[test]
    fn refuses_what_is_not_http_or_has_no_end() {
        for text in [
            "SMTP\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n",
        ] {
            assert_eq!(parse(text.as_bytes()), Err(Malformed), "{text}");
        }
    }
}
