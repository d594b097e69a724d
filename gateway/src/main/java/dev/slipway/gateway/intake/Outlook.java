package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.EventSubject;
import dev.slipway.gateway.event.EventSubject.Begun;
import dev.slipway.gateway.event.EventSubject.Checked;
import dev.slipway.gateway.event.EventSubject.Foreign;
import dev.slipway.gateway.event.EventSubject.Incomplete;
import dev.slipway.gateway.event.EventSubject.Proposed;
import dev.slipway.gateway.event.EventSubject.Pushed;
import dev.slipway.gateway.event.EventSubject.Said;
import dev.slipway.gateway.intake.Lookup.Looked;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What an event leads to, in words for whoever sent it: an event that does nothing says so.
 *
 * @param seen what is known by path; {@link Looked.Unknown} where nothing is
 */
record Outlook(Function<String, Looked> seen) {
    private static final String REQUIRED_CHECK = "required-check:";
    private static final String ALL_CHECKS = "all-checks";

    /** The paths to look at for an event, those of its application first. */
    static List<String> paths(EventSubject subject) {
        return switch (subject) {
            case Foreign _, Incomplete _ -> List.of();
            case Proposed proposed ->
                proposed.fixes() == null
                        ? List.of(policy(proposed.application()))
                        : List.of(policy(proposed.application()), release(proposed.fixes()));
            case Checked checked -> List.of(policy(checked.application()));
            case Begun begun -> List.of(policy(begun.application()));
            case Pushed pushed -> List.of(policy(pushed.application()));
            case Said said -> List.of(release(said.release()));
        };
    }

    private static String policy(String application) {
        return "/api/v1/applications/" + application + "/policy";
    }

    private static String release(String id) {
        return "/api/v1/releases/" + id;
    }

    String of(EventSubject subject) {
        return switch (subject) {
            case Foreign _ ->
                "Nothing: Slipway keeps it, but acts only on dev.cdevents.artifact.published, pipelinerun.finished, change.merged, branch and ticket.created.";
            case Incomplete(String missing, String needed) ->
                "Nothing: customData.%s is missing. Slipway needs customData %s.".formatted(missing, needed);
            case Proposed proposed -> proposed(proposed);
            case Checked checked -> checked(checked);
            case Begun begun -> begun(begun);
            case Pushed(String application) -> pushed(application);
            case Said(String _, String release) -> said(release);
        };
    }

    private String proposed(Proposed proposed) {
        if (seen.apply(policy(proposed.application())) instanceof Looked.Missing) {
            return "A release that is rejected: %s Then propose it again."
                    .formatted(noApplication(proposed.application()));
        }
        String fixes = proposed.fixes();
        if (fixes != null && seen.apply(release(fixes)) instanceof Looked.Missing) {
            return "A release that is rejected: there is no release %s that it could fix.".formatted(fixes);
        }
        return "A release of %s %s: ./slipway release list --application %s"
                .formatted(proposed.application(), proposed.version(), proposed.application());
    }

    private String checked(Checked checked) {
        return switch (seen.apply(policy(checked.application()))) {
            case Looked.Missing _ -> "Nothing so far, though it is kept: " + noApplication(checked.application());
            case Looked.Unknown _ ->
                "It counts as check %s of the commit, if the policy of %s asks for one of that name."
                        .formatted(checked.check(), checked.application());
            case Looked.Found(JsonNode body) -> {
                List<String> asked = checks(body.path("policy"));
                yield asked.contains(checked.check()) || asksForAll(body.path("policy"))
                        ? "It counts as check %s of the commit.".formatted(checked.check())
                        : "Nothing, though it is kept: the policy of %s asks for no check %s. It asks for: %s."
                                .formatted(
                                        checked.application(),
                                        checked.check(),
                                        asked.isEmpty() ? "none" : String.join(", ", asked));
            }
        };
    }

    private String begun(Begun begun) {
        return switch (seen.apply(policy(begun.application()))) {
            case Looked.Missing _ -> "Nothing so far, though it is kept: " + noApplication(begun.application());
            case Looked.Unknown _ ->
                "Check %s of the commit is waited for, if the policy of %s asks for all checks."
                        .formatted(begun.check(), begun.application());
            case Looked.Found(JsonNode body) ->
                asksForAll(body.path("policy"))
                        ? "Check %s of the commit is waited for.".formatted(begun.check())
                        : "Nothing, though it is kept: the policy of %s does not ask for all checks, so that only how this one ends counts."
                                .formatted(begun.application());
        };
    }

    private static boolean asksForAll(JsonNode policy) {
        return StreamSupport.stream(policy.path("gates").spliterator(), false)
                .map(gate -> gate.path("check").asString(""))
                .anyMatch(check -> check.equals(ALL_CHECKS) || check.startsWith(ALL_CHECKS + ":"));
    }

    private static List<String> checks(JsonNode policy) {
        Stream<String> required =
                StreamSupport.stream(policy.path("checks").spliterator(), false).map(check -> check.asString(""));
        Stream<String> gates = StreamSupport.stream(policy.path("gates").spliterator(), false)
                .map(gate -> gate.path("check").asString(""))
                .filter(check -> check.startsWith(REQUIRED_CHECK))
                .map(check -> check.substring(REQUIRED_CHECK.length()));
        return Stream.concat(required, gates).distinct().toList();
    }

    private String pushed(String application) {
        return switch (seen.apply(policy(application))) {
            case Looked.Missing _ -> "Nothing: " + noApplication(application);
            case Looked.Unknown _ ->
                "Releases of other revisions that are on their way are superseded, if the policy of %s says so and Git shows the branch there."
                        .formatted(application);
            case Looked.Found(JsonNode body) ->
                body.path("policy").path("onPush").asString("").equals("IGNORE")
                        ? "Nothing: the policy of %s says onPush: ignore.".formatted(application)
                        : "Releases of %s of other revisions that are on their way are superseded, if Git shows the branch there."
                                .formatted(application);
        };
    }

    private String said(String release) {
        return seen.apply(release(release)) instanceof Looked.Missing
                ? "Nothing: there is no release %s of which anybody could say something.".formatted(release)
                : "It stands with release %s: ./slipway feedback list %s".formatted(release, release);
    }

    private static String noApplication(String application) {
        return "there is no application %s with a policy. Register one: ./slipway policy apply FILE."
                .formatted(application);
    }
}
