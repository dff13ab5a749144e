//! Random tables in every spelling: what goes in comes out.

use super::*;
use encoding_rs::GB18030;

/// How a table is written down.
#[derive(Debug, Clone, Copy)]
enum Spelling {
    Utf8 { mark: bool },
    Utf16 { little: bool, mark: bool },
    Gb18030,
}

impl Spelling {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 { mark } => [if mark { "\u{feff}" } else { "" }, text].concat().into_bytes(),
            Self::Utf16 { little, mark } => {
                let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
                units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
            }
            Self::Gb18030 => GB18030.encode(text).0.into_owned(),
        }
    }
}

fn spelling() -> impl Strategy<Value = Spelling> {
    let utf16 = (any::<bool>(), any::<bool>()).prop_map(|(little, mark)| Spelling::Utf16 { little, mark });
    prop_oneof![any::<bool>().prop_map(|mark| Spelling::Utf8 { mark }), utf16, Just(Spelling::Gb18030)]
}

const HEADER: [&str; 4] = ["机会编号", "销售阶段", "输单描述", "备注"];

/// Cells with everything that has a meaning in some dialect.
fn table() -> impl Strategy<Value = Vec<[String; 2]>> {
    let cell = "([0-9]{1,18}|[云帆科技订阅赢单年度客户]{1,6}|[a-z云帆，。 ,;|\"'\n\t]{0,12})";
    prop::collection::vec([cell, cell], 1..20)
}

fn rows(table: &[[String; 2]]) -> Vec<[String; 4]> {
    let row = |(at, [one, two]): (usize, &[String; 2])| [format!("{at:03}"), "赢单".into(), one.clone(), two.clone()];
    table.iter().enumerate().map(row).collect()
}

fn written(rows: &[[String; 4]], delimiter: u8, end: csv::Terminator) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(end).from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn workbook(rows: &[[String; 4]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, HEADER).unwrap();
    for (line, row) in (1..).zip(rows) {
        sheet.write_row(line, 0, row).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// The cells as they come back; a sheet does not tell a blank cell from spaces.
fn found(bytes: &[u8]) -> Vec<Vec<String>> {
    let sheet = super::read("export.csv", bytes, &options()).unwrap();
    assert_eq!((sheet.header.as_slice(), sheet.as_object), (&HEADER.map(str::to_owned)[..], As::Opportunities));
    let cells = |row: &SheetRow| {
        let mut cells = sheet.cells(row);
        cells.resize(HEADER.len(), String::new());
        cells
    };
    sheet.rows.iter().map(cells).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_into_a_text_file_comes_out(
        table in table(),
        delimiter in prop::sample::select(b",;\t|".to_vec()),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        spelling in spelling(),
    ) {
        let rows = rows(&table);
        let terminator = match end {
            "\r\n" => csv::Terminator::CRLF,
            one => csv::Terminator::Any(one.as_bytes()[0]),
        };
        let text = written(&rows, delimiter, terminator);
        prop_assert_eq!(found(&spelling.bytes(&text)), rows, "{:?}", text);
    }

    #[test]
    fn what_goes_into_a_workbook_comes_out(table in table()) {
        let rows = rows(&table);
        let visible = |cell: &String| if cell.trim().is_empty() { String::new() } else { cell.clone() };
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(visible).collect()).collect();
        prop_assert_eq!(found(&workbook(&rows)), expected);
    }
}

/// The same text in the encodings of the East, each told from the others.
#[test]
fn text_of_the_east_comes_back_to_the_character() {
    let simplified = "客户名称,行业,备注\n上海云图软件有限公司,软件,\"第一季度，重点客户\"\n北京海石数据,数据服务,续约\n㐂𠮷商贸,批发,生僻字\n";
    let traditional = "公司名稱,行業,備註\n臺北雲圖軟體有限公司,軟體,重點客戶續約\n高雄海石數據,數據服務,已簽約\n";
    let japanese = "会社名,業種,備考\n株式会社クラウド,ソフトウェア,重要な取引先です\n東京データ,サービス,更新\n";
    for (text, encoding, name) in [
        (simplified, GB18030, "GBK"),
        (traditional, encoding_rs::BIG5, "Big5"),
        (japanese, encoding_rs::SHIFT_JIS, "Shift_JIS"),
    ] {
        let decoded = decode::decode(&encoding.encode(text).0).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, name));
        for (little, mark) in [(true, true), (true, false), (false, true), (false, false)] {
            let decoded = decode::decode(&Spelling::Utf16 { little, mark }.bytes(text)).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding), (text, if little { "UTF-16LE" } else { "UTF-16BE" }));
        }
    }
}
