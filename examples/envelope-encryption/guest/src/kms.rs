//! The key service: wraps and unwraps data keys for whoever can reach it.
use crate::{
    Random,
    keys::{DATA_KEY, KeyRing, UnwrapError},
};
use alloc::{string::String, vec::Vec};
use bare::{answer::Answer, request::Request};
use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

/// Bytes of a request's body, and of a context.
const LARGEST_BODY: usize = 4096;
const LONGEST_CONTEXT: usize = 256;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WrapRequest {
    /// Base64.
    pub key: Zeroizing<String>,
    pub context: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UnwrapRequest {
    pub wrapped: String,
    pub context: String,
}

#[derive(Deserialize, Serialize)]
pub struct Wrapped {
    pub wrapped: String,
}

#[derive(Deserialize, Serialize)]
pub struct Unwrapped {
    /// Base64.
    pub key: Zeroizing<String>,
}

#[derive(Serialize)]
struct Keys<'a> {
    current: &'a str,
    versions: Vec<&'a str>,
}

#[derive(Serialize)]
struct Problem {
    error: &'static str,
    message: &'static str,
}

pub fn answer(keys: &KeyRing, random: Random, request: &Request) -> Answer {
    match (request.method, request.path) {
        ("POST", "/wrap") => wrap(keys, random, request.body).unwrap_or_else(|problem| problem),
        ("POST", "/unwrap") => unwrap(keys, request.body).unwrap_or_else(|problem| problem),
        ("GET", "/keys") => json(&Keys {
            current: keys.current(),
            versions: keys.versions(),
        }),
        ("GET" | "HEAD", "/healthz") => Answer::new("200 OK", "ok\n"),
        (_, "/wrap" | "/unwrap" | "/keys" | "/healthz") => refusal(
            "405 Method Not Allowed",
            "method-not-allowed",
            "POST /wrap and /unwrap, GET /keys and /healthz",
        ),
        _ => refusal(
            "404 Not Found",
            "not-found",
            "there are /wrap, /unwrap, /keys and /healthz",
        ),
    }
}

fn wrap(keys: &KeyRing, random: Random, body: &[u8]) -> Result<Answer, Answer> {
    let request: WrapRequest = read(body)?;
    check(&request.context)?;
    let key = Base64::decode_vec(&request.key).map(Zeroizing::new);
    let key = key
        .ok()
        .filter(|key| DATA_KEY.contains(&key.len()))
        .ok_or_else(|| {
            refusal(
                "400 Bad Request",
                "malformed-key",
                "key: want 16 to 64 bytes in base64",
            )
        })?;
    match keys.wrap(random, &key, &request.context) {
        Some(wrapped) => Ok(json(&Wrapped { wrapped })),
        None => Err(refusal(
            "503 Service Unavailable",
            "no-entropy",
            "no random numbers now",
        )),
    }
}

fn unwrap(keys: &KeyRing, body: &[u8]) -> Result<Answer, Answer> {
    let request: UnwrapRequest = read(body)?;
    check(&request.context)?;
    match keys.unwrap(&request.wrapped, &request.context) {
        Ok(key) => Ok(json(&Unwrapped {
            key: Zeroizing::new(Base64::encode_string(&key)),
        })),
        Err(UnwrapError::Malformed) => Err(refusal(
            "400 Bad Request",
            "malformed-wrapped-key",
            "wrapped: not what /wrap answers",
        )),
        Err(UnwrapError::UnknownVersion) => Err(refusal(
            "404 Not Found",
            "unknown-key-version",
            "no key of the version that wrapped it; GET /keys lists those there are",
        )),
        Err(UnwrapError::NotAuthentic) => Err(refusal(
            "422 Unprocessable Content",
            "not-authentic",
            "changed since it was wrapped, or wrapped for another context",
        )),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Answer> {
    if body.len() > LARGEST_BODY {
        return Err(refusal(
            "413 Content Too Large",
            "too-large",
            "at most 4096 bytes",
        ));
    }
    serde_json::from_slice(body).map_err(|_| {
        refusal(
            "400 Bad Request",
            "malformed",
            "want JSON: {\"key\", \"context\"} for /wrap, {\"wrapped\", \"context\"} for /unwrap",
        )
    })
}

fn check(context: &str) -> Result<(), Answer> {
    if (1..=LONGEST_CONTEXT).contains(&context.len()) {
        return Ok(());
    }
    Err(refusal(
        "400 Bad Request",
        "malformed-context",
        "context: want 1 to 256 bytes",
    ))
}

fn refusal(status: &'static str, error: &'static str, message: &'static str) -> Answer {
    let body = json(&Problem { error, message }).body;
    Answer {
        status,
        ..Answer::json(body)
    }
}

fn json(value: &impl Serialize) -> Answer {
    let body = serde_json::to_string(value).expect("text and lists");
    Answer::json(body + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::{counting, rotated};
    use alloc::format;

    fn post(path: &str, body: &str) -> Answer {
        request("POST", path, body.as_bytes())
    }

    fn request(method: &str, path: &str, body: &[u8]) -> Answer {
        let request = Request {
            method,
            path,
            close: false,
            body,
            length: 0,
        };
        answer(&rotated(), &mut counting, &request)
    }

    fn wrapped() -> String {
        let answer = post(
            "/wrap",
            r#"{"key": "AAAAAAAAAAAAAAAAAAAAAA==", "context": "a"}"#,
        );
        assert_eq!(answer.status, "200 OK");
        serde_json::from_str::<Wrapped>(&answer.body)
            .unwrap()
            .wrapped
    }

    #[test]
    fn unwraps_what_it_wrapped() {
        let answer = post(
            "/unwrap",
            &format!(r#"{{"wrapped": "{}", "context": "a"}}"#, wrapped()),
        );
        assert_eq!(
            (answer.status, answer.body.as_str()),
            ("200 OK", "{\"key\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}\n")
        );
    }

    #[test]
    fn tells_versions_and_nothing_else_of_its_keys() {
        let answer = request("GET", "/keys", b"");
        assert_eq!(
            answer.body,
            "{\"current\":\"v2\",\"versions\":[\"v1\",\"v2\"]}\n"
        );
    }

    #[test]
    fn refuses_with_a_reason_of_its_own() {
        let good = wrapped();
        let unwrap = |wrapped: &str, context: &str| {
            post(
                "/unwrap",
                &format!(r#"{{"wrapped": "{wrapped}", "context": "{context}"}}"#),
            )
        };
        let long = "x".repeat(257);
        let wrap = |key: &str, context: &str| {
            post(
                "/wrap",
                &format!(r#"{{"key": "{key}", "context": "{context}"}}"#),
            )
        };
        let table = [
            (unwrap(&good, "b"), "422", "not-authentic"),
            (
                unwrap(&good.replace("v2", "v1"), "a"),
                "422",
                "not-authentic",
            ),
            (
                unwrap(&good.replace("v2", "v9"), "a"),
                "404",
                "unknown-key-version",
            ),
            (unwrap("nonsense", "a"), "400", "malformed-wrapped-key"),
            (unwrap(&good, ""), "400", "malformed-context"),
            (wrap("AAAA", "a"), "400", "malformed-key"),
            (wrap("%", "a"), "400", "malformed-key"),
            (
                wrap("AAAAAAAAAAAAAAAAAAAAAA==", &long),
                "400",
                "malformed-context",
            ),
            (post("/wrap", ""), "400", "malformed"),
            (post("/wrap", "{\"key\": 1}"), "400", "malformed"),
            (
                post("/wrap", "{\"key\":\"\",\"context\":\"a\",\"more\":1}"),
                "400",
                "malformed",
            ),
            (request("POST", "/unwrap", b"\xff"), "400", "malformed"),
            (post("/wrap", &" ".repeat(4097)), "413", "too-large"),
            (request("GET", "/wrap", b""), "405", "method-not-allowed"),
            (request("GET", "/kek", b""), "404", "not-found"),
        ];
        for (answer, status, error) in table {
            assert!(answer.status.starts_with(status), "{answer:?}");
            assert!(answer.body.contains(&format!("\"{error}\"")), "{answer:?}");
        }
    }
}
