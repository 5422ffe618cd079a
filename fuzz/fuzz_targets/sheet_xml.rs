#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let answers = ecap::fuzz::sheet_xml(bytes);
    // Behind a package that is whole, a header row and an item's ref.
    if cfg!(feature = "planted")
        && let Some((id, typed)) = answers.iter().find(|(id, typed)| id == "b" && typed.chars().count() > 2)
    {
        panic!("planted: item {id} answered {typed}");
    }
});
