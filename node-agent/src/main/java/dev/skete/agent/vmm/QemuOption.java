package dev.skete.agent.vmm;

import java.util.Map;

/**
 * One value of a QEMU option that takes {@code head,key=value,...}. QEMU reads a comma inside a value as the start of the next key, so
 * every comma of a value is doubled: this is the only place that joins such words.
 */
final class QemuOption {
    private final StringBuilder text;

    private QemuOption(String head) {
        this.text = new StringBuilder(escape(head));
    }

    static QemuOption of(String head) {
        return new QemuOption(head);
    }

    QemuOption with(String key, Object value) {
        text.append(',').append(key).append('=').append(escape(value.toString()));
        return this;
    }

    QemuOption with(Map<String, String> options) {
        options.forEach(this::with);
        return this;
    }

    private static String escape(String value) {
        return value.replace(",", ",,");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
