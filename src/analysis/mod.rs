//! Results become one plain struct an analysis; pure, no words for the reader.

pub mod adjustments;
pub mod against;
pub mod change;
pub mod derivation;
pub mod indices;
pub mod legal;
pub mod needs;
pub mod next_grade;
pub mod plan;
pub mod ranking;
pub mod rectification;
pub mod sampling;
pub mod split;
pub mod steps;
pub mod suspicion;
pub mod training;
pub mod unknowns;
pub mod views;
pub mod weak_points;
