package dev.slipway.proof.fuzz;

import dev.slipway.proof.fuzz.RawConnection.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with an answer: by the document, and by what holds for any answer of the API. */
final class ApiAnswers {
    private static final int ERROR = 400;
    /** Told as not available now, as it may be mended; yet it is a fault of ours, whose cause stands in the log. */
    private static final String ERRORED = "urn:slipway:problem:errored";

    /** Refused before it is clear which operation was meant. */
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 406, 413, 414, 415, 431, 501, 503);

    private static final Pattern INSIDE = Pattern.compile("(?:[a-z][a-z0-9]*\\.){2,}[A-Z]\\w+|\\w*Exception\\b");

    private final ApiDocument document;

    ApiAnswers(ApiDocument document) {
        this.document = document;
    }

    Optional<String> wrong(ApiRequest request, Answer answer) {
        if (answer.status() == 500 || answer.status() == 502 || answer.status() == 504) {
            return Optional.of("status " + answer.status());
        }
        if (answer.body().contains(ERRORED)) {
            return Optional.of("what nobody expected");
        }
        if (request.method().equals("HEAD")) {
            return Optional.empty(); // it has no body that could say anything
        }
        if (answer.status() >= ERROR) {
            Optional<String> problem = problem(request, answer);
            if (problem.isPresent()) {
                return problem;
            }
        }
        if (request.operation() == null) {
            return answer.status() < ERROR || REFUSED.contains(answer.status()) || answer.status() == 409
                    ? Optional.empty()
                    : Optional.of("status " + answer.status());
        }
        if (!request.operation().statuses().contains(answer.status())) {
            return Optional.of("status %d, which the document does not list".formatted(answer.status()));
        }
        return document.wrong(request.operation(), answer.status(), answer.header("content-type"), answer.body());
    }

    /** What holds for any refusal: RFC 9457, nothing of the inside, and what is needed to do better. */
    private static Optional<String> problem(ApiRequest request, Answer answer) {
        if (!answer.header("content-type").startsWith("application/problem+json")) {
            return Optional.of("no problem document but '" + answer.header("content-type") + "'");
        }
        try {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            String detail = problem.path("detail").asString("");
            if (problem.path("status").asInt() != answer.status()
                    || detail.isBlank()
                    || !problem.path("type").asString("").startsWith("urn:slipway:problem:")) {
                return Optional.of("a problem document without its type, status or detail");
            }
            String asked =
                    URLDecoder.decode(request.target().replaceAll("%(?![0-9a-fA-F]{2})", ""), StandardCharsets.UTF_8)
                            + new String(request.body(), StandardCharsets.UTF_8);
            boolean inside = INSIDE.matcher(detail)
                    .results()
                    .anyMatch(found -> !asked.contains(found.group())); // what was sent may be said again
            if (inside) {
                return Optional.of("a problem document that tells of the inside");
            }
        } catch (JacksonException unreadable) {
            return Optional.of("a problem document that is no JSON");
        }
        return missingHeader(answer);
    }

    private static Optional<String> missingHeader(Answer answer) {
        return switch (answer.status()) {
            case 401 -> present(answer, "www-authenticate");
            case 405 -> present(answer, "allow");
            case 503 -> present(answer, "retry-after");
            default -> Optional.empty();
        };
    }

    private static Optional<String> present(Answer answer, String header) {
        return answer.headers().containsKey(header)
                ? Optional.empty()
                : Optional.of("%d without %s".formatted(answer.status(), header));
    }
}
