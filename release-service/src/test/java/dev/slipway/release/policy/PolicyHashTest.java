package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The hash names what a policy says: people approve it, and evidence is kept under it. */
final class PolicyHashTest {
    private static final String DEMO = PolicyReaderTest.demo();
    private static final String HASH = hash(DEMO);

    private static String hash(String yaml) {
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).hash();
    }

    private static String changed(String from, String to) {
        assertThat(DEMO).contains(from);
        return hash(DEMO.replace(from, to));
    }

    @Test
    void the_hash_of_the_policy_of_the_design_does_not_drift() {
        // A change here means that every policy has another hash after an upgrade: approvals no longer fit theirs.
        assertThat(HASH).isEqualTo("d6f3f5389bd4420d8a1115361e71788a54ccdf7938669758b0dc2fdf5ac72fce");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            role: devops, name: Ben                     | name: Ben, role: devops
            tests.total: ">= 1", tests.failed: 0        | tests.failed: 0, tests.total: ">= 1"
            errorRate: "< 5%", p95: "< 1s"              | p95: "< 1s", errorRate: "< 5%"
            errorRate: "< 5%"                           | errorRate: " <5 % "
            errorRate: "< 5%"                           | errorRate: "< 5.0%"
            alpha: 0.01                                 | alpha: 0.0100
            tests.failed: 0                             | tests.failed: "0"
            latency: 500ms                              | latency:   500ms
            hold: 10s                                   | hold: 10000ms
            within: 72h                                 | within: 3d
            [build, unit-tests]                         | ["build", 'unit-tests']
            , status: 200, latency                      | , latency
            , traffic: live,                            | ,
            , alpha: 0.01                               | , stepWithin: 30m, alpha: 0.01
            """)
    void the_order_of_keys_white_space_and_spelling_make_no_difference(String from, String to) {
        assertThat(changed(from, to)).isEqualTo(HASH);
    }

    @Test
    void the_order_of_expected_values_makes_no_difference() {
        String more = "{\"$.greeting\": \"Hello x\", \"$.code\": 1}";

        assertThat(changed("{\"$.greeting\": \"Hello x\"}", more))
                .isEqualTo(changed("{\"$.greeting\": \"Hello x\"}", "{\"$.code\": 1, \"$.greeting\": \"Hello x\"}"))
                .isNotEqualTo(HASH);
    }

    @Test
    void the_order_of_latency_limits_makes_no_difference() {
        assertThat(changed("p95: \"< 1s\"", "p95: \"< 1s\", p50: \"< 100ms\""))
                .isEqualTo(changed("p95: \"< 1s\"", "p50: \"< 100ms\", p95: \"< 1s\""))
                .isNotEqualTo(HASH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            required: 2                                 | required: 1
            tests.failed: 0                             | tests.failed: 1
            ">= 1"                                      | ">= 2"
            p95                                         | p99
            "< 1s"                                      | "< 2s"
            traffic: 50                                 | traffic: 51
            Hello x                                     | Hello y
            [build, unit-tests]                         | [unit-tests, build]
            onPush: supersede                           | onPush: ignore
            slack: "#ops"                               | slack: "#dev"
            assign: request                             | assign: client
            bake: 10s                                   | bake: 11s
            """)
    void another_meaning_is_another_hash(String from, String to) {
        assertThat(changed(from, to)).isNotEqualTo(HASH);
    }

    @Test
    void json_is_yaml_too() {
        String json = """
                {"apiVersion": "slipway.dev/v1", "kind": "ReleasePolicy", "application": "hello",
                 "source": {"repository": "file:/srv/hello.git", "from": "production"},
                 "contacts": [{"role": "devops", "name": "Ben", "email": "ben@example.test"}],
                 "environments": {"staging": {"target": {"type": "process", "command": ["java"]}},
                                  "production": {"target": {"type": "process", "command": ["java"]}}}}
                """;
        String yaml = """
                kind: ReleasePolicy
                apiVersion: slipway.dev/v1
                environments:
                  production:
                    target:
                      command:
                        - java
                      type: process
                  staging:
                    target: {command: [java], type: process}
                contacts:
                  - email: ben@example.test
                    name: Ben
                    role: devops
                source:
                  from: production
                  repository: file:/srv/hello.git
                application: hello
                """;

        assertThat(hash(json)).isEqualTo(hash(yaml)).isEqualTo(hash(yaml.replace("\n", "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                            | {}
            []                            | []
            {"a": []}                     | {"a":[]}
            [1, 1.0, 1e0, 10e-1]          | [1,1,1,1]
            [-0.0, 0, 0e9]                | [0,0,0]
            [0.1, 100, 1E+2, 12345678901] | [0.1,100,100,12345678901]
            [true, false, null]           | [true,false,null]
            {"b": 1, "a": null, "A": 2}   | {"A":2,"b":1}
            {"a\\"b": "\\u00e9\\t\\\\"}   | {"a\\"b":"é\\t\\\\"}
            [[{"z": {"y": [], "x": {}}}]] | [[{"z":{"x":{},"y":[]}}]]
            """)
    void canonical_json_has_one_text_per_value(String json, String canonical) {
        assertThat(CanonicalJson.write(JsonMapper.shared().readTree(json))).isEqualTo(canonical);
    }

    @Test
    void a_hash_is_the_sha256_of_the_text() {
        assertThat(CanonicalJson.sha256(JsonMapper.shared().readTree("{ }")))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }
}
