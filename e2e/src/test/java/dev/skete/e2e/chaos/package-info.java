/** The fault campaign: a seeded random walk over changes and faults, with everything checked from outside after each step. */
@NullMarked
package dev.skete.e2e.chaos;

import org.jspecify.annotations.NullMarked;
