#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let tree = ecap::fuzz::yaml(bytes);
    // Behind a tree without a single error.
    if cfg!(feature = "planted") && tree.is_some_and(|tree| tree.name.en.chars().count() > 12) {
        panic!("planted: a sound tree with a long name");
    }
});
