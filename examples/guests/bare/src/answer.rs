//! An answer to one request, and what is to happen besides.
use crate::request::Request;
use alloc::{format, string::String};
use smoltcp::{
    time::{Duration, Instant},
    wire::Ipv4Cidr,
};

/// What to do besides answering.
#[derive(Debug, PartialEq, Eq)]
pub enum Then {
    Nothing,
    /// End the guest with this code, once the answer is out.
    Exit(u8),
    /// Hold the answer back this long.
    Wait(Duration),
    Panic,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: &'static str,
    pub kind: &'static str,
    pub body: String,
    pub then: Then,
}

impl Answer {
    pub fn new(status: &'static str, body: impl Into<String>) -> Self {
        let (body, then) = (body.into(), Then::Nothing);
        Answer {
            status,
            kind: "text/plain",
            body,
            then,
        }
    }

    pub fn ok(body: impl Into<String>, then: Then) -> Self {
        Answer {
            then,
            ..Answer::new("200 OK", body)
        }
    }

    pub fn json(body: impl Into<String>) -> Self {
        Answer {
            kind: "application/json",
            ..Answer::new("200 OK", body)
        }
    }

    /// The bytes on the wire; without the body for HEAD.
    pub fn encode(&self, head_only: bool, close: bool) -> String {
        let Answer {
            status, kind, body, ..
        } = self;
        let connection = if close { "Connection: close\r\n" } else { "" };
        let shown = if head_only { "" } else { body };
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{connection}\r\n{shown}"
        )
    }
}

/// What the guest serves.
pub trait Site {
    /// `now` counts from boot.
    fn answer(&mut self, request: &Request, now: Instant) -> Answer;

    /// The guest's address, whenever it may have changed.
    fn moved(&mut self, _address: Option<Ipv4Cidr>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_head_has_no_body() {
        let answer = Answer::new("200 OK", "ok\n");
        assert!(
            answer
                .encode(true, true)
                .ends_with("Content-Length: 3\r\nConnection: close\r\n\r\n")
        );
        assert!(
            answer
                .encode(false, false)
                .ends_with("Content-Length: 3\r\n\r\nok\n")
        );
    }
}
