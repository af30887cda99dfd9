//! An ordinary Rust program that happens to be a unikernel: nothing in it knows of Hermit but the build.
//!
//! ```text
//! hello | args … | env | exit N | panic | httpd PORT | get http://HOST[:PORT]/PATH
//! ```

mod client;
mod dns;
mod server;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["hello"] => println!("Hello from Hermit"),
        ["args", rest @ ..] => rest.iter().for_each(|a| println!("argument: [{a}]")),
        ["env"] => env::vars().for_each(|(name, value)| println!("variable: {name}=[{value}]")),
        ["exit", code] => return exit(code),
        ["panic"] => panic!("as asked"),
        ["httpd", port] => return report(server::serve(port)),
        ["get", url] => return report(client::get(url)),
        unknown => {
            eprintln!("app: no such command: {unknown:?}; see the top of main.rs");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// Ends as a program does that was told its exit code, which may be negative.
fn exit(code: &str) -> ExitCode {
    match code.parse() {
        Ok(code) => std::process::exit(code),
        Err(_) => report(Err(format!("not an exit code: {code}"))),
    }
}

fn report(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("app: {problem}");
            ExitCode::FAILURE
        }
    }
}
