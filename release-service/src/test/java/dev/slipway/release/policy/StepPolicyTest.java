package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.contracts.policy.HttpStep.Method;
import dev.slipway.contracts.policy.Saving;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of a critical path, step by step. */
final class StepPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
        apiVersion: slipway.dev/v1
        kind: ReleasePolicy
        application: hello
        source: {repository: "file:/srv/hello.git", from: production}
        contacts: [{role: devops, name: Ben, email: ben@example.test}]
        gates:
          - id: order
            http:
              - {method: POST, path: /login, body: {user: ada, of: "{version}"}, save: {token: $.access_token, at: {header: Location}}}
              - {method: POST, path: /orders, headers: {Authorization: "Bearer {saved.token}"}, body: "two", status: 201, save: {id: "$.items[?(@.open == true)].id"}}
              - {path: "/orders/{saved.id}?of={saved.at}", json: {"$.id": "{saved.id}"}, contains: "{saved.id}"}
              - {method: DELETE, path: "/orders/{saved.id}"}
              - {get: /health}
        environments:
          staging: {target: {type: process, command: [java]}}
          production: {target: {type: process, command: [java]}}
        """;

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<HttpProbe> steps(String yaml) {
        PolicyReading reading = read(yaml);
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy().gates().getFirst().http();
    }

    @Test
    void each_step_is_read_as_it_is_written() {
        List<HttpProbe> steps = steps(POLICY);

        assertThat(steps)
                .extracting(HttpProbe::get)
                .containsExactly(
                        "/login", "/orders", "/orders/{saved.id}?of={saved.at}", "/orders/{saved.id}", "/health");
        assertThat(steps.getFirst().step())
                .isEqualTo(new HttpStep(
                        Method.POST,
                        Map.of(),
                        "{\"user\":\"ada\",\"of\":\"{version}\"}",
                        true,
                        Map.of("token", new Saving("$.access_token", null), "at", new Saving(null, "Location"))));
        HttpStep order = Objects.requireNonNull(steps.get(1).step());
        assertThat(order.headers()).containsEntry("Authorization", "Bearer {saved.token}");
        assertThat(order.body()).isEqualTo("two");
        assertThat(order.json()).isFalse();
        assertThat(steps.get(1).status()).isEqualTo(201);
        assertThat(Objects.requireNonNull(steps.get(3).step()).method()).isEqualTo(Method.DELETE);
        assertThat(steps.get(2).step()).as("a plain GET, however it is written").isNull();
        assertThat(steps.getLast().step()).isNull();
    }

    @Test
    void the_order_of_keys_makes_no_difference_to_the_hash_and_what_is_said_does() {
        String turned = POLICY.replace(
                "save: {token: $.access_token, at: {header: Location}}",
                "save: {at: {header: Location}, token: $.access_token}");
        String other = POLICY.replace("$.access_token", "$.token");
        String path = POLICY.replace("{get: /health}", "{path: /health}");

        assertThat(hash(turned)).isEqualTo(hash(POLICY));
        assertThat(hash(path)).isEqualTo(hash(POLICY));
        assertThat(hash(other)).isNotEqualTo(hash(POLICY));
    }

    private static String hash(String yaml) {
        return ((PolicyReading.Accepted) read(yaml)).hash();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Bearer {saved.token}   | Bearer {saved.tokn}     | gates[0].http[1].headers.Authorization | no step before it saves; did you mean {saved.token}?
            of: "{version}"        | of: "{saved.token}"     | gates[0].http[0].body                  | no step before it saves; a step of the same gate has to
            body: "two"            | body: "{saved.id}"      | gates[0].http[1].body                  | no step before it saves; did you mean {saved.at}?
            "$.id": "{saved.id}"   | "$.id": "{saved.ix}"    | gates[0].http[2].json.$.id             | did you mean {saved.
            of: "{version}"        | of: "{vrsion}"          | gates[0].http[0].body                  | did you mean {version}?
            $.access_token,        | access_token,           | gates[0].http[0].save.token            | begins with $
            $.access_token,        | $..a..b,                | gates[0].http[0].save.token            | more than once
            "$.id": "{saved.id}"   | "$.items[": 1           | gates[0].http[2].json.$.items[         | is no JSONPath
            {header: Location}     | {head: Location}        | gates[0].http[0].save.at               | header
            {get: /health}         | {get: /a, method: POST} | gates[0].http[4].method                | say path:
            {get: /health}         | {get: /a, path: /b}     | gates[0].http[4]                       | needs either get
            {get: /health}         | {method: POST}          | gates[0].http[4]                       | needs either get
            {get: /health}         | {path: /a, method: PUTT} | gates[0].http[4].method               | did you mean PUT?
            {get: /health}         | {path: /a, body: "b"}   | gates[0].http[4]                       | say method: POST
            {get: /health}         | {get: /a, headers: {Host: b}} | gates[0].http[4]                 | leave it out
            """)
    void what_could_never_be_walked_is_refused_where_it_stands(String from, String to, String path, String why) {
        String yaml = POLICY.replace(from, to);
        assertThat(yaml).isNotEqualTo(POLICY);

        assertThat(read(yaml)).isInstanceOf(PolicyReading.Refused.class);
        Finding finding = ((PolicyReading.Refused) read(yaml)).findings().getFirst();
        assertThat(finding.path()).isEqualTo(path);
        assertThat(finding.message()).contains(why);
        assertThat(finding.line()).isGreaterThan(6);
    }

    @Test
    void what_a_step_saves_is_nothing_to_another_gate_or_to_a_program() {
        String elsewhere = POLICY.replace(
                "  - id: order\n", "  - {id: before, http: [{get: \"/{saved.token}\"}]}\n  - id: order\n");
        String program = POLICY.replace(
                "staging: {target: {type: process, command: [java]",
                "staging: {target: {type: process, command: [java, \"{saved.token}\"]");

        assertThat(((PolicyReading.Refused) read(elsewhere))
                        .findings()
                        .getFirst()
                        .path())
                .isEqualTo("gates[0].http[0].get");
        assertThat(((PolicyReading.Refused) read(program)).findings().getFirst().message())
                .contains("uses {saved.token}");
    }

    @Test
    void probes_need_a_request_that_may_be_sent_at_any_time() {
        String probing = POLICY.replace("{get: /health}", "{method: POST, path: /health}")
                .replace(
                        "  production: {target: {type: process, command: [java]}}",
                        "  production: {target: {type: process, command: [java], health: \"grpc://\", http2: true}, canary: {traffic: probe}}");

        assertThat(((PolicyReading.Refused) read(probing)).findings().getFirst().message())
                .contains("names none that is the same for every process");
        assertThat(read(probing.replace("{method: POST, path: /health}", "{get: /health}")))
                .isInstanceOf(PolicyReading.Accepted.class);
    }
}
