package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.ReleaseKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A release before its start ({@code GET /api/v1/applications/{application}/guide/plan}): what would come of it, who would be
 * asked, and whether what it needs is there, as far as that can be known without sending anything. Nothing is begun by it.
 *
 * @param version that would be released: the one that was named, else the next one by the commits; null where there is none
 * @param branch that it would be made of
 * @param head the newest commit of that branch; null where Git cannot tell
 * @param on the day that is looked at, such as {@code 2026-01-31}
 * @param zone whose day it is, such as {@code Europe/Berlin}
 * @param kinds kinds that the release would be of; empty where there is no version
 * @param policyHash hash of the policy in force
 * @param guideHash hash of the guide in it; null where it has none
 * @param ready whether nothing blocks
 * @param checks what was looked at
 * @param people who would be asked for what, in their order
 * @param unanswered lines of the guide that hold for such a release and that nothing answers
 * @param steps of the whole plan; empty where there is no version, or where it would be refused
 */
public record RehearsalView(
        String application,
        @Nullable String version,
        String branch,
        @Nullable Sha head,
        String on,
        String zone,
        List<ReleaseKind> kinds,
        String policyHash,
        @Nullable String guideHash,
        boolean ready,
        List<Check> checks,
        List<Ask> people,
        List<GuideView.Line> unanswered,
        List<PlanView.Step> steps) {
    /** What a check of a page that would be announced on begins with, before the page's address. */
    public static final String PAGE = "page ";

    /** What a check of a channel begins with, before the channel's name in lower case. */
    public static final String CHANNEL = "channel ";

    /** What a check of a secret begins with, before {@code staging} or {@code production}, a space, and the secret's name. */
    public static final String SECRET = "secret of ";

    /** What a check of a tracker begins with, before {@code github} or {@code gitlab}, a space, and the project. */
    public static final String TRACKER = "tracker ";

    /** What a check of a host that gates ask begins with, before its scheme, name and port. */
    public static final String HOST = "host ";

    public RehearsalView {
        Texts.requirePresent("application", application);
        Texts.requirePresent("on", on);
        kinds = List.copyOf(kinds);
        checks = List.copyOf(checks);
        people = List.copyOf(people);
        unanswered = List.copyOf(unanswered);
        steps = List.copyOf(steps);
    }

    /** The same with other checks, by which it is ready or not. */
    public RehearsalView withChecks(List<Check> others) {
        return new RehearsalView(
                application,
                version,
                branch,
                head,
                on,
                zone,
                kinds,
                policyHash,
                guideHash,
                others.stream().noneMatch(check -> check.result() == Result.BLOCKED),
                others,
                people,
                unanswered,
                steps);
    }

    /** What a look said. */
    public enum Result {
        OK,
        /** People should know, and nothing stops for it. */
        NOTE,
        /** The release would not begin, or not reach production on that day. */
        BLOCKED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * What was looked at.
     *
     * @param what in a few words: {@code version}, {@code branch}, {@code tag}, {@code contact Ada}, {@code gate unit-tests},
     *     {@code page https://api.github.com/repos/OWNER/NAME}, {@code channel email}, {@code secret of production db},
     *     {@code host https://prometheus.example.com}, {@code tracker github OWNER/NAME}
     * @param text what was seen, and where it blocks what helps, in sentences for a person
     * @param look what operators may GET to have it looked at now, a path of this API with its query; null where nobody can, and
     *     where the path follows from {@code what}
     */
    public record Check(
            Result result,
            String what,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String look) {
        public Check {
            Texts.requirePresent("result", result);
            Texts.requirePresent("what", what);
            Texts.requirePresent("text", text);
        }

        /** Nobody says where to have it looked at. */
        public Check(Result result, String what, String text) {
            this(result, what, text, null);
        }
    }

    /**
     * People who would be asked.
     *
     * @param when the step of the plan in which they are, by its title
     */
    public record Ask(String when, PlanView.Asked asked) {}
}
