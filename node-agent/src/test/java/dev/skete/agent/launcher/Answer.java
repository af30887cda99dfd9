package dev.skete.agent.launcher;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An agent's consent to a launch: what to run, with which environment, and what its exit status means. */
record Answer(
        List<String> arguments, List<String> environment, List<String> consoleRules, String grace, byte[] exitMap) {

    static Answer run(String... arguments) {
        return new Answer(List.of(arguments), List.of(), List.of(), "", identity());
    }

    static Answer shell(String script) {
        return run("/bin/sh", "-c", script);
    }

    Answer withEnvironment(String... environment) {
        return new Answer(arguments, List.of(environment), consoleRules, grace, exitMap);
    }

    Answer mapping(int vmmStatus, int launcherStatus) {
        var map = exitMap.clone();
        map[vmmStatus] = (byte) launcherStatus;
        return new Answer(arguments, environment, consoleRules, grace, map);
    }

    /** The text before an exit status, then pairs of a text and an exit status. */
    Answer listeningFor(String... rules) {
        return new Answer(arguments, environment, List.of(rules), grace, exitMap);
    }

    /** What the guest has for itself after its power button was pressed. */
    Answer withGrace(Duration time) {
        return new Answer(arguments, environment, consoleRules, Long.toString(time.toMillis()), exitMap);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        for (var frame : frames()) {
            bytes.writeBytes(frame.bytes());
        }
        return bytes.toByteArray();
    }

    private List<Frame> frames() {
        var frames = new ArrayList<Frame>();
        frames.add(Frame.list('V', arguments));
        frames.add(Frame.list('E', environment));
        if (!consoleRules.isEmpty()) {
            frames.add(Frame.list('W', consoleRules));
        }
        if (!grace.isEmpty()) {
            frames.add(Frame.text('G', grace));
        }
        frames.add(new Frame('X', exitMap));
        return frames;
    }

    private static byte[] identity() {
        var map = new byte[256];
        for (int i = 0; i < map.length; i++) {
            map[i] = (byte) i;
        }
        return map;
    }
}
