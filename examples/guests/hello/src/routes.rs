//! From a request to an answer.
use crate::application::{Application, exit_code};
use alloc::{
    format,
    string::{String, ToString},
};
use bare::{
    answer::{Answer, Site, Then},
    request::Request,
    settings::Settings,
};
use core::fmt::Write;
use smoltcp::{
    time::{Duration, Instant},
    wire::Ipv4Cidr,
};

/// Longest answer to /slow, in milliseconds.
const SLOWEST: u64 = 60_000;

/// What the answers tell.
pub struct Greeter {
    pub settings: Settings,
    pub application: Application,
    pub address: Option<Ipv4Cidr>,
}

impl Site for Greeter {
    fn moved(&mut self, address: Option<Ipv4Cidr>) {
        self.address = address;
    }

    fn answer(&mut self, request: &Request, now: Instant) -> Answer {
        if !matches!(request.method, "GET" | "HEAD") {
            return Answer::new("405 Method Not Allowed", "only GET and HEAD\n");
        }
        let path = request.path.split('?').next().unwrap_or("");
        let mut parts = path.splitn(3, '/').skip(1);
        match (parts.next().unwrap_or(""), parts.next()) {
            ("", None) => Answer::ok(self.page(now), Then::Nothing),
            ("healthz", None) => Answer::ok("ok\n", Then::Nothing),
            ("panic", None) => Answer::ok("", Then::Panic),
            ("exit", Some(code)) => match exit_code(code) {
                Some(code) => Answer::ok("bye\n", Then::Exit(code)),
                None => Answer::new("400 Bad Request", "want /exit/N with N from 0 to 125\n"),
            },
            ("slow", Some(millis)) => match millis.parse() {
                Ok(millis @ 0..=SLOWEST) => {
                    Answer::ok("slow but sure\n", Then::Wait(Duration::from_millis(millis)))
                }
                _ => Answer::new("400 Bad Request", "want /slow/MS with MS from 0 to 60000\n"),
            },
            _ => Answer::new("404 Not Found", "not found\n"),
        }
    }
}

impl Greeter {
    /// The greeting, and everything this guest was given.
    pub fn page(&self, now: Instant) -> String {
        let Greeter {
            settings,
            application,
            address,
        } = self;
        let greeting = application
            .greeting
            .as_deref()
            .unwrap_or("Hello from a unikernel");
        let address = address.map_or("none".into(), |a| a.to_string());
        let mut page = format!("{greeting}\nname: {}\naddress: {address}\n", settings.name);
        for arg in &settings.args {
            let _ = writeln!(page, "argument: {arg:?}");
        }
        for (key, value) in &settings.env {
            let _ = writeln!(page, "{key}={value}");
        }
        let millis = now.total_millis();
        let _ = writeln!(page, "uptime: {}.{:03} s", millis / 1000, millis % 1000);
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(line: &str) -> Greeter {
        let settings = Settings::parse(line, "hello").unwrap();
        let application = Application::parse(&settings.args).unwrap();
        Greeter {
            address: settings.address,
            settings,
            application,
        }
    }

    fn get(path: &str) -> Answer {
        let request = Request {
            method: "GET",
            path,
            close: false,
            body: &[],
            length: 0,
        };
        site("").answer(&request, Instant::ZERO)
    }

    #[test]
    fn the_page_shows_what_the_guest_was_given() {
        let site = site("name=a ip=10.0.0.2/24 env=Z=1 env=A='x y' -- --greeting 'Good day' '\"'");
        assert_eq!(
            site.page(Instant::from_millis(1234)),
            "Good day\nname: a\naddress: 10.0.0.2/24\nargument: \"--greeting\"\nargument: \"Good day\"\n\
             argument: \"\\\"\"\nA=x y\nZ=1\nuptime: 1.234 s\n"
        );
    }

    #[test]
    fn routes() {
        let table = [
            ("/", "200 OK", Then::Nothing),
            ("/?x", "200 OK", Then::Nothing),
            ("/healthz", "200 OK", Then::Nothing),
            ("/exit/0", "200 OK", Then::Exit(0)),
            ("/exit/125", "200 OK", Then::Exit(125)),
            ("/exit/126", "400 Bad Request", Then::Nothing),
            ("/exit/", "400 Bad Request", Then::Nothing),
            ("/slow/20", "200 OK", Then::Wait(Duration::from_millis(20))),
            ("/slow/60001", "400 Bad Request", Then::Nothing),
            ("/panic", "200 OK", Then::Panic),
            ("/healthz/", "404 Not Found", Then::Nothing),
            ("/x", "404 Not Found", Then::Nothing),
        ];
        for (path, status, then) in table {
            let answer = get(path);
            assert_eq!((answer.status, answer.then), (status, then), "{path}");
        }
    }

    #[test]
    fn only_get_and_head_are_allowed() {
        let request = Request {
            method: "POST",
            path: "/exit/1",
            close: false,
            body: &[],
            length: 0,
        };
        let answer = site("").answer(&request, Instant::ZERO);
        assert_eq!(
            answer,
            Answer::new("405 Method Not Allowed", "only GET and HEAD\n")
        );
    }
}
