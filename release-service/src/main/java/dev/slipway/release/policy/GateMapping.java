package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.NoiseRuns;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.StableRuns;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.contracts.policy.WithoutBaseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The gates of a policy. */
final class GateMapping {
    private static final Set<Stage> WITH_AN_ADDRESS = Set.of(Stage.STAGING, Stage.CANDIDATE, Stage.PRODUCTION);

    private GateMapping() {}

    /** @param asked what is known of the versions that gates send requests to */
    static Gate gate(JsonNode json, String at, AskedPorts asked) {
        String within = PolicyMapping.text(json, "within", Gate.WITHIN_DEFAULT.toMinutes() + "m");
        Gate gate = PolicyMapping.within(
                at,
                () -> new Gate(
                        json.path("id").asString(),
                        PolicyMapping.text(json, "guide", ""),
                        stage(json),
                        PolicyMapping.optional(json, "evidence"),
                        PolicyMapping.optional(json, "suite"),
                        thresholds(json.path("rule")),
                        PolicyMapping.optional(json, "cel"),
                        PolicyMapping.optional(json, "check"),
                        PolicyMapping.list(
                                json.path("http"),
                                at + "/http",
                                (request, here) -> probe(request, here, asked, stage(json))),
                        Durations.parse(within),
                        PolicyMapping.list(json.path("metrics"), at + "/metrics", MetricMapping::rule),
                        PolicyMapping.optional(json, "watch", watch -> Durations.parse(watch.asString())),
                        PolicyMapping.optional(json, "licenses", GateMapping::licenses),
                        PolicyMapping.optional(json, "scanner"),
                        PolicyMapping.optional(
                                json,
                                "baseline",
                                named -> PolicyMapping.constant(WithoutBaseline.class, named.asString())),
                        PolicyMapping.optional(json, "signedBy", signers -> signers(signers, at + "/signedBy")),
                        PolicyMapping.optional(
                                json,
                                "stability",
                                over -> PolicyMapping.within(
                                        at + "/stability",
                                        () -> new StableRuns(over.path("runs").asInt()))),
                        PolicyMapping.optional(json, "arrival", what -> arrival(what, at + "/arrival")),
                        PolicyMapping.optional(
                                json,
                                "noise",
                                of -> PolicyMapping.within(
                                        at + "/noise",
                                        () -> new NoiseRuns(of.path("runs").asInt())))));
        requireFit(gate, at);
        return gate;
    }

    /** A gate that could never be answered is refused here rather than found out in the middle of a release. */
    private static void requireFit(Gate gate, String at) {
        boolean asks = !gate.http().isEmpty() || !gate.metrics().isEmpty();
        if (asks && !WITH_AN_ADDRESS.contains(gate.stage())) {
            throw new PolicyMapping.OutOfRange(
                    at, "sends requests to a running version: its stage must be staging, candidate or production");
        }
        if ((gate.arrival() != null) != (gate.stage() == Stage.ARRIVAL)) {
            throw new PolicyMapping.OutOfRange(
                    at,
                    gate.arrival() == null
                            ? "is asked in the stage arrival, in which arrival: alone says what is looked for"
                            : "looks for what was published: its stage must be arrival, which may be left out");
        }
        if ("way-back".equals(gate.check()) && gate.stage() != Stage.CANDIDATE) {
            throw new PolicyMapping.OutOfRange(at, "checks the way back: its stage must be candidate");
        }
    }

    /** Where a gate stands if nobody says so: as early as it can be answered. */
    static Stage stage(JsonNode json) {
        if (json.has("stage")) {
            return PolicyMapping.constant(Stage.class, json.path("stage").asString());
        }
        @Nullable String check = PolicyMapping.optional(json, "check");
        if ("merge".equals(check)) {
            return Stage.MERGE;
        } else if ("way-back".equals(check)) {
            return Stage.CANDIDATE;
        }
        if (json.has("arrival")) {
            return Stage.ARRIVAL;
        }
        return json.has("http") || json.has("metrics") ? Stage.STAGING : Stage.PRE_RELEASE;
    }

    private static List<Gate.Threshold> thresholds(JsonNode rule) {
        List<Gate.Threshold> thresholds = new ArrayList<>();
        rule.properties()
                .forEach(fact -> thresholds.add(new Gate.Threshold(fact.getKey(), expectation(fact.getValue()))));
        return thresholds;
    }

    private static String expectation(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue().stripTrailingZeros().toPlainString()
                : value.asString().strip();
    }

    private static LicenseList licenses(JsonNode json) {
        return new LicenseList(
                texts(json.path("allow")),
                PolicyMapping.constant(
                        LicenseList.WhenUnknown.class, PolicyMapping.text(json, "unknown", "inconclusive")),
                texts(json.path("except")));
    }

    private static SignedBy signers(JsonNode json, String at) {
        List<TrustedKey> keys = PolicyMapping.list(
                json.path("keys"),
                at + "/keys",
                (key, place) -> PolicyMapping.within(place, () -> new TrustedKey(key.asString())));
        return PolicyMapping.within(
                at,
                () -> new SignedBy(
                        keys,
                        PolicyMapping.optional(json, "builder"),
                        PolicyMapping.optional(json, "source"),
                        PolicyMapping.optional(json, "tag")));
    }

    private static Arrival arrival(JsonNode json, String at) {
        Arrival arrival = PolicyMapping.within(
                at,
                () -> new Arrival(
                        PolicyMapping.optional(json, "url"),
                        PolicyMapping.optional(json, "get"),
                        PolicyMapping.optional(json, "tag"),
                        PolicyMapping.optional(json, "image"),
                        json.path("status").asInt(Arrival.STATUS_DEFAULT),
                        PolicyMapping.optional(json, "contains"),
                        PolicyMapping.optional(json, "sha256"),
                        PolicyMapping.optional(json, "digest"),
                        json.has("every") ? Durations.parse(json.path("every").asString()) : Arrival.EVERY_DEFAULT));
        for (String text : arrival.texts()) {
            Placeholders.faultOfArrival(text).ifPresent(fault -> {
                throw new PolicyMapping.OutOfRange(at, fault);
            });
        }
        return arrival;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(text -> text.asString().strip()).toList();
    }

    private static Gate.HttpProbe probe(JsonNode json, String at, AskedPorts asked, Stage stage) {
        List<Gate.JsonExpectation> expected = new ArrayList<>();
        json.path("json")
                .properties()
                .forEach(value -> expected.add(new Gate.JsonExpectation(
                        value.getKey(),
                        asked.known(
                                value.getValue().toString(),
                                YamlDocument.child(at + "/json", value.getKey()),
                                stage))));
        return PolicyMapping.within(
                at,
                () -> new Gate.HttpProbe(
                        asked.known(json.path("get").asString(), at + "/get", stage),
                        json.path("status").asInt(200),
                        PolicyMapping.optional(json, "latency", latency -> Durations.parse(latency.asString())),
                        expected,
                        PolicyMapping.optional(
                                json, "contains", text -> asked.known(text.asString(), at + "/contains", stage))));
    }
}
