package dev.slipway.release.policy;

import static dev.slipway.release.policy.PolicyMapping.constant;
import static dev.slipway.release.policy.PolicyMapping.optional;
import static dev.slipway.release.policy.PolicyMapping.text;
import static dev.slipway.release.policy.PolicyMapping.within;

import dev.slipway.contracts.policy.BodyPath;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.contracts.policy.Saving;
import dev.slipway.contracts.policy.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The requests of an {@code http:} gate, in their order: what one saves, those after it may use. Defaults stand in the schema
 * too.
 */
final class StepMapping {
    private static final Set<String> MORE_THAN_GET = Set.of("method", "headers", "body", "save");

    private final AskedPorts asked;
    private final Stage stage;
    private final Set<String> saved = new TreeSet<>();

    private StepMapping(AskedPorts asked, Stage stage) {
        this.asked = asked;
        this.stage = stage;
    }

    static List<HttpProbe> steps(JsonNode list, String at, AskedPorts asked, Stage stage) {
        StepMapping mapping = new StepMapping(asked, stage);
        return PolicyMapping.list(list, at, mapping::request);
    }

    private HttpProbe request(JsonNode json, String at) {
        String path = json.has("path") ? "path" : "get";
        if (json.has("get") && json.has("method")) {
            throw new PolicyMapping.OutOfRange(
                    at + "/method", "stands beside get:, which is a method itself; say path:");
        }
        String asks = known(json.path(path).asString(), at + "/" + path);
        List<JsonExpectation> expected = expected(json.path("json"), at + "/json");
        @Nullable String contains = optional(json, "contains", text -> known(text.asString(), at + "/contains"));
        @Nullable HttpStep step = MORE_THAN_GET.stream().anyMatch(json::has) ? step(json, at) : null;
        HttpProbe request = within(
                at,
                () -> new HttpProbe(
                        asks,
                        json.path("status").asInt(200),
                        optional(json, "latency", latency -> Durations.parse(latency.asString())),
                        expected,
                        contains,
                        step));
        if (step != null) {
            saved.addAll(step.save().keySet()); // for the steps after this one
        }
        return request;
    }

    private List<JsonExpectation> expected(JsonNode json, String at) {
        List<JsonExpectation> expected = new ArrayList<>();
        json.properties().forEach(value -> {
            String here = YamlDocument.child(at, value.getKey());
            usable(value.getKey(), here);
            expected.add(
                    new JsonExpectation(value.getKey(), known(value.getValue().toString(), here)));
        });
        return expected;
    }

    private HttpStep step(JsonNode json, String at) {
        Map<String, String> headers = new TreeMap<>();
        json.path("headers").properties().forEach(line -> {
            String here = YamlDocument.child(at + "/headers", line.getKey());
            headers.put(line.getKey(), known(line.getValue().asString(), here));
        });
        Map<String, Saving> save = new TreeMap<>();
        json.path("save").properties().forEach(value -> {
            String here = YamlDocument.child(at + "/save", value.getKey());
            save.put(value.getKey(), saving(value.getValue(), here));
        });
        JsonNode body = json.path("body");
        boolean isJson = !body.isMissingNode() && !body.isString();
        @Nullable String sent = body.isMissingNode() ? null : isJson ? body.toString() : body.asString();
        if (sent != null) {
            known(sent, at + "/body");
        }
        return within(
                at,
                () -> new HttpStep(
                        constant(HttpStep.Method.class, text(json, "method", "GET")), headers, sent, isJson, save));
    }

    private static Saving saving(JsonNode json, String at) {
        if (json.isObject()) {
            return within(at, () -> new Saving(null, json.path("header").asString()));
        }
        usable(json.asString(), at);
        return within(at, () -> new Saving(json.asString(), null));
    }

    private static void usable(String path, String at) {
        BodyPath.fault(path).ifPresent(fault -> {
            throw new PolicyMapping.OutOfRange(at, path + " " + fault);
        });
    }

    private String known(String text, String at) {
        return asked.known(text, at, stage, saved);
    }
}
