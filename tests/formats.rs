//! The pipeline, the records and the store in both languages, as text, JSON and CSV.

use crate::support::program::{revops, succeed};
use std::path::{Path, PathBuf};

/// A store with a few records of each kind; one deal has a name that is a formula.
fn store(folder: &Path) -> PathBuf {
    let (store, files) = (folder.join("s.db"), folder.join("files"));
    std::fs::create_dir(&files).unwrap();
    for (file, text) in [
        ("team.csv", "id,name,role\nT-1,Ana Ruiz,AE\n"),
        (
            "accounts.csv",
            "id,name,domain,segment,owner\nA-1,Helio,helio.example,SMB,T-1\nA-2,云帆科技,yunfan.example,SMB,T-1\n",
        ),
        (
            "leads.csv",
            "id,full_name,email,company,score,status,owner,created_at\nL-1,王芳,fang@yunfan.example,云帆科技,91,Open,T-1,2026-10-02\n",
        ),
        (
            "opportunities.csv",
            "id,name,account_id,stage,amount,currency,owner,created_at,close_date,closed_at\n\
             O-1,=1+1,A-1,Proposal,1200.50,USD,T-1,2026-10-01,2026-12-01,\n\
             O-2,Renewal,A-2,Closed Won,900,USD,T-1,2026-09-01,2026-10-05,2026-10-05\n",
        ),
    ] {
        std::fs::write(files.join(file), text).unwrap();
    }
    succeed(revops(&store).args(["import", files.to_str().unwrap(), "--yes", "--exported-at", "2026-11-01"]));
    store
}

/// What the program prints in a language and format.
fn printed(store: &Path, words: &[&str], lang: &str, format: &str) -> String {
    let first = ["--lang", lang, "--now", "2026-11-17T10:12:00Z"];
    succeed(revops(store).args(first).args(words).args(["--format", format]))
}

#[test]
fn text_speaks_the_language_and_what_machines_read_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    // What is asked; words of the text in English and in Chinese; how the CSV begins.
    let all: [(&[&str], [&str; 2], &str); 6] = [
        (&["show", "pipeline"], ["Stages", "阶段"], "table,name,metric,currency,value,n,withheld\n"),
        (&["show", "records", "people", "--filter", "yunfan"], ["1 of 1", "1 项中的 1 项"], "id,name,company,status,"),
        (
            &["show", "records", "accounts", "--filter", "helio"],
            ["1 of 2", "2 项中的 1 项"],
            "id,name,domain,industry,",
        ),
        (
            &["show", "records", "deals", "--filter", "open amount>1k"],
            ["1 of 2", "2 项中的 1 项"],
            "id,name,account,stage,",
        ),
        (&["store", "info"], ["currency", "币种"], "store,name,currency,schema,actions,"),
        (&["store", "verify"], ["The store is sound.", "数据库完好。"], "finding\n"),
    ];
    for (words, [english, chinese], head) in all {
        let text = |lang| printed(&store, words, lang, "text");
        assert!(text("en").contains(english), "{words:?}: {}", text("en"));
        assert!(text("zh-CN").contains(chinese), "{words:?}: {}", text("zh-CN"));
        for format in ["json", "csv"] {
            let [one, other] = ["en", "zh-CN"].map(|lang| printed(&store, words, lang, format));
            assert_eq!(one, other, "{words:?} as {format}");
        }
        assert!(printed(&store, words, "en", "csv").starts_with(head), "{words:?}");
        serde_json::from_str::<serde_json::Value>(&printed(&store, words, "en", "json")).unwrap();
    }
    let deals = printed(&store, &["show", "records", "deals", "--filter", "open"], "en", "csv");
    assert_eq!(deals.lines().nth(1), Some("O-1,'=1+1,Helio,Proposal,Ana Ruiz,1200.50,USD,,2026-10-01T00:00:00Z,"));
}

#[test]
fn what_is_done_to_a_store_is_told_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let backup = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let [first, second, third] = ["1.db", "2.db", "3.db"].map(backup);
    let csv = printed(&store, &["store", "backup", &first], "zh-CN", "csv");
    assert!(csv.starts_with(&format!("path,bytes\n{first},")), "{csv}");
    assert!(printed(&store, &["store", "backup", &second], "zh-CN", "text").contains("2.db"));
    let restored = printed(&store, &["store", "restore", &first, "--yes"], "en", "csv");
    assert!(restored.starts_with("kept,is_readable\n") && restored.contains(",true"), "{restored}");
    let other = backup("copy.db");
    let copied = printed(&store, &["store", "copy", &first, &other], "en", "csv");
    let rows = copied.strip_prefix("rows\n").and_then(|rows| rows.trim().parse::<u64>().ok());
    assert!(rows.is_some_and(|rows| rows > 5), "{copied}");
    assert!(printed(&store, &["store", "backup", &third], "en", "json").contains("\"bytes\""));
}
