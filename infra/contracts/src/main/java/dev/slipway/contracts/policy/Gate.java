package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A named rule over evidence. Exactly one of {@code evidence}, {@code check}, {@code http}, {@code metrics},
 * {@code arrival}, {@code files} and a {@code tracker} that is asked says what it looks at.
 *
 * @param id kebab-case, unique in the policy, 1 to 60 characters
 * @param guide the chapter of the release guide that it stands for
 * @param evidence kind of report ({@code junit}), or null
 * @param suite which report of that kind, or null for the one without a suite
 * @param rule thresholds over the facts of the report, all must hold
 * @param cel a CEL expression over the same facts that must be true as well, or null
 * @param check a built-in check ({@code merge}, {@code way-back}, {@code isolated}, {@code settings}, {@code all-checks},
 *     {@code required-check:<name>}), or null
 * @param http requests to the version under test, all must answer as expected; or empty
 * @param within how long the gate waits for its evidence, 1 s to 30 d
 * @param metrics what the own metrics of the version under test have to be, all of them; or empty
 * @param watch how long they are looked at, 5 s to 10 min; null, and for metrics {@link #WATCH_DEFAULT}, where it is absent
 * @param licenses which licences the components of the evidence may have, or null; for {@link #LISTS_COMPONENTS}
 * @param scanner the tool whose report must be among the evidence, as it calls itself: then an empty list of
 *     vulnerabilities is a scan that found nothing; 1 to 100 characters, or null; for {@link #SCANS}
 * @param baseline what it says where its rule compares with the last verified release and there is nothing to compare
 *     with; null for {@link WithoutBaseline#INCONCLUSIVE}; for evidence alone
 * @param signedBy whose signature it takes, for evidence that {@link #IS_SIGNED} and the check {@link #SIGNED_TAG}, which
 *     need it; null for all others
 * @param stability over how many runs its rule asks which tests are stable, or null; for rules over {@code stability.} facts
 * @param arrival what has to be found where it was published, or null
 * @param noise of how many runs the noise is taken beside which a change stands, or null for {@link NoiseRuns#DEFAULT}; for
 *     rules over {@code baseline.change} and the facts of its noise
 * @param queries what servers that collect metrics have to answer, all of it; or empty; never beside {@code metrics}
 * @param isolated what the check {@link #ISOLATED} compares and lets be shared, or null for {@link Isolated#ALL}; for it alone
 * @param files what files at the released revision have to be, or null
 * @param tracker which issues of a tracker count, or null; it looks at these itself where it names a server, else it goes with
 *     evidence of the kind {@link TrackerRule#EVIDENCE}, which needs it
 * @param kayenta what Kayenta's judge has to say of measurements, or null where it is not asked; then no rule is needed beside
 */
public record Gate(
        String id,
        String guide,
        Stage stage,
        @Nullable String evidence,
        @Nullable String suite,
        List<Threshold> rule,
        @Nullable String cel,
        @Nullable String check,
        List<HttpProbe> http,
        Duration within,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<MetricRule> metrics,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration watch,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LicenseList licenses,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scanner,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WithoutBaseline baseline,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SignedBy signedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable StableRuns stability,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Arrival arrival,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NoiseRuns noise,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Isolated isolated,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<MetricQuery> queries,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FilesRule files,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TrackerRule tracker,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable KayentaRule kayenta) {
    /** Kinds of evidence that name components and their licences. */
    public static final Set<String> LISTS_COMPONENTS = Set.of("cyclonedx", "spdx");

    /** Kinds of evidence in which scanners tell of vulnerabilities. */
    public static final Set<String> SCANS = Set.of("cyclonedx");

    /** Kinds of evidence that name the artifacts that are released: each of them has to be there, without any further rule. */
    public static final Set<String> NAMES_ARTIFACTS = Set.of("checksums", "signature", "provenance");

    /** Those of them that are worth what the keys are that have signed them. */
    public static final Set<String> IS_SIGNED = Set.of("signature", "provenance");

    /** The check that a tag of the commit is signed. */
    public static final String SIGNED_TAG = "signed-tag";

    /** The check that staging shares nothing with production. */
    public static final String ISOLATED = "isolated";

    /** The check that it is known what is otherwise than in the last verified release, in both environments. */
    public static final String SETTINGS = "settings";

    /** The same, which people have to say is meant. */
    public static final String SETTINGS_ASK = "settings:ask";

    /** The check that every check of the commit that has reported has passed; a number behind a colon says how many at least. */
    public static final String ALL_CHECKS = "all-checks";

    /** How facts begin that tell which tests are stable. */
    public static final String STABILITY = "stability.";

    /** What kinds that name artifacts are asked in any case, for people. */
    public static final String EVERY_ARTIFACT = "every released artifact by its digest";

    public static final Duration WITHIN_DEFAULT = Duration.ofMinutes(30);
    public static final Duration WATCH_DEFAULT = Duration.ofSeconds(10);
    private static final Duration WATCH_MIN = Duration.ofSeconds(5);
    private static final Duration WATCH_MAX = Duration.ofMinutes(10);

    public Gate {
        Texts.requirePresent("rule", rule);
        Texts.requirePresent("http", http);
        Texts.requireLength("gates.id", id, 1, 60);
        Texts.requireLength("gates.guide", guide, 0, 200);
        Texts.requirePresent("gates.stage", stage);
        rule = List.copyOf(rule);
        http = List.copyOf(http);
        Ranges.require("gates.within", within, Duration.ofSeconds(1), Duration.ofDays(30));
        int looksAt = (evidence == null ? 0 : 1)
                + (check == null ? 0 : 1)
                + (http.isEmpty() ? 0 : 1)
                + (metrics.isEmpty() && queries.isEmpty() ? 0 : 1)
                + (arrival == null ? 0 : 1)
                + (files == null ? 0 : 1)
                + (tracker == null || !tracker.isAsked() ? 0 : 1);
        if (looksAt != 1) {
            throw new IllegalArgumentException(
                    "gate " + id + " needs exactly one of evidence, check, http, metrics, arrival, versions,"
                            + " schema, links and tracker, has " + looksAt);
        }
        TrackerRule.requireFit(id, evidence, rule, cel, tracker);
        KayentaRule.requireFit(id, evidence, kayenta);
        queries = List.copyOf(queries);
        Ranges.require("gates.metrics: number of queries", queries.size(), 0, MetricRule.RULES_MAX);
        if (!queries.isEmpty() && !metrics.isEmpty()) {
            throw new IllegalArgumentException(
                    "gate " + id + " asks the program and a server for metrics; make a gate of each");
        }
        watch = watched(id, metrics, watch, within);
        metrics = List.copyOf(metrics);
        requireFit(id, evidence, licenses, scanner);
        if (baseline != null && evidence == null) {
            throw new IllegalArgumentException("gate " + id + ": baseline is for evidence, and it looks at none");
        }
        if (files != null && cel != null) {
            throw new IllegalArgumentException("gate " + id + ": cel is for evidence; say thresholds in rule");
        }
        requireSigners(id, evidence, check, signedBy);
        requireStability(id, rule, cel, stability);
        requireNoise(id, rule, cel, noise);
        isolated = isolated == null || isolated.equals(Isolated.ALL) ? null : isolated;
        if (isolated != null && !ISOLATED.equals(check)) {
            throw new IllegalArgumentException("gate " + id + ": isolated is for the check isolated");
        }
        boolean judgedAnyway =
                licenses != null || kayenta != null || (evidence != null && NAMES_ARTIFACTS.contains(evidence));
        if (evidence != null && rule.isEmpty() && cel == null && !judgedAnyway) {
            throw new IllegalArgumentException("gate " + id + " needs a rule: without one it would always pass");
        }
    }

    /** One that looks at issues of a tracker: it asks a server, or goes with exports of the kind {@link TrackerRule#EVIDENCE}. */
    public static Gate of(
            String id,
            String guide,
            Stage stage,
            @Nullable String suite,
            TrackerRule tracker,
            List<Threshold> rule,
            Duration within) {
        return new Gate(
                id,
                guide,
                stage,
                tracker.isAsked() ? null : TrackerRule.EVIDENCE,
                suite,
                rule,
                null,
                null,
                List.of(),
                within,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                tracker,
                null);
    }

    /** One that looks at files of the revision, and nothing else. */
    public static Gate of(
            String id, String guide, Stage stage, FilesRule files, List<Threshold> rule, Duration within) {
        return new Gate(
                id, guide, stage, null, null, rule, null, null, List.of(), within, List.of(), null, null, null, null,
                null, null, null, null, null, List.of(), files, null, null);
    }

    /** One that looks for what was published, and at nothing else. */
    public static Gate of(String id, String guide, Arrival arrival, Duration within) {
        return new Gate(
                id,
                guide,
                Stage.ARRIVAL,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                within,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                arrival,
                null,
                null,
                List.of(),
                null,
                null,
                null);
    }

    /** A gate that does not ask Kayenta's judge. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within,
            List<MetricRule> metrics,
            @Nullable Duration watch,
            @Nullable LicenseList licenses,
            @Nullable String scanner,
            @Nullable WithoutBaseline baseline,
            @Nullable SignedBy signedBy,
            @Nullable StableRuns stability,
            @Nullable Arrival arrival,
            @Nullable NoiseRuns noise,
            @Nullable Isolated isolated,
            List<MetricQuery> queries,
            @Nullable FilesRule files,
            @Nullable TrackerRule tracker) {
        this(
                id, guide, stage, evidence, suite, rule, cel, check, http, within, metrics, watch, licenses, scanner,
                baseline, signedBy, stability, arrival, noise, isolated, queries, files, tracker, null);
    }

    /** A gate that takes the noise of the usual number of runs, and looks at nothing that was published and at no files. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within,
            List<MetricRule> metrics,
            @Nullable Duration watch,
            @Nullable LicenseList licenses,
            @Nullable String scanner,
            @Nullable WithoutBaseline baseline,
            @Nullable SignedBy signedBy,
            @Nullable StableRuns stability) {
        this(
                id, guide, stage, evidence, suite, rule, cel, check, http, within, metrics, watch, licenses, scanner,
                baseline, signedBy, stability, null, null, null, List.of(), null, null, null);
    }

    /** A gate that asks for the stability of tests over the usual number of runs, if at all. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within,
            List<MetricRule> metrics,
            @Nullable Duration watch,
            @Nullable LicenseList licenses,
            @Nullable String scanner,
            @Nullable WithoutBaseline baseline,
            @Nullable SignedBy signedBy) {
        this(
                id, guide, stage, evidence, suite, rule, cel, check, http, within, metrics, watch, licenses, scanner,
                baseline, signedBy, null);
    }

    /** A gate that asks for no signature. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within,
            List<MetricRule> metrics,
            @Nullable Duration watch,
            @Nullable LicenseList licenses,
            @Nullable String scanner,
            @Nullable WithoutBaseline baseline) {
        this(
                id, guide, stage, evidence, suite, rule, cel, check, http, within, metrics, watch, licenses, scanner,
                baseline, null);
    }

    /** A gate that says nothing of licences, scanners or what it compares with. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within,
            List<MetricRule> metrics,
            @Nullable Duration watch) {
        this(id, guide, stage, evidence, suite, rule, cel, check, http, within, metrics, watch, null, null, null, null);
    }

    /** A gate that looks at anything but metrics. */
    public Gate(
            String id,
            String guide,
            Stage stage,
            @Nullable String evidence,
            @Nullable String suite,
            List<Threshold> rule,
            @Nullable String cel,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within) {
        this(id, guide, stage, evidence, suite, rule, cel, check, http, within, List.of(), null);
    }

    /** @param atLeast how many have to have succeeded, 1 to 50 */
    public static String allChecks(int atLeast) {
        Ranges.require("checks.atLeast", atLeast, 1, 50);
        return atLeast == 1 ? ALL_CHECKS : ALL_CHECKS + ":" + atLeast;
    }

    /** How many checks have to have succeeded at least, where it asks for all that have reported; 0 where it does not. */
    @JsonIgnore
    public int checksAtLeast() {
        if (check == null || !check.startsWith(ALL_CHECKS)) {
            return 0;
        }
        String number = check.substring(ALL_CHECKS.length());
        if (number.isEmpty()) {
            return 1;
        }
        return number.matches(":[0-9]{1,2}") ? Integer.parseInt(number.substring(1)) : 0;
    }

    private static void requireFit(
            String id, @Nullable String evidence, @Nullable LicenseList licenses, @Nullable String scanner) {
        if (licenses != null && (evidence == null || !LISTS_COMPONENTS.contains(evidence))) {
            throw new IllegalArgumentException(
                    "gate " + id + ": licenses is for evidence that names components: cyclonedx or spdx");
        }
        if (scanner != null) {
            Texts.requireLength("gates.scanner", scanner, 1, 100);
            if (evidence == null || !SCANS.contains(evidence)) {
                throw new IllegalArgumentException("gate " + id
                        + ": scanner is for evidence in which scanners tell of vulnerabilities: cyclonedx");
            }
        }
    }

    private static void requireSigners(
            String id, @Nullable String evidence, @Nullable String check, @Nullable SignedBy signedBy) {
        boolean bundles = evidence != null && IS_SIGNED.contains(evidence);
        boolean tag = SIGNED_TAG.equals(check);
        if (signedBy == null && (bundles || tag)) {
            throw new IllegalArgumentException(
                    "gate %s needs signedBy: {keys: [...]}: anybody can sign, so it must be said whose signature counts"
                            .formatted(id));
        }
        if (signedBy == null) {
            return;
        }
        if (!bundles && !tag) {
            throw new IllegalArgumentException("gate " + id
                    + ": signedBy is for evidence of the kind signature or provenance and for the check signed-tag");
        }
        if (bundles ? !signedBy.isForBundles() : !signedBy.isForTags()) {
            throw new IllegalArgumentException("gate %s: %s"
                    .formatted(
                            id,
                            bundles
                                    ? "a bundle is verified with keys or certificates in PEM, not with keys of"
                                            + " SSH or OpenPGP"
                                    : "a tag is signed with a key of SSH (in one line) or OpenPGP (a key"
                                            + " block), not in PEM"));
        }
        if ((signedBy.builder() != null || signedBy.source() != null) && !"provenance".equals(evidence)) {
            throw new IllegalArgumentException("gate " + id
                    + ": signedBy.builder and signedBy.source are for provenance, which alone tells of them");
        }
        if (signedBy.tag() != null && !tag) {
            throw new IllegalArgumentException("gate " + id + ": signedBy.tag is for the check signed-tag");
        }
    }

    private static void requireStability(
            String id, List<Threshold> rule, @Nullable String cel, @Nullable StableRuns stability) {
        boolean asks = (cel != null && cel.contains(STABILITY))
                || rule.stream().anyMatch(threshold -> threshold.fact().startsWith(STABILITY));
        if (stability != null && !asks) {
            throw new IllegalArgumentException(
                    "gate %s: stability says over how many runs, so its rule has to ask for it, for example"
                                    .formatted(id)
                            + " {stability.flaky: \"<= 1\", stability.worst: \"<= 5%\"}");
        }
    }

    private static void requireNoise(String id, List<Threshold> rule, @Nullable String cel, @Nullable NoiseRuns noise) {
        boolean asks = (cel != null && NoiseRuns.FACTS.stream().anyMatch(cel::contains))
                || rule.stream().map(Threshold::fact).anyMatch(NoiseRuns.FACTS::contains);
        if (noise != null && !asks) {
            throw new IllegalArgumentException(
                    "gate %s: noise says of how many runs, so its rule has to ask for a change in percent, for example"
                                    .formatted(id)
                            + " {baseline.change: \"< 10%\"}");
        }
    }

    private static @Nullable Duration watched(
            String id, List<MetricRule> metrics, @Nullable Duration watch, Duration within) {
        Ranges.require("gates.metrics: number of rules", metrics.size(), 0, MetricRule.RULES_MAX);
        if (metrics.stream().anyMatch(MetricRule::beside)) {
            throw new IllegalArgumentException(
                    "gate " + id + ": no version runs beside the one under test; say limit instead of beside");
        }
        if (watch == null && metrics.isEmpty()) {
            return null;
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("gate " + id + ": watch is for metrics, and it has none");
        }
        Duration watched = watch == null ? WATCH_DEFAULT : watch;
        Ranges.require("gates.watch", watched, WATCH_MIN, WATCH_MAX);
        if (within.compareTo(watched) < 0) {
            throw new IllegalArgumentException(
                    "gate %s watches for %s, and has to be answered within %s: say within: longer"
                            .formatted(id, Texts.words(watched), Texts.words(within)));
        }
        return watched;
    }

    @JsonIgnore
    public boolean isOfSettings() {
        return SETTINGS.equals(check) || SETTINGS_ASK.equals(check);
    }

    /** Whether people have to say that what is otherwise is meant, by waiving it. */
    @JsonIgnore
    public boolean asksOfSettings() {
        return SETTINGS_ASK.equals(check);
    }

    private static String words(String check) {
        return switch (check) {
            case ISOLATED -> "staging shares nothing with production";
            case SETTINGS -> "it is known what is otherwise than in the last verified release";
            case SETTINGS_ASK ->
                "nothing is otherwise than in the last verified release, or somebody says that it is meant";
            default -> check;
        };
    }

    /** The rule in one line, for people. */
    @JsonIgnore
    public String ruleText() {
        if (check != null) {
            String text = checksAtLeast() > 0
                    ? "every check that reports has passed, %d at least".formatted(checksAtLeast())
                    : words(check);
            return signedBy == null ? text : text + " " + signedBy.text();
        }
        if (!http.isEmpty()) {
            return Texts.counted(http.size(), "request answers as expected", "requests answer as expected");
        }
        if (!metrics.isEmpty()) {
            return metrics.stream().map(MetricRule::toString).collect(Collectors.joining(", "));
        }
        if (!queries.isEmpty()) {
            return queries.stream().map(MetricQuery::toString).collect(Collectors.joining(", "));
        }
        if (arrival != null) {
            return arrival.ruleText();
        }
        if (files != null) {
            return Stream.concat(Stream.of(files.text()), rule.stream().map(Threshold::toString))
                    .collect(Collectors.joining(", "));
        }
        if (tracker != null && tracker.isAsked()) {
            return Stream.concat(Stream.of(tracker.text()), rule.stream().map(Threshold::toString))
                    .collect(Collectors.joining(", "));
        }
        return Stream.of(
                        rule.stream().map(Threshold::toString),
                        Stream.ofNullable(cel),
                        Stream.ofNullable(licenses).map(LicenseList::text),
                        Stream.ofNullable(scanner).map(name -> "scanned by " + name),
                        Stream.of(String.valueOf(evidence))
                                .filter(NAMES_ARTIFACTS::contains)
                                .map(_ -> EVERY_ARTIFACT),
                        Stream.ofNullable(signedBy).map(SignedBy::text),
                        Stream.ofNullable(tracker).map(TrackerRule::text),
                        Stream.ofNullable(kayenta).map(KayentaRule::text),
                        Stream.ofNullable(stability).map(over -> "over the last %d runs".formatted(over.runs())),
                        Stream.ofNullable(noise).map(of -> "beside the noise of the last %d runs".formatted(of.runs())))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(", "));
    }

    /**
     * A limit on one fact.
     *
     * @param fact dotted name, for example {@code tests.failed}
     * @param expects a number (equality), or a comparison ({@code >= 1}, {@code < 5%})
     */
    public record Threshold(String fact, String expects) {
        public Threshold {
            Texts.requireLength("gates.rule: a fact", fact, 1, 100);
            Texts.requireLength("gates.rule: an expectation", expects, 1, 100);
        }

        @Override
        public String toString() {
            return fact + " " + (Character.isDigit(expects.charAt(0)) ? "== " : "") + expects;
        }
    }

    /**
     * One request to the version under test.
     *
     * @param get path with query, starting with a slash, or an address of {@link GrpcHealth}; 1 to 20,000 characters with
     *     what is put in the place of {@link Placeholders}, of which a policy may write 2,000
     * @param status expected HTTP status, 100 to 599
     * @param latency longest time to the answer, or null
     * @param json expected values in the JSON body
     * @param contains text that the body must contain, 1 to 20,000 characters likewise, of which a policy may write 1,000;
     *     or null
     * @param step what it says where it is more than a plain GET, or null
     */
    public record HttpProbe(
            String get,
            int status,
            @Nullable Duration latency,
            List<JsonExpectation> json,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String contains,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            HttpStep step) {
        private static final int FILLED_CHARACTERS_MAX = 20_000;

        public HttpProbe {
            Texts.requireLength("gates.http.get", get, 1, FILLED_CHARACTERS_MAX);
            if (!GrpcHealth.isPathOrMeant(get)) {
                throw new IllegalArgumentException(
                        "gates.http.get must start with /, or be grpc:// or grpc://SERVICE, is " + Texts.shown(get));
            }
            Ranges.require("gates.http.status", status, 100, 599);
            Texts.requirePresent("gates.http.json", json);
            json = List.copyOf(json);
            if (contains != null) {
                Texts.requireLength("gates.http.contains", contains, 1, FILLED_CHARACTERS_MAX);
            }
            if (step != null && GrpcHealth.isMeant(get)) {
                throw new IllegalArgumentException(
                        "gates.http: grpc:// asks by a protocol of its own: no method, headers, body or save");
            }
        }

        /** A plain GET. */
        public HttpProbe(
                String get,
                int status,
                @Nullable Duration latency,
                List<JsonExpectation> json,
                @Nullable String contains) {
            this(get, status, latency, json, contains, null);
        }

        /** All of it that may hold {@link Placeholders}: what is asked, and what is expected. */
        @JsonIgnore
        public List<String> texts() {
            return Stream.of(
                            Stream.of(get),
                            Stream.ofNullable(contains),
                            json.stream().map(JsonExpectation::equals),
                            Stream.ofNullable(step).flatMap(HttpStep::texts))
                    .flatMap(parts -> parts)
                    .toList();
        }

        /**
         * The same as a request that may be sent at any time and as often as one likes: to warm a version up, and to see
         * before users come whether it answers. None for what changes something, has a head or body of its own, or waits for
         * what a step before saves.
         */
        @JsonIgnore
        public Optional<HttpProbe> asWarmUp() {
            boolean plain = step == null || step.isPlain();
            return plain && texts().stream().noneMatch(Placeholders::needSaved)
                    ? Optional.of(new HttpProbe(get, status, latency, json, contains))
                    : Optional.empty();
        }

        /** A request whose answer may contain anything. */
        public HttpProbe(String get, int status, @Nullable Duration latency, List<JsonExpectation> json) {
            this(get, status, latency, json, null);
        }
    }

    /**
     * A value that the JSON body must have.
     *
     * @param path a {@link BodyPath}
     * @param equals the expected value as compact JSON text, for example {@code "Hello x"} with its quotes
     */
    public record JsonExpectation(String path, String equals) {
        public JsonExpectation {
            Texts.requirePresent("gates.http.json: a path", path);
            Texts.requirePresent("gates.http.json: an expected value", equals);
        }
    }
}
