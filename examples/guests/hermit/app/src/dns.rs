//! Asks a name server for an address. Hermit's own resolver learns its server by DHCP alone; with a static address the runtime says it in
//! the variable NAMESERVER, as it does the pod's search domains in SEARCH.

use std::env;
use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The first of those that anybody may use.
const LOCAL_PORT: u16 = 49152;
const ATTEMPTS: u16 = 5;
const PATIENCE: Duration = Duration::from_secs(1);
const TYPE_A: [u8; 2] = [0, 1];
const CLASS_IN: [u8; 2] = [0, 1];

/// The address of a name: as it is if it ends with a dot or has four, else in each search domain first.
pub fn resolve(name: &str) -> Result<Ipv4Addr, String> {
    let server = env::var("NAMESERVER").map_err(|_| "no NAMESERVER: the runtime must pass ${net.dns}")?;
    let server: Ipv4Addr = server.parse().map_err(|_| format!("NAMESERVER is no address: {server}"))?;
    let search = env::var("SEARCH").unwrap_or_default();
    let mut names: Vec<String> = vec![name.trim_end_matches('.').to_owned()];
    if !name.ends_with('.') && name.matches('.').count() < 5 {
        names.splice(0..0, search.split(',').filter(|d| !d.is_empty()).map(|d| format!("{name}.{d}")));
    }
    let mut questions = Questions::to(server).map_err(|e| format!("no socket for questions: {e}"))?;
    for candidate in &names {
        if let Some(address) = questions.ask(candidate).map_err(|e| format!("name server {server}: {e}"))? {
            return Ok(address);
        }
    }
    Err(format!("no address for {name}; asked {server} for {names:?}"))
}

/// Asks, and asks again when nothing comes: questions and answers may be lost.
struct Questions {
    socket: Arc<UdpSocket>,
    server: Ipv4Addr,
    answers: Receiver<Vec<u8>>,
    /// No two questions share a number: a late answer to one must not be taken for the next one's.
    next_id: u16,
}

impl Questions {
    /// A thread waits for the answers, because this kernel's sockets know no time limit, and its UDP sockets wait even when they were told
    /// not to. Nor does it choose a port by itself: port 0 is in use, it says.
    fn to(server: Ipv4Addr) -> std::io::Result<Self> {
        let socket = Arc::new(UdpSocket::bind(("0.0.0.0", LOCAL_PORT))?);
        let (sender, answers) = mpsc::channel();
        let listening = Arc::clone(&socket);
        thread::Builder::new().spawn(move || {
            let mut answer = [0; 512];
            while let Ok((length, from)) = listening.recv_from(&mut answer) {
                if from.ip() == server && sender.send(answer[..length].to_vec()).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { socket, server, answers, next_id: 1 })
    }

    fn ask(&mut self, name: &str) -> std::io::Result<Option<Ipv4Addr>> {
        for _ in 0..ATTEMPTS {
            let id = self.next_id;
            self.next_id += 1;
            let question = question(id, name)?;
            self.socket.send_to(&question, (self.server, 53))?;
            let deadline = Instant::now() + PATIENCE;
            while let Ok(answer) = self.answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                if answer.starts_with(&id.to_be_bytes()) {
                    return Ok(address(&answer, question.len()));
                }
            }
        }
        Err(Error::new(ErrorKind::TimedOut, format!("no answer to {ATTEMPTS} questions for {name}")))
    }
}

/// One question, recursion desired (RFC 1035, section 4.1). A label has 1 to 63 bytes.
fn question(id: u16, name: &str) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::from(id.to_be_bytes());
    message.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.') {
        if !(1..=63).contains(&label.len()) {
            return Err(Error::new(ErrorKind::InvalidInput, format!("not a name: {name}")));
        }
        message.push(label.len() as u8);
        message.extend(label.bytes());
    }
    message.push(0);
    message.extend(TYPE_A);
    message.extend(CLASS_IN);
    Ok(message)
}

/// The first address in an answer whose question is as long as ours; names in answers end with a zero or a pointer of two bytes.
fn address(message: &[u8], answers_at: usize) -> Option<Ipv4Addr> {
    let count = u16::from_be_bytes([*message.get(6)?, *message.get(7)?]);
    let mut at = answers_at;
    for _ in 0..count {
        while *message.get(at)? != 0 && *message.get(at)? < 0xc0 {
            at += 1 + usize::from(*message.get(at)?);
        }
        at += if *message.get(at)? == 0 { 1 } else { 2 };
        let length = usize::from(u16::from_be_bytes([*message.get(at + 8)?, *message.get(at + 9)?]));
        let data = message.get(at + 10..at + 10 + length)?;
        if message[at..at + 4] == [0, 1, 0, 1] {
            return <[u8; 4]>::try_from(data).ok().map(Ipv4Addr::from);
        }
        at += 10 + length;
    }
    None
}
