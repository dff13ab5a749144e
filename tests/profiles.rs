//! The user's own mappings: saved, listed, found again by their header, and how a changed header is told.

use crate::support::program::{fail, json, revops, succeed};
use serde_json::json;
use std::path::{Path, PathBuf};

const MAP: &str = "object = \"opportunities\"\n[columns]\nid = \"Deal No\"\nstage = \"Phase\"\namount = \"Volume\"\n\
                   close_date = \"Close\"\nowner_name = \"Rep\"\n[values.stage]\nSigned = \"Closed Won\"\n";
const DEALS: &str =
    "Deal No,Phase,Volume,Close,Rep,Colour\n1,Talks,100,03/04/2026,Ana,red\n2,Signed,200,05/06/2026,Bo,x\n";

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// A store with the deals in it, and the mapping that read them saved as `weekly`.
fn saved(folder: &Path) -> PathBuf {
    let store = folder.join("s.db");
    let (deals, map) = (write(folder, "deals.csv", DEALS), write(folder, "map.toml", MAP));
    let mut import = revops(&store);
    import.arg("import").arg(deals).arg("--map").arg(map).args(["--dates", "dmy", "--yes", "--save-profile", "weekly"]);
    succeed(&mut import);
    store
}

#[test]
fn a_saved_mapping_is_listed_shown_found_again_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let list = json(revops(&store).args(["profiles", "--format", "json"]));
    let [one] = list["profiles"].as_array().unwrap().as_slice() else { panic!("{list}") };
    assert_eq!((&one["name"], &one["object"], &one["columns"]), (&json!("weekly"), &json!("opportunities"), &json!(5)));
    let path = PathBuf::from(one["path"].as_str().unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
    assert!(succeed(revops(&store).args(["profiles", "show", "Weekly"])).contains("Signed = \"Closed Won\""));
    assert!(succeed(revops(&store).args(["profiles", "show", "hubspot"])).contains("name = \"hubspot\""));
    // The columns in another order, and nothing said: the dates too are read as before.
    let next =
        write(folder.path(), "next.csv", "Colour,Close,Volume,Rep,Phase,Deal No\nred,03/04/2026,150,Ana,Signed,1\n");
    let look = succeed(revops(&store).arg("import").arg(&next).arg("--dry-run"));
    assert!(look.contains("read by your mapping “weekly”"), "{look}");
    let report = json(revops(&store).arg("import").arg(&next).args(["--yes", "--format", "json"]));
    let file = &report["files"][0];
    assert_eq!((&file["profile"], &file["changed"], &file["drift"]), (&json!("weekly"), &json!(1), &json!(null)));
    let view = json(revops(&store).args(["show", "pipeline", "--format", "json", "--now", "2026-05-01T00:00:00Z"]));
    assert_eq!((&view["opportunities"]["won"], &view["won_amount"]["amount"]), (&json!(2), &json!("350.00")));
    succeed(revops(&store).args(["profiles", "remove", "weekly"]));
    assert!(!path.exists());
    assert!(succeed(revops(&store).arg("profiles")).contains("--save-profile"));
    let sentence = fail(revops(&store).args(["profiles", "remove", "weekly"]), 3);
    assert!(!sentence.contains("salesforce"), "what is shipped cannot be removed: {sentence}");
    let sentence = fail(revops(&store).args(["profiles", "remove", "salesforce"]), 3);
    assert!(sentence.contains("ships with the program"), "{sentence}");
}

#[test]
fn a_saved_mapping_gives_way_to_its_own_next_version_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let deals = folder.path().join("deals.csv");
    let other = write(folder.path(), "other.toml", &MAP.replace("amount = \"Volume\"\n", ""));
    let save = |args: &[&str]| {
        let mut command = revops(&store);
        command.arg("import").arg(&deals).args(["--yes", "--dates", "dmy", "--save-profile", "weekly"]).args(args);
        command
    };
    let shown = || succeed(revops(&store).args(["profiles", "show", "weekly"]));
    let before = shown();
    let sentence = fail(&mut save(&["--map", other.to_str().unwrap()]), 3);
    assert!(sentence.contains("another mapping") && sentence.contains("profiles remove"), "{sentence}");
    assert_eq!(shown(), before);
    succeed(&mut save(&["--value", "stage:Talks=Demo"]));
    assert!(shown().contains("Talks = \"Demo\""), "{}", shown());
}

/// Without its column of stages every deal of the file would stand still, and nobody would have been asked.
#[test]
fn a_file_without_its_column_of_stages_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let next =
        write(folder.path(), "next.csv", "Deal No,Phases,Volume,Close,Rep,Colour\n1,Signed,9,03/04/2026,Ana,x\n");
    let import = |args: &[&str]| {
        let mut command = revops(&store);
        command.arg("import").arg(&next).args(args);
        command
    };
    let sentence = fail(&mut import(&["--yes"]), 3);
    for words in ["“Phase”", "stage would not be read", "“Phases”", "--allow-missing"] {
        assert!(sentence.contains(words), "{words}: {sentence}");
    }
    let dry = import(&["--dry-run"]).output().unwrap();
    assert_eq!(dry.status.code(), Some(3));
    let chinese = fail(import(&["--yes"]).args(["--lang", "zh-CN"]), 3);
    assert!(chinese.contains("读不到阶段"), "{chinese}");
    assert_eq!(json(revops(&store).args(["log", "--format", "json"]))["actions"].as_array().map(Vec::len), Some(1));
    let report = json(&mut import(&["--yes", "--allow-missing", "--format", "json"]));
    assert_eq!(report["files"][0]["changed"], 1);
}

#[test]
fn a_changed_header_is_told_as_a_diff() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let next = write(
        folder.path(),
        "next.csv",
        "Rep,Deal No,Phase,Volume (USD),Finish,Colour,Region\nAna,1,Signed,100,03/04/2026,red,EU\n",
    );
    let look = succeed(revops(&store).arg("import").arg(&next).arg("--dry-run"));
    for line in ["- Volume ", "- Close ", "+ Volume (USD)", "+ Finish", "+ Region", "probably the former Volume"] {
        assert!(look.contains(line), "{line}: {look}");
    }
    let chinese = succeed(revops(&store).args(["--lang", "zh-CN", "import"]).arg(&next).arg("--dry-run"));
    assert!(chinese.contains("使用你的映射“weekly”") && chinese.contains("不再读取"), "{chinese}");
    let told = succeed(revops(&store).arg("import").arg(&next).arg("--yes"));
    assert!(
        told.contains("! next.csv: column “Close” of the mapping “weekly” is gone: close date is not read"),
        "{told}"
    );
    let next =
        write(folder.path(), "other.csv", "Deal No,Phase,Volume (USD),Close,Rep,Colour\n2,Talks,1,05/06/2026,Bo,x\n");
    let report = json(revops(&store).arg("import").arg(&next).args(["--yes", "--format", "json"]));
    let drift = &report["files"][0]["drift"];
    assert_eq!(
        drift["gone"],
        json!([{ "column": "Volume", "field": "amount", "now": "Volume (USD)", "meant": "Volume (USD)" }])
    );
    assert_eq!((&drift["new"], &drift["profile"]), (&json!(["Volume (USD)"]), &json!("weekly")));
    let next = write(folder.path(), "third.csv", "Deal Nr,Phase,Volume,Close,Rep,Colour\n2,Talks,1,05/06/2026,Bo,x\n");
    let sentence = fail(revops(&store).arg("import").arg(&next).arg("--yes"), 3);
    assert!(sentence.contains("Deal No") && sentence.contains("Deal Nr now"), "{sentence}");
}

#[test]
fn the_command_line_counts_before_a_profile() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let deals = folder.path().join("deals.csv");
    let run = |args: &[&str]| {
        json(revops(&store).arg("import").arg(&deals).args(["--yes", "--format", "json"]).args(args))["files"][0]
            .clone()
    };
    assert_eq!(run(&["--profile", "weekly"])["unchanged"], 2);
    assert_eq!(run(&["--dates", "mdy"])["changed"], 2, "the order of dates that was said");
    assert_eq!(run(&["--system", "crm"])["system"], "crm");
    let sentence = fail(revops(&store).arg("import").arg(&deals).args(["--yes", "--profile", "weekli"]), 3);
    assert!(sentence.contains("weekly, ") && sentence.contains("hubspot"), "{sentence}");
    fail(revops(&store).arg("import").arg(&deals).args(["--yes", "--profile", "weekly", "--map", "x.toml"]), 2);
    let sentence = fail(revops(&store).arg("import").arg(&deals).args(["--yes", "--save-profile", "a/b"]), 3);
    assert!(sentence.contains("a/b"), "{sentence}");
}

#[test]
fn a_broken_profile_is_told_by_line_and_stops_no_import() {
    let folder = tempfile::tempdir().unwrap();
    let store = saved(folder.path());
    let profiles = store.with_extension("config").join("revops/profiles");
    write(&profiles, "bad.toml", "name = \"bad\"\n\ncolums = 1\n");
    let mut import = revops(&store);
    let output = import.arg("import").arg(folder.path().join("deals.csv")).arg("--yes").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("bad.toml, line 3") && told.contains("columns"), "{told}");
    let sentence = fail(revops(&store).arg("import").arg("x").args(["--yes", "--profile", "bad"]), 3);
    assert!(!sentence.is_empty());
    assert!(succeed(revops(&store).arg("profiles")).contains("weekly"));
}
