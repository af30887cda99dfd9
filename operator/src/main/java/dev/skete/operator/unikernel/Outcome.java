package dev.skete.operator.unikernel;

import dev.skete.operator.unikernel.status.LiveChildren;
import dev.skete.operator.unikernel.status.Verdict;
import java.util.List;
import java.util.Optional;

/** What carrying out a plan came to. */
record Outcome(LiveChildren children, List<Change> changes, Optional<Verdict> obstacle) {}
