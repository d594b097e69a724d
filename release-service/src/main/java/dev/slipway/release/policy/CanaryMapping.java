package dev.slipway.release.policy;

import static dev.slipway.release.policy.PolicyMapping.constant;
import static dev.slipway.release.policy.PolicyMapping.duration;
import static dev.slipway.release.policy.PolicyMapping.list;
import static dev.slipway.release.policy.PolicyMapping.optional;
import static dev.slipway.release.policy.PolicyMapping.text;
import static dev.slipway.release.policy.PolicyMapping.within;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GrpcHealth;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How a canary is judged, as the policy writes it. Defaults stand in the schema too. */
final class CanaryMapping {
    private static final Duration STEP_WITHIN_LEAST = Duration.ofMinutes(30);
    private static final int HOLDS_OF_A_STEP = 3;

    private static final Pattern QUANTILE = Pattern.compile("p\\d{1,2}(\\.\\d{1,3})?");

    private CanaryMapping() {}

    static Canary canary(JsonNode json, List<Step> steps, String at) {
        return within(
                at,
                () -> new Canary(
                        constant(Canary.Assign.class, text(json, "assign", "request")),
                        json.path("alpha").asDouble(0.01),
                        json.path("answersMin").asInt(40),
                        constant(Canary.OnInconclusive.class, text(json, "onInconclusive", "hold")),
                        duration(json, "warmUp", "10s"),
                        constant(Canary.Traffic.class, text(json, "traffic", "live")),
                        guardrails(json.path("guardrails"), at + "/guardrails"),
                        json.has("stepWithin")
                                ? Durations.parse(json.path("stepWithin").asString())
                                : stepWithin(steps),
                        json.path("holdBack").asInt(Canary.HOLD_BACK_PERCENT),
                        json.path("latencyMargin").asDouble(Canary.LATENCY_MARGIN),
                        duration(json, "latencyDifference", "5ms"),
                        optional(json, "detect", detect -> detect(detect, at + "/detect")),
                        list(json.path("statuses"), at + "/statuses", CanaryMapping::statuses)));
    }

    /**
     * Probes are requests for a path, of whichever version they fall on: where all that is asked of a version is gRPC's health,
     * or by placeholders that are otherwise in each process, there is nothing to send.
     */
    static void requireProbeable(Policy policy) {
        Policy.Environments.Production production = policy.environments().production();
        boolean path = Stream.concat(
                        Stream.of(production.target().health()),
                        policy.gates().stream()
                                .filter(gate -> gate.stage() == Stage.STAGING)
                                .flatMap(gate -> gate.http().stream())
                                .flatMap(request -> request.asWarmUp().stream())
                                .map(Gate.HttpProbe::get))
                .anyMatch(asked -> !GrpcHealth.isMeant(asked) && !Placeholders.needMachine(asked));
        if (production.canary().traffic() == Canary.Traffic.PROBE && !path) {
            throw new PolicyMapping.OutOfRange(
                    "/environments/production/canary/traffic",
                    "sends requests for a path, and this policy names none that is the same for every process: name one in"
                            + " a smoke gate of staging (http: [{get: /...}])");
        }
    }

    /** A step that is held for hours may take hours more: its deadline must not come before its hold is over. */
    private static Duration stepWithin(List<Step> steps) {
        return steps.stream()
                .map(step -> step.hold().multipliedBy(HOLDS_OF_A_STEP))
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(STEP_WITHIN_LEAST) > 0)
                .orElse(STEP_WITHIN_LEAST);
    }

    private static Canary.Guardrails guardrails(JsonNode json, String at) {
        List<Canary.LatencyLimit> latencies = new ArrayList<>();
        for (String name : json.propertyNames()) {
            if (QUANTILE.matcher(name).matches()) {
                double quantile =
                        new BigDecimal(name.substring(1)).movePointLeft(2).doubleValue();
                Duration below = Durations.parse(limit(json.path(name)));
                latencies.add(within(at + "/" + name, () -> new Canary.LatencyLimit(quantile, below)));
            }
        }
        return within(
                at,
                () -> new Canary.Guardrails(
                        optional(json, "errorRate", rate -> percent(limit(rate))),
                        latencies,
                        optional(
                                json,
                                "memory",
                                memory -> Sizes.parse(limit(memory).replace(" ", ""))),
                        optional(json, "memoryGrowth", growth -> percent(limit(growth))),
                        optional(json, "restarts", JsonNode::asInt),
                        list(json.path("metrics"), at + "/metrics", MetricMapping::rule)));
    }

    private static Canary.Detect detect(JsonNode json, String at) {
        return within(at, () -> new Canary.Detect(percent(json.path("errors").asString())));
    }

    private static StatusRule statuses(JsonNode json, String at) {
        return within(
                at,
                () -> new StatusRule(
                        json.path("path").asString(),
                        list(json.path("errors"), at + "/errors", (status, _) -> status.asString()),
                        list(json.path("refusals"), at + "/refusals", (status, _) -> status.asString()),
                        list(json.path("neither"), at + "/neither", (status, _) -> status.asString())));
    }

    /** {@code "< 5%"} without its sign. */
    private static String limit(JsonNode json) {
        return json.asString().strip().substring(1).strip();
    }

    private static Double percent(String text) {
        return Double.valueOf(text.replace("%", "").strip());
    }
}
