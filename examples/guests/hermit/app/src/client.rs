//! A small HTTP client: prints the body of the answer, and fails unless the status is 200.

use crate::dns;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};

/// Most of an answer that is read.
const LONGEST_ANSWER: u64 = 1 << 20;

pub fn get(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("http://").ok_or_else(|| format!("not an http:// address: {url}"))?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let port: u16 = port.parse().map_err(|_| format!("not a port: {port}"))?;
    let address: Ipv4Addr = match host.parse() {
        Ok(address) => address,
        Err(_) => dns::resolve(host)?,
    };
    let answer = ask(SocketAddr::from((address, port)), authority, path)
        .map_err(|e| format!("{host} at {address}:{port}: {e}"))?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").ok_or("the answer is not HTTP")?;
    print!("{body}");
    match head.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => Err(format!("{url}: {}", head.lines().next().unwrap_or(""))),
    }
}

fn ask(server: SocketAddr, authority: &str, path: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer)?;
    Ok(answer)
}
