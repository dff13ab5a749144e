//! The hand-offs pane in a real terminal, by the keyboard alone, on a store that others work in too.
#![cfg(unix)]

use crate::handoffs::{Company, NOW};
use crate::support::program::succeed;
use crate::support::pty::Pty;
use std::time::{Duration, Instant};

const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";

/// A window of one of the team on the store of the company.
fn window(company: &Company, person: &str) -> Pty {
    let folder = |kind: &str| company.store.with_extension(kind).display().to_string();
    let (cache, config, state) = (folder("cache"), folder("config"), folder(person));
    let environment = [
        ("REVOPS_ACTOR", person),
        ("XDG_CACHE_HOME", cache.as_str()),
        ("XDG_CONFIG_HOME", config.as_str()),
        ("XDG_STATE_HOME", state.as_str()),
    ];
    let store = company.store.display().to_string();
    let mut pty = Pty::start(&["--store", &store, "--now", NOW], &environment, (100, 30));
    pty.see("2 Hand-offs");
    pty.press("2");
    pty.see("z triage");
    pty
}

/// So many leads that became MQLs half an hour ago, a second apart.
fn leads(company: &Company, n: usize) {
    let row = |n: usize| (format!("l{n:03}"), format!("2026-10-09T02:{:02}:{:02}Z,,", n / 60, n % 60));
    let rows: Vec<(String, String)> = (0..n).map(row).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(id, rest)| (id.as_str(), rest.as_str())).collect();
    company.leads("2026-10-09T02:05:00Z", &rows);
}

#[test]
fn a_hundred_leads_are_gone_through_with_the_keyboard_alone() {
    let company = Company::new();
    leads(&company, 100);
    let mut pty = window(&company, "Li Wei");
    let begun = Instant::now();
    pty.press("z");
    for n in 1..=100 {
        pty.see(&format!(" {n} of 100"));
        match n % 4 {
            0 => {
                pty.press("r");
                pty.see("Return, because");
                pty.press(ENTER);
            }
            1 => {
                pty.press("c");
                pty.see(": claimed");
                pty.press("t");
                pty.see("Log a touch");
                pty.press(&format!("no answer{ENTER}"));
            }
            // Whoever knows the keys does not wait for the screen.
            _ => pty.press(&format!("t{ENTER}")),
        }
    }
    pty.see("All gone through");
    println!("100 leads by keyboard: {:?} each", begun.elapsed() / 100);
    pty.press(ESC);
    pty.see("queues");
    pty.press("q");
    assert!(pty.end().success());
    assert!(company.waiting(NOW).is_empty());
    assert_eq!(company.show(NOW, "china")["returned"], 25);
}

#[test]
fn forty_marked_ones_are_one_action_and_one_undo() {
    let company = Company::new();
    leads(&company, 40);
    let mut pty = window(&company, "Li Wei");
    pty.press("*");
    pty.see("40 lines are marked");
    pty.press("r");
    pty.see("40 hand-offs");
    pty.press(&format!("students{ENTER}"));
    pty.see("40 hand-offs: returned");
    pty.lose("Lead l000");
    pty.press("u");
    pty.see("Lead l000");
    assert_eq!(company.waiting(NOW).len(), 40);
}

#[test]
fn windows_see_each_other_and_a_claim_tells_who_was_first() {
    let company = Company::new();
    company.leads("2026-10-09T02:27:00Z", &[("a", "2026-10-09T02:26:00Z,,"), ("b", "2026-10-09T02:26:30Z,,")]);
    let mut pty = window(&company, "Sara Holm");
    pty.see("Lead a");
    let waiting = company.waiting(NOW);
    let ids: Vec<&str> = waiting.iter().map(|item| item["id"].as_str().unwrap()).collect();
    succeed(&mut company.run(NOW, &["handoff", "claim", ids[0], "--as", "Li Wei"]));
    pty.press("c");
    pty.see("Li Wei has this one");
    pty.press("j");
    pty.press("c");
    pty.see("Lead b: claimed");
    succeed(&mut company.run(NOW, &["handoff", "touch", ids[0], "--as", "Li Wei"]));
    let done = Instant::now();
    pty.lose("Lead a");
    let latency = done.elapsed();
    println!("a touch in another window is seen here after {latency:?}");
    assert!(latency < Duration::from_secs(2), "{latency:?}");
    company.leads("2026-10-09T02:30:00Z", &[("hot", "2026-10-09T02:29:30Z,true,")]);
    pty.see("New hot hand-off: Lead hot");
}
