//! A store of documents, which it takes for opaque text. It keeps them in memory: they end with the guest.
use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
};
use bare::{answer::Answer, request::Request};

const MOST: usize = 256;
const LARGEST: usize = 12 * 1024;
const LONGEST_NAME: usize = 64;

#[derive(Default)]
pub struct Store {
    documents: BTreeMap<String, String>,
}

impl Store {
    pub fn answer(&mut self, request: &Request) -> Answer {
        if request.path == "/healthz" {
            return Answer::new("200 OK", "ok\n");
        }
        let Some(name) = request
            .path
            .strip_prefix("/documents/")
            .filter(|n| is_name(n))
        else {
            return Answer::new(
                "404 Not Found",
                "want /documents/NAME of a-z, 0-9 and -, at most 64\n",
            );
        };
        match request.method {
            "PUT" => self.put(name, request.body),
            "GET" => match self.documents.get(name) {
                Some(text) => Answer::new("200 OK", text.as_str()),
                None => Answer::new("404 Not Found", "no such document\n"),
            },
            _ => Answer::new("405 Method Not Allowed", "only GET and PUT\n"),
        }
    }

    fn put(&mut self, name: &str, body: &[u8]) -> Answer {
        let full = self.documents.len() >= MOST && !self.documents.contains_key(name);
        match core::str::from_utf8(body) {
            Err(_) => Answer::new("400 Bad Request", "not text\n"),
            Ok(_) if body.len() > LARGEST => {
                Answer::new("413 Content Too Large", "at most 12 KiB\n")
            }
            Ok(_) if full => Answer::new("507 Insufficient Storage", "full\n"),
            Ok(text) => {
                self.documents.insert(name.to_string(), text.to_string());
                Answer::new("201 Created", "")
            }
        }
    }
}

pub fn is_name(text: &str) -> bool {
    let sane = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(sane)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_and_refuses_the_rest() {
        let mut store = Store::default();
        let mut ask = |method, path, body: &[u8]| {
            let request = Request {
                method,
                path,
                close: false,
                body,
                length: 0,
            };
            store.answer(&request)
        };
        assert!(ask("GET", "/documents/a", b"").status.starts_with("404"));
        assert!(ask("PUT", "/documents/a", b"one").status.starts_with("201"));
        assert!(ask("PUT", "/documents/a", b"two").status.starts_with("201"));
        assert_eq!(ask("GET", "/documents/a", b"").body, "two");
        assert!(
            ask("PUT", "/documents/a", b"\xff")
                .status
                .starts_with("400")
        );
        assert!(
            ask("PUT", "/documents/a", &[b'x'; LARGEST + 1])
                .status
                .starts_with("413")
        );
        assert!(ask("PUT", "/documents/A", b"").status.starts_with("404"));
        assert!(ask("DELETE", "/documents/a", b"").status.starts_with("405"));
    }
}
