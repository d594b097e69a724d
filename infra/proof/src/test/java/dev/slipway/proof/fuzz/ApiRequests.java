package dev.slipway.proof.fuzz;

import static dev.slipway.proof.fuzz.SchemaValues.odd;
import static dev.slipway.proof.fuzz.SchemaValues.pick;

import dev.slipway.proof.fuzz.ApiDocument.Operation;
import dev.slipway.proof.fuzz.ApiDocument.Parameter;
import dev.slipway.proof.fuzz.ApiRequest.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** Requests made from an API's document: two in five as documented, the others with one thing made wrong. */
final class ApiRequests {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FROB");
    private static final List<String> ACCEPTS = List.of(
            "application/json", "*/*", "text/html", "application/xml;q=1", "application/json;q=0", "a/b/c", "*", "");
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/json; charset=frob",
            "application/json; charset=UTF-16",
            "nonsense",
            "a/b, c/d",
            "");
    private static final List<String> PATHS = List.of(
            "/", "/api", "/api/v1", "/api/v1/", "/api/v2/releases", "/api/v1/nothing", "/actuator/env", "/error");
    private static final List<String> PATH_TAILS =
            List.of("/", "//", "/..", ";a=b", "%2F", "%00", "/%2e%2e/", "%", "?", "??", "#x", "\\", "|");

    private final ApiDocument document;
    private final SchemaValues values;
    private final Map<String, String> tokens;
    private final List<String> brokenTokens;

    /**
     * Requests for a document.
     *
     * @param tokens by role
     * @param brokenTokens such as no server may believe
     */
    ApiRequests(ApiDocument document, Map<String, String> tokens, List<String> brokenTokens) {
        this.document = document;
        this.values = new SchemaValues(document);
        this.tokens = Map.copyOf(tokens);
        this.brokenTokens = List.copyOf(brokenTokens);
    }

    /** A request of being made. */
    private static final class Draft {
        private final Operation operation;
        private boolean means = true;
        private String method;
        private String path;
        private final List<String> query = new ArrayList<>();
        private final List<Header> headers = new ArrayList<>();
        private byte[] body = new byte[0];
        private String twisted = "";

        private Draft(Operation operation) {
            this.operation = operation;
            this.method = operation.method();
            this.path = operation.path();
        }

        private void header(String name, String value) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
            headers.add(new Header(name, value));
        }

        private ApiRequest done() {
            String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
            return new ApiRequest(means ? operation : null, method, target, headers, body, twisted);
        }
    }

    ApiRequest next(SplittableRandom random) {
        Operation operation = pick(document.operations(), random);
        Draft draft = new Draft(operation);
        draft.header("Authorization", "Bearer " + tokens.get(pick(operation.roles(), random)));
        operation.parameters().forEach(parameter -> put(draft, parameter, random, false));
        if (!operation.bodies().isEmpty()) {
            body(draft, random);
        }
        if (random.nextInt(5) > 1) {
            twist(draft, random);
        }
        return draft.done();
    }

    private void put(Draft draft, Parameter parameter, SplittableRandom random, boolean wrong) {
        String value = wrong ? odd(random) : values.goodText(parameter.schema(), random);
        switch (parameter.in()) {
            case "path" -> draft.path = draft.path.replace("{" + parameter.name() + "}", encoded(value));
            case "header" -> {
                if (!parameter.name().equalsIgnoreCase("Content-Type")
                        && (parameter.required() || random.nextBoolean())) {
                    draft.header(parameter.name(), value.replaceAll("[\\r\\n\\x00]", " "));
                }
            }
            default -> {
                if (wrong || parameter.required() || random.nextInt(3) == 0) {
                    draft.query.add(parameter.name() + "=" + encoded(value));
                }
            }
        }
    }

    private void body(Draft draft, SplittableRandom random) {
        var body = pick(new ArrayList<>(draft.operation.bodies().entrySet()), random);
        String type = body.getKey();
        draft.header("Content-Type", type.equals("*/*") ? "application/xml" : type);
        JsonNode value = values.good(body.getValue(), random);
        draft.body = (value.isString() ? value.asString() : value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private void twist(Draft draft, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0 -> method(draft, random);
            case 1 -> path(draft, random);
            case 2, 3 -> parameter(draft, random);
            case 4 -> twice(draft, random);
            case 5 -> {
                draft.header("Accept", pick(ACCEPTS, random));
                draft.twisted = "Accept";
            }
            case 6 -> {
                draft.header("Content-Type", pick(CONTENT_TYPES, random));
                draft.twisted = "Content-Type";
            }
            case 7 -> {
                draft.header("Authorization", "Bearer " + pick(brokenTokens, random));
                draft.twisted = "token";
            }
            case 8 -> {
                draft.header("X-Note", pick(List.of("Grüße €", "\ud83d\ude00", "a".repeat(3000), "\tx\t"), random));
                draft.twisted = "header";
            }
            default -> bentBody(draft, random);
        }
    }

    private static void method(Draft draft, SplittableRandom random) {
        draft.method = pick(METHODS, random);
        draft.means = draft.method.equals(draft.operation.method());
        draft.twisted = "method";
    }

    private static void path(Draft draft, SplittableRandom random) {
        draft.path = random.nextInt(3) == 0 ? pick(PATHS, random) : draft.path + pick(PATH_TAILS, random);
        draft.means = false;
        draft.twisted = "path";
    }

    private void parameter(Draft draft, SplittableRandom random) {
        List<Parameter> parameters = draft.operation.parameters();
        if (parameters.isEmpty()) {
            draft.query.add(encoded(odd(random)) + "=" + encoded(odd(random)));
            draft.twisted = "unknown parameter";
            return;
        }
        Parameter parameter = pick(parameters, random);
        if (parameter.in().equals("path")) {
            draft.path = draft.operation.path();
            parameters.stream()
                    .filter(each -> each.in().equals("path"))
                    .forEach(each -> put(draft, each, random, each.equals(parameter)));
            draft.means = false; // another path, perhaps
        } else {
            put(draft, parameter, random, true);
        }
        draft.twisted = "parameter " + parameter.name();
    }

    private void twice(Draft draft, SplittableRandom random) {
        for (Parameter parameter : draft.operation.parameters()) {
            if (parameter.in().equals("query")) {
                draft.query.add(parameter.name() + "=" + encoded(values.goodText(parameter.schema(), random)));
                draft.query.add(parameter.name() + "=" + encoded(values.goodText(parameter.schema(), random)));
            }
        }
        draft.query.add(pick(List.of("a", "a=%", "%zz=1", "=", "&", "a=%ff%fe"), random));
        draft.twisted = "twice";
    }

    private void bentBody(Draft draft, SplittableRandom random) {
        draft.twisted = "body";
        if (draft.operation.bodies().isEmpty()) {
            draft.body = "{}".getBytes(StandardCharsets.UTF_8);
            return;
        }
        String text = new String(draft.body, StandardCharsets.UTF_8);
        draft.body = switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8);
            case 2 -> "[".repeat(2000).getBytes(StandardCharsets.UTF_8);
            case 3 -> new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1};
            default -> {
                JsonNode schema = pick(new ArrayList<>(draft.operation.bodies().values()), random);
                yield values.bent(values.good(schema, random), random)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
