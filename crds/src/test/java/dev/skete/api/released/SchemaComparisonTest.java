package dev.skete.api.released;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaComparisonTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {properties: {a: {type: string}}}          | {properties: {}}                                  | v1.spec.a: was removed
            {properties: {a: {type: string}}}          | {properties: {a: {type: integer}}}                | v1.spec.a: type changed from "string" to "integer"
            {properties: {a: {}}}                      | {properties: {a: {type: string}}}                 | v1.spec.a: type changed from none to "string"
            {required: [a]}                            | {required: [a, b]}                                | v1.spec.b: is required now
            {enum: [A, B]}                             | {enum: [A]}                                       | v1.spec: no longer takes B
            {type: string}                             | {type: string, enum: [A]}                         | v1.spec: takes only ["A"] now
            {maximum: 9}                               | {maximum: 8}                                      | v1.spec: maximum was tightened from 9 to 8
            {}                                         | {maxLength: 8}                                    | v1.spec: maxLength was tightened from none to 8
            {minimum: 1}                               | {minimum: 2}                                      | v1.spec: minimum was tightened from 1 to 2
            {}                                         | {minItems: 1}                                     | v1.spec: minItems was tightened from none to 1
            {pattern: ^a}                              | {pattern: ^b}                                     | v1.spec: pattern changed from "^a" to "^b"
            {default: 1}                               | {default: 2}                                      | v1.spec: default changed from 1 to 2
            {default: 1}                               | {}                                                | v1.spec: default changed from 1 to none
            {}                                         | {default: 1}                                      | v1.spec: default changed from none to 1
            {properties: {}}                           | {properties: {a: {type: string, default: x}}}     | v1.spec.a: is new and has a default
            {}                                         | {x-kubernetes-validations: [{rule: self.a > 0}]}  | v1.spec: has a new rule, which may refuse objects that were valid: self.a > 0
            {items: {properties: {a: {}}}}             | {items: {properties: {}}}                         | v1.spec[].a: was removed
            {additionalProperties: {type: string}}     | {additionalProperties: {type: integer}}           | v1.spec.*: type changed
            {x-kubernetes-preserve-unknown-fields: true} | {}                                              | v1.spec: x-kubernetes-preserve-unknown-fields changed from true to none
            {x-kubernetes-list-type: map}              | {x-kubernetes-list-type: atomic}                  | v1.spec: x-kubernetes-list-type changed
            """)
    void whatGotNarrowerIsTold(String before, String after, String breach) {
        assertThat(SchemaComparison.breaches("v1.spec", yaml(before), yaml(after)))
                .singleElement()
                .asString()
                .startsWith(breach);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {properties: {a: {type: string}}}         | {properties: {a: {type: string}, b: {type: string}}}
            {properties: {}}                          | {properties: {a: {properties: {b: {}}, required: [b]}}}
            {required: [a]}                           | {}
            {enum: [A]}                               | {enum: [A, B]}
            {enum: [A]}                               | {}
            {maximum: 8}                              | {maximum: 9}
            {minLength: 2}                            | {minLength: 1}
            {maxItems: 2}                             | {}
            {x-kubernetes-validations: [{rule: a}]}   | {}
            {x-kubernetes-validations: [{rule: a, message: x}]} | {x-kubernetes-validations: [{rule: a, message: y}]}
            {description: old}                        | {description: new}
            """)
    void whatGotWiderIsFine(String before, String after) {
        assertThat(SchemaComparison.breaches("v1.spec", yaml(before), yaml(after)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {spec: {group: a, versions: [{name: v1, served: true}]}} | {spec: {group: b, versions: [{name: v1, served: true}]}}  | spec.group: changed from "a" to "b"
            {spec: {versions: [{name: v1, served: true}]}}           | {spec: {versions: [{name: v2, served: true}]}}            | v1: is no longer served
            {spec: {versions: [{name: v1, served: true}]}}           | {spec: {versions: [{name: v1, served: false}]}}           | v1: is no longer served
            {spec: {versions: [{name: v1, served: false}]}}          | {spec: {versions: []}}                                    |
            {spec: {versions: [{name: v1, served: true, subresources: {scale: {}}}]}} | {spec: {versions: [{name: v1, served: true}]}} | v1.subresources: changed
            {spec: {versions: [{name: v1, served: true, schema: {openAPIV3Schema: {properties: {a: {}}}}}]}} | {spec: {versions: [{name: v1, served: true, schema: {openAPIV3Schema: {}}}]}} | v1.a: was removed
            """)
    void aDefinitionIsComparedByVersion(String before, String after, @Nullable String breach) {
        assertThat(CrdComparison.breaches(yaml(before), yaml(after)).toString())
                .startsWith("[" + (breach == null ? "]" : breach));
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal("---\n" + text, JsonNode.class);
    }
}
