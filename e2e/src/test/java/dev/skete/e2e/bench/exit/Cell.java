package dev.skete.e2e.bench.exit;

/** What the matrix has for one family and one way to end. */
sealed interface Cell {

    /** Can be done, and should look like this. */
    record Possible(Scenario scenario, End expected) implements Cell {}

    /** Cannot be done, for this reason. */
    record Impossible(String why) implements Cell {}
}
