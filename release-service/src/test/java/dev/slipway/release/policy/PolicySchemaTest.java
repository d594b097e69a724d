package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.WhenBad;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema is the contract: what it promises is what the reader does. */
final class PolicySchemaTest {
    private static final JsonNode SCHEMA = schema();
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String MINIMAL = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private static JsonNode schema() {
        try (InputStream resource =
                Policy.class.getResourceAsStream("/dev/slipway/contracts/release-policy.schema.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(resource));
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static PolicyReading read(String yaml) {
        return READER.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> legal(String pointer) {
        List<String> names = new ArrayList<>();
        SCHEMA.at(pointer + "/enum").forEach(name -> names.add(name.asString()));
        return names;
    }

    private static String[] constants(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);
    }

    @Test
    void its_words_are_the_constants_of_the_records() {
        String canary = "/$defs/canary/properties/";

        assertThat(legal("/$defs/gate/properties/stage")).containsExactlyInAnyOrder(constants(Stage.class));
        assertThat(legal("/properties/environments/properties/production/properties/strategy"))
                .containsExactlyInAnyOrder(constants(Strategy.class));
        assertThat(legal(canary + "assign")).containsExactlyInAnyOrder(constants(Canary.Assign.class));
        assertThat(legal(canary + "onInconclusive")).containsExactlyInAnyOrder(constants(Canary.OnInconclusive.class));
        assertThat(legal(canary + "traffic")).containsExactlyInAnyOrder(constants(Canary.Traffic.class));
        assertThat(legal("/$defs/whenBad")).containsExactlyInAnyOrder(constants(WhenBad.class));
        assertThat(legal("/$defs/target/properties/stop/properties/signal"))
                .containsExactly("TERM", "INT", "QUIT", "HUP", "USR1", "USR2");
        assertThat(legal("/properties/onPush")).containsExactlyInAnyOrder(constants(Policy.OnPush.class));
        assertThat(legal("/properties/duties/items/properties/before"))
                .containsExactlyInAnyOrder(constants(Duty.Before.class));
        assertThat(legal("/$defs/guideLine/properties/action"))
                .containsExactlyInAnyOrder(constants(GuideAnswer.Action.class));
        assertThat(legal("/$defs/guideLine/properties/document"))
                .containsExactlyInAnyOrder(constants(GuideAnswer.Document.class));
    }

    /** Every object of the schema, by its JSON pointer. */
    private static Stream<String> objects() {
        List<String> pointers = new ArrayList<>();
        collect(SCHEMA, "", pointers);
        return pointers.stream();
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (node.isObject() && node.path("type").asString("").equals("object")) {
            pointers.add(pointer);
        }
        node.properties().forEach(member -> collect(member.getValue(), pointer + "/" + member.getKey(), pointers));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void every_object_says_which_keys_it_may_have(String pointer) {
        JsonNode object = SCHEMA.at(pointer);

        boolean closed = object.path("additionalProperties").isBoolean()
                && !object.path("additionalProperties").asBoolean();
        boolean named = object.has("propertyNames") && object.has("maxProperties");
        assertThat(closed || named).as(pointer).isTrue();
    }

    @Test
    void every_list_and_text_has_a_limit() {
        List<String> unbounded = new ArrayList<>();
        SCHEMA.findParents("type").forEach(node -> {
            String type = node.path("type").asString("");
            boolean bounded = switch (type) {
                case "array" -> node.has("maxItems");
                case "string" ->
                    node.has("maxLength") || node.path("pattern").asString("").matches("\\^[^*+]*\\$|.*\\{1,.*");
                case "integer", "number" ->
                    (node.has("minimum") || node.has("exclusiveMinimum"))
                            && (node.has("maximum") || node.has("exclusiveMaximum"));
                default -> true;
            };
            if (!bounded && !node.path("pattern").asString("").contains("{0,61}")) {
                unbounded.add(node.toString());
            }
        });

        assertThat(unbounded).isEmpty();
    }

    @Test
    void a_default_that_it_names_is_the_value_that_the_reader_fills_in() {
        String spelledOut = MINIMAL.replace(
                                "from: production",
                                "from: production, to: " + standard("/properties/source/properties/to"))
                        .replace(
                                "production: {target: {type: process, command: [java]}}",
                                "production: {target: {type: process, command: [java], portEnv: %s, health: %s, http2: %s}, traffic: {%s}, strategy: %s, bake: %s, canary: {%s}}"
                                        .formatted(
                                                standard("/$defs/target/properties/portEnv"),
                                                standard("/$defs/target/properties/health"),
                                                standard("/$defs/target/properties/http2"),
                                                defaults("/$defs/traffic"),
                                                standard(
                                                        "/properties/environments/properties/production/properties/strategy"),
                                                standard(
                                                        "/properties/environments/properties/production/properties/bake"),
                                                defaults("/$defs/canary")))
                + "approvals: {" + defaults("/properties/approvals") + "}\n"
                + "onPush: " + standard("/properties/onPush") + "\n";

        assertThat(read(spelledOut)).isInstanceOf(PolicyReading.Accepted.class).isEqualTo(read(MINIMAL));
    }

    @Test
    void so_are_the_defaults_of_gates_probes_and_tags() {
        String gate = "gates: [{id: a, http: [{get: /health%s}]%s}]\nmerge: {%s}\n";
        String probe = "/$defs/gate/properties/http/items";

        assertThat(read(MINIMAL
                        + gate.formatted(
                                ", " + defaults(probe),
                                ", " + defaults("/$defs/gate"),
                                "tag: \"" + standard("/properties/merge/properties/tag") + "\"")))
                .isInstanceOf(PolicyReading.Accepted.class)
                .isEqualTo(read(MINIMAL + gate.formatted("", "", "")));
    }

    @Test
    void so_are_the_defaults_of_duties() {
        String duty = "duties: [{id: a, text: A, by: devops, before: end%s}]\n";

        assertThat(read(MINIMAL + duty.formatted(", " + defaults("/properties/duties/items"))))
                .isInstanceOf(PolicyReading.Accepted.class)
                .isEqualTo(read(MINIMAL + duty.formatted("")));
    }

    private static String standard(String pointer) {
        JsonNode standard = SCHEMA.at(pointer + "/default");
        assertThat(standard.isMissingNode()).as(pointer).isFalse();
        return standard.asString();
    }

    /** All members of an object that have a default, as YAML. */
    private static String defaults(String pointer) {
        JsonNode properties = SCHEMA.at(pointer + "/properties");
        String yaml = StreamSupport.stream(properties.propertyNames().spliterator(), false)
                .filter(name -> properties.path(name).has("default"))
                .map(name -> name + ": " + properties.path(name).path("default"))
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return yaml;
    }

    /** Values at both ends of a range are taken, those just outside are not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            approvals: {required: %s}                                                 | 0      | 20      | -1     | 21
            approvals: {within: %s}                                                   | 1m     | 30d     | 59s    | 31d
            approvals: {people: [[a@x.test%s]]}                                       | `, b@x.test` | `, b@x.test, c@x.test` | `` | `, b`
            gates: [{id: a, check: merge, within: %s}]                                | 1s     | 30d     | 999ms  | 31d
            duties: [{id: a, text: A, by: devops, before: end, within: %s}]           | 1m     | 30d     | 59s    | 31d
            gates: [{id: a, http: [{get: /, status: %s}]}]                            | 100    | 599     | 99     | 600
            """)
    void ranges_end_where_they_say(String form, String least, String most, String below, String above) {
        assertThat(read(MINIMAL + form.formatted(least))).isInstanceOf(PolicyReading.Accepted.class);
        assertThat(read(MINIMAL + form.formatted(most))).isInstanceOf(PolicyReading.Accepted.class);
        assertThat(read(MINIMAL + form.formatted(below))).isInstanceOf(PolicyReading.Refused.class);
        assertThat(read(MINIMAL + form.formatted(above))).isInstanceOf(PolicyReading.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bake: %s                                        | 0s       | 24h       | -1s      | 25h
            canary: {alpha: %s}                             | 0.0001   | 0.2       | 0.00009  | 0.2001
            canary: {answersMin: %s}                        | 1        | 1000000   | 0        | 1000001
            canary: {warmUp: %s}                            | 0s       | 10m       | -1s      | 11m
            steps: [{traffic: 100}], canary: {stepWithin: %s} | 10s    | 7d        | 9s       | 8d
            steps: [{traffic: %s}, {traffic: 100}]          | 1        | 99        | 0        | 100
            steps: [{traffic: 10, hold: %s}, {traffic: 100}] | 1s      | 24h       | 0s       | 25h
            steps: [{traffic: 100, hold: %s}]               | 0s       | 24h       | -1s      | 25h
            traffic: {firstByteWithin: %s}                  | 100ms    | 10m       | 99ms     | 601s
            traffic: {bodyMax: %s}                          | 1024B    | 1GB       | 1023B    | 1025MB
            traffic: {inFlightMax: %s}                      | 1        | 10000     | 0        | 10001
            cohort: {header: X-Beta, value: "%s"}           | a        | abcdefghi | ` a`     | ``
            canary: {guardrails: {errorRate: "< %s%%"}}     | 0.000001 | 100       | 0        | 100.000001
            canary: {guardrails: {p95: "< %s"}}             | 1ms      | 60s       | 0s       | 61s
            canary: {guardrails: {p%s: "< 1s"}}             | 0.001    | 99.999    | 0        | 100
            """)
    void ranges_of_production_end_where_they_say(String form, String least, String most, String below, String above) {
        for (String value : List.of(least, most)) {
            PolicyReading reading = read(production(form.formatted(value)));
            assertThat(reading).as(value).isInstanceOf(PolicyReading.Accepted.class);
        }
        for (String value : List.of(below, above)) {
            PolicyReading reading = read(production(form.formatted(value)));
            assertThat(reading).as(value).isInstanceOf(PolicyReading.Refused.class);
        }
    }

    private static String production(String more) {
        return MINIMAL.replace("production: {target:", "production: {" + more + ", target:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application                     | application: hello          | application: -hello
            apiVersion                      | slipway.dev/v1              | slipway.dev/v2
            kind                            | kind: ReleasePolicy         | kind: Policy
            source.repository               | "file:/srv/hello.git"       | "ssh://example.test/x"
            source.repository               | "file:/srv/hello.git"       | 1
            source                          | "file:/srv/hello.git"       | "file:/srv/\\u0007"
            source.from                     | from: production            | from: "-x"
            source                          | , from: production          | ``
            contacts                        | [{role: devops, name: Ben, email: ben@example.test}] | []
            contacts[0]                     | [{role: devops, name: Ben, email: ben@example.test}] | [Ben]
            contacts[0].email               | ben@example.test            | ben
            contacts[0].email               | ben@example.test            | null
            contacts[0].name                | name: Ben                   | name: ""
            contacts[0].slack               | email: ben@example.test     | slack: "# ops"
            environments.staging.target.command | command: [java]         | command: []
            environments.staging.target.command[0] | command: [java]      | command: [1]
            environments.staging.target.portEnv | command: [java]         | command: [java], portEnv: port
            environments.staging.target.health | command: [java]          | command: [java], health: health
            environments                    | staging:                    | stagin:
            """)
    void a_value_of_the_wrong_kind_is_refused_at_its_place(String path, String good, String bad) {
        assertThat(MINIMAL).contains(good);
        int at = MINIMAL.indexOf(good);
        PolicyReading reading = read(MINIMAL.substring(0, at) + bad + MINIMAL.substring(at + good.length()));

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings()).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.message()).isNotBlank().doesNotContain("dev.slipway", "Exception", "null:");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            checks[1]                       | checks: [build, "a b"]
            checks                          | checks: [build, build]
            checks                          | checks: build
            gates[0].id                     | gates: [{id: A b, check: merge}]
            gates[0]                        | gates: [{check: merge}]
            gates[0]                        | gates: [{id: a}]
            gates[0]                        | gates: [{id: a, check: merge, evidence: junit, rule: {tests.failed: 0}}]
            gates[0]                        | gates: [{id: a, evidence: junit}]
            gates[0].evidence               | gates: [{id: a, evidence: pdf, rule: {tests.failed: 0}}]
            gates[0].rule                   | gates: [{id: a, evidence: junit, rule: {"1x": 0}}]
            gates[0].rule.tests.failed      | gates: [{id: a, evidence: junit, rule: {tests.failed: "=< 1"}}]
            gates[0].rule.tests.failed      | gates: [{id: a, evidence: junit, rule: {tests.failed: [1]}}]
            gates[0].rule.tests.failed      | gates: [{id: a, evidence: junit, rule: {tests.failed: true}}]
            gates[0].cel                    | gates: [{id: a, evidence: junit, cel: ""}]
            gates[0].http                   | gates: [{id: a, http: []}]
            gates[0].http[0].get            | gates: [{id: a, http: [{get: health}]}]
            gates[0].http[0].get            | gates: [{id: a, http: [{get: "http://example.test/"}]}]
            gates[0].http[0].get            | gates: [{id: a, http: [{get: "/a b"}]}]
            gates[0].http[0]                | gates: [{id: a, http: [{status: 200}]}]
            gates[0].http[0].json           | gates: [{id: a, http: [{get: /, json: {"greeting": 1}}]}]
            gates[0].http[0].json.$.a       | gates: [{id: a, http: [{get: /, json: {"$.a": [1]}}]}]
            gates[0].http[0].status         | gates: [{id: a, http: [{get: /, status: 200.5}]}]
            gates[0]                        | gates: [{id: a, check: merge, guide: "a\\tb"}]
            approvals                       | approvals: 2
            approvals.required              | approvals: {required: "2"}
            onPush                          | onPush: SUPERSEDE
            merge.tag                       | merge: {tag: "v 1"}
            merge                           | merge: [v1]
            """)
    void what_is_added_is_checked_as_well(String path, String added) {
        PolicyReading reading = read(MINIMAL + added + "\n");

        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings()).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.line()).isEqualTo(9);
            assertThat(finding.message()).isNotBlank().doesNotContain("dev.slipway", "Exception");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "aplication, application",
        "Contacts, contacts",
        "enviroments, environments",
        "gate, gates",
        "on_push, onPush",
        "check, checks",
        "merg, merge",
        "sources, source"
    })
    void the_nearest_legal_key_is_offered(String written, String meant) {
        PolicyReading reading = read(MINIMAL + written + ": 1\n");

        assertThat(((PolicyReading.Refused) reading).findings())
                .contains(new Finding(9, 1, written, "is not a known key; did you mean " + meant + "?"));
    }

    @Test
    void a_whole_number_may_be_written_with_a_point() {
        PolicyReading reading = read(MINIMAL + "approvals: {required: 2.0}\n");

        assertThat(((PolicyReading.Accepted) reading).policy().approvals())
                .isEqualTo(new Policy.Approvals(2, Duration.ofHours(72)));
    }
}
