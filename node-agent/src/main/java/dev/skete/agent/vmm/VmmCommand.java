package dev.skete.agent.vmm;

import java.util.List;
import java.util.Map;

/** What the launcher needs to start the VMM and to report its end. */
public record VmmCommand(List<String> argv, Map<String, String> environment, ExitTable exits) {}
