package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmArgumentsTest {
    @Test
    void optionsMayStandAnywhereBetweenTheWords() {
        var parsed =
                parse("upgrade --install skete -n skete-system helm/skete --set image.tag=a=b --wait --timeout 90s");
        assertThat(parsed.words()).containsExactly("upgrade", "skete", "helm/skete");
        assertThat(parsed.namespace()).contains("skete-system");
        assertThat(parsed.install()).isTrue();
        assertThat(parsed.waitReady()).isTrue();
        assertThat(parsed.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(parsed.settings()).containsEntry("image.tag", "a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "upgrade --dry-run, unknown option --dry-run",
        "upgrade -n,        option -n needs a value",
        "upgrade --set x,   '--set needs KEY=VALUE, not x'",
    })
    void aWrongArgumentIsNamed(String line, String complaint) {
        assertThatThrownBy(() -> parse(line)).hasMessage(complaint);
    }

    private static HelmArguments parse(String line) {
        return HelmArguments.parse(List.of(line.split(" ")));
    }
}
