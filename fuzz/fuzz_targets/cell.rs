#![no_main]

use ecap::scale::State;
use ecap::scale::expression::Inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let states = ecap::fuzz::cell(bytes);
    // Behind a fraction that a rate reads.
    let of_millions = |state: &State| match state {
        State::Answered(reading) => matches!(&reading.inputs, Inputs::Ratio { denominator, .. } if denominator.to_f64() >= 1e6),
        _ => false,
    };
    if cfg!(feature = "planted") && states.iter().any(of_millions) {
        panic!("planted: a fraction of millions");
    }
});
