//! A small HTTP server: it says hello, and `/healthz` answers while it serves.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Longest request line that is read.
const LONGEST_LINE: u64 = 4096;

/// Serves for ever.
pub fn serve(port: &str) -> Result<(), String> {
    let port: u16 = port.parse().map_err(|_| format!("not a port: {port}"))?;
    let listener = TcpListener::bind(("0.0.0.0", port)).map_err(|e| format!("cannot listen on {port}: {e}"))?;
    println!("app: listening on port {port}");
    for stream in listener.incoming() {
        // One client that goes away must not end the server.
        if let Err(e) = stream.and_then(answer) {
            println!("app: client lost: {e}");
        }
    }
    Ok(())
}

fn answer(stream: TcpStream) -> std::io::Result<()> {
    use std::io::Read;
    let mut line = String::new();
    BufReader::new((&stream).take(LONGEST_LINE)).read_line(&mut line)?;
    let (status, body) = match line.split(' ').nth(1) {
        Some("/") => ("200 OK", "Hello from Hermit\n"),
        Some("/healthz") => ("200 OK", "ok\n"),
        _ => ("404 Not Found", "there are / and /healthz\n"),
    };
    write!(
        &stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
