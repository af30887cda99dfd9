package dev.skete.operator.unikernel.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposedSecretsTest {
    private static final String TOKEN = "{name: TOKEN, valueFrom: {secretKeyRef: {name: s, key: k}}}";
    private static final String VARIABLES = "commandLine: [\"${env}\", \"--\", \"${args}\"]";
    private static final String ARGUMENTS = "commandLine: [\"${args}\"]";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            env: [{TOKEN}]                                                                     | TOKEN
            'env: [{name: A, value: b}, {TOKEN}, {name: URL, value: "u:$(TOKEN)@h"}]'          | TOKEN, URL
            envFrom: [{secretRef: {name: keys}}]                                             | every key of Secret keys
            'envFrom: [{secretRef: {name: keys}}], env: [{name: A, value: "$(PIN)"}]'        | A, every key of Secret keys
            """)
    void variablesOfSecretsAreRefusedWhereTheRuntimePassesVariables(String spec, String named) {
        assertThat(exposed(spec, VARIABLES))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("UnikernelRuntime r ", "come from a Secret: " + named + ". "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            env: [{name: A, value: b}]
            env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}}]
            envFrom: [{configMapRef: {name: c}}]
            volumes: [{name: v, secret: {secretName: s}}]
            """)
    void whatIsNoVariableOfASecretPasses(String spec) {
        assertThat(exposed(spec, VARIABLES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'env: [{TOKEN}], args: ["--token=$(TOKEN)"]'                                                     | TOKEN
            'env: [{TOKEN}, {name: URL, value: "$(TOKEN)"}], args: [a, "$(URL)$(TOKEN)"]'                    | URL, TOKEN
            'envFrom: [{secretRef: {name: keys}}], args: ["$(PIN)"]'                                       | PIN
            'envFrom: [{prefix: S_, secretRef: {name: keys}}], args: ["$(S_PIN)"]'                         | S_PIN
            'envFrom: [{secretRef: {name: keys}}], env: [{name: A, value: "$(B)"}, {name: B, value: c}], args: ["$(A)"]' | A
            """)
    void whereItPassesArgumentsOnlyThoseThatQuoteASecretAreRefused(String spec, String named) {
        assertThat(exposed(spec, ARGUMENTS))
                .hasValueSatisfying(problem -> assertThat(problem).contains("come from a Secret: " + named + ". "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'env: [{TOKEN}, {name: A, value: b}], args: ["$(A)"]'
            'env: [{TOKEN}], args: ["$$(TOKEN)", "$(TOKEN", "TOKEN"]'
            'env: [{name: URL, value: "$(TOKEN)"}, {TOKEN}], args: ["$(URL)"]'
            'envFrom: [{prefix: S_, secretRef: {name: keys}}], args: ["$(PIN)"]'
            'envFrom: [{secretRef: {name: keys}}], env: [{name: PIN, value: none}], args: ["$(PIN)"]'
            """)
    void argumentsThatQuoteNoSecretPass(String spec) {
        assertThat(exposed(spec, ARGUMENTS)).isEmpty();
    }

    @Test
    void theAuthorMayAllowIt() {
        assertThat(exposed("env: [{TOKEN}], secretsOnCommandLine: Allowed", VARIABLES))
                .isEmpty();
    }

    @Test
    void theRemedyIsOneThatTheRuntimeHas() {
        assertThat(exposed("env: [{TOKEN}]", VARIABLES + ", files: FwCfg"))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("Mount the Secret by spec.volumeMounts, or accept it"));
        assertThat(exposed("env: [{TOKEN}]", VARIABLES))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("no way to bring files", "spec.secretsOnCommandLine: Allowed"));
    }

    private static Optional<String> exposed(String spec, String runtime) {
        return ExposedSecrets.of(
                Serialization.unmarshal(
                        "---\n{image: i, runtime: r, " + spec.replace("{TOKEN}", TOKEN) + "}", UnikernelSpec.class),
                Serialization.unmarshal("---\n{vmm: qemu, " + runtime + "}", UnikernelRuntimeSpec.class));
    }
}
