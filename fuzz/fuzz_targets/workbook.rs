#![no_main]

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    let answers = ecap::fuzz::workbook(bytes);
    // Behind a zip with right sums, a list of sheets, a header row and an item's ref.
    if cfg!(feature = "planted")
        && let Some((id, typed)) = answers.iter().find(|(id, typed)| id == "b" && typed.chars().count() > 2)
    {
        panic!("planted: item {id} answered {typed}");
    }
});

/// The most that the parts of one input may hold unpacked.
const MAX_UNPACKED: u64 = 1 << 20;
/// Bytes that a part may grow by at once.
const ROOM: usize = 64;

// A zip knows the sum of each part, so a changed byte would never be read: parts are changed unpacked, and packed again.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    // One in eight as it is, for the zip itself; and whatever is no zip.
    if seed % 8 != 0
        && let Some(changed) = changed(&data[..size], seed / 8)
        && changed.len() <= max_size
    {
        data[..changed.len()].copy_from_slice(&changed);
        return changed.len();
    }
    fuzzer_mutate(data, size, max_size)
});

fn changed(bytes: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.take(left).read_to_end(&mut content).ok()?;
        left -= content.len() as u64;
        parts.push((name, content));
    }
    // Three in four where the cells are.
    let of_cells = |name: &str| ["worksheets/sheet", "content.xml", "sharedStrings"].iter().any(|part| name.contains(part));
    let cells = parts.iter().filter(|(name, _)| of_cells(name)).count();
    let among: Vec<usize> = (0..parts.len()).filter(|index| seed % 4 == 0 || cells == 0 || of_cells(&parts[*index].0)).collect();
    let chosen = *among.get((seed / 4) as usize % among.len().max(1))?;
    let (_, content) = parts.get_mut(chosen)?;
    let size = content.len();
    content.resize(size + ROOM, 0);
    let now = fuzzer_mutate(content, size, size + ROOM);
    content.truncate(now);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    for (name, content) in parts {
        archive.start_file(name, options).ok()?;
        archive.write_all(&content).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}
