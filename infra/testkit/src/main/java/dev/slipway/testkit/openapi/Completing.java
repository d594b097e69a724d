package dev.slipway.testkit.openapi;

import dev.slipway.testkit.openapi.Controllers.Looked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a description of what springdoc found: what all operations share, and what is told of each. */
final class Completing {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern ALTERNATIVES = Pattern.compile("\\{(\\w+):([\\w|]+)}");
    private final Looked looked;
    private final Map<String, Told> told = new LinkedHashMap<>();

    private final Fields fields;

    Completing(Looked looked, List<Told> told, Fields fields) {
        this.looked = looked;
        this.fields = fields;
        told.forEach(each -> this.told.put(each.operation(), each));
    }

    ObjectNode document(String service) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("openapi", "3.1.0");
        made.putObject("info").put("title", service).put("version", "v1");
        ObjectNode paths = made.putObject("paths");
        ObjectNode found = (ObjectNode) looked.found().document().path("paths");
        looked.found().patterns().keySet().forEach(pattern -> expand(pattern, found, paths));
        told.values().stream()
                .filter(Told::routed)
                .forEach(each -> paths.withObject("/" + escaped(each.path()))
                        .set(each.method().toLowerCase(Locale.ROOT), Shared.routed()));
        List<String> described = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                described.add(complete(path.getKey(), operation.getKey(), (ObjectNode) operation.getValue()));
            }
        }
        require(described);
        made.set(
                "components",
                Shared.components(looked.found().document().path("components").path("schemas"), fields));
        return made;
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private void require(List<String> described) {
        if (!new TreeSet<>(described).equals(new TreeSet<>(told.keySet()))) {
            throw new AssertionError("The controllers have %s,%nbut told of are %s"
                    .formatted(new TreeSet<>(described), new TreeSet<>(told.keySet())));
        }
    }

    /** A variable that is one of a few words becomes a path for each. */
    private static void expand(String pattern, ObjectNode found, ObjectNode paths) {
        Matcher alternatives = ALTERNATIVES.matcher(pattern);
        if (!alternatives.find()) {
            paths.set(pattern, found.required(pattern));
            return;
        }
        String name = alternatives.group(1);
        JsonNode template = found.required(alternatives.replaceFirst("{" + name + "}"));
        for (String word : alternatives.group(2).split("\\|")) {
            ObjectNode path = (ObjectNode) template.deepCopy();
            path.properties().forEach(operation -> {
                ObjectNode each = (ObjectNode) operation.getValue();
                each.put("operationId", word);
                each.withArray("parameters")
                        .removeIf(
                                parameter -> parameter.path("name").asString("").equals(name));
            });
            paths.set(alternatives.replaceFirst(word), path);
        }
    }

    private String complete(String path, String lowerMethod, ObjectNode operation) {
        String method = lowerMethod.toUpperCase(Locale.ROOT);
        String name = method + " " + path;
        Told of = told.get(name);
        if (of == null) {
            return name;
        }
        String tag = tag(path);
        List<String> roles = looked.access().roles(method, path);
        operation.put("summary", of.summary());
        operation.put("description", "Role: " + String.join(" or ", roles) + ".");
        operation.putArray("tags").add(tag);
        String id = operation.path("operationId").asString(lowerMethod).replaceAll("_\\d+$", "");
        operation.put("operationId", tag + "-" + id);
        var security = operation.putArray("security");
        roles.forEach(role -> security.addObject().putArray("bearer").add(role));
        boolean keyed = Parameters.complete(operation, of);
        body(operation, of);
        examples(operation, of);
        answers(operation, of, keyed);
        return name;
    }

    /** The part of the API: the word after the version, for an application the word after its name. */
    private static String tag(String path) {
        String[] words = path.split("/");
        String word = words[3].equals("applications") && words.length > 5 ? words[5] : words[3];
        return word.replace(".json", "");
    }

    private static void body(ObjectNode operation, Told of) {
        if (!of.bodies().isEmpty()) {
            ObjectNode body = operation.withObject("/requestBody");
            body.put("required", !of.bodyOptional());
            ObjectNode content = body.putObject("content");
            of.bodies().forEach((type, schema) -> content.putObject(type).set("schema", JSON.readTree(schema)));
        }
    }

    private static void examples(ObjectNode operation, Told of) {
        of.examples().forEach((type, example) -> {
            ObjectNode content =
                    (ObjectNode) operation.at("/requestBody/content").required(type);
            content.set("example", JSON.readTree(example));
        });
    }

    private static void answers(ObjectNode operation, Told of, boolean keyed) {
        ObjectNode found = (ObjectNode) operation.path("responses");
        ObjectNode success = (ObjectNode) Stream.of("200", "201", "202")
                .filter(found::has)
                .map(found::required)
                .findFirst()
                .orElseThrow();
        success.put("description", Shared.meaning(of.success()));
        json(success);
        String answer = of.answer();
        if (answer != null) {
            ObjectNode content = (ObjectNode) success.path("content").required("application/json");
            content.set("example", JSON.readTree(answer));
        }
        if (of.success() == 202 && keyed) {
            success.set("headers", Shared.location());
        } else if (paged(operation, success)) {
            success.set("headers", Shared.nextPage());
        }
        ObjectNode answers = operation.putObject("responses");
        answers.set(Integer.toString(of.success()), success);
        TreeSet<Integer> refusals = new TreeSet<>(of.refusals());
        // A query that cannot be read is refused everywhere; two are of the address, and three of how it was sent,
        // whatever the operation.
        refusals.addAll(List.of(400, 401, 403, 406, 503, 404, 405, 414, 431, 501));
        JsonNode body = operation.path("requestBody").path("content");
        if (!body.isEmpty()) {
            refusals.add(413);
        }
        if (!body.isEmpty()) { // also where any type is read, as one that cannot be parsed is none
            refusals.add(415);
        }
        refusals.forEach(status -> answers.putObject(Integer.toString(status))
                .put("$ref", "#/components/responses/" + Shared.refusal(status)));
    }

    /** A list that is an array has no room for a cursor. */
    private static boolean paged(ObjectNode operation, ObjectNode success) {
        boolean cursor = operation
                .path("parameters")
                .valueStream()
                .anyMatch(parameter -> parameter.path("name").asString("").equals("cursor"));
        String type = success.at("/content/application~1json/schema/type").asString("");
        return cursor && type.equals("array");
    }

    /** Spring writes JSON to whoever does not ask for something else. */
    private static void json(ObjectNode answer) {
        ObjectNode content = (ObjectNode) answer.get("content");
        if (content != null && content.has("*/*")) {
            content.set("application/json", content.remove("*/*"));
        }
    }
}
