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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The gates of a policy. */
final class GateMapping {
    private static final Set<Stage> WITH_AN_ADDRESS = Set.of(Stage.STAGING, Stage.CANDIDATE, Stage.PRODUCTION);

    private static final Set<String> IN_STAGING = Set.of(Gate.ISOLATED, Gate.SETTINGS, Gate.SETTINGS_ASK);

    private GateMapping() {}

    /**
     * @param asked what is known of the versions that gates send requests to
     * @param environments of the policy
     */
    static Gate gate(JsonNode json, String at, AskedPorts asked, JsonNode environments) {
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
                        StepMapping.steps(json.path("http"), at + "/http", asked, stage(json)),
                        Durations.parse(within),
                        MetricMapping.rules(json.path("metrics"), at + "/metrics"),
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
                        PolicyMapping.optional(
                                json, "arrival", what -> arrival(what, at + "/arrival", Arrival.EVERY_DEFAULT)),
                        PolicyMapping.optional(
                                json,
                                "noise",
                                of -> PolicyMapping.within(
                                        at + "/noise",
                                        () -> new NoiseRuns(of.path("runs").asInt()))),
                        PolicyMapping.optional(
                                json, "isolated", how -> IsolatedMapping.isolated(how, at + "/isolated", environments)),
                        MetricMapping.queries(json.path("metrics"), at + "/metrics"),
                        FilesMapping.files(json, at),
                        TrackerMapping.tracker(json, at),
                        PolicyMapping.optional(
                                json, "kayenta", asks -> KayentaMapping.kayenta(asks, at + "/kayenta"))));
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
        if (gate.isOfSettings() && gate.stage() != Stage.STAGING && gate.stage() != Stage.CANDIDATE) {
            throw new PolicyMapping.OutOfRange(
                    at, "compares secrets by what staging's machine tells: its stage must be staging or candidate");
        }
        if (Gate.ISOLATED.equals(gate.check()) && gate.stage() != Stage.STAGING && gate.stage() != Stage.CANDIDATE) {
            throw new PolicyMapping.OutOfRange(
                    at, "compares what runs in staging with production: its stage must be staging or candidate");
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
        return json.has("http") || json.has("metrics") || (check != null && IN_STAGING.contains(check))
                ? Stage.STAGING
                : Stage.PRE_RELEASE;
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

    /** @param every the pause from look to look where none is said */
    static Arrival arrival(JsonNode json, String at, Duration every) {
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
                        json.has("every") ? Durations.parse(json.path("every").asString()) : every,
                        values(json.path("json"))));
        for (String text : arrival.texts()) {
            Placeholders.faultOfArrival(text).ifPresent(fault -> {
                throw new PolicyMapping.OutOfRange(at, fault);
            });
        }
        return arrival;
    }

    private static List<Gate.JsonExpectation> values(JsonNode json) {
        return json.properties().stream()
                .map(value -> new Gate.JsonExpectation(
                        value.getKey(), value.getValue().toString()))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(text -> text.asString().strip()).toList();
    }
}
