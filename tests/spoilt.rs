//! Workbooks, the XML inside them and typed answers, spoilt at random from stated seeds: no panic, and no other number without a finding.

#![allow(clippy::unwrap_used)]

mod panics;

use std::fs;
use std::io::{Cursor, Read};
use std::path::PathBuf;

use ecap::finding::any_error;
use ecap::fuzz;
use ecap::sheet::Book;
use panics::panics;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn sample() -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/wanghai/财政部门_2026_自评表.xlsx")).unwrap()
}

fn below(random: &mut ChaCha8Rng, count: usize) -> usize {
    usize::try_from(random.next_u64() % count.max(1) as u64).unwrap()
}

/// A few bytes turned, taken out, put in twice, or all behind a place cut off.
fn spoilt(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=below(random, 3) {
        let at = below(random, bytes.len());
        match below(random, 5) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << below(random, 8),
            2 => bytes[at] = u8::try_from(below(random, 256)).unwrap(),
            3 => drop(bytes.drain(at..(at + below(random, 40)).min(bytes.len()))),
            _ => {
                let piece = bytes[at..(at + below(random, 40)).min(bytes.len())].to_vec();
                let to = below(random, bytes.len());
                bytes.splice(to..to, piece);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut text).unwrap();
    text
}

/// A zip knows the sum of each part: what was changed on the way is damage, and what is read is what was sent.
#[test]
fn a_spoilt_workbook_reads_the_same_or_is_found_wrong() {
    let sound = sample();
    let wanted = Book::open(sound.clone(), "", &mut Vec::new()).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    let (mut same, mut found) = (0, 0);
    for _ in 0..200 {
        let bytes = spoilt(&sound, &mut random);
        let mut findings = Vec::new();
        let read = Book::open(bytes, "", &mut findings);
        if read.as_ref() == Some(&wanted) {
            same += 1;
        } else {
            assert!(any_error(&findings), "another workbook was read without a word");
            found += 1;
        }
    }
    assert!(same > 0 && found > 150, "{same} the same, {found} found wrong");
}

#[test]
fn spoilt_xml_never_panics() {
    let sound = sample();
    let mut random = ChaCha8Rng::seed_from_u64(8);
    for name in ["xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/workbook.xml"] {
        let mut xml = part(&sound, name);
        xml.truncate(20_000);
        for _ in 0..30 {
            let bytes = spoilt(&xml, &mut random);
            assert_eq!(panics(|| _ = fuzz::sheet_xml(&bytes)), [""; 0]);
        }
    }
}

#[test]
fn spoilt_csv_never_panics() {
    let text = "编号,自评,佐证材料\r\n01.1.01,是,\"区政府文件，2026年\n第3号\"\r\n\r\n01.1.02,45/50,应急预案\r\n";
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let gbk = b"\xb1\xe0\xba\xc5,\xd7\xd4\xc6\xc0\n01.1.01,\xca\xc7\n".to_vec();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for sound in [text.as_bytes().to_vec(), gbk, wide] {
        for _ in 0..100 {
            let bytes = spoilt(&sound, &mut random);
            assert_eq!(panics(|| _ = fuzz::csv(&bytes)), [""; 0]);
        }
    }
}

#[test]
fn spoilt_answers_never_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(10);
    for sound in ["45/50", "1、3、5", "扣1、3×2", "不适用", "９０％", "1,234.5 分钟", "二级", "7.5"] {
        for _ in 0..300 {
            fuzz::cell(&spoilt(sound.as_bytes(), &mut random));
        }
    }
}
