package dev.skete.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings from variables of the environment; one that is empty is not set. What cannot be read is refused by name. */
record Variables(Map<String, String> values) {

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name, String meaning) {
        return text(name).orElseThrow(() -> new InvalidSettingException(name + " is not set; it must be " + meaning));
    }

    Optional<Path> path(String name) {
        return read(name, "a path", Path::of);
    }

    /** A whole number that is not negative. */
    Optional<Integer> number(String name) {
        return read(name, "a whole number from 0 to " + Integer.MAX_VALUE, value -> {
            int number = Integer.parseInt(value);
            if (number < 0) {
                throw new NumberFormatException("negative");
            }
            return number;
        });
    }

    Optional<Duration> milliseconds(String name) {
        return number(name).map(Duration::ofMillis);
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> values) {
        return read(name, "one of " + Arrays.toString(values.getEnumConstants()), value -> Enum.valueOf(values, value));
    }

    private <T> Optional<T> read(String name, String expected, Function<String, T> reader) {
        return text(name).map(value -> {
            try {
                return reader.apply(value);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("%s is \"%s\"; it must be %s".formatted(name, value, expected));
            }
        });
    }
}
