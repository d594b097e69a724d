package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which issues of a tracker count, and where they are (ADR 68). Labels are compared without regard to case.
 *
 * @param server what kind of server is asked when the gate is; null where exports of the kind {@link #EVIDENCE} are handed in, and
 *     then {@code project} and {@code at} are null as well
 * @param project {@code OWNER/NAME} at GitHub, {@code GROUP/NAME} with further groups between at GitLab, 3 to 300 characters
 * @param at address of its API, without a slash at its end, {@code https:} or {@code http:} on this machine, 1 to 500 characters;
 *     null for that of github.com or gitlab.com
 * @param milestone title of the milestone (at Jira the version) that issues have to have, with {@link Placeholders}, 1 to 300
 *     characters; null for any or none
 * @param labels what issues have to have, all of them, at most {@value #LABELS_MAX}; none for all issues
 * @param high each of which makes an issue one of high severity, at most {@value #LABELS_MAX}
 * @param backports each of which makes a pull or merge request one that has to be merged, at most {@value #LABELS_MAX}
 * @param every pause from question to question while it does not pass, 10 s to 1 h
 */
public record TrackerRule(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Server server,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String project,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String milestone,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> labels,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> high,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> backports,

        Duration every) {
    /** The kind of evidence that holds issues. */
    public static final String EVIDENCE = "tracker";

    /** Issues that count, open or not; of a server only where a milestone is named, as nobody asks for all that there ever was. */
    public static final String ISSUES = "tracker.issues";

    public static final String OPEN = "tracker.open";

    /** Open ones of high severity; only where labels say what that is. */
    public static final String HIGH = "tracker.open.high";

    /** As {@link #ISSUES}. */
    public static final String CLOSED = "tracker.closed";

    /** Closed ones of all that count, in percent; as {@link #ISSUES}, and only where there are any. */
    public static final String DONE = "tracker.done";

    /** Open pull or merge requests that have to be merged; only where labels say which these are. */
    public static final String UNMERGED = "tracker.unmerged.backports";

    public static final Duration EVERY_DEFAULT = Duration.ofMinutes(1);

    static final int LABELS_MAX = 20;
    private static final int LABEL_CHARACTERS_MAX = 255;
    private static final int FILLED_CHARACTERS_MAX = 20_000;
    private static final Duration EVERY_MIN = Duration.ofSeconds(10);
    private static final Duration EVERY_MAX = Duration.ofHours(1);
    private static final String HOST =
            "(\\[[0-9a-fA-F:]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(:[0-9]{1,5})?";
    private static final Pattern URL = Pattern.compile("(https?)://" + HOST + "(?:/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?");
    private static final Pattern OF_THIS_MACHINE = Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]");
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+");

    /** What kind of server is asked. */
    public enum Server {
        GITHUB("https://api.github.com"),
        GITLAB("https://gitlab.com/api/v4"),
        /** Something that a newer version knows: nobody is asked, and nothing passes. */
        @JsonEnumDefaultValue
        UNKNOWN("");

        private final String usual;

        Server(String usual) {
            this.usual = usual;
        }
    }

    public TrackerRule {
        labels = List.copyOf(labels);
        high = List.copyOf(high);
        backports = List.copyOf(backports);
        requireLabels("tracker.labels", labels);
        requireLabels("tracker.high", high);
        requireLabels("tracker.backports", backports);
        Ranges.require("tracker.every", every, EVERY_MIN, EVERY_MAX);
        if (milestone != null) {
            Texts.requireLength("tracker.milestone", milestone, 1, FILLED_CHARACTERS_MAX);
        }
        if ((server == null) != (project == null) || (server == null && at != null)) {
            throw new IllegalArgumentException(
                    "tracker: a server is asked for a project of it, such as github: OWNER/NAME");
        }
        if (project != null) {
            requireProject(server, project);
        }
        if (at != null) {
            requireAddress(at);
        }
    }

    /** Of exports that are handed in. */
    public static TrackerRule ofExports(
            @Nullable String milestone, List<String> labels, List<String> high, List<String> backports) {
        return new TrackerRule(null, null, null, milestone, labels, high, backports, EVERY_DEFAULT);
    }

    private static void requireLabels(String what, List<String> labels) {
        Ranges.require(what + ": their number", labels.size(), 0, LABELS_MAX);
        labels.forEach(label -> Texts.requireLength(what, label, 1, LABEL_CHARACTERS_MAX));
        Policy.requireOnce(
                what + ": each label",
                labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList());
    }

    /**
     * Requires that a gate and its tracker go together.
     *
     * @throws IllegalArgumentException if they do not, or if the gate asks for what could never be told
     */
    static void requireFit(
            String id,
            @Nullable String evidence,
            List<Gate.Threshold> rule,
            @Nullable String cel,
            @Nullable TrackerRule tracker) {
        boolean exports = EVIDENCE.equals(evidence);
        if (exports && tracker == null) {
            throw new IllegalArgumentException(
                    "gate %s needs tracker: it says which issues count, as in tracker: {milestone: \"{version}\", high: [critical]}"
                            .formatted(id));
        }
        if (tracker == null) {
            return;
        }
        if (!tracker.isAsked() && !exports) {
            throw new IllegalArgumentException(
                    "gate %s: tracker names no server, such as github: OWNER/NAME, and goes with evidence: tracker then"
                            .formatted(id));
        }
        if (tracker.isAsked() && cel != null) {
            throw new IllegalArgumentException(
                    "gate " + id + ": cel is for evidence that is handed in; say thresholds in rule");
        }
        if (rule.isEmpty() && cel == null) {
            throw new IllegalArgumentException("gate " + id + " needs a rule: without one it would always pass");
        }
        requireNamed(id, rule, cel, HIGH, tracker.high(), "high: [LABEL]");
        requireNamed(id, rule, cel, UNMERGED, tracker.backports(), "backports: [LABEL]");
    }

    /** A number of what nobody has named would always be 0. */
    private static void requireNamed(
            String id, List<Gate.Threshold> rule, @Nullable String cel, String fact, List<String> labels, String say) {
        boolean asks = (cel != null && cel.contains(fact))
                || rule.stream().anyMatch(threshold -> threshold.fact().equals(fact));
        if (asks && labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "gate %s asks for %s, and its tracker does not say which these are: say %s"
                            .formatted(id, fact, say));
        }
    }

    private static void requireProject(@Nullable Server server, String project) {
        Texts.requireLength("tracker: a project", project, 3, 300);
        boolean two = project.indexOf('/') == project.lastIndexOf('/');
        boolean dots = Stream.of(project.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
        if (!PROJECT.matcher(project).matches() || dots || (server == Server.GITHUB && !two)) {
            throw new IllegalArgumentException(
                    "tracker: a project is OWNER/NAME, at GitLab with all its groups; is " + Texts.shown(project));
        }
    }

    private static void requireAddress(String at) {
        Texts.requireLength("tracker.at", at, 1, 500);
        Matcher url = URL.matcher(at);
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "tracker.at must be the address of an API, such as https://github.example.test/api/v3, without user, blanks, ? and #, and without a slash at its end; is "
                            + Texts.shown(at));
        }
        if (url.group(1).equals("http")
                && !OF_THIS_MACHINE.matcher(url.group(2)).matches()) {
            throw new IllegalArgumentException(
                    "tracker.at must be https:, as anybody on the way may change what http: answers; is "
                            + Texts.shown(at));
        }
    }

    /** The facts on which a gate with this rule may have thresholds. */
    public static FactNames facts() {
        return EvidenceKinds.shipped().of(EVIDENCE).orElseThrow();
    }

    /** Whether a server is asked; else exports are handed in. */
    @JsonIgnore
    public boolean isAsked() {
        return server != null;
    }

    /** Where the API is; empty where nobody is asked. */
    @JsonIgnore
    public String address() {
        return at != null ? at : server == null ? "" : server.usual;
    }

    /** Host of the API with its port where one is written, lower case; empty where nobody is asked. */
    @JsonIgnore
    public Optional<String> host() {
        Matcher url = URL.matcher(address());
        return url.matches()
                ? Optional.of((url.group(2) + (url.group(3) == null ? "" : url.group(3))).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** The same with that milestone. */
    TrackerRule of(@Nullable String title) {
        return new TrackerRule(server, project, at, title, labels, high, backports, every);
    }

    /** Where the issues are, for people. */
    @JsonIgnore
    public String where() {
        if (server == null) {
            return "issues handed in";
        }
        return "issues of %s at %s".formatted(project, host().orElse(""));
    }

    /** What counts, for people. */
    @JsonIgnore
    public String text() {
        List<String> parts = new ArrayList<>(List.of(where()));
        if (milestone != null) {
            parts.add("of the milestone " + milestone);
        }
        if (!labels.isEmpty()) {
            parts.add("with " + String.join(" and ", labels));
        }
        if (!high.isEmpty()) {
            parts.add("high: " + String.join(" or ", high));
        }
        if (!backports.isEmpty()) {
            parts.add("backports: " + String.join(" or ", backports));
        }
        return Texts.brief(String.join(", ", parts), 500);
    }
}
